import { join } from 'node:path';
import { app, BrowserWindow, type IpcMainInvokeEvent, nativeTheme, screen } from 'electron';
import type { Pushes, PushName } from '../shared/contract.ts';
import { clampBounds, LEAST, readBounds, writeBounds } from './window-bounds.ts';
import { isOurPage, START_PAGE } from './window-pages.ts';

/** The page's own background, so that nothing flashes before its first paint; as `--bg` in tokens.css. */
const BACKGROUND = { light: '#ffffff', dark: '#1b1b1e' };

export interface WindowOptions {
  preload: string;
  boundsFile: string;
  platform: NodeJS.Platform;
  /** The window went away, or its page was loaded anew. */
  forget(): void;
  log(line: string): void;
}

/** The application's one window, which can be closed and opened again. */
export class MainWindow {
  #window: BrowserWindow | undefined;

  constructor(private readonly options: WindowOptions) {
    nativeTheme.on('updated', () => this.#window?.setBackgroundColor(background()));
  }

  /** Opens the window, or brings it to the front. */
  open(): void {
    const there = this.#window;
    if (there !== undefined) {
      if (there.isMinimized()) there.restore();
      there.show();
      there.focus();
      return;
    }
    const { boundsFile, preload, platform } = this.options;
    const window = new BrowserWindow({
      ...clampBounds(readBounds(boundsFile), workAreas()),
      minWidth: LEAST.width,
      minHeight: LEAST.height,
      show: false,
      title: 'Culprit',
      backgroundColor: background(),
      ...(platform === 'darwin'
        ? { titleBarStyle: 'hiddenInset' as const, trafficLightPosition: { x: 18, y: 18 } }
        : {}),
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        // The spelling checker would fetch dictionaries.
        spellcheck: false,
        devTools: !app.isPackaged,
      },
    });
    this.#window = window;
    window.once('ready-to-show', () => window.show());
    window.on('close', () => writeBounds(boundsFile, window.getNormalBounds()));
    window.on('closed', () => {
      this.#window = undefined;
      this.options.forget();
    });
    this.#lock(window);
    window.loadURL(START_PAGE).catch((error) => this.options.log(`the window did not load: ${error}`));
  }

  /** The page stays the page: nothing leads away from it, opens beside it or nests in it. */
  #lock({ webContents }: BrowserWindow): void {
    const { log, forget } = this.options;
    const deny = (event: { preventDefault(): void; url?: string }) => {
      log('the page tried to lead elsewhere');
      event.preventDefault();
    };
    webContents.on('will-navigate', deny);
    webContents.on('will-frame-navigate', deny);
    webContents.on('will-redirect', deny);
    webContents.on('will-attach-webview', deny);
    webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
    webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) forget();
    });
    webContents.on('render-process-gone', (_event, { reason }) => {
      log(`the window's process ended: ${reason}`);
      if (reason !== 'clean-exit' && this.#window !== undefined) webContents.reload();
    });
  }

  /** Tells the page; nothing happens when there is none. */
  push<N extends PushName>(name: N, value: Pushes[N]): void {
    const contents = this.#window?.webContents;
    if (contents !== undefined && !contents.isDestroyed()) contents.send('push', name, value);
  }

  /** Is it this window's own page, and not a frame in it, that asks? */
  isOurs({ sender, senderFrame }: IpcMainInvokeEvent): boolean {
    return (
      senderFrame !== null &&
      senderFrame.parent === null &&
      isOurPage(senderFrame.url) &&
      sender === this.#window?.webContents
    );
  }

  /** The window to attach sheets to; undefined when it is closed. */
  get native(): BrowserWindow | undefined {
    return this.#window;
  }
}

function background(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
}

function workAreas() {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  return [primary, ...others].map(({ workArea }) => workArea);
}

/** The preload script beside the bundled main. */
export const PRELOAD = join(import.meta.dirname, '../preload/preload.cjs');
/** The folder of the built page. */
export const PAGES = join(import.meta.dirname, '../renderer');
