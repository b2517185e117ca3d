import type { Pushes, PushName } from '../../shared/contract.ts';

/**
 * What only the desktop around the application can do. `electron/main.ts` makes one from Electron; nothing in
 * `electron/app/` knows Electron itself.
 */
export interface Host {
  /** The application's own folder for settings, runs, host keys and sealed secrets. */
  dataFolder: string;
  /** Where reports go unless the person chose another folder. */
  documentsFolder: string;
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  /** The system's preferred languages, BCP 47, best first. */
  languages: readonly string[];
  /** Tells the window; does nothing when there is none. */
  push<N extends PushName>(name: N, value: Pushes[N]): void;
  /** The Keychain; undefined where there is none, then nothing is ever remembered. */
  keychain: Keychain | undefined;
  /** Undefined when it was cancelled. */
  chooseSavePath(options: { defaultPath: string; title: string }): Promise<string | undefined>;
  chooseFile(options: {
    defaultPath: string;
    title: string;
    showHidden: boolean;
  }): Promise<string | undefined>;
  copy(text: string): void | Promise<void>;
  reveal(path: string): void;
  openLink(url: string): void | Promise<void>;
  /** Progress in the Dock: 0 to 1; undefined takes it away. */
  progress(share: number | undefined): void;
  /** Keeps the computer awake; gives the function that ends it. */
  stayAwake(): () => void;
  /** What the application menu depends on. */
  menu(view: MenuView): void;
  /** Follow the system's appearance, or not. */
  theme(theme: 'system' | 'light' | 'dark'): void;
  /** A line for the log file; never holds a secret. */
  log(line: string): void;
}

export interface MenuView {
  lang: import('../../shared/text.ts').Lang;
  enabled: ReadonlySet<import('../../shared/commands.ts').CommandId>;
}

/** Seals text so that only this user of this computer can open it again. */
export interface Keychain {
  seal(secret: string): Promise<string>;
  /** Rejects when it was sealed elsewhere or is damaged. */
  open(sealed: string): Promise<string>;
}
