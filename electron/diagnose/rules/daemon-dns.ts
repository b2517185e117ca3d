import { same } from '../../../shared/text.ts';
import { EMBEDDED_DNS } from '../../flow/kinds/container-name.ts';
import { editDaemonJson } from '../edit-daemon-json.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { defineRule, type Finding } from '../rule.ts';
import { reachesOutside, startsIn, unseenDeaths } from '../select.ts';
import { askedInVain } from '../spread.ts';

/** Docker's own settings name servers for all containers, instead of the VM's, and none of them answers. */
export const daemonDns = defineRule({
  id: 'daemon-dns',
  needs: ['docker', 'resolver'],
  causes: {
    'daemon-dns-dead': {
      sources: [
        {
          title: 'Docker: dockerd (daemon configuration file)',
          url: 'https://docs.docker.com/reference/cli/dockerd/#daemon-configuration-file',
        },
        { title: 'Docker: Networking (DNS services)', url: 'https://docs.docker.com/engine/network/' },
      ],
    },
  },
  judge: ({ docker, resolver }, scene): Finding[] => {
    const told = docker.daemonJson?.value.dns;
    const servers = Array.isArray(told) ? told.filter((one) => typeof one === 'string') : [];
    // the VM asks them, too: then they are at fault for everybody
    const others = servers.length > 0 && !servers.some((s) => resolver.servers.includes(s));
    const heeding = docker.containers.filter((c) => c.dns.length === 0 || c.dns.join() === servers.join());
    const answered = scene.flows.some((f) => f.outcome === 'ok' && servers.includes(f.to.host));
    if (!others || answered) return [];
    const mute = unseenDeaths(scene).filter(
      (f) =>
        heeding.some((c) => startsIn(c.name, f.from)) &&
        (servers.includes(f.to.host) || f.to.host === EMBEDDED_DNS) &&
        reachesOutside(f, scene),
    );
    const askers = heeding.filter((c) => mute.some((f) => startsIn(c.name, f.from)));
    const inVain = scene.bad.filter(
      (f) => mute.includes(f) || (askedInVain(f) && askers.some((c) => startsIn(c.name, f.from))),
    );
    if (mute.length === 0) return [];
    const list = servers.join(', ');
    const setting = `"dns": ${JSON.stringify(servers)}`;
    return [
      {
        id: 'daemon-dns-dead',
        layer: 'name',
        insteadOf: ['container-dns-wrong', 'embedded-dns-upstream-dead', 'embedded-dns-unreachable'],
        title: {
          en: `/etc/docker/daemon.json gives every container the name server ${list}, which does not answer`,
          'zh-CN': `/etc/docker/daemon.json 让所有容器使用 DNS 服务器 ${list}，但它没有应答`,
        },
        says: {
          en: `daemon.json says ${setting}, which replaces the servers of the VM's resolv.conf (${resolver.servers.join(', ')}) in all containers that were made without --dns: on the default bridge in their resolv.conf, elsewhere behind Docker's ${EMBEDDED_DNS}. They reach addresses on the internet, and no name resolves.`,
          'zh-CN': `daemon.json 中有 ${setting}，它在所有未指定 --dns 的容器中取代虚拟机 resolv.conf 的服务器（${resolver.servers.join('、')}）：默认网桥上写入容器的 resolv.conf，其他网络则作为 Docker 的 ${EMBEDDED_DNS} 的上游。容器能访问互联网 IP，但无法解析名称。`,
        },
        grade: 'inferred',
        owner: 'administrator',
        evidence: [fromFact('docker', same(`/etc/docker/daemon.json: ${setting}`)), ...someFlows(mute)],
        fixes: [
          editDaemonJson({
            en: 'Name servers that answer, or take "dns" out, then restart docker',
            'zh-CN': '指定可用的服务器或去掉 "dns"，然后重启 docker',
          }),
        ],
        explains: inVain.map((f) => f.id),
      },
    ];
  },
});
