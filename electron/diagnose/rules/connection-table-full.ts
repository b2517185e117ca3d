import { same } from '../../../shared/text.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { defineRule } from '../rule.ts';
import { thread } from '../sources.ts';
import { sysctlFix } from '../sysctl-fix.ts';

/** The kernel's connection table is full: new connections of anybody are dropped, running ones go on. */
export const connectionTableFull = defineRule({
  id: 'connection-table-full',
  needs: ['conntrack'],
  causes: {
    'connection-table-full': {
      sources: [
        {
          title: 'Linux: Netfilter Conntrack Sysfs variables',
          url: 'https://docs.kernel.org/networking/nf_conntrack-sysctl.html',
        },
        thread('kubernetes/kubernetes#71261', 'nf_conntrack: table full, dropping packet'),
      ],
    },
  },
  judge: ({ conntrack: { count, max, fullLines } }, scene) => {
    const full = count !== null && max !== null && max > 0 && count >= max * 0.95;
    const drops = scene.bad.filter(
      (f) => f.outcome === 'timeout' || f.outcome === 'prohibited' || f.from.where === 'mac',
    );
    if (!(full || fullLines.length > 0) || count === null || max === null || drops.length === 0) return [];
    const more = Math.max(max * 4, 65_536);
    return [
      {
        id: 'connection-table-full',
        layer: 'kernel',
        insteadOf: [
          'netfilter-drop',
          'machine-offline',
          'nat-dns-dead',
          'resolver-dead',
          'masquerade-missing',
        ],
        title: {
          en: `The connection table is full: nf_conntrack ${count} of ${max}`,
          'zh-CN': `连接跟踪表已满：nf_conntrack ${count} / ${max}`,
        },
        says: {
          en: `The kernel tracks ${count} of at most ${max} connections (net.netfilter.nf_conntrack_max), so it drops the first packet of every new one. Containers feel it first, for all of their traffic is tracked.`,
          'zh-CN': `内核已跟踪 ${count} 个连接，上限为 ${max}（net.netfilter.nf_conntrack_max），因此会丢弃每个新连接的首个数据包。容器的全部流量都要被跟踪，所以最先受影响。`,
        },
        grade: 'inferred',
        owner: 'kernel',
        evidence: [
          fromFact('conntrack', same(`nf_conntrack_count ${count}, nf_conntrack_max ${max}`)),
          ...fullLines.slice(-1).map((line) => fromFact('conntrack', same(line))),
          ...someFlows(drops),
        ],
        fixes: [
          sysctlFix(
            'net.netfilter.nf_conntrack_max',
            { from: String(max), to: String(more) },
            { title: { en: 'Make the table larger', 'zh-CN': '扩大连接跟踪表' } },
          ),
        ],
        explains: drops.map((f) => f.id),
      },
    ];
  },
});
