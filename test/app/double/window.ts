import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { CDPSession, Frame, Page, Request as PageRequest, Route } from 'playwright-core';
import { app, preventable } from './app.ts';
import { options, record } from './control.ts';
import { answer, type Invoke, wire } from './ipc.ts';
import { allItems, Menu, menus, parseAccelerator } from './menu.ts';
import { nativeTheme } from './native.ts';
import { handlerOf, inBrowser, inMain } from './protocol.ts';
import { session } from './session.ts';

const WORLD = 'electron-preload';
const text = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');
const CODEC = text('./codec.mjs').replace(/^export /gm, '');

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}
interface WebPreferences {
  preload?: string;
  sandbox?: boolean;
  contextIsolation?: boolean;
  nodeIntegration?: boolean;
  webSecurity?: boolean;
}
interface WindowOptions extends Partial<Rectangle> {
  show?: boolean;
  title?: string;
  webPreferences?: WebPreferences;
}

class WebContents extends EventEmitter {
  readonly session = session.defaultSession;
  readonly _window: BrowserWindow;
  _openHandler: ((details: { url: string }) => { action: string }) | undefined;
  #queue: object[] = [];
  #destroyed = false;

  constructor(window: BrowserWindow) {
    super();
    this._window = window;
  }
  send(channel: string, ...args: unknown[]) {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
    this._tell({ kind: 'send', channel, args: args.map(wire.encode) });
  }
  /** To the preload world, as soon as there is one. */
  _tell(message: object) {
    this.#queue.push(message);
    this._flush();
  }
  _flush() {
    const { _session: cdp, _world: contextId } = this._window;
    if (cdp === undefined || contextId === undefined) return;
    for (const message of this.#queue.splice(0)) {
      const expression = `__doubleReceive(${JSON.stringify(JSON.stringify(message))})`;
      // The page may go away at any moment; what was told to it goes with it.
      cdp.send('Runtime.evaluate', { contextId, expression }).catch(() => {});
    }
  }
  get mainFrame() {
    return { url: this.getURL(), parent: null };
  }
  getURL() {
    return inMain(this._window._page?.url() ?? '');
  }
  isDestroyed() {
    return this.#destroyed;
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }) {
    this._openHandler = handler;
  }
  reload() {
    void this._window._page?.reload().catch(() => {});
  }
  _destroy() {
    this.#destroyed = true;
    this.emit('destroyed');
  }
}

const windows = new Set<BrowserWindow>();

