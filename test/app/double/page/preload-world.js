// Runs in an isolated world of the page, before the real preload script, and gives it `require('electron')`. `makeCodec` is
// before it; `__doubleSend` is a binding that only this world has.
(() => {
  const TO_PAGE = '__double_to_page';
  const TO_PRELOAD = '__double_to_preload';
  const functions = new Map();
  const callbacks = new Map();
  const waiting = new Map();
  const listeners = new Map();
  let accelerators = [];
  let count = 0;

  const next = () => {
    count += 1;
    return count;
  };
  const tellPage = (told) =>
    document.dispatchEvent(new CustomEvent(TO_PAGE, { detail: JSON.stringify(told) }));
  const spelled = (error) => ({ message: error?.message ?? String(error), name: error?.name ?? 'Error' });
  const sendToMain = (message) => globalThis.__doubleSend(JSON.stringify(message));

  // contextBridge: functions and promises become handles, everything else is copied.
  const bridge = makeCodec(
    (value) => {
      if (typeof value === 'function') {
        const id = next();
        functions.set(id, value);
        return { $: 'function', v: id };
      }
      if (typeof value?.then !== 'function') return undefined;
      const id = next();
      value.then(
        (result) => tellPage({ kind: 'settled', id, value: bridge.encode(result) }),
        (error) => tellPage({ kind: 'settled', id, error: spelled(error) }),
      );
      return { $: 'promise', v: id };
    },
    (tag, id) => {
      if (tag !== 'callback') return undefined;
      if (!callbacks.has(id)) {
        callbacks.set(id, (...args) => tellPage({ kind: 'callback', id, args: args.map(bridge.encode) }));
      }
      return callbacks.get(id);
    },
  );
  document.addEventListener(TO_PRELOAD, ({ detail }) => {
    const { ticket, id, args } = JSON.parse(detail);
    try {
      tellPage({
        kind: 'returned',
        ticket,
        value: bridge.encode(functions.get(id)(...args.map(bridge.decode))),
      });
    } catch (error) {
      tellPage({ kind: 'returned', ticket, error: spelled(error) });
    }
  });

  // ipcRenderer: a structured clone, so functions are refused.
  const wire = makeCodec();
  const on = (channel, listener) => {
    listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
    return ipcRenderer;
  };
  const off = (channel, listener) => {
    listeners.get(channel)?.delete(listener);
    return ipcRenderer;
  };
  const ipcRenderer = {
    on,
    off,
    invoke: (channel, ...args) =>
      new Promise((resolve, reject) => {
        const id = next();
        const encoded = args.map(wire.encode);
        waiting.set(id, { resolve, reject });
        sendToMain({ kind: 'invoke', id, channel, args: encoded });
      }),
  };
  globalThis.__doubleReceive = (text) => {
    const told = JSON.parse(text);
    if (told.kind === 'reply') {
      const { resolve, reject } = waiting.get(told.id);
      waiting.delete(told.id);
      if (told.error === undefined) resolve(wire.decode(told.value));
      else reject(new Error(told.error));
    } else if (told.kind === 'send') {
      const args = told.args.map(wire.decode);
      for (const listener of [...(listeners.get(told.channel) ?? [])])
        listener({ sender: ipcRenderer }, ...args);
    } else if (told.kind === 'accelerators') accelerators = told.accelerators;
  };

  // The menu's shortcuts: a key that the page leaves alone goes to the menu, as in Electron.
  const same = (event, shortcut) =>
    ['ctrlKey', 'metaKey', 'altKey', 'shiftKey'].every((held) => event[held] === shortcut[held]) &&
    (event.key.toLowerCase() === shortcut.key || event.code === shortcut.code);
  window.addEventListener(
    'keydown',
    (event) => {
      const shortcut = accelerators.find((candidate) => same(event, candidate));
      if (shortcut === undefined) return;
      let done = false;
      const last = () => {
        if (done || event.defaultPrevented) return;
        done = true;
        event.preventDefault();
        sendToMain({ kind: 'menu', id: shortcut.id });
      };
      // Added now, so after the page's own; and once more for a page that stops the event on its way.
      window.addEventListener('keydown', last, { once: true });
      setTimeout(() => {
        window.removeEventListener('keydown', last);
        last();
      });
    },
    true,
  );

  const strict = (module, name) =>
    new Proxy(module, {
      get(target, key) {
        if (key in target || typeof key === 'symbol') return target[key];
        throw new Error(`the double of electron has no ${name}.${key}`);
      },
    });
  // Only the browser knows where a file is, and it tells main's half: what stands for the path until then.
  const files = [];
  globalThis.__doubleFile = (number) => files[number];
  const webUtils = {
    getPathForFile: (file) => {
      if (!(file instanceof File)) throw new TypeError('not a File');
      return `__doubleFile:${files.push(file) - 1}`;
    },
  };
  const electron = strict(
    {
      webUtils: strict(webUtils, 'webUtils'),
      ipcRenderer: strict(ipcRenderer, 'ipcRenderer'),
      contextBridge: strict(
        { exposeInMainWorld: (key, api) => tellPage({ kind: 'expose', key, value: bridge.encode(api) }) },
        'contextBridge',
      ),
    },
    'electron (in preload)',
  );
  globalThis.__doubleRequire = (name) => {
    if (name === 'electron') return electron;
    throw new Error(`a sandboxed preload cannot require '${name}'`);
  };
})();
