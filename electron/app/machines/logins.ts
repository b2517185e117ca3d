import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { SecretKind } from '../../../shared/app-state.ts';
import type { AskSecret } from '../../connect/ask-secret.ts';
import type { AcceptHostKey, SshTarget } from '../../connect/ssh-connection.ts';
import type { SshWay } from '../../door/door.ts';
import type { Prompts, Question } from '../prompts.ts';
import { address } from './items.ts';
import type { Known, Machines } from './machines.ts';
import type { Secrets } from './secrets.ts';

/** The first time, and two more when it was wrong. A remembered secret that is wrong is not the person's mistake. */
const TRIES = 3;
const MOST_SHOWN = 200;

/** How to log in to a machine: everything that the connection may ask for comes from the Keychain or the person. */
export interface Login {
  target: SshTarget & { label: string };
  sudoPassword: AskSecret;
  /** To be called when the login worked: what the person wanted to be remembered is, for it is right. */
  succeeded(root?: { how: string }): Promise<void>;
}

/** Logs in to machines, and asks the person for what is missing. */
export class Logins {
  constructor(
    private readonly folder: string,
    private readonly machines: Pick<Machines, 'show'>,
    private readonly secrets: Secrets,
    private readonly prompts: Prompts,
  ) {}

  /** A login for one connection; its questions end with the signal. */
  of({ item }: Pick<Known, 'item'>, way: SshWay, signal: AbortSignal): Login {
    const user = item.login.user || userInfo().username;
    const { identityFile } = item.login;
    const host = address(way.host, way.port);
    const machineName = item.name.slice(0, MOST_SHOWN);
    const wanted = new Map<SecretKind, string>();
    const remembered = new Set<SecretKind>();

    const secret =
      (kind: SecretKind, question: (again: boolean) => Question): AskSecret =>
      async (again) => {
        wanted.delete(kind);
        if (remembered.delete(kind)) await this.#forget(item.id, kind);
        const known = again ? undefined : await this.secrets.get(item.id, kind);
        if (known !== undefined) {
          remembered.add(kind);
          return known;
        }
        const given = await this.prompts.ask(question(again), signal);
        if (given.action !== 'secret') return undefined;
        if (given.remember) wanted.set(kind, given.secret);
        return given.secret;
      };

    const acceptHostKey: AcceptHostKey = async ({ is, was }) => {
      const common = { machineName, host, keyType: is.type.slice(0, MOST_SHOWN) };
      await this.prompts.ask(
        was
          ? { ...common, kind: 'host-key-changed', was: was.sha256, is: is.sha256 }
          : { ...common, kind: 'host-key-unknown', fingerprint: is.sha256 },
        signal,
      );
      return true;
    };

    return {
      target: {
        host: way.host,
        port: way.port,
        user,
        identityFile,
        pinId: way.pinId,
        pinFile: join(this.folder, 'host-keys.json'),
        label: way.label,
        tries: TRIES,
        acceptHostKey,
        password: secret('login', (again) => ({ kind: 'password', machineName, user, host, again })),
        passphrase: secret('passphrase', (again) => ({
          kind: 'passphrase',
          machineName,
          file: identityFile ?? '',
          again,
        })),
      },
      sudoPassword: secret('sudo', (again) => ({ kind: 'sudo', machineName, user, again })),
      succeeded: async (root) => {
        // A sudo password that did not make us root is not worth keeping.
        if (root?.how !== 'sudo') wanted.delete('sudo');
        for (const [kind, value] of wanted) await this.secrets.remember(item.id, kind, value);
        if (wanted.size > 0) this.machines.show();
        wanted.clear();
      },
    };
  }

  async #forget(machine: string, kind: SecretKind): Promise<void> {
    await this.secrets.forget(machine, kind);
    this.machines.show();
  }
}
