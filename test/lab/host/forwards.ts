import { type Forward, files } from './config.ts';
import type { Monitor } from './qmp.ts';
import { Relay } from './relay.ts';

const FIRST_INNER_PORT = 20_001;

/** The forwards of one machine: each is a rule of QEMU's NAT plus a relay to it from outside. */
export class Forwards {
  private readonly relays = new Map<string, Relay>();
  private nextPort = FIRST_INNER_PORT;

  constructor(
    private readonly monitor: Monitor,
    private readonly runDir: string,
  ) {}

  /** Opens a forward; rejects when its name or port is taken. */
  async add(forward: Forward): Promise<Relay> {
    if (this.relays.has(forward.name)) throw new Error(`there is a forward ${forward.name} already`);
    const port = this.nextPort++;
    const relay = await Relay.start(forward, files.inner(this.runDir), port);
    this.relays.set(forward.name, relay);
    await this.tellQemu(relay);
    return relay;
  }

  /** Tells a QEMU that was started anew of every forward. */
  async restore(): Promise<void> {
    for (const relay of this.all()) await this.tellQemu(relay);
  }

  private tellQemu({ forward, innerPort }: Relay): Promise<void> {
    return this.monitor.command(
      `hostfwd_add n0 tcp:127.0.0.1:${innerPort}-${forward.guestIp}:${forward.guestPort}`,
    );
  }

  /** Closes a forward. */
  async remove(name: string): Promise<void> {
    const relay = this.get(name);
    this.relays.delete(name);
    await relay.stop();
    await this.monitor.command(`hostfwd_remove n0 tcp:127.0.0.1:${relay.innerPort}`, / removed\.?$/);
  }

  /** The relay of a forward; throws when there is none of that name. */
  get(name: string): Relay {
    const relay = this.relays.get(name);
    if (!relay) throw new Error(`there is no forward ${name}`);
    return relay;
  }

  /** Every relay. */
  all(): Relay[] {
    return [...this.relays.values()];
  }
}
