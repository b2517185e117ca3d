import { createStore, type StoreApi } from 'zustand';
import type { TroubleView } from '../../shared/app-state.ts';
import type { Pushes, ShellEnd } from '../../shared/contract.ts';
import { CallFailed, type call } from '../api.ts';
import { typedPieces } from './paste.ts';

/** Where a shell is: on a machine (its id), or on this computer. */
export type Place = string;
export const HERE: Place = 'here';

export interface Size {
  cols: number;
  rows: number;
}

/** What a shell's output goes to. */
export interface Sink {
  /** Resolves when it is in sight for the first time, with its size then. */
  shown: Promise<Size>;
  size(): Size;
  /** Calls back when the text has been worked off. */
  write(data: string, done: () => void): void;
  dispose(): void;
}

/** A shell and its screen, which is kept while the shell is out of sight and after its end. */
export type Shell<S extends Sink> = { screen: S } & (
  | { state: 'opening' }
  | { state: 'open'; terminal: string }
  | { state: 'ended'; end: ShellEnd }
  | { state: 'failed'; trouble: TroubleView }
);

type Push =
  | { name: 'data'; value: Pushes['terminalData'] }
  | { name: 'ended'; value: Pushes['terminalEnded'] };

/** The window's shells, one for each place. They live on while nothing of them is shown. */
export class Shells<S extends Sink> {
  readonly store: StoreApi<{ at: Readonly<Record<Place, Shell<S>>> }> = createStore(() => ({ at: {} }));
  /** What came for shells before main said which ones they are. */
  #early: Push[] = [];
  readonly #opening = new Map<Place, Promise<string | undefined>>();

  constructor(private readonly ask: typeof call) {}

  at(place: Place): Shell<S> | undefined {
    return this.store.getState().at[place];
  }

  /**
   * Opens a shell, unless there is one that is open or about to be; the screen of one that is over goes. Resolves with
   * main's name for it, or undefined when there came to be none.
   */
  open(place: Place, makeScreen: () => S): Promise<string | undefined> {
    const old = this.at(place);
    if (old?.state === 'open') return Promise.resolve(old.terminal);
    const pending = this.#opening.get(place);
    if (old?.state === 'opening' && pending !== undefined) return pending;
    old?.screen.dispose();
    const screen = makeScreen();
    this.#set(place, { state: 'opening', screen });
    const opening = this.#start(place, screen).finally(() => {
      if (this.#opening.get(place) === opening) this.#opening.delete(place);
      if (this.#opening.size === 0) this.#early = [];
    });
    this.#opening.set(place, opening);
    return opening;
  }

  async #start(place: Place, screen: S): Promise<string | undefined> {
    const isCurrent = () => this.at(place)?.screen === screen;
    const size = await screen.shown;
    if (!isCurrent()) return undefined;
    try {
      const machine = place === HERE ? {} : { machine: place };
      const { terminal } = await this.ask('openTerminal', { ...size, ...machine });
      if (!isCurrent()) {
        void this.ask('closeTerminal', { terminal });
        return undefined;
      }
      this.#set(place, { state: 'open', terminal, screen });
      this.#takeEarly(terminal);
      this.resized(place, size);
      return terminal;
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      if (!isCurrent()) return undefined;
      if (error.trouble.code === 'cancelled') this.forget(place);
      else this.#set(place, { state: 'failed', screen, trouble: error.trouble });
      return undefined;
    }
  }

  /** What the person typed. */
  type(place: Place, data: string): void {
    const shell = this.at(place);
    if (shell?.state !== 'open') return;
    for (const piece of typedPieces(data))
      void this.ask('typeInTerminal', { terminal: shell.terminal, data: piece });
  }

  /** Tells the shell its screen's size where that is no longer `before`. */
  resized(place: Place, before?: Size): void {
    const shell = this.at(place);
    if (shell?.state !== 'open') return;
    const { cols, rows } = shell.screen.size();
    if (cols !== before?.cols || rows !== before.rows)
      void this.ask('resizeTerminal', { terminal: shell.terminal, cols, rows });
  }

  /** Closes the shell of a place, whatever its state. */
  forget(place: Place): void {
    const shell = this.at(place);
    if (shell === undefined) return;
    if (shell.state === 'open') void this.ask('closeTerminal', { terminal: shell.terminal });
    shell.screen.dispose();
    this.store.setState(({ at: { [place]: _, ...at } }) => ({ at }));
  }

  /** Output from main. It counts as shown when the screen has worked it off: main holds the shell back till then. */
  take(value: Pushes['terminalData']): void {
    const { terminal, data } = value;
    const shell = this.#find(terminal);
    if (shell === undefined) {
      this.#keepEarly({ name: 'data', value });
      return;
    }
    shell.screen.write(data, () => void this.ask('ackTerminal', { terminal, chars: data.length }));
  }

  /** A shell is over. */
  end(value: Pushes['terminalEnded']): void {
    const { terminal, end } = value;
    const { at } = this.store.getState();
    const place = Object.keys(at).find((one) => at[one] === this.#find(terminal));
    const screen = place === undefined ? undefined : at[place]?.screen;
    if (place === undefined || screen === undefined) this.#keepEarly({ name: 'ended', value });
    else this.#set(place, { state: 'ended', screen, end });
  }

  #find(terminal: string): Shell<S> | undefined {
    return Object.values(this.store.getState().at).find(
      (shell) => shell.state === 'open' && shell.terminal === terminal,
    );
  }

  #set(place: Place, shell: Shell<S>): void {
    this.store.setState(({ at }) => ({ at: { ...at, [place]: shell } }));
  }

  #keepEarly(push: Push): void {
    if (this.#opening.size > 0) this.#early.push(push);
  }

  #takeEarly(terminal: string): void {
    const mine = this.#early.filter(({ value }) => value.terminal === terminal);
    this.#early = this.#early.filter(({ value }) => value.terminal !== terminal);
    for (const { name, value } of mine) name === 'data' ? this.take(value) : this.end(value);
  }
}
