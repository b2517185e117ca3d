import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2, { type Connection } from 'ssh2';

function hostKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
}

/** A sudo that knows one password, and says and asks as the real one does. */
const sudo = (password: string) => `#!/bin/sh
if [ "$1" = -n ]; then echo 'sudo: a password is required' >&2; exit 1; fi
[ "$1" = -S ] && prompt=$3
shift 3
for try in 1 2 3; do
  printf '%s' "$prompt" >&2
  IFS= read -r given || { echo 'sudo: no password was provided' >&2; exit 1; }
  [ "$given" = '${password}' ] && exec "$@"
  echo 'Sorry, try again.' >&2
done
echo 'sudo: 3 incorrect password attempts' >&2
exit 1
`;

/**
 * An SSH server that takes passwords (a real sshd would want this computer's own), and runs real shells, as nobody
 * where that can be done: there, sudo wants a password too.
 */
export class PasswordServer {
  readonly dir = mkdtempSync(join(tmpdir(), 'culprit-password-'));
  port = 0;
  password = 'correct horse';
  /** The one way it offers; of keys it would take any, but no signature is ever right. */
  method: 'password' | 'keyboard-interactive' | 'publickey' = 'password';
  /** Every secret that reached it, in order. */
  readonly got: string[] = [];
  /** What it asks one after the other instead of “Password: ”, and what is right. */
  asks: { prompt: string; echo: boolean; right: string }[] | undefined;
  connections = 0;
  #server: ssh2.Server | undefined;
  readonly #clients = new Set<Connection>();

  async start(sudoPassword = 'open sesame'): Promise<this> {
    chmodSync(this.dir, 0o755);
    writeFileSync(join(this.dir, 'sudo'), sudo(sudoPassword), { mode: 0o755 });
    const server = new ssh2.Server({ hostKeys: [hostKey()] }, (client) => this.#welcome(client));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as { port: number }).port;
    return this;
  }

  /** The same place, another machine: a new host key. */
  async rebuild(): Promise<void> {
    await this.#close();
    await this.start();
  }

  /** Ends every connection, as a server does that waited for too long; resolves when both sides know. */
  async hangUp(): Promise<void> {
    const gone = [...this.#clients].map(
      (client) => new Promise<void>((resolve) => client.once('close', () => resolve())),
    );
    for (const client of this.#clients) client.end();
    await Promise.all(gone);
  }

  async remove(): Promise<void> {
    await this.#close();
    rmSync(this.dir, { recursive: true, force: true });
  }

  async #close(): Promise<void> {
    await this.hangUp();
    const server = this.#server;
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  #welcome(client: Connection): void {
    this.connections += 1;
    this.#clients.add(client);
    client.on('error', () => {});
    client.on('close', () => this.#clients.delete(client));
    client.on('authentication', (context) => {
      const judge = (secret: string) => {
        this.got.push(secret);
        if (secret === this.password) context.accept();
        else context.reject([this.method]);
      };
      const { asks } = this;
      if (context.method === 'keyboard-interactive' && asks) {
        const questions = asks.map(({ prompt, echo }) => ({ prompt, echo }));
        context.prompt(questions, 'Two steps', 'Have your phone ready', (answers) => {
          this.got.push(...answers);
          if (asks.every(({ right }, n) => answers[n] === right)) context.accept();
          else context.reject([this.method]);
        });
      } else if (context.method === 'password' && this.method === 'password') judge(context.password);
      else if (context.method === 'keyboard-interactive' && this.method === 'keyboard-interactive') {
        context.prompt([{ prompt: 'Password: ', echo: false }], (answers) => judge(answers[0] ?? ''));
      } else if (context.method === 'publickey' && this.method === 'publickey' && !context.signature) {
        context.accept();
      } else context.reject([this.method]);
    });
    client.on('ready', () => {
      client.on('session', (accept) => {
        accept().on('exec', (take, _refuse, { command }) => {
          const channel = take();
          const shell = spawn('/bin/sh', ['-c', command], {
            env: { PATH: `${this.dir}:/usr/bin:/bin` },
            cwd: '/',
            ...(process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}),
          });
          for (const stream of [shell.stdin, shell.stdout, shell.stderr, channel])
            stream.on('error', () => {});
          channel.pipe(shell.stdin);
          shell.stdout.pipe(channel, { end: false });
          shell.stderr.pipe(channel.stderr, { end: false });
          channel.on('close', () => shell.kill());
          shell.on('close', (code) => {
            channel.exit(code ?? 1);
            channel.end();
          });
        });
      });
    });
  }
}
