import { existsSync } from 'node:fs';
import { SecretQuestion } from './ask-secret.ts';
import { LockedKey } from './locked-key.ts';
import { wireKey } from './picky-agent.ts';
import type { AuthSources, NamedKey } from './ssh-auth.ts';
import { expandHome, type KeyFile, readKey } from './ssh-keys.ts';
import { plainSettings } from './ssh-settings.ts';
import type { SshTarget } from './ssh-target.ts';

/** All that can be tried to get in, read once; the questions live as long as it takes. */
export interface LoginMeans {
  /** The key of the person's choice, as far as it could be used. */
  identity: KeyFile | undefined;
  /** It and all other key files, those too that could not be used. */
  files: KeyFile[];
  sources: AuthSources;
  /** The keys to try that are under a passphrase. */
  locked: LockedKey[];
  questions: SecretQuestion[];
  /** Why asking failed, when it did: the person closed a sheet, say. */
  failure(): unknown;
}

/** Reads the keys and gathers what can be asked for. */
export async function loginMeans(target: SshTarget): Promise<LoginMeans> {
  const { user, password, passphrase, answer, tries = 1 } = target;
  const from = target.sources ?? plainSettings(target.host, {});
  const identity = target.identityFile ? await readKey(expandHome(target.identityFile)) : undefined;
  const others = await Promise.all(from.keys.map(readKey));
  const files = [...(identity ? [identity] : []), ...others];
  const named = [...(identity ? [identity] : []), ...(from.keysChosen ? others : [])];
  const usual = from.keysChosen ? [] : others;
  const lockedOf = (files: KeyFile[]) =>
    files.flatMap((file) => {
      if (file.problem !== 'passphrase' || !passphrase) return [];
      return new LockedKey(file, new SecretQuestion((again) => passphrase(file.path, again), tries));
    });
  const locked = lockedOf(named);
  // Without its public half nobody could say whether the server wants it before the person is asked.
  const lockedUsual = lockedOf(usual.filter((file) => file.public));
  const asked = password && new SecretQuestion(password, tries);
  const questions = [
    ...[...locked, ...lockedUsual].map(({ question }) => question),
    ...(asked ? [asked] : []),
  ];
  let unanswered: unknown;
  const failure = () => questions.find((one) => one.failure !== undefined)?.failure ?? unanswered;
  return {
    identity,
    files,
    sources: {
      user,
      named: keysOf(named),
      agents: from.agents.filter((socket) => existsSync(socket)),
      namedPublic: new Set(files.flatMap((file) => (file.public ? wireKey(file.public) : []))),
      onlyNamed: from.onlyThese,
      locked,
      usual: keysOf(usual),
      lockedUsual,
      password: asked,
      answer:
        answer &&
        ((question) =>
          answer(question).catch((error) => {
            unanswered = error;
            throw error;
          })),
      tries,
      gaveUp: () => failure() !== undefined,
    },
    locked: [...locked, ...lockedUsual],
    questions,
    failure,
  };
}

function keysOf(files: KeyFile[]): NamedKey[] {
  return files.flatMap((file) => ('key' in file && file.key ? [{ name: file.path, key: file.key }] : []));
}
