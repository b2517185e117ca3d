import { same } from '../../shared/text.ts';
import { type Answer, MAX_COMMAND_MS } from '../connect/guest.ts';
import { complaint, lines, oneLine, sections } from './lib/answer.ts';
import { CUT_OFF } from './lib/phrases.ts';
import { type Listener, readProcSocket } from './lib/proc-net.ts';
import { script } from './lib/script.ts';
import { defineProbe, NoFact } from './probe.ts';

/**
 * Everything from /proc: `ss` would load the kernel modules inet_diag, tcp_diag and udp_diag, and leave them loaded.
 * Without GNU find, or without root, it is not known which program holds a socket.
 */
const SCRIPT = script(`
echo @@sockets
grep -sHE '^ *[0-9]+: [0-9A-F]+:[0-9A-F]{4} [0-9A-F]+:0000 (0A|07) ' /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6
echo @@holders
find /proc/[0-9]*/fd -maxdepth 1 -lname 'socket:*' -printf '%h %l\\n' 2>/dev/null
echo @@names
grep -sH '' /proc/[0-9]*/comm
echo @@end
`);

export interface Holder {
  /** As in /proc/PID/comm: at most 15 characters. */
  name: string;
  pid: number;
}

/** A socket of the VM that waits for connections or datagrams. */
export interface VmListener extends Listener {
  /** Programs that hold it, `docker-proxy` for instance; empty without root. */
  processes: Holder[];
}

/** Which processes hold the socket with a certain inode. */
function readHolders(holders: string | undefined, names: string | undefined): Map<number, Holder[]> {
  const nameOf = new Map(
    lines(names).flatMap((line): [number, string][] => {
      const found = /^\/proc\/(\d+)\/comm:(.*)$/.exec(line);
      return found ? [[Number(found[1]), oneLine(found[2] ?? '', 64)]] : [];
    }),
  );
  const all = new Map<number, Holder[]>();
  for (const line of lines(holders)) {
    const found = /^\/proc\/(\d+)\/fd socket:\[(\d+)\]$/.exec(line);
    if (!found) continue;
    const [pid, inode] = [Number(found[1]), Number(found[2])];
    const known = all.get(inode) ?? [];
    if (!known.some((h) => h.pid === pid)) all.set(inode, [...known, { pid, name: nameOf.get(pid) ?? '' }]);
  }
  return all;
}

function parse(answer: Answer): VmListener[] {
  const parts = sections(answer.stdout);
  if (!parts.has('holders')) throw new NoFact('failed', complaint(answer, CUT_OFF));
  const holders = readHolders(parts.get('holders'), parts.get('names'));
  return lines(parts.get('sockets')).flatMap((line) => {
    const socket = readProcSocket(line);
    if (socket === null) return [];
    const { inode, ...listener } = socket;
    return [{ ...listener, processes: holders.get(inode) ?? [] }];
  });
}

/** What listens in the VM itself, and which program does. */
export const listeners = defineProbe({
  id: 'listeners',
  command: {
    purpose: { en: 'What listens in the VM', 'zh-CN': '虚拟机中正在监听的程序' },
    script: SCRIPT,
    asRoot: true,
    timeoutMs: MAX_COMMAND_MS,
  },
  alsoWithoutRoot: true,
  parse,
  summary: (all) => {
    const tcp = [...new Set(all.filter((l) => l.proto === 'tcp').map((l) => l.port))].sort((a, b) => a - b);
    if (tcp.length === 0) return { en: 'TCP none', 'zh-CN': 'TCP 无' };
    return same(`TCP ${tcp.slice(0, 12).join(', ')}${tcp.length > 12 ? ', …' : ''}`);
  },
});
