/** A socket that waits: a TCP listener, or a UDP socket without a peer. */
export interface Listener {
  proto: 'tcp' | 'udp';
  /** '0.0.0.0' and '::' are every address. */
  address: string;
  port: number;
  /** Connections that the program behind a TCP listener has not accepted yet; absent where there are none. */
  waiting?: number;
}

/** A listener with the inode of its socket, by which its holders are found. */
export interface ProcSocket extends Listener {
  inode: number;
}

/** The kernel prints each 32-bit word of an address in the CPU's byte order, which is little-endian wherever Docker runs. */
function readAddress(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) =>
    (word.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16)),
  );
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0));
  if (groups.slice(0, 5).every((g) => g === 0) && groups[5] === 0xffff) return bytes.slice(12).join('.');
  return shorten(groups.map((g) => g.toString(16)));
}

/** Replaces the longest run of zero groups by `::` (RFC 5952). */
function shorten(groups: string[]): string {
  let best = { at: -1, length: 1 };
  for (let at = 0; at < groups.length; at++) {
    let end = at;
    while (groups[end] === '0') end++;
    if (end - at > best.length) best = { at, length: end - at };
  }
  if (best.at < 0) return groups.join(':');
  return `${groups.slice(0, best.at).join(':')}::${groups.slice(best.at + best.length).join(':')}`;
}

/** Reads a line of `grep -H` on /proc/PID/net/{tcp,udp}[6]; null when it is none. */
export function readProcSocket(line: string): ProcSocket | null {
  const found =
    /\/net\/(tcp|udp)6?: *\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) [0-9A-F]+:0000 (0A|07) [0-9A-F]+:([0-9A-F]+) \S+ \S+ +\d+ +\d+ (\d+)(?: |$)/.exec(
      line,
    );
  if (!found || (found[1] === 'tcp') !== (found[4] === '0A')) return null;
  const waiting = Number.parseInt(found[5] ?? '0', 16);
  return {
    proto: found[1] === 'udp' ? 'udp' : 'tcp',
    address: readAddress(found[2] ?? ''),
    port: Number.parseInt(found[3] ?? '0', 16),
    // of a listener, what a connected socket has in its queue for receiving are connections (proc(5), sk_ack_backlog)
    ...(found[4] === '0A' && waiting > 0 ? { waiting } : {}),
    inode: Number(found[6]),
  };
}
