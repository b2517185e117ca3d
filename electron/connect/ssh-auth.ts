import type { AnyAuthMethod, AuthenticationType, AuthHandlerMiddleware, ParsedKey } from 'ssh2';
import type { AskAnswer, SecretQuestion } from './ask-secret.ts';
import { interactiveMethod } from './interactive-auth.ts';
import { type LockedKey, LockedKeyAgent } from './locked-key.ts';
import { PickyAgent, wireKey } from './picky-agent.ts';

export interface AuthSources {
  user: string;
  /** The keys that somebody named, in the order to try; the names are for the list of what was tried. */
  named: NamedKey[];
  /** Sockets of ssh-agents. */
  agents: string[];
  /** Public keys, as SSH sends them in base64, of all that is named: an agent may have their other halves. */
  namedPublic: ReadonlySet<string>;
  /** Is nothing but what is named to be tried? */
  onlyNamed: boolean;
  /** Keys under a passphrase: after the agents, which may have them already. */
  locked: LockedKey[];
  /** ssh's usual keys. */
  usual: NamedKey[];
  /** The usual ones under a passphrase. */
  lockedUsual: LockedKey[];
  /** Asked only if the server takes passwords, after everything else. */
  password?: SecretQuestion | undefined;
  answer?: AskAnswer | undefined;
  /** How often the server may ask in words of its own. */
  tries: number;
  /** Nobody is there to answer any more: nothing else is tried. */
  gaveUp(): boolean;
}

export interface NamedKey {
  name: string;
  key: ParsedKey;
}

interface Step {
  name: string;
  /** What the server must offer for the step to be worth trying. */
  needs: AuthenticationType;
  /** Stays to be tried again as long as it has something new. */
  repeats?: boolean;
  method(): Promise<AnyAuthMethod | undefined>;
}

/**
 * ssh2's way of asking "what next?": first nothing (to learn what the server takes), then keys, agents, keys, password.
 * `tried` fills with the names of what was really tried. Nothing is answered to a connection that is no longer `alive`.
 */
export function authHandler(
  sources: AuthSources,
  tried: string[],
  alive: () => boolean,
): AuthHandlerMiddleware {
  const steps = [...keySteps(sources, alive), ...passwordSteps(sources, alive)];
  let first = true;
  const next = async (offered: readonly string[]): Promise<AnyAuthMethod | false> => {
    for (let step = steps[0]; step && !sources.gaveUp(); step = steps[0]) {
      const method = offered.includes(step.needs) ? await step.method() : undefined;
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

function keySteps(sources: AuthSources, alive: () => boolean): Step[] {
  const username = sources.user;
  // A server that hangs up after six failures counts a key twice that is in a file and in the agent.
  const shown = new Set<string>();
  const fresh = (key: ParsedKey) => !shown.has(wireKey(key)) && shown.add(wireKey(key));
  const step = (name: string, method: Step['method']): Step => ({ name, needs: 'publickey', method });
  const keyStep = ({ name, key }: NamedKey) =>
    step(name, async () => (fresh(key) ? publicKey(username, key) : undefined));
  const agentStep = (socket: string) =>
    step('ssh-agent', async () => {
      const choice = { first: sources.namedPublic, only: sources.onlyNamed, tried: shown };
      return { type: 'agent', username, agent: new PickyAgent(socket, choice) };
    });
  const lockedStep = (locked: LockedKey) =>
    step(locked.file.path, async () => {
      const known = locked.file.public;
      if (known) {
        if (!fresh(known)) return undefined;
        return { type: 'agent', username, agent: new LockedKeyAgent(locked, known, alive) };
      }
      const key = await locked.open(alive);
      return key && publicKey(username, key);
    });
  return [
    ...sources.named.map(keyStep),
    ...sources.agents.map(agentStep),
    ...sources.locked.map(lockedStep),
    ...sources.usual.map(keyStep),
    ...sources.lockedUsual.map(lockedStep),
  ];
}

/** ssh2 takes keys that it parsed itself, too; its types do not say so. */
function publicKey(username: string, key: ParsedKey): AnyAuthMethod {
  return { type: 'publickey', username, key: key as unknown as Buffer };
}

function passwordSteps(
  { user: username, password, answer, tries }: AuthSources,
  alive: () => boolean,
): Step[] {
  const steps: Step[] = [];
  if (password) {
    steps.push({
      name: 'password',
      needs: 'password',
      repeats: true,
      method: async () => {
        const secret = await password.next(alive);
        return secret === undefined ? undefined : { type: 'password', username, password: secret };
      },
    });
  }
  if (password || answer) {
    let left = tries;
    steps.push({
      name: 'keyboard-interactive',
      needs: 'keyboard-interactive',
      repeats: true,
      method: async () => {
        left -= 1;
        // Who gave no right password has none for another way of asking either.
        if (left < 0 || password?.spent) return undefined;
        return interactiveMethod(username, { password, answer }, alive);
      },
    });
  }
  return steps;
}
