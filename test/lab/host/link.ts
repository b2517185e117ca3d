import type { Socket } from 'node:net';

/** Ends a connection with an RST where its kind of socket has one. */
function reset(socket: Socket): void {
  if (socket.remoteFamily) socket.resetAndDestroy();
  else socket.destroy();
}

/**
 * Two sockets (both `allowHalfOpen`) joined into one connection. While held, nothing passes: no bytes, and
 * neither end learns that the other one closed.
 */
export class Link {
  private held = false;
  private late: (() => void)[] = [];
  /** Settles when both sockets are closed. */
  readonly closed: Promise<unknown>;

  constructor(
    private readonly a: Socket,
    private readonly b: Socket,
  ) {
    this.copy(a, b);
    this.copy(b, a);
    this.closed = Promise.all(
      [a, b].map((socket) => new Promise((resolve) => socket.once('close', resolve))),
    );
  }

  private copy(from: Socket, to: Socket): void {
    from.on('data', (chunk) => {
      if (!to.write(chunk)) from.pause();
    });
    to.on('drain', () => {
      if (!this.held) from.resume();
    });
    from.on('end', () => to.end());
    from.on('error', () => this.whenLoud(() => reset(to)));
    from.on('close', () => this.whenLoud(() => (from.readableEnded ? to.end() : reset(to))));
  }

  private whenLoud(act: () => void): void {
    if (this.held) this.late.push(act);
    else act();
  }

  /** Stops everything until `release`. */
  hold(): void {
    this.held = true;
    this.a.pause();
    this.b.pause();
  }

  /** Lets through what was held back, then everything. */
  release(): void {
    this.held = false;
    this.a.resume();
    this.b.resume();
    for (const act of this.late.splice(0)) act();
  }

  /** Breaks the connection on both sides. */
  reset(): void {
    this.held = false;
    reset(this.a);
    reset(this.b);
  }
}
