import type { Fix } from '../../../shared/cause.ts';
import { same, type Text } from '../../../shared/text.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import { namespaceOf } from '../../probe/containers.ts';
import type { ProbeId } from '../../probe/registry.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { SEEN_AS } from '../link-trouble.ts';
import { meetsVm } from '../paths.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { touching } from '../select.ts';
import { DOCKER_BRIDGE, man } from '../sources.ts';
import { vethOf } from '../veth.ts';

/** An end of a container's link that does not take part in ARP: whoever needs its hardware address never learns it. */
export const arpSilenced = defineRule({
  id: 'arp-silenced',
  needs: ['interfaces', 'docker', 'containers'],
  causes: {
    'arp-off': { sources: [man('ip-link(8)'), DOCKER_BRIDGE] },
  },
  judge: ({ interfaces, docker, containers }, scene) => {
    const bridges = docker.networks.flatMap(({ driver, bridge }): Finding[] => {
      if (driver !== 'bridge' || !bridge) return [];
      const cut = scene.bad.filter((f) => meetsVm(f, bridge, scene));
      // a container that gets out has learnt the bridge's address
      const works = scene.flows.some(
        (f) => f.outcome === 'ok' && f.from.where === 'container' && meetsVm(f, bridge, scene),
      );
      const off = interfaces.some((i) => i.name === bridge && i.up && i.flags.includes('NOARP'));
      if (!off || cut.length === 0 || works) return [];
      return [
        silent('interfaces', cut, {
          ...offAt({ en: `the bridge ${bridge}`, 'zh-CN': `网桥 ${bridge}` }),
          fact: `${bridge}: NOARP`,
          fix: switchOn('', bridge),
        }),
      ];
    });
    const ends = docker.containers.flatMap((container) =>
      container.attachments.flatMap(({ network }): Finding[] => {
        const end = vethOf(container, network, interfaces, containers)?.end;
        const pid = namespaceOf(containers, container.id)?.pid;
        const mine = touching(container.name, scene);
        if (!end?.up || !end.flags.includes('NOARP') || pid === undefined || mine.length === 0) return [];
        return [
          silent('containers', mine, {
            ...offAt({
              en: `${end.name} in ${container.name}`,
              'zh-CN': `${container.name} 中的 ${end.name}`,
            }),
            fact: `${container.name} ${end.name}: NOARP`,
            fix: switchOn(`nsenter -t ${pid} -n `, end.name),
          }),
        ];
      }),
    );
    return [...bridges, ...ends];
  },
});

interface Said {
  title: Text;
  says: Text;
  fact: string;
  fix: Fix;
}

function offAt(place: Text): Pick<Said, 'title' | 'says'> {
  return {
    title: {
      en: `ARP is switched off at ${place.en} (NOARP)`,
      'zh-CN': `${place['zh-CN']} 关闭了 ARP（NOARP）`,
    },
    says: {
      en: `NOARP is set at ${place.en}: it neither asks for hardware addresses nor tells its own, so packets between it and its neighbours find nobody. Somebody set that with “ip link set … arp off”; Docker does not.`,
      'zh-CN': `${place['zh-CN']} 带有 NOARP 标志：它既不询问也不回应硬件地址，因此它与邻居之间的数据包无法送达。这是有人用 “ip link set … arp off” 设置的，Docker 不会这样做。`,
    },
  };
}

function switchOn(enter: string, device: string): Fix {
  const set = (word: string) => `${enter}ip link set dev ${quoteWhereNeeded(device)} arp ${word}`;
  return {
    title: { en: 'Switch ARP on', 'zh-CN': '开启 ARP' },
    commands: [set('on')],
    undo: [set('off')],
    applies: 'at-once',
    trial: 'itself',
  };
}

function silent(fact: ProbeId, flows: Scene['bad'], said: Said): Finding {
  return {
    id: 'arp-off',
    layer: 'link',
    insteadOf: SEEN_AS,
    title: said.title,
    says: said.says,
    grade: 'inferred',
    owner: 'administrator',
    evidence: [fromFact(fact, same(said.fact)), ...someFlows(flows)],
    fixes: [said.fix],
    explains: flows.map((f) => f.id),
  };
}