export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents;
  readonly #bounds: Rectangle;
  #visible: boolean;
  _page: Page | undefined;
  _session: CDPSession | undefined;
  /** The execution context of the preload script. */
  _world: number | undefined;
  /** Where main itself sends the page, which is not a navigation of the page's. */
  _expected: string | undefined;
  readonly #opened: Promise<void>;

  static getAllWindows(): BrowserWindow[] {
    return [...windows];
  }

  constructor({
    x = 0,
    y = 0,
    width = 800,
    height = 600,
    show = true,
    webPreferences = {},
  }: WindowOptions = {}) {
    super();
    const { preload, sandbox, contextIsolation, nodeIntegration, webSecurity } = webPreferences;
    if (
      sandbox === false ||
      contextIsolation === false ||
      nodeIntegration === true ||
      webSecurity === false
    ) {
      throw new Error('the double opens no insecure windows');
    }
    if (preload !== undefined && !isAbsolute(preload)) throw new Error('preload must be an absolute path');
    this.#bounds = { x, y, width, height };
    this.#visible = show;
    this.webContents = new WebContents(this);
    windows.add(this);
    this.#opened = this.#open(preload);
    nativeTheme.on('updated', this.#showTheme);
  }

  async #open(preload: string | undefined): Promise<void> {
    await app.whenReady();
    const context = app._context;
    if (context === undefined) throw new Error('no browser');
    if (windows.size === 1 && !routed) {
      routed = true;
      await context.route('**/*', route);
    }
    // The browser has one page of its own from the start.
    const unused = context.pages().find((page) => ![...windows].some((other) => other._page === page));
    const page = unused ?? (await context.newPage());
    this._page = page;
    const { width, height } = this.#bounds;
    const cdp = await context.newCDPSession(page);
    this._session = cdp;
    if (options.headless) await page.setViewportSize({ width, height });
    else {
      const { windowId } = await cdp.send('Browser.getWindowForTarget');
      await cdp.send('Browser.setWindowBounds', { windowId, bounds: { width, height } });
    }
    await this.#showTheme();
    this.#listen(page, cdp);
    await cdp.send('Page.enable');
    await cdp.send('Runtime.enable');
    await cdp.send('Runtime.addBinding', { name: '__doubleSend', executionContextName: WORLD });
    const atStart = (source: string, worldName?: string) =>
      cdp.send('Page.addScriptToEvaluateOnNewDocument', worldName ? { source, worldName } : { source });
    await atStart(`(() => {${CODEC}${text('./page/page-world.js')}})()`);
    if (preload !== undefined) {
      const globals = `{platform:${JSON.stringify(process.platform)},sandboxed:true,contextIsolated:true}`;
      await atStart(
        `(() => {${CODEC}${text('./page/preload-world.js')}})();((require,exports,module,process)=>{${readFileSync(preload, 'utf8')}\n})(__doubleRequire,{},{exports:{}},${globals})`,
        WORLD,
      );
    }
  }

  #listen(page: Page, cdp: CDPSession): void {
    cdp.on('Runtime.executionContextCreated', ({ context: { name, id } }) => {
      if (name !== WORLD) return;
      this._world = id;
      this.#tellMenu();
      this.webContents._flush();
    });
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this._world) this._world = undefined;
    });
    cdp.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === '__doubleSend') void this.#received(JSON.parse(payload));
    });
    cdp.on('Page.windowOpen', ({ url }) => {
      const decided = this.webContents._openHandler?.({ url: inMain(url) }) ?? { action: 'allow' };
      record('window-open', inMain(url), decided.action);
    });
    page.on('popup', (popup) => void popup.close().catch(() => {}));
    page.on('console', (message) => record('console', message.type(), message.text()));
    page.on('pageerror', (error) => record('pageerror', String(error)));
    page.on('load', () => {
      this.webContents.emit('did-finish-load');
      this.emit('ready-to-show');
    });
    page.on('crash', () =>
      this.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }),
    );
    // Closed by the person.
    page.on('close', () => this.close());
    menus.on('changed', this.#tellMenu);
  }

  /** The preload world watches for the keys of the items that can be chosen. */
  #tellMenu = () => {
    const menu = Menu.getApplicationMenu();
    const accelerators = (menu === null ? [] : allItems(menu)).flatMap(({ id, enabled, accelerator }) =>
      enabled && accelerator !== undefined ? [{ id, ...parseAccelerator(accelerator) }] : [],
    );
    this.webContents._tell({ kind: 'accelerators', accelerators });
  };

  #showTheme = async () => {
    const theme = nativeTheme._shown;
    if (theme !== undefined) await this._page?.emulateMedia({ colorScheme: theme }).catch(() => {});
  };

  async #received(message: Invoke | { kind: 'menu'; id: string }): Promise<void> {
    if (message.kind === 'menu') return Menu.getApplicationMenu()?.getMenuItemById(message.id)?.click();
    message.args = await Promise.all(message.args.map((arg) => this.#withPath(arg)));
    const senderFrame = { url: this.webContents.getURL(), parent: null };
    const event = { sender: this.webContents, senderFrame, type: 'frame', processId: 1, frameId: 1 };
    this.webContents._tell(await answer(event, message));
  }

  /** The path of a file, where preload asked for it (page/preload-world.js). */
  async #withPath(arg: unknown): Promise<unknown> {
    const [, number] = /^__doubleFile:(\d+)$/.exec(typeof arg === 'string' ? arg : '') ?? [];
    const { _session: cdp, _world: contextId } = this;
    if (number === undefined || cdp === undefined || contextId === undefined) return arg;
    const expression = `__doubleFile(${number})`;
    const { result } = await cdp.send('Runtime.evaluate', { contextId, expression });
    return (await cdp.send('DOM.getFileInfo', { objectId: result.objectId ?? '' })).path;
  }

  async loadURL(url: string): Promise<void> {
    await this.#opened;
    this._expected = inBrowser(url);
    await this._page?.goto(this._expected);
  }
  show() {
    this.#visible = true;
    this.emit('show');
  }
  isVisible() {
    return this.#visible;
  }
  focus() {
    record('focus');
    void this._page?.bringToFront().catch(() => {});
  }
  isMinimized() {
    return false;
  }
  restore() {}
  getBounds() {
    return { ...this.#bounds };
  }
  getNormalBounds() {
    return { ...this.#bounds };
  }
  setBounds(bounds: Partial<Rectangle>) {
    Object.assign(this.#bounds, bounds);
    const { width, height } = this.#bounds;
    if (options.headless) void this._page?.setViewportSize({ width, height }).catch(() => {});
  }
  setBackgroundColor(color: string) {
    record('backgroundColor', color);
  }
  setProgressBar(progress: number) {
    record('progress', progress);
  }
  isDestroyed() {
    return !windows.has(this);
  }
  close() {
    if (this.isDestroyed()) return;
    const { event, prevented } = preventable();
    this.emit('close', event);
    if (!prevented() || this._page?.isClosed()) this.destroy();
  }
  destroy() {
    if (!windows.delete(this)) return;
    nativeTheme.off('updated', this.#showTheme);
    menus.off('changed', this.#tellMenu);
    this.webContents._destroy();
    // The last page stays, empty: without any the browser would end, and with it the application.
    const last = app._context?.pages().length === 1;
    void (last ? this._page?.goto('about:blank') : this._page?.close())?.catch(() => {});
    this.emit('closed');
    if (windows.size === 0) app.emit('window-all-closed');
  }
}

let routed = false;

/** Every request of every page: our own scheme is answered by main, the rest is refused; nothing leaves this computer. */
async function route(way: Route): Promise<void> {
  const request = way.request();
  const frame = request.isNavigationRequest() ? frameOf(request) : undefined;
  const window = [...windows].find(({ _page }) => _page !== undefined && frame?.page() === _page);
  const url = inMain(request.url());
  if (window !== undefined && frame !== undefined) {
    const isMainFrame = frame === window._page?.mainFrame();
    if (!mayNavigate(window, url, isMainFrame)) return way.abort('aborted');
    if (isMainFrame) {
      window.webContents.emit('did-start-navigation', { url, isMainFrame, isSameDocument: false });
    }
  }
  const handler = handlerOf(url);
  if (handler === undefined) {
    record('blocked', url);
    return way.abort('internetdisconnected');
  }
  const answered = await handler(new Request(url));
  await way.fulfill({
    status: answered.status,
    headers: Object.fromEntries(answered.headers),
    body: Buffer.from(await answered.arrayBuffer()),
  });
}

/** A window that is just being opened by a page has no frame yet; it is closed before it gets one. */
function frameOf(request: PageRequest): Frame | undefined {
  try {
    return request.frame();
  } catch {
    return undefined;
  }
}

function mayNavigate(window: BrowserWindow, url: string, isMainFrame: boolean): boolean {
  const contents = window.webContents;
  // Main's own loading, and loading the same page anew, are no navigations of the page's.
  if (isMainFrame && (window._expected === inBrowser(url) || contents.getURL() === url)) {
    window._expected = undefined;
    return true;
  }
  const { event, prevented } = preventable();
  const details = { ...event, url, isMainFrame, isSameDocument: false };
  contents.emit('will-frame-navigate', details);
  if (isMainFrame) contents.emit('will-navigate', details);
  record('will-navigate', url, prevented() ? 'denied' : 'allowed');
  return !prevented();
}

app._closeWindows = () => {
  for (const window of windows) {
    window.close();
    if (!window.isDestroyed()) return false;
  }
  return true;
};
menus.on('role', (role: string) => {
  if (role === 'quit') app.quit();
  if (role === 'close') BrowserWindow.getAllWindows().at(-1)?.close();
});
