import { same } from '../../../shared/text.ts';
import type { Neighbour } from '../../probe/neighbours.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { defineRule } from '../rule.ts';
import { unseenDeaths } from '../select.ts';
import { IP_SYSCTL, thread } from '../sources.ts';
import { sysctlFix } from '../sysctl-fix.ts';

const KEY = 'net.ipv4.neigh.default.gc_thresh3';
/** Entries that the kernel does not count: they were set by hand, or need no answer. */
const EXEMPT = new Set(['PERMANENT', 'NOARP']);

const counted = (all: readonly Neighbour[]) =>
  all.filter((n) => n.address.includes('.') && !EXEMPT.has(n.state)).length;

/** The kernel's table of neighbours is full: whoever is not in it can't be asked for, in any network namespace. */
export const neighbourTableFull = defineRule({
  id: 'neighbour-table-full',
  needs: ['sysctls', 'neighbours', 'containers'],
  causes: {
    'neighbour-table-full': {
      sources: [
        IP_SYSCTL,
        thread('kubernetes/kops#4533', 'arp_cache: neighbor table overflow!'),
        thread(
          'canonical/lxd#4799',
          'Error neighbour: ndisc_cache: neighbor table overflow! (ARP Table is full)',
        ),
      ],
    },
  },
  judge: ({ sysctls, neighbours, containers }, scene) => {
    const max = Number(sysctls[KEY]);
    // one table for all network namespaces
    const count =
      counted(neighbours) + containers.namespaces.reduce((sum, n) => sum + counted(n.neighbours), 0);
    const flows = unseenDeaths(scene).filter((f) => f.outcome === 'timeout' || f.outcome === 'unreachable');
    if (sysctls[KEY] === undefined || Number.isNaN(max) || count < max || flows.length === 0) return [];
    const more = Math.max(1024, max * 4);
    return [
      {
        id: 'neighbour-table-full',
        layer: 'kernel',
        insteadOf: ['machine-offline', 'resolver-dead', 'nat-dns-dead', 'masquerade-missing'],
        title: {
          en: `The neighbour (ARP) table is full: ${count} entries, gc_thresh3 is ${max}`,
          'zh-CN': `邻居（ARP）表已满：${count} 条，gc_thresh3 为 ${max}`,
        },
        says: {
          en: `The kernel keeps at most ${max} neighbours (${KEY}), of the VM and all containers together, and has ${count}. It can't ask for the hardware address of anybody else, so packets to them never leave; the kernel log says “neighbor table overflow”.`,
          'zh-CN': `内核最多保存 ${max} 个邻居（${KEY}，虚拟机与所有容器共用），目前已有 ${count} 个。它无法再查询其他主机的硬件地址，发往它们的数据包无法发出；内核日志中会有“neighbor table overflow”。`,
        },
        grade: 'inferred',
        owner: 'kernel',
        evidence: [
          fromFact('sysctls', same(`${KEY} = ${max}`)),
          fromFact('neighbours', {
            en: `${count} entries in all namespaces`,
            'zh-CN': `所有命名空间共 ${count} 条`,
          }),
          ...someFlows(flows),
        ],
        fixes: [
          sysctlFix(
            KEY,
            { from: String(max), to: String(more) },
            { title: { en: 'Make the table larger', 'zh-CN': '扩大邻居表' } },
          ),
        ],
        explains: flows.map((f) => f.id),
      },
    ];
  },
});
