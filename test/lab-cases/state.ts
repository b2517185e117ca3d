import { setTimeout } from 'node:timers/promises';
import { control } from '../lab/control.ts';
import type { Lab } from '../lab/lab.ts';
import { ssh } from '../lab/ssh.ts';

/**
 * Everything that a run could leave in the guest, line by line: rules of every kind, kernel settings, interfaces,
 * network namespaces, files where programs leave them, and processes. The asking connection is left out: its sshd,
 * and what hangs below it.
 */
const SCRIPT = `
export LC_ALL=C
section() { sed "s/^/$1: /"; }
nft list ruleset | sed 's/counter packets [0-9]* bytes [0-9]*/counter/' | section nft
for s in iptables-nft-save ip6tables-nft-save iptables-legacy-save ip6tables-legacy-save; do
  $s 2>/dev/null | sed 's/\\[[0-9:]*\\]//; /^#/d' | section $s
done
sysctl -a 2>/dev/null | grep -vE 'random|nf_conntrack_count|file-nr|inode-|dentry-state|/neigh/|\\.neigh\\.|ns_last_pid|pty.nr|sched_domain|max_lb_idle|fastopen_key|stats|inotify' | section sysctl
ls /sys/class/net | section interface
ls /sys/kernel/tracing/instances 2>/dev/null | section tracefs
readlink /proc/[0-9]*/ns/net 2>/dev/null | sort -u | wc -l | section namespaces
find /run /tmp /var/tmp /root /home /dev/shm -xdev -not -path '/run/docker/*' -not -path '/run/systemd/*' -not -path '/run/user/*' -not -path '/run/log/*' -not -path '/run/udev/*' -not -path '/run/containerd/*' 2>/dev/null | section file
# one ps for all: a program for each process takes an emulated machine most of 7 s
ps -ww -eo pid=,ppid=,stat=,args= | awk -v own=$$ '
  { parent[$1] = $2; state[$1] = $3; args = $0; sub(/^ *[0-9]+ +[0-9]+ +[^ ]+ +/, "", args); all[$1] = args }
  END {
    for (pid = own; pid > 1; pid = parent[pid]) asking[pid] = 1
    for (pid in all)
      if (!(pid in asking) && parent[pid] != own && parent[pid] != 2 && pid != 2 && state[pid] !~ /^Z/) print "process: " all[pid]
  }'
:
`;

const sidePorts = new Map<number, Promise<number>>();

/** A way in of its own: it answers while the lab's ordinary forward is silent. */
function sidePort(lab: Lab): Promise<number> {
  const known = sidePorts.get(lab.port);
  if (known) return known;
  const opened = control(lab.port, 'forward', 'side', 'tcp', '127.0.0.1', '0', '10.0.2.15', '22').then(
    (reply) => Number(reply.hostPort),
  );
  sidePorts.set(lab.port, opened);
  return opened;
}

/** The guest's state, sorted; two equal states are equal lists. */
export async function guestState(lab: Lab): Promise<string[]> {
  const ask = async () => ssh(await sidePort(lab), 'sh -s', { input: SCRIPT, timeoutMs: 180_000 });
  let answer = await ask();
  if (answer.code === 255) {
    // a reset took the way in away
    sidePorts.delete(lab.port);
    answer = await ask();
  }
  const { code, stdout, stderr } = answer;
  if (code !== 0) throw new Error(`asking for the guest's state failed (${code}): ${stderr}`);
  return stdout.split('\n').filter(Boolean).sort();
}

/** Lines that came or went between two states; short-lived workers of the system itself are no difference. */
function difference(before: readonly string[], after: readonly string[]): string[] {
  const count = new Map<string, number>();
  for (const line of before) count.set(line, (count.get(line) ?? 0) - 1);
  for (const line of after) count.set(line, (count.get(line) ?? 0) + 1);
  return [...count].flatMap(([line, n]) =>
    n === 0 || RESTLESS.test(line) ? [] : [`${n > 0 ? '+' : '-'} ${line}`],
  );
}

/** systemd starts and ends these by itself; a login brings its user's own systemd, which stays for some seconds. */
const RESTLESS =
  /^process: (\(sd-pam\)|\/lib\/systemd\/systemd --user|\/lib\/systemd\/systemd-(udevd|hostnamed|timedated)|\(udev-worker\)|sshd: |\/usr\/sbin\/sshd -D.*\[)/;

/**
 * Waits until nothing of a run is left; returns what is still there when the time is over, and how long it took. The last
 * look begins when the time is over, unless the one before takes longer than that.
 */
export async function untilClean(
  lab: Lab,
  before: readonly string[],
  limitMs: number,
): Promise<{ left: string[]; ms: number }> {
  const began = performance.now();
  const passed = () => performance.now() - began;
  for (;;) {
    // the state is that of the moment when it was asked for, however long the asking takes
    const asked = passed();
    const left = difference(before, await guestState(lab));
    if (left.length === 0 || asked >= limitMs) return { left, ms: asked };
    // one more look would end too late to be followed by one in time
    const took = passed() - asked;
    if (passed() + took > limitMs) await setTimeout(Math.max(0, limitMs - passed()));
  }
}
