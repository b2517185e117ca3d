import { join } from 'node:path';
import type { SecretKind } from '../../../shared/app-state.ts';
import type { AskSecret } from '../../connect/ask-secret.ts';
import type { SshTarget } from '../../connect/ssh-target.ts';
import type { SshWay } from '../../door/door.ts';
import { type Stop, type StopQuestions, sshTarget } from '../../door/ssh-target.ts';
import type { Prompts, Question } from '../prompts.ts';
import { address } from './items.ts';
import type { Known, Machines } from './machines.ts';
import type { Secrets } from './secrets.ts';

/** The first time, and two more when it was wrong. A remembered secret that is wrong is not the person's mistake. */
const TRIES = 3;
const MOST_SHOWN = 200;
/** Characters that a server's own words may have. */
const MOST_SAID = 2000;

/** How to log in to a machine: everything that the connection may ask for comes from the Keychain or the person. */
export interface Login {
  target: SshTarget & { label: string };
  sudoPassword: AskSecret;
  /** To be called when the login worked: what the person wanted to be remembered is, for it is right. */
  succeeded(root?: { how: string }): Promise<void>;
}

/** Where logins keep and find what they need. */
interface Places {
  folder: string;
  /** In place of the user's ssh_config. */
  configFile: string | undefined;
}

/** Logs in to machines, and asks the person for what is missing. */
export class Logins {
  constructor(
    private readonly places: Places,
    private readonly machines: Pick<Machines, 'show'>,
    private readonly secrets: Secrets,
    private readonly prompts: Prompts,
  ) {}

  /** A login for one connection; its questions end with the signal. Throws the Troubles of `sshRoute`. */
  async of({ item }: Pick<Known, 'item'>, way: SshWay, signal: AbortSignal): Promise<Login> {
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
    // What belongs to a host on the way is nothing of this machine's, and not remembered as such.
    const passing =
      (question: (again: boolean) => Question): AskSecret =>
      async (again) => {
        const given = await this.prompts.ask(question(again), signal);
        return given.action === 'secret' ? given.secret : undefined;
      };

    const questions = ({ user, host: name, port, label, last }: Stop): StopQuestions => {
      const host = address(name, port);
      const common = { machineName: last ? machineName : label.slice(0, MOST_SHOWN), host };
      const once = last ? {} : { once: true };
      const ask = (kind: SecretKind, question: (again: boolean) => Question) =>
        last ? secret(kind, question) : passing(question);
      return {
        tries: TRIES,
        password: ask('login', (again) => ({ ...common, ...once, kind: 'password', user, again })),
        passphrase: (file, wrong) =>
          ask('passphrase', (again) => ({ ...common, ...once, kind: 'passphrase', file, again }))(wrong),
        answer: ({ instructions, prompt, echo }) => {
          const words = { instructions: instructions.slice(0, MOST_SAID), ask: prompt.slice(0, MOST_SAID) };
          return passing(() => ({ ...common, ...words, kind: 'answer', user, echo }))(false);
        },
        acceptHostKey: async ({ is, was, where, authority }) => {
          const key = { ...common, keyType: is.type.slice(0, MOST_SHOWN) };
          const old = was && { was: was.sha256, is: is.sha256, ...(where && { where }) };
          await this.prompts.ask(
            old
              ? { ...key, kind: 'host-key-changed', ...old }
              : {
                  ...key,
                  kind: 'host-key-unknown',
                  fingerprint: is.sha256,
                  ...(authority && { authority }),
                },
            signal,
          );
          return true;
        },
      };
    };

    const target = await sshTarget(way, {
      user: item.login.user || undefined,
      identityFile: item.login.identityFile,
      pinFile: join(this.places.folder, 'host-keys.json'),
      configFile: this.places.configFile,
      questions,
      signal,
    });
    const { user } = target;
    return {
      target: { ...target, label: way.label },
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
