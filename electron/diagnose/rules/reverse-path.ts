import { dropText } from '../../../shared/drop-text.ts';
import { same } from '../../../shared/text.ts';
import type { Journey, KernelDrop } from '../../../shared/trace.ts';
import { effectiveRpFilter, ifaceSysctl, type Sysctls } from '../../probe/sysctls.ts';
import { fromFact, fromJourney, someFlows } from '../evidence.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { IP_SYSCTL, thread } from '../sources.ts';
import { sysctlFix } from '../sysctl-fix.ts';

/** Before Linux 5.17 the kernel gives no reason: then the look-up of the way back, by another device, right before it. */
function byReversePath({ reason, function: where, iif, backBy, route }: KernelDrop): boolean {
  if (reason !== undefined) return reason === 'IP_RPFILTER';
  return where === 'ip_rcv_finish_core' && route === undefined && backBy !== undefined && backBy !== iif;
}

/** Strict reverse path filtering throws away what comes in by another interface than the route back leads out by. */
export const reversePath = defineRule({
  id: 'reverse-path',
  needs: ['sysctls'],
  causes: {
    'reverse-path-filter': {
      sources: [
        IP_SYSCTL,
        thread('containers/netavark#962', 'fix port forward with strict RPF and multi networks'),
        thread(
          'newsnowlabs/docker-ingress-routing-daemon#4',
          'Daemon is not working on Google Cloud Platform VM',
        ),
      ],
    },
  },
  judge: ({ sysctls }, scene) => {
    const byInterface = new Map<string, Journey[]>();
    for (const journey of scene.journeys) {
      const { drop } = journey;
      if (!drop?.iif || !byReversePath(drop)) continue;
      byInterface.set(drop.iif, [...(byInterface.get(drop.iif) ?? []), journey]);
    }
    return [...byInterface].flatMap(([iface, journeys]) => {
      // without a filter that is on, the word of the kernel stands alone: something is not as we think
      const mode = effectiveRpFilter(sysctls, iface);
      return mode === 0 ? [] : [finding(iface, mode, journeys, sysctls, scene)];
    });
  },
});

function finding(
  iface: string,
  mode: number,
  journeys: readonly Journey[],
  sysctls: Sysctls,
  scene: Scene,
): Finding {
  const value = (where: string) => ifaceSysctl(sysctls, 4, where, 'rp_filter') ?? '0';
  const key = `net.ipv4.conf.${iface.replaceAll('.', '/')}.rp_filter`;
  const settings = `net.ipv4.conf.all.rp_filter = ${value('all')}, ${key} = ${value(iface)}`;
  const [first] = journeys as [Journey];
  const { backBy } = first.drop ?? {};
  const sender = first.packet.src;
  const flows = scene.bad.filter((flow) => journeys.some((j) => j.flowId === flow.id));
  const strict = mode === 1;
  return {
    id: 'reverse-path-filter',
    layer: 'kernel',
    title: {
      en: `The reverse path filter (rp_filter) on ${iface} drops the packets`,
      'zh-CN': `${iface} 上的反向路径过滤（rp_filter）丢弃了数据包`,
    },
    says: {
      en: `A packet from ${sender} comes in by ${iface}, but the guest's route back to ${sender} leads ${backBy === undefined ? 'elsewhere' : `out by ${backBy}`}, so the kernel takes its address for forged and drops it; no firewall rule is involved. The stricter of “all” and the interface counts: ${settings}, which is ${strict ? 'strict' : 'loose'}.`,
      'zh-CN': `来自 ${sender} 的数据包从 ${iface} 进入，但虚拟机回到 ${sender} 的路由${backBy === undefined ? '指向别处' : `经由 ${backBy}`}，因此内核认为其源地址是伪造的并将其丢弃；与防火墙规则无关。“all”与接口两者中数值较大者生效：${settings}，即${strict ? '严格' : '宽松'}模式。`,
    },
    grade: 'traced',
    owner: 'kernel',
    evidence: [
      ...journeys.slice(0, 2).map((j) => fromJourney(j, j.drop && dropText(j.drop))),
      fromFact('sysctls', same(settings)),
      ...someFlows(flows),
    ],
    fixes: strict
      ? [
          sysctlFix(
            key,
            { from: value(iface), to: '2' },
            {
              title: { en: `Filter loosely on ${iface}`, 'zh-CN': `在 ${iface} 上使用宽松过滤` },
              warning: {
                en: `Loose still wants some route to the sender. Where a mark chooses the way out (ip rule fwmark), net.ipv4.conf.${iface}.src_valid_mark with marked replies keeps the filter strict.`,
                'zh-CN': `宽松模式仍要求存在到发送者的路由。如果出口由标记选择（ip rule fwmark），可对回复打标记并设置 net.ipv4.conf.${iface}.src_valid_mark，以保持严格过滤。`,
              },
            },
          ),
        ]
      : [],
    explains: flows.map((f) => f.id),
  };
}
