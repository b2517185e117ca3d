import { MAC_SIDES } from './config.ts';
import type { Forwards } from './forwards.ts';
import type { Monitor } from './qmp.ts';

/** What the control words act on. */
export interface Machine {
  readonly monitor: Monitor;
  readonly forwards: Forwards;
  readonly tellInner: (word: string) => void;
  /** Ends QEMU and starts another one from that snapshot, without any forward. */
  readonly startFrom: (snapshot: string) => Promise<void>;
}

type Act = (machine: Machine, args: string[]) => Promise<unknown> | unknown;

const WORDS: Record<string, Act> = {
  ...Object.fromEntries(
    MAC_SIDES.flatMap((side) =>
      [`${side}-off`, `${side}-on`].map((word): [string, Act] => [word, (m) => m.tellInner(word)]),
    ),
  ),
  'link-off': (m) => m.monitor.command('set_link nic0 off'),
  'link-on': (m) => m.monitor.command('set_link nic0 on'),
  // Gone again with the QEMU that has it: with the next `loadvm`
  adapter: async ({ monitor }, [kind]) => {
    const net = kind === 'silent' ? 'hubport,id=n1,hubid=1' : 'user,id=n1,net=10.0.3.0/24,ipv6=off';
    await monitor.command(`netdev_add ${net}`);
    await monitor.command('device_add virtio-net-pci,netdev=n1,id=nic1,mac=08:00:27:12:34:57');
    if (kind === 'unplugged') await monitor.command('set_link nic1 off');
  },
  'ssh-reset': (m) => m.forwards.get('ssh').reset(),
  'ssh-silent': (m) => m.forwards.get('ssh').silence(),
  'ssh-loud': (m) => m.forwards.get('ssh').loud(),
  pause: (m) => m.monitor.command('stop'),
  resume: (m) => m.monitor.command('cont'),
  savevm: (m, [name = '']) => m.monitor.command(`savevm ${name}`),
  loadvm: async (m, [name = '']) => {
    const saved = (await m.monitor.ask('info snapshots')).split('\n').map((row) => row.split(/\s+/)[1]);
    if (!saved.includes(name)) throw new Error(`there is no snapshot ${name}`);
    for (const relay of m.forwards.all()) relay.reset(); // the snapshot knows none of these connections
    await m.startFrom(name);
    await m.forwards.restore();
  },
  forward: async (m, [name = '', proto, hostIp = '', hostPort, guestIp = '', guestPort]) => {
    if (proto !== 'tcp') throw new Error('only tcp can be forwarded');
    const forward = { name, hostIp, hostPort: Number(hostPort), guestIp, guestPort: Number(guestPort) };
    return { hostPort: (await m.forwards.add(forward)).hostPort };
  },
  unforward: (m, [name = '']) => m.forwards.remove(name),
  forwards: (m) => ({
    forwards: m.forwards
      .all()
      .map(({ forward, hostPort, connections }) => ({ ...forward, hostPort, connections })),
  }),
};

/** Carries out one line of the control socket: a word and its arguments, as a JSON list. */
export async function obey(machine: Machine, line: string): Promise<unknown> {
  const [word = '', ...args] = JSON.parse(line) as string[];
  const act = WORDS[word];
  if (!act) throw new Error(`unknown word ${word}`);
  const reply = await act(machine, args);
  return typeof reply === 'object' ? reply : {};
}
