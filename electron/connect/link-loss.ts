import type { Client } from 'ssh2';
import type { Loss } from './lane-io.ts';
import type { SshLink } from './ssh-target.ts';

/** What ssh2 and the socket add to an error. */
type LinkError = Error & { level?: string; code?: unknown };

/** The host on the way. */
interface Before {
  link: Pick<SshLink, 'isOver'>;
  /** As people know it. */
  at: string;
}

const CUT = new Set<unknown>(['ECONNRESET', 'EPIPE']);
/** The system's words for a network of this computer that went. */
const NO_NETWORK = new Set<unknown>([
  'ENETDOWN',
  'ENETUNREACH',
  'ENETRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
]);

/** Finds out why a connection ends that stands now, by what ssh2 says of it. */
export async function lossOf(
  client: Client,
  closed: Promise<void>,
  before: Before | undefined,
): Promise<Loss> {
  let error: LinkError | undefined;
  // The first one is the reason; without a listener it would be an uncaught exception.
  client.on('error', (one) => {
    error ??= one;
  });
  await closed;
  // A stream through the host before is closed only once that host says so, or is gone itself.
  return before?.link.isOver() ? { why: 'jump', detail: before.at } : lossBy(error);
}

function lossBy(error: LinkError | undefined): Loss {
  if (error === undefined) return { why: 'closed' };
  if (error.level === 'client-timeout' || error.code === 'ETIMEDOUT') return { why: 'silent' };
  if (CUT.has(error.code)) return { why: 'reset' };
  if (NO_NETWORK.has(error.code)) return { why: 'network', detail: String(error.code) };
  return { why: 'closed', detail: error.message };
}
