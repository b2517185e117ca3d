import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Trouble } from '../../shared/trouble.ts';

const CONNECT_MS = 10_000;
/** VirtualBox's NAT accepts before the guest does: only the first bytes prove that somebody is there. */
const BANNER_MS = 15_000;

interface Where {
  host: string;
  port: number;
}

/** A TCP connection on which an SSH server has introduced itself; its bytes are still there to be read. */
export async function sshSocket(host: string, port: number, signal?: AbortSignal): Promise<Socket> {
  const socket = connect({ host, port, noDelay: true, keepAlive: true });
  const where = { host, port };
  try {
    await step(socket, 'connect', CONNECT_MS, new Trouble('connect-timeout', where), signal);
  } catch (error) {
    socket.destroy();
    throw error instanceof Trouble ? error : refusal(error as NodeJS.ErrnoException, where);
  }
  return greeted(socket, where, signal);
}

/** Gives an open stream back once an SSH server has introduced itself on it; else it is destroyed. */
export async function greeted<S extends Duplex>(stream: S, where: Where, signal?: AbortSignal): Promise<S> {
  const silent = new Trouble('connect-not-ssh', { ...where, got: 'nothing' });
  try {
    await step(stream, 'readable', BANNER_MS, silent, signal);
  } catch (error) {
    stream.destroy();
    throw error instanceof Trouble ? error : refusal(error as NodeJS.ErrnoException, where);
  }
  const first: Buffer | null = stream.read();
  const text = first?.toString('latin1') ?? '';
  // A server may say other lines before its version, but speaks first, and in lines.
  if (!/^SSH-/m.test(text)) {
    stream.destroy();
    throw new Trouble('connect-not-ssh', { ...where, got: text ? printable(text) : 'closed' });
  }
  stream.unshift(first);
  return stream;
}

function refusal(error: NodeJS.ErrnoException, where: Where): Trouble {
  const code = error.code ?? 'error';
  if (code === 'ECONNREFUSED') return new Trouble('connect-refused', where, { cause: error });
  if (code === 'ETIMEDOUT') return new Trouble('connect-timeout', where, { cause: error });
  if (code === 'ECONNRESET')
    return new Trouble('connect-not-ssh', { ...where, got: 'closed' }, { cause: error });
  return new Trouble('connect-failed', { ...where, detail: code }, { cause: error });
}

function step(socket: Duplex, event: string, ms: number, late: Trouble, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => settle(late), ms);
    const abort = () => settle(new Trouble('cancelled'));
    const ok = () => settle();
    const settle = (error?: Error) => {
      clearTimeout(timer);
      socket.off('error', settle).off(event, ok).off('close', ok);
      signal?.removeEventListener('abort', abort);
      if (error) reject(error);
      else resolve();
    };
    socket.once('error', settle).once(event, ok).once('close', ok);
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
  });
}

function printable(text: string): string {
  return text
    .replace(/[^ -~]+/g, ' ')
    .trim()
    .slice(0, 60);
}
