import { connect } from 'node:net';
import type { FlowResult, FlowSpec } from '../../shared/flow.ts';

/** Milliseconds to wait for a word from the other end. */
const LIMIT_MS = 3000;

/** How a flow from the Mac is tried; a replay answers from its recording. */
export type TryFromMac = (spec: FlowSpec, signal: AbortSignal) => Promise<FlowResult>;

/**
 * Tries a published port from this computer. VirtualBox's NAT accepts the connection before it has dialled the guest, so
 * only an answer counts; a service that keeps silent until it is spoken to gets the most harmless question there is.
 */
export const tryFromMac: TryFromMac = (spec, signal) => {
  const began = performance.now();
  return new Promise((resolve) => {
    const socket = connect({ host: spec.to.host === '' ? '127.0.0.1' : spec.to.host, port: spec.to.port });
    let connected = false;
    const finish = (ending: Pick<FlowResult, 'outcome' | 'saying'>, detail = '') => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      socket.destroy();
      resolve({ ...spec, ...ending, detail, ms: Math.round(performance.now() - began) });
    };
    const stop = () => finish({ outcome: 'skipped', saying: 'stopped' });
    const timer = setTimeout(
      () => finish({ outcome: 'timeout', ...(connected && { saying: 'silent' }) }),
      LIMIT_MS,
    );
    signal.addEventListener('abort', stop, { once: true });
    socket.once('connect', () => {
      connected = true;
      socket.write('HEAD / HTTP/1.0\r\n\r\n');
    });
    socket.once('data', () => finish({ outcome: 'ok' }));
    socket.once('close', () => finish({ outcome: 'reset', saying: 'closed' }));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') finish({ outcome: 'refused' }, error.message);
      else if (error.code === 'ECONNRESET' || error.code === 'EPIPE')
        finish({ outcome: 'reset' }, error.message);
      else finish({ outcome: 'unreachable' }, error.message);
    });
  });
};
