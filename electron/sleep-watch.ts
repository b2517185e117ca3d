/** Between two looks at the clock, in milliseconds. */
const LOOK_MS = 1000;
/** How much too late a look has to be for the computer to have slept, in milliseconds; a busy one is late, too. */
const SLEPT_MS = 10_000;

/** Notices when this computer slept (or Culprit was stopped, which is the same to a run): then the clock jumps. */
export class SleepWatch {
  #last = Date.now();
  #slept: { seconds: number; woke: number } | undefined;
  readonly #timer: NodeJS.Timeout;

  /** `told` hears of each sleep once it is over. */
  constructor(private readonly told: (seconds: number) => void) {
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
    this.#timer.unref();
  }

  /** How many seconds it slept, if it woke up within the last `ms` milliseconds. */
  justSlept(ms: number): number | undefined {
    this.#look();
    return this.#slept && Date.now() - this.#slept.woke <= ms ? this.#slept.seconds : undefined;
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = Date.now();
    const late = now - this.#last - LOOK_MS;
    this.#last = now;
    if (late < SLEPT_MS) return;
    const seconds = Math.round(late / 1000);
    this.#slept = { seconds, woke: now };
    this.told(seconds);
  }
}
