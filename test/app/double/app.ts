import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { startBrowser } from './browser.ts';
import { options, record } from './control.ts';
import { holdLock } from './lock.ts';

/** An event that can be prevented. */
export function preventable(): { event: { preventDefault(): void }; prevented: () => boolean } {
  let prevented = false;
  return {
    event: {
      preventDefault: () => {
        prevented = true;
      },
    },
    prevented: () => prevented,
  };
}

class AppDouble extends EventEmitter {
  readonly isPackaged = false;
  #ready = false;
  #quitting = false;
  readonly #whenReady: Promise<void>;
  readonly #paths = new Map<string, string>();
  /** Windows close before the application quits; window.ts puts them here. */
  _closeWindows: () => boolean = () => true;
  _context: BrowserContext | undefined;

  constructor() {
    super();
    // Not at once: what must be called before `ready` is called while the main module is evaluated.
    this.#whenReady = new Promise((resolve, reject) => {
      setImmediate(() => this.#start().then(resolve, reject));
    });
  }

  async #start(): Promise<void> {
    this._context = await startBrowser().catch((error) => {
      if (options.codeWithoutBrowser === undefined) throw error;
      process.exit(options.codeWithoutBrowser);
    });
    // The browser was ended by the person, or broke: there is nothing left to show.
    this._context.on('close', () => {
      this._closeWindows();
      this.quit();
    });
    this.#ready = true;
    this.emit('ready', {});
  }

  whenReady() {
    return this.#whenReady;
  }
  isReady() {
    return this.#ready;
  }
  enableSandbox() {
    if (this.#ready) throw new Error('app.enableSandbox() can only be called before app is ready');
  }
  requestSingleInstanceLock() {
    return holdLock(this.getPath('userData'), () => this.emit('second-instance', {}, [], process.cwd(), {}));
  }
  getPreferredSystemLanguages() {
    return options.languages;
  }
  getPath(name: string) {
    const usual: Record<string, string> = { documents: join(homedir(), 'Documents'), temp: tmpdir() };
    const path = this.#paths.get(name) ?? usual[name];
    if (path === undefined) throw new Error(`the double of electron has no path '${name}'`);
    return path;
  }
  setPath(name: string, path: string) {
    if (this.#ready) throw new Error('paths are set before ready');
    mkdirSync(path, { recursive: true });
    this.#paths.set(name, path);
  }
  quit() {
    if (this.#quitting) return;
    const { event, prevented } = preventable();
    this.emit('before-quit', event);
    if (prevented() || !this._closeWindows()) return;
    this.emit('will-quit', event);
    if (!prevented()) this.exit(0);
  }
  exit(code = 0) {
    record('exit', code);
    void this.#end(code);
  }

  async #end(code: number): Promise<void> {
    if (this.#quitting) return;
    this.#quitting = true;
    this.emit('quit', {}, code);
    await this._context?.close().catch(() => {});
    process.exit(code);
  }
}

export const app = new AppDouble();
