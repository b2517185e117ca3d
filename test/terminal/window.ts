import type { Terminals } from '../../electron/app/terminals/terminals.ts';
import type { Pushes, PushName, ShellEnd } from '../../shared/contract.ts';

/** Stands in for the window: notes what each shell prints, and tells main what was shown. */
export class FakeWindow {
  terminals!: Terminals;
  /** Whether what comes is shown at once. */
  showsAtOnce = true;
  /** Characters that came and were not acknowledged: now, and at most. */
  unshown = 0;
  mostUnshown = 0;
  chars = 0;
  /** The last of what came. */
  tail = '';
  ended: Promise<ShellEnd>;
  #end!: (end: ShellEnd) => void;
  readonly #looking = new Set<() => void>();

  constructor(readonly id = 't1') {
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  push<N extends PushName>(name: N, value: Pushes[N]): void {
    if (name === 'terminalEnded') this.#end((value as Pushes['terminalEnded']).end);
    if (name !== 'terminalData') return;
    const { data } = value as Pushes['terminalData'];
    this.chars += data.length;
    this.tail = (this.tail + data).slice(-10_000);
    this.unshown += data.length;
    this.mostUnshown = Math.max(this.mostUnshown, this.unshown);
    // as over a pipe: later, and without holding up who sends
    if (this.showsAtOnce) setImmediate(() => this.show());
    for (const look of [...this.#looking]) look();
  }

  /** Shows all that came. */
  show(): void {
    const chars = this.unshown;
    this.unshown = 0;
    if (chars > 0) void this.terminals.handlers.ackTerminal({ terminal: this.id, chars });
  }

  /** What a person types. */
  type(data: string): Promise<void> {
    return this.terminals.handlers.typeInTerminal({ terminal: this.id, data });
  }

  /** Resolves as soon as it holds. */
  until(is: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!is()) return;
        this.#looking.delete(look);
        resolve();
      };
      this.#looking.add(look);
      look();
    });
  }

  shows(wanted: RegExp): Promise<void> {
    return this.until(() => wanted.test(this.tail));
  }
}
