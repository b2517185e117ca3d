import type { Machine } from '../../../shared/machine.ts';
import type { NatDns } from '../../../shared/nat-dns.ts';
import { Trouble } from '../../../shared/trouble.ts';
import { freePort } from '../../discover/free-port.ts';
import { listMachines } from '../../discover/list-machines.ts';
import { machineState } from '../../discover/machine-state.ts';
import { machinesPulse } from '../../discover/machines-pulse.ts';
import { natDns } from '../../discover/nat-dns.ts';
import { carryOut } from '../../discover/remedy.ts';
import { surroundings } from '../../discover/surroundings.ts';
import { findVBoxManage, type VBoxManage } from '../../discover/vboxmanage.ts';
import type { Surroundings } from '../../discover/vm-notes.ts';

/** Between the end of one look and the next, in milliseconds: at least, and at most. */
const REST_MS = 4000;
const MOST_REST_MS = 30_000;
/** Looking takes at most one part in so many of the time: with a hundred machines a look takes seconds. */
const SHARE = 8;
/** A look that asks each machine is expensive: without a sign of change only each so many looks. */
const WHOLE_EVERY = 6;
/** States between two others, after which no sign of change comes: starting, stopping, saving, restoring… */
const PASSING = /(?<!^runn)ing$/;

/** What VirtualBox has, what is around it, and a port where a forward can be added; or why that is unknown. */
export type Found = { machines: Machine[]; around: Surroundings; port: number } | { trouble: Trouble };

/** How long to leave VirtualBox alone after a look that took so long, in milliseconds. */
export function restAfter(tookMs: number): number {
  return Math.min(Math.max(REST_MS, tookMs * (SHARE - 1)), MOST_REST_MS);
}

/** Looks at VirtualBox again and again, one look at a time; a call that stalls delays the next look and nothing else. */
export class VirtualBoxWatch {
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #stop = new AbortController();
  #watching = false;
  #pulse: string | undefined;
  #looks = 0;
  #found: Found | undefined;

  constructor(
    private readonly env: NodeJS.ProcessEnv,
    private readonly platform: NodeJS.Platform,
    private readonly told: (found: Found) => void,
    private readonly log: (line: string) => void,
    private readonly chosen: () => string | undefined,
  ) {}

  get found(): Found | undefined {
    return this.#found;
  }

  start(): void {
    if (this.#watching) return;
    this.#watching = true;
    if (this.#stop.signal.aborted) this.#stop = new AbortController();
    void this.#look(false);
  }

  stop(): void {
    this.#watching = false;
    clearTimeout(this.#timer);
    this.#stop.abort();
  }

  /** A whole look now; when one is under way, one more after it, for that one may have begun too early. */
  async refresh(): Promise<void> {
    await this.#looking;
    await this.#look(true);
  }

  /** Makes changes that the person asked for, then looks again. Throws the Troubles of `carryOut`. */
  async change(calls: readonly (readonly string[])[], name: string): Promise<void> {
    const run = await this.#find();
    try {
      for (const call of calls) await carryOut(run, call, name, this.#stop.signal);
    } finally {
      await this.refresh();
    }
  }

  /** VirtualBox's word for the state of a machine now; undefined when it does not say. Throws Trouble `cancelled`. */
  async stateOf(uuid: string, signal: AbortSignal): Promise<string | undefined> {
    const run = await this.#find().catch(() => undefined);
    return run && machineState(run, uuid, signal);
  }

  /** The DNS modes of a machine's NAT; undefined when they can't be had. Never rejects. */
  async natDnsOf(uuid: string): Promise<NatDns[] | undefined> {
    const run = await this.#find().catch(() => undefined);
    return run && natDns(run, uuid, this.#stop.signal);
  }

  #find(): Promise<VBoxManage> {
    return findVBoxManage(this.env, this.platform, this.chosen());
  }

  #look(whole: boolean): Promise<void> {
    clearTimeout(this.#timer);
    const began = performance.now();
    this.#looking ??= this.#take(whole)
      .catch(this.#broke)
      .finally(() => {
        this.#looking = undefined;
        if (!this.#watching) return;
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => void this.#look(false), restAfter(performance.now() - began));
        this.#timer.unref();
      });
    return this.#looking;
  }

  readonly #broke = (error: unknown) =>
    this.log(`looking at VirtualBox broke: ${error instanceof Error ? error.stack : String(error)}`);

  async #take(whole: boolean): Promise<void> {
    const { signal } = this.#stop;
    let found: Found;
    try {
      const run = await this.#find();
      if (!(await this.#changed(whole, run, signal))) return;
      const machines = await listMachines(signal, run);
      const around = await surroundings(machines, run, signal, this.platform);
      found = { machines, around, port: await freePort(machines) };
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      if (error.code === 'cancelled') return;
      this.#pulse = undefined;
      found = { trouble: error };
    }
    this.#found = found;
    this.told(found);
  }

  async #changed(whole: boolean, run: VBoxManage, signal: AbortSignal): Promise<boolean> {
    const before = this.#pulse;
    this.#pulse = await machinesPulse(signal, run);
    this.#looks += 1;
    const due = whole || this.#looks % WHOLE_EVERY === 0 || before === undefined || before !== this.#pulse;
    return due || this.#passing();
  }

  #passing(): boolean {
    const found = this.#found;
    if (found === undefined || 'trouble' in found) return true;
    return found.machines.some(({ state }) => PASSING.test(state));
  }
}
