import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { Bridge, Pushes, PushName, Reply } from '../shared/contract.ts';

// All that the window gets: one channel to ask on, one to be told on. Runs sandboxed, so it imports nothing but types.
const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke('call', name, input) as Promise<Reply<unknown>>,
  on: (name, told) => {
    const listen = (_event: IpcRendererEvent, pushed: PushName, value: Pushes[typeof name]) => {
      if (pushed === name) told(value);
    };
    ipcRenderer.on('push', listen);
    return () => {
      ipcRenderer.off('push', listen);
    };
  },
};

contextBridge.exposeInMainWorld('culprit', bridge);
