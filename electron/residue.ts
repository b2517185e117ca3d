import type { Residue, ResidueReason } from '../shared/residue.ts';
import type { Answer, Command } from './connect/guest.ts';

/** What tells the processes that we started for flows and traces. */
const MARKED = "'^CULPRIT_MARK=' /proc/[0-9]*/environ";

/**
 * What a run could leave behind, in one command: rules of every kind, kernel settings, interfaces, and processes that
 * carry our mark (CULPRIT_MARK is in the environment of all that we start for flows and traces). Reads only; asking
 * iptables-legacy-save lists only tables that are loaded already.
 */
export const SNAPSHOT: Command = {
  purpose: { en: 'What is armed in the guest', 'zh-CN': '虚拟机中当前生效的规则与设置' },
  asRoot: true,
  script: `
export LC_ALL=C
echo @@rules
[ -d /sys/module/nf_tables ] && command -v nft >/dev/null && nft list ruleset 2>/dev/null
for n in 4 6; do
  t=/proc/net/ip_tables_names; s=iptables-legacy-save
  [ $n = 6 ] && t=/proc/net/ip6_tables_names && s=ip6tables-legacy-save
  [ -s "$t" ] && command -v $s >/dev/null && $s
done
echo @@sysctls
grep -rsH . /proc/sys/net/ipv4 /proc/sys/net/bridge /proc/sys/net/netfilter /proc/sys/net/core
echo @@interfaces
ls /sys/class/net
echo @@processes
grep -lsz ${MARKED} | while IFS=/ read -r _ _ p _; do
  IFS= read -r comm <"/proc/$p/comm" && echo "$comm"
done 2>/dev/null
echo @@end
`,
};

/**
 * The same, as soon as no process of ours is there any more. A keeper that had to be left to its work (the tracer ran into its
 * time limit) takes its rules out one by one, on a slow guest for seconds: until then nothing is left behind yet.
 */
export const SETTLED: Command = {
  ...SNAPSHOT,
  purpose: {
    en: 'What is armed, once our last process is gone',
    'zh-CN': '最后一个进程退出后仍生效的规则与设置',
  },
  timeoutMs: 55_000,
  script: `
n=0
# with -q one is found although another process ended meanwhile, which grep -l calls a failure
while [ $n -lt 40 ] && grep -qsz ${MARKED}; do
  sleep 1
  n=$((n + 1))
done
${SNAPSHOT.script}`,
};

/** Kernel values that change by themselves. */
const RESTLESS = /nf_conntrack_count|\/neigh\/|tcp_fastopen_key|inet_peer|flow_limit|dev_weight/;

/** The lines of each section of an answer to SNAPSHOT that do not move by themselves. */
export function parts(answer: Answer): Map<string, string[]> {
  const all = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of answer.stdout.split('\n')) {
    const name = /^@@(\w+)$/.exec(line)?.[1];
    if (name) {
      current = [];
      all.set(name, current);
    } else if (line.trim() !== '' && !line.startsWith('# ') && !RESTLESS.test(line))
      current.push(steady(line));
  }
  return all;
}

/** Without counters and ages, which move on a healthy guest too. */
function steady(line: string): string {
  return line
    .replace(/counter packets \d+ bytes \d+/g, 'counter')
    .replace(/\[\d+:\d+\]/g, '')
    .replace(/ expires \w+/g, '')
    .trimEnd();
}

/** Lines that one has more often than the other: gone ones with `-`, new ones with `+`. */
export function difference(before: readonly string[] = [], after: readonly string[] = []): string[] {
  const count = new Map<string, number>();
  for (const line of before) count.set(line, (count.get(line) ?? 0) - 1);
  for (const line of after) count.set(line, (count.get(line) ?? 0) + 1);
  return [...count]
    .flatMap(([line, n]) => (n === 0 ? [] : [`${n > 0 ? '+' : '-'} ${line.trim()}`]))
    .slice(0, 200);
}

/** The interface that a kernel setting belongs to, `all` and `default` among them. */
const OF_INTERFACE = /^\/proc\/sys\/net\/ipv4\/conf\/([^/]+)\//;

/**
 * Without the settings of interfaces that the other snapshot has none of: a container that starts again brings twenty, and the
 * interface is told by itself, unless it came or went between the two looks of one snapshot.
 */
function ofThoseThatStay(sysctls: readonly string[], other: readonly string[]): string[] {
  const stay = new Set([undefined, ...other.map(interfaceOf)]);
  return sysctls.filter((line) => stay.has(interfaceOf(line)));
}

const interfaceOf = (line: string) => OF_INTERFACE.exec(line)?.[1];

/** Why an answer to SNAPSHOT can't be compared, if it can't. */
export function incomplete({ refused, timedOut, truncated, stdout }: Answer): ResidueReason | undefined {
  if (refused) return refused;
  if (timedOut) return 'timeout';
  return truncated || !/^@@end$/m.test(stdout) ? 'cut-off' : undefined;
}

/** Compares two answers to SNAPSHOT. */
export function compareSnapshots(before: Answer, after: Answer): Residue {
  const reason = incomplete(before) ?? incomplete(after);
  if (reason) return { checked: false, reason, rules: [], sysctls: [], interfaces: [], processes: [] };
  const [a, b] = [parts(before), parts(after)];
  const [were, are] = [a.get('sysctls') ?? [], b.get('sysctls') ?? []];
  return {
    checked: true,
    rules: difference(a.get('rules'), b.get('rules')),
    sysctls: difference(ofThoseThatStay(were, are), ofThoseThatStay(are, were)),
    interfaces: difference(a.get('interfaces'), b.get('interfaces')),
    processes: b.get('processes') ?? [],
  };
}
