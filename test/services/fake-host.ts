import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host, Keychain, MenuView } from '../../electron/app/host.ts';
import type { AppState, Prompt } from '../../shared/app-state.ts';
import type { Pushes, PushName } from '../../shared/contract.ts';
import type { RunEvent } from '../../shared/run.ts';

/** A Keychain that seals for this test only: what is sealed holds nothing of the secret that could be found in a file. */
export function keychain(): Keychain {
  const key = 0x5a;
  const turn = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ key));
  return {
    seal: async (secret) => turn(Buffer.from(secret)).toString('base64'),
    open: async (sealed) => turn(Buffer.from(sealed, 'base64')).toString(),
  };
}

/** A desktop that notes what it is told, and answers dialogs as the test says. */
export class FakeHost implements Host {
  readonly dataFolder: string;
  readonly documentsFolder: string;
  platform: NodeJS.Platform = 'darwin';
  /** No VirtualBox, unless the test brings one. */
  env: NodeJS.ProcessEnv = {
    CULPRIT_VBOXMANAGE: '/nowhere/VBoxManage',
    CULPRIT_SSH_CONFIG: '/dev/null',
  };
  languages: readonly string[] = ['en-GB'];
  keychain: Keychain | undefined = keychain();
  chosenFile: string | undefined;
  savePath: ((defaultPath: string) => string | undefined) | undefined;
  readonly copied: string[] = [];
  readonly revealed: string[] = [];
  readonly opened: string[] = [];
  readonly shares: (number | undefined)[] = [];
  readonly lines: string[] = [];
  awake = 0;
  menuView: MenuView | undefined;
  themes: string[] = [];
  /** The window's copy of the state, made of pushes alone. */
  state: Partial<AppState> = {};
  events = new Map<string, RunEvent[]>();
  /** Positions of events that did not come whole. */
  abridged = new Map<string, number[]>();
  outcomes = new Map<string, RunEvent[]>();
  caughtUp = new Set<string>();
  /** What came of dropped files. */
  readonly dropped: Pushes['dropped'][] = [];
  batches = 0;
  readonly #waiting = new Set<() => void>();

  constructor(readonly root = mkdtempSync(join(tmpdir(), 'culprit-app-'))) {
    this.dataFolder = join(root, 'data');
    this.documentsFolder = root;
  }

  push<N extends PushName>(name: N, value: Pushes[N]): void {
    if (name === 'state') Object.assign(this.state, value);
    if (name === 'runOutcome') {
      const { run, events } = value as Pushes['runOutcome'];
      this.outcomes.set(run, events);
    }
    if (name === 'dropped') this.dropped.push(value as Pushes['dropped']);
    if (name === 'runEvents') this.#take(value as Pushes['runEvents']);
    for (const look of [...this.#waiting]) look();
  }

  #take({ run, first, events, abridged, caughtUp }: Pushes['runEvents']): void {
    if (first === 0) this.events.set(run, []);
    const list = this.events.get(run) ?? [];
    if (first !== list.length) throw new Error(`events from ${first} came after ${list.length}`);
    list.push(...events);
    this.abridged.set(run, [...(first === 0 ? [] : (this.abridged.get(run) ?? [])), ...abridged]);
    this.batches += 1;
    if (caughtUp) this.caughtUp.add(run);
    else this.caughtUp.delete(run);
  }

  /** Resolves when what is looked for is there; looked at whenever the window hears something. */
  until<T>(look: () => T | undefined | false): Promise<T> {
    return new Promise((resolve) => {
      const again = () => {
        const found = look();
        if (found === undefined || found === false) return;
        this.#waiting.delete(again);
        resolve(found as T);
      };
      this.#waiting.add(again);
      again();
    });
  }

  /** The next question of this kind. */
  prompt<K extends Prompt['kind']>(kind: K): Promise<Extract<Prompt, { kind: K }>> {
    return this.until(
      () => this.state.prompts?.find((one) => one.kind === kind) as Extract<Prompt, { kind: K }> | undefined,
    );
  }

  async chooseSavePath({ defaultPath }: { defaultPath: string }): Promise<string | undefined> {
    return this.savePath ? this.savePath(defaultPath) : defaultPath;
  }
  async chooseFile(): Promise<string | undefined> {
    return this.chosenFile;
  }
  copy(text: string): void {
    this.copied.push(text);
  }
  reveal(path: string): void {
    this.revealed.push(path);
  }
  openLink(url: string): void {
    this.opened.push(url);
  }
  progress(share: number | undefined): void {
    this.shares.push(share);
  }
  stayAwake(): () => void {
    this.awake += 1;
    return () => {
      this.awake -= 1;
    };
  }
  menu(view: MenuView): void {
    this.menuView = view;
  }
  theme(theme: string): void {
    this.themes.push(theme);
  }
  log(line: string): void {
    this.lines.push(line);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
