import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Forward } from './config.ts';
import { Link } from './link.ts';

/** One listening port outside and the connections it carries into the private namespace. */
export class Relay {
  private readonly server: Server;
  private readonly links = new Set<Link>();
  private muted = false;

  private constructor(
    readonly forward: Forward,
    private readonly innerSocket: string,
    /** Port on 127.0.0.1 of the private namespace where QEMU forwards to the guest. */
    readonly innerPort: number,
  ) {
    this.server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.accept(client));
  }

  /** Listens; rejects when the port is taken. */
  static async start(forward: Forward, innerSocket: string, innerPort: number): Promise<Relay> {
    const relay = new Relay(forward, innerSocket, innerPort);
    await new Promise<void>((resolve, reject) => {
      relay.server.once('error', reject);
      relay.server.listen(forward.hostPort, forward.hostIp, resolve);
    });
    return relay;
  }

  /** The port it listens on (the one asked for, or any when that was 0). */
  get hostPort(): number {
    const address = this.server.address();
    return typeof address === 'object' && address ? address.port : this.forward.hostPort;
  }

  /** How many connections are open. */
  get connections(): number {
    return this.links.size;
  }

  private accept(client: Socket): void {
    const inner = connect({ path: this.innerSocket, allowHalfOpen: true });
    inner.write(`${this.innerPort}\n`);
    const link = new Link(client, inner);
    this.links.add(link);
    void link.closed.then(() => this.links.delete(link));
    if (this.muted) link.hold();
  }

  /** Resets every connection, as a NAT that lost its state does. */
  reset(): void {
    for (const link of this.links) link.reset();
  }

  /** Stops relaying: neither side hears anything, not even that the other one went away. */
  silence(): void {
    this.muted = true;
    for (const link of this.links) link.hold();
  }

  /** Relays again, first what was held back. */
  loud(): void {
    this.muted = false;
    for (const link of this.links) link.release();
  }

  /** Stops listening and resets what is open. */
  async stop(): Promise<void> {
    this.reset();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
