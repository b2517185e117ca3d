import { controlOf } from '../../flow/telling.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { defineRule } from '../rule.ts';
import { VIRTUALBOX_NAT } from '../sources.ts';

/** The VM itself reaches nothing outside: what its containers can't do either is no fault of theirs. */
export const machineOffline = defineRule({
  id: 'machine-offline',
  needs: ['routes'],
  causes: {
    'machine-offline': {
      sources: [VIRTUALBOX_NAT],
    },
  },
  judge: ({ routes }, scene) => {
    const outwards = scene.flows.filter(
      (f) => f.from.where === 'guest' && f.kind === 'internet-ip' && f.outcome !== 'skipped',
    );
    const hasWay = routes.routes.some((r) => r.family === 4 && r.dst === '0.0.0.0/0' && r.type === 'unicast');
    const gateway = scene.flows.find((f) => f.from.where === 'guest' && f.kind === 'gateway');
    if (!hasWay || outwards.length === 0 || outwards.some((f) => f.outcome === 'ok')) return [];
    // a rule of the guest's own that drops them is told by the rule itself
    const dead = scene.journeys.some((j) => j.at !== undefined && outwards.some((f) => f.id === j.flowId));
    if (dead) return [];
    const explains = scene.bad.filter((f) => {
      const control = controlOf(f, scene.flows);
      return (
        f.from.where !== 'mac' &&
        (f.from.where === 'guest' ? outwardsKind(f.kind) : control?.outcome !== 'ok' && outwardsKind(f.kind))
      );
    });
    const reachable = gateway?.outcome === 'ok';
    return [
      {
        id: 'machine-offline',
        layer: 'machine',
        insteadOf: ['nat-dns-dead', 'resolver-dead'],
        title: {
          en: 'The VM itself has no internet; its containers are not the cause',
          'zh-CN': '虚拟机自身没有互联网连接；容器不是原因',
        },
        says: {
          en: `Not even the VM, which is what --network=host uses, reaches the internet: ${outwards.map((f) => f.to.label).join(', ')} fail from it as well${reachable ? ', although its NAT gateway answers' : ''}. Look at the Mac's own connection (Wi-Fi, VPN) and at VirtualBox's NAT; Docker has nothing to do with it.`,
          'zh-CN': `连虚拟机自身（即 --network=host 所用的网络）也无法访问互联网：${outwards.map((f) => f.to.label).join('、')} 从虚拟机访问同样失败${reachable ? '，尽管其 NAT 网关有应答' : ''}。请检查 Mac 自身的网络（Wi-Fi、VPN）和 VirtualBox 的 NAT；与 Docker 无关。`,
        },
        grade: 'inferred',
        owner: 'virtualbox',
        evidence: [
          ...someFlows(outwards),
          ...(gateway ? someFlows([gateway]) : []),
          fromFact('routes', { en: 'the default route is there', 'zh-CN': '默认路由存在' }),
        ],
        fixes: [],
        explains: explains.map((f) => f.id),
      },
    ];
  },
});

const outwardsKind = (kind: string) => kind.startsWith('internet-') || kind === 'dns-server';
