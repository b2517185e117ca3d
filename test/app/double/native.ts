import { spawn } from 'node:child_process';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, parse } from 'node:path';
import { app } from './app.ts';
import { options, record, takeAnswer } from './control.ts';

// What the desktop does. Without a display all of it is only noted down; with one, what can be done without Electron is done.

/** Starts a program of the desktop's and lets it be; what is not there is no harm. */
function run(command: string, args: string[], input?: string): void {
  const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  child.unref();
}

const onMac = process.platform === 'darwin';
const opener = onMac ? 'open' : 'xdg-open';

export const shell = {
  async openExternal(url: string): Promise<void> {
    record('openExternal', url);
    if (!options.headless) run(opener, [url]);
  },
  showItemInFolder(path: string): void {
    record('showItemInFolder', path);
    if (!options.headless) run(opener, onMac ? ['-R', path] : [dirname(path)]);
  },
};

let copied = '';
export const clipboard = {
  async writeText(text: string): Promise<void> {
    copied = text;
    record('copied', text);
    if (!options.headless) run(onMac ? 'pbcopy' : 'xclip', onMac ? [] : ['-selection', 'clipboard'], text);
  },
  async readText(): Promise<string> {
    return copied;
  },
};

/** The path, or the next one like it that is free: there is no dialog to ask in. */
function free(path: string): string {
  const { dir, name, ext } = parse(path);
  for (let i = 1; ; i++) {
    const candidate = i === 1 ? path : `${dir}/${name}-${i}${ext}`;
    if (!existsSync(candidate)) return candidate;
  }
}

/** The options of a dialog, which may come after the window it belongs to. */
const optionsOf = (args: unknown[]) => args.at(-1) as { defaultPath?: string; message?: string };

export const dialog = {
  async showSaveDialog(...args: unknown[]): Promise<{ canceled: boolean; filePath: string }> {
    const { defaultPath } = optionsOf(args);
    record('showSaveDialog', optionsOf(args));
    const prepared = await takeAnswer('showSaveDialog');
    if (prepared !== undefined) return prepared as { canceled: boolean; filePath: string };
    if (options.headless || defaultPath === undefined) return { canceled: true, filePath: '' };
    const filePath = free(defaultPath);
    process.stdout.write(`Saved: ${filePath}\n`);
    return { canceled: false, filePath };
  },
  async showOpenDialog(...args: unknown[]): Promise<{ canceled: boolean; filePaths: string[] }> {
    record('showOpenDialog', optionsOf(args));
    const prepared = await takeAnswer('showOpenDialog');
    return (prepared as { canceled: boolean; filePaths: string[] }) ?? { canceled: true, filePaths: [] };
  },
  async showMessageBox(...args: unknown[]): Promise<{ response: number; checkboxChecked: boolean }> {
    record('showMessageBox', optionsOf(args));
    const prepared = await takeAnswer('showMessageBox');
    return (
      (prepared as { response: number; checkboxChecked: boolean }) ?? { response: 0, checkboxChecked: false }
    );
  },
  showErrorBox(title: string, content: string): void {
    record('showErrorBox', title, content);
    process.stderr.write(`${title}: ${content}\n`);
  },
};

// Only the asynchronous half: the other one is deprecated, and using it is an error here.
const key = options.key === undefined ? undefined : Buffer.from(options.key, 'hex');
const theKey = () => {
  if (key === undefined) throw new Error('encryption is not available');
  return key;
};
export const safeStorage = {
  async isAsyncEncryptionAvailable(): Promise<boolean> {
    return app.isReady() && key !== undefined;
  },
  getSelectedStorageBackend(): string {
    return key === undefined ? 'basic_text' : 'gnome_libsecret';
  },
  async encryptStringAsync(text: string): Promise<Buffer> {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', theKey(), iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  },
  async decryptStringAsync(sealed: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    const decipher = createDecipheriv('aes-256-gcm', theKey(), sealed.subarray(0, 12));
    decipher.setAuthTag(sealed.subarray(12, 28));
    const result = decipher.update(sealed.subarray(28), undefined, 'utf8') + decipher.final('utf8');
    return { result, shouldReEncrypt: false };
  },
};

class NativeThemeDouble extends EventEmitter {
  #source: 'system' | 'light' | 'dark' = 'system';
  get themeSource() {
    return this.#source;
  }
  set themeSource(source: 'system' | 'light' | 'dark') {
    this.#source = source;
    record('theme', source);
    this.emit('updated');
  }
  get shouldUseDarkColors(): boolean {
    return this._shown === 'dark';
  }
  /** What pages see; undefined: what the browser sees. */
  get _shown(): 'light' | 'dark' | undefined {
    return this.#source === 'system' ? options.theme : this.#source;
  }
}
export const nativeTheme = new NativeThemeDouble();

const displays = options.displays.map((area, i) => ({
  id: i + 1,
  bounds: area,
  workArea: area,
  scaleFactor: 1,
}));
const [primary = { id: 0, bounds: area0(), workArea: area0(), scaleFactor: 1 }] = displays;
function area0() {
  return { x: 0, y: 0, width: 1280, height: 800 };
}
export const screen = Object.assign(new EventEmitter(), {
  getAllDisplays: () => displays,
  getPrimaryDisplay: () => primary,
});

let blockers = 0;
export const powerSaveBlocker = {
  start(type: string): number {
    blockers += 1;
    record('stayAwake', type, blockers);
    return blockers;
  },
  stop(id: number): boolean {
    record('maySleep', id);
    return true;
  },
};

export const powerMonitor = new EventEmitter();
