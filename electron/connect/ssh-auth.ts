import type { AnyAuthMethod, AuthenticationType, AuthHandlerMiddleware } from 'ssh2';

export interface AuthSources {
  user: string;
  /** Private keys in the order to try, with the words for the list of what was tried. */
  keysBefore: { name: string; key: Buffer }[];
  /** Socket of an ssh-agent. */
  agent?: string | undefined;
  keysAfter: { name: string; key: Buffer }[];
  /** Asked at most once, and only if the server takes passwords. */
  password?: (() => Promise<string | undefined>) | undefined;
}

interface Step {
  name: string;
  /** Any of these offered by the server makes the step worth trying. */
  needs: AuthenticationType[];
  method(offered: readonly string[]): Promise<AnyAuthMethod | undefined>;
}

/**
 * ssh2's way of asking "what next?": first nothing (to learn what the server takes), then keys, agent, keys, password.
 * `tried` fills with the names of what was really tried.
 */
export function authHandler(sources: AuthSources, tried: string[]): AuthHandlerMiddleware {
  const steps = plan(sources);
  let first = true;
  const next = async (offered: readonly string[]): Promise<AnyAuthMethod | false> => {
    for (let step = steps.shift(); step; step = steps.shift()) {
      if (!step.needs.some((need) => offered.includes(need))) continue;
      const method = await step.method(offered);
      if (!method) continue;
      tried.push(step.name);
      return method;
    }
    return false;
  };
  // ssh2's types leave out `false`, which its documentation gives as the way to stop.
  return (offered, _partial, cb) => {
    const done = cb as (method: AnyAuthMethod | false) => void;
    if (first) {
      first = false;
      done({ type: 'none', username: sources.user });
      return;
    }
    next(offered ?? []).then(done, () => done(false));
  };
}

function plan(sources: AuthSources): Step[] {
  const username = sources.user;
  const key = ({ name, key }: { name: string; key: Buffer }): Step => ({
    name,
    needs: ['publickey'],
    method: async () => ({ type: 'publickey', username, key }),
  });
  const { agent, password } = sources;
  const steps = sources.keysBefore.map(key);
  if (agent)
    steps.push({
      name: 'ssh-agent',
      needs: ['publickey'],
      method: async () => ({ type: 'agent', username, agent }),
    });
  steps.push(...sources.keysAfter.map(key));
  if (password) {
    steps.push({
      name: 'password',
      needs: ['password', 'keyboard-interactive'],
      method: async (offered) => {
        const secret = await password();
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
