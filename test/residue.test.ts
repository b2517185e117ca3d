import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import type { Answer } from '../electron/connect/guest.ts';
import { compareSnapshots, SETTLED, SNAPSHOT } from '../electron/residue.ts';

/** As the lab's bookworm machine printed it, shortened. */
const BEFORE = `@@rules
table ip filter {
	chain FORWARD {
		type filter hook forward priority filter; policy drop;
		counter packets 24 bytes 2584 jump DOCKER-USER
	}
}
@@sysctls
/proc/sys/net/ipv4/ip_forward:1
/proc/sys/net/netfilter/nf_conntrack_count:7
@@interfaces
docker0
ens3
@@processes
@@end
`;
const answer = (stdout: string, more: Partial<Answer> = {}): Answer => ({
  code: 0,
  stdout,
  stderr: '',
  timedOut: false,
  truncated: false,
  ms: 1,
  ...more,
});
const compare = (after: string) => compareSnapshots(answer(BEFORE), answer(after));

it('finds nothing where only counters and the connection count moved', () => {
  const after = BEFORE.replace('packets 24 bytes 2584', 'packets 99 bytes 9999').replace(
    'count:7',
    'count:12',
  );
  expect(compare(after)).toEqual({ checked: true, rules: [], sysctls: [], interfaces: [], processes: [] });
});

it('tells of an interface that went, and not of each of its settings', () => {
  const settings = ['accept_local:0', 'arp_notify:0']
    .map((s) => `/proc/sys/net/ipv4/conf/veth1/${s}\n`)
    .join('');
  const before = BEFORE.replace('@@interfaces\n', `${settings}@@interfaces\n`).replace(
    'ens3\n',
    'ens3\nveth1\n',
  );
  const went = compareSnapshots(answer(before), answer(BEFORE));
  expect(went).toMatchObject({ sysctls: [], interfaces: ['- veth1'] });
  const wentMeanwhile = answer(before.replace('ens3\nveth1\n', 'ens3\n'));
  expect(compareSnapshots(wentMeanwhile, answer(BEFORE))).toMatchObject({ sysctls: [], interfaces: [] });
  const stayed = compareSnapshots(answer(before), answer(before.replace('arp_notify:0', 'arp_notify:1')));
  expect(stayed.sysctls).toHaveLength(2);
});

it('names every line that came or went, and processes that carry our mark', () => {
  const after = BEFORE.replace('table ip filter {', 'table inet culprit_1 {\n}\ntable ip filter {')
    .replace('ip_forward:1', 'ip_forward:0')
    .replace('ens3\n', 'ens3\ncpt99\n')
    .replace('@@processes\n', '@@processes\nnft\n');
  expect(compare(after)).toEqual({
    checked: true,
    rules: ['+ }', '+ table inet culprit_1 {'],
    sysctls: ['- /proc/sys/net/ipv4/ip_forward:1', '+ /proc/sys/net/ipv4/ip_forward:0'],
    interfaces: ['+ cpt99'],
    processes: ['nft'],
  });
});

it('proves nothing when a snapshot was refused, cut off or ran out of time', () => {
  const ways = [
    [answer('', { refused: 'no-root', code: -1 }), 'no-root'],
    [answer(BEFORE.slice(0, 60)), 'cut-off'],
    [answer(BEFORE, { timedOut: true, code: 124 }), 'timeout'],
  ] as const;
  for (const [after, reason] of ways) {
    expect(compareSnapshots(answer(BEFORE), after)).toMatchObject({ checked: false, reason });
  }
});

it('asks for what only root can see', () => {
  expect(SNAPSHOT.asRoot).toBe(true);
  expect(SETTLED.asRoot).toBe(true);
});

const noNamespaces =
  process.getuid?.() === 0 && process.platform === 'linux' ? undefined : 'needs root on Linux';

it.skipIf(noNamespaces !== undefined)('is settled when our last process is gone', () => {
  // Processes of its own: those of other tests carry our mark, too. What is still there at the end goes with them.
  const seen = (seconds: number, script: string, who: readonly string[] = []) => {
    const ours = `CULPRIT_MARK=1 sleep ${seconds} &
      until grep -qsz ^CULPRIT_MARK= /proc/$!/environ; do sleep 0.1; done`;
    const inside = ['-pf', '--kill-child', '--mount-proc', 'sh', '-c', '"$@"; exit', 'first'];
    return execFileSync('unshare', [...inside, ...who, 'sh', '-c', `${ours}\n${script}`], {
      encoding: 'utf8',
    });
  };
  expect(seen(100, SNAPSHOT.script)).toMatch(/@@processes\nsleep\n@@end/);
  expect(seen(3, SETTLED.script)).toMatch(/@@processes\n@@end/);
  // A process that can't be read, as one that ends while it is looked at: here somebody else's
  const nobody = ['setpriv', '--reuid', '65534', '--clear-groups'];
  expect(seen(3, SETTLED.script, nobody)).toMatch(/@@processes\n@@end/);
});
