import type { AnyAuthMethod, AuthenticationType, AuthHandlerMiddleware } from 'ssh2';
import type { SecretQuestion } from './ask-secret.ts';
import type { LockedKey } from './locked-key.ts';

export interface AuthSources {
  user: string;
  /** Private keys in the order to try, with the words for the list of what was tried. */
  keysBefore: { name: string; key: Buffer }[];
  /** Socket of an ssh-agent. */
  agent?: string | undefined;
  /** The key of the user's choice, when it needs a passphrase: after the agent, which may have it already. */
  locked?: LockedKey | undefined;
  keysAfter: { name: string; key: Buffer }[];
  /** Asked only if the server takes passwords, after everything else. */
  password?: SecretQuestion | undefined;
}

interface Step {
  name: string;
  /** Any of these offered by the server makes the step worth trying. */
  needs: AuthenticationType[];
  /** Stays to be tried again as long as it has something new. */
  repeats?: boolean;
  method(offered: readonly string[]): Promise<AnyAuthMethod | undefined>;
}

/**
 * ssh2's way of asking "what next?": first nothing (to learn what the server takes), then keys, agent, keys, password.
 * `tried` fills with the names of what was really tried. Nothing is answered to a connection that is no longer `alive`.
 */
export function authHandler(
  sources: AuthSources,
  tried: string[],
  alive: () => boolean,
): AuthHandlerMiddleware {
  const steps = plan(sources, alive);
  let first = true;
  const next = async (offered: readonly string[]): Promise<AnyAuthMethod | false> => {
    for (let step = steps[0]; step; step = steps[0]) {
      const method = step.needs.some((need) => offered.includes(need))
        ? await step.method(offered)
        : undefined;
      if (!step.repeats || !method) steps.shift();
      if (!method) continue;
      if (!tried.includes(step.name)) tried.push(step.name);
      return method;
    }
    return false;
  };
  // ssh2's types leave out `false`, which its documentation gives as the way to stop.
  return (offered, _partial, cb) => {
    const done = (method: AnyAuthMethod | false) => {
      if (alive()) (cb as (method: AnyAuthMethod | false) => void)(method);
    };
    if (first) {
      first = false;
      done({ type: 'none', username: sources.user });
      return;
    }
    next(offered ?? []).then(done, () => done(false));
  };
}

function plan(sources: AuthSources, alive: () => boolean): Step[] {
  const username = sources.user;
  const key = ({ name, key }: { name: string; key: Buffer }): Step => ({
    name,
    needs: ['publickey'],
    method: async () => ({ type: 'publickey', username, key }),
  });
  const { agent, locked, password } = sources;
  const steps = sources.keysBefore.map(key);
  if (agent)
    steps.push({
      name: 'ssh-agent',
      needs: ['publickey'],
      method: async () => ({ type: 'agent', username, agent }),
    });
  if (locked)
    steps.push({
      name: locked.file.path,
      needs: ['publickey'],
      method: async () => {
        const passphrase = await locked.open(alive);
        if (passphrase === undefined) return undefined;
        return { type: 'publickey', username, key: locked.file.locked, passphrase };
      },
    });
  steps.push(...sources.keysAfter.map(key));
  if (password) {
    steps.push({
      name: 'password',
      needs: ['password', 'keyboard-interactive'],
      repeats: true,
      method: async (offered) => {
        const secret = await password.next(alive);
        if (secret === undefined) return undefined;
        if (offered.includes('password')) return { type: 'password', username, password: secret };
        return {
          type: 'keyboard-interactive',
          username,
          prompt: (_name, _instructions, _lang, prompts, finish) => finish(prompts.map(() => secret)),
        };
      },
    });
  }
  return steps;
}
