import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron';
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

interface Drop {
  isTrusted: boolean;
  preventDefault(): void;
  dataTransfer: { files: ArrayLike<File> } | null;
}
declare const window: { addEventListener(type: 'drop', listener: (event: Drop) => void): void };

// Main is told where a dropped file is. The page is not, and it can't name one: what a script dispatches is not trusted.
window.addEventListener('drop', (event) => {
  const file = event.isTrusted ? event.dataTransfer?.files[0] : undefined;
  if (file === undefined) return;
  event.preventDefault();
  void ipcRenderer.invoke('dropped', webUtils.getPathForFile(file));
});
