import { connect } from 'node:net';
import type { FlowResult, FlowSpec } from '../../shared/flow.ts';
import { FLOW_SAYINGS } from '../../shared/flow-text.ts';

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
    const finish = (outcome: FlowResult['outcome'], detail: string) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      socket.destroy();
      resolve({ ...spec, outcome, detail, ms: Math.round(performance.now() - began) });
    };
    const stop = () => finish('skipped', FLOW_SAYINGS.stopped.en);
    const timer = setTimeout(() => finish('timeout', connected ? FLOW_SAYINGS.silent.en : ''), LIMIT_MS);
    signal.addEventListener('abort', stop, { once: true });
    socket.once('connect', () => {
      connected = true;
      socket.write('HEAD / HTTP/1.0\r\n\r\n');
    });
    socket.once('data', () => finish('ok', ''));
    socket.once('close', () => finish('reset', FLOW_SAYINGS.closed.en));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') finish('refused', error.message);
      else if (error.code === 'ECONNRESET' || error.code === 'EPIPE') finish('reset', error.message);
      else finish('unreachable', error.message);
    });
  });
};
