import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
// For what it declares: `window.culprit`.
import type {} from '../../renderer/api.ts';
import type { Recorded } from './double/control.ts';
import type { MenuLook, Orders } from './double/obey.ts';
import { noBrowser, startDouble } from './double-driver.ts';
import { noElectron, startElectron } from './electron-driver.ts';

export interface OpenOptions {
  /** A folder that outlives the application; without one there is a fresh one, removed at the end. */
  dataFolder?: string;
  env?: NodeJS.ProcessEnv;
  /** The system's languages, best first. */
  languages?: string[];
  /** The system's appearance. */
  theme?: 'light' | 'dark';
  size?: { width: number; height: number };
  /** What the application takes the system for; otherwise what it is. */
  platform?: NodeJS.Platform;
  /** How long what a test looks for in the page may take to come, in milliseconds; 30 s unless told. */
  patienceMs?: number;
  /** Is there a Keychain? Its key is the same each time, so that what was sealed opens again after a restart. */
  keychain?: boolean;
}

/** What a driver gives: the page, and orders for the process in which main runs. */
export interface Driven {
  page: Page;
  order<O extends keyof Orders>(order: O, ...input: Parameters<Orders[O]>): ReturnType<Orders[O]>;
  /** Resolves with the exit code when main's process is over, null when a signal ended it. */
  exited: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
  /** What main's process wrote to its standard output and error. */
  output(): string;
  /** Lets go of everything that is left. */
  release(): Promise<void>;
}

export interface OpenApp extends Pick<Driven, 'page' | 'order' | 'exited' | 'output'> {
  dataFolder: string;
  /** Complaints of page or log that the test brings about on purpose. */
  tolerated: RegExp[];
  hasEnded(): boolean;
  /** What main did that nobody sees, of one kind: its details, oldest first. */
  did(what: string): Promise<unknown[][]>;
  /**
   * Answers the open dialog of this kind, or else the next one: `showSaveDialog`, `showOpenDialog`, `showMessageBox`. The
   * answer `'hold'` leaves it open until there is another.
   */
  answer(dialog: string, answer: unknown): Promise<void>;
  menu(): Promise<MenuLook[]>;
  /** Chooses a menu's item as a person does: when it can be chosen. */
  clickMenu(id: string): Promise<void>;
  /** The log file's text. */
  log(): Promise<string>;
  /** Quits as a person does, and waits for the end. */
  close(): Promise<void>;
  /** Sends main's process a signal (SIGKILL unless told), and waits for the end. */
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/** Does it run in Electron itself? `npm run test:electron` says so. */
export const inElectron = process.env.CULPRIT_DRIVER === 'electron';

/** Why no application can be opened here; undefined when one can. */
export function whyNot(): string | undefined {
  return inElectron ? noElectron() : noBrowser();
}

/** Waits until a menu's item can be chosen: the window tells main what can be done right after that has changed. */
async function untilEnabled(id: string, menu: () => Promise<MenuLook[]>): Promise<void> {
  const until = performance.now() + BOUND_MS;
  while (!(await menu()).some((item) => (item.id === id || item.role === id) && item.enabled)) {
    if (performance.now() > until) throw new Error(`the menu's item '${id}' can't be chosen`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** How long the application has to end by itself. */
const BOUND_MS = 30_000;

/**
 * Opens the built application: `npm run build` first, or let vitest's project `app` do it. Every test that opens one
 * closes it.
 */
export async function openApp(options: OpenOptions = {}): Promise<OpenApp> {
  const scratch = await mkdtemp(join(tmpdir(), 'culprit-app-'));
  const dataFolder = options.dataFolder ?? join(scratch, 'data');
  await mkdir(dataFolder, { recursive: true });
  if (options.size !== undefined) {
    const bounds = { x: 0, y: 25, ...options.size };
    await writeFile(join(dataFolder, 'window.json'), JSON.stringify(bounds));
  }
  const start = inElectron ? startElectron : startDouble;
  const driven = await start({ ...options, dataFolder, scratch });
  const { page, order, exited, output, release } = driven;
  if (options.patienceMs !== undefined) page.setDefaultTimeout(options.patienceMs);
  let ended = false;
  void exited.then(() => {
    ended = true;
  });

  const end = async (how: () => void | Promise<void>) => {
    const late = setTimeout(() => driven.kill('SIGKILL'), BOUND_MS);
    await how();
    await exited;
    clearTimeout(late);
    await release();
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  };
  const did = async (what: string) => {
    const all: Recorded[] = await order('recorded');
    return all.filter((entry) => entry.what === what).map(({ details }) => details);
  };
  return {
    page,
    order,
    exited,
    output,
    dataFolder,
    tolerated: [],
    hasEnded: () => ended,
    did,
    answer: (dialog, answer) => order('prepareAnswer', { dialog, answer }),
    menu: () => order('menu'),
    clickMenu: async (id) => {
      await untilEnabled(id, () => order('menu'));
      await order('clickMenu', id);
    },
    log: () => readFile(join(dataFolder, 'logs', 'culprit.log'), 'utf8'),
    close: () => end(() => order('quit').catch(() => {})),
    kill: (signal = 'SIGKILL') => end(() => driven.kill(signal)),
  };
}
