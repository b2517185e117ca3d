import { EventEmitter } from 'node:events';
import { makeCodec } from './codec.mjs';

type Listener = (event: unknown, ...args: unknown[]) => unknown;

class IpcMainDouble extends EventEmitter {
  readonly _handlers = new Map<string, Listener>();
  handle(channel: string, listener: Listener) {
    if (this._handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    this._handlers.set(channel, listener);
  }
}

export const ipcMain = new IpcMainDouble();
/** What crosses between main and preload. */
export const wire = makeCodec();

/** What a preload script sent, answered by main's handler as Electron does it. */
export async function answer(event: unknown, { id, channel, args }: Invoke): Promise<object> {
  try {
    const handler = ipcMain._handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return { kind: 'reply', id, value: wire.encode(await handler(event, ...args.map(wire.decode))) };
  } catch (error) {
    return { kind: 'reply', id, error: `Error invoking remote method '${channel}': ${error}` };
  }
}

export interface Invoke {
  kind: 'invoke';
  id: number;
  channel: string;
  args: unknown[];
}
