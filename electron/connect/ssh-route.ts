import { Trouble } from '../../shared/trouble.ts';
import { type AskSsh, type SshGiven, type SshSettings, sshSettings } from './ssh-settings.ts';

const MOST_HOPS = 8;

/**
 * The hosts to log in to one after the other, the wanted one last: ProxyJump, as ssh follows it. Throws the Troubles of
 * `sshSettings`, and `ssh-config-unsupported` for a way by ProxyCommand, or one that is too long, as one in a circle is.
 */
export async function sshRoute(name: string, given: SshGiven, ask: AskSsh = {}): Promise<SshSettings[]> {
  return route(name, given, ask, MOST_HOPS);
}

async function route(name: string, given: SshGiven, ask: AskSsh, most: number): Promise<SshSettings[]> {
  if (most <= 0) throw new Trouble('ssh-config-unsupported', { name, option: 'ProxyJump' });
  const last = await sshSettings(name, given, ask);
  if (last.byCommand) throw new Trouble('ssh-config-unsupported', { name, option: 'ProxyCommand' });
  const hops = last.jump?.split(',').map(readHop) ?? [];
  const stops: SshSettings[] = [];
  for (const [n, hop] of hops.entries()) {
    // What stands before a hop in the list is its way: only the first may have another of its own.
    if (n === 0) stops.push(...(await route(hop.name, hop, ask, most - 1)));
    else stops.push(await sshSettings(hop.name, hop, ask));
  }
  if (stops.length >= most) throw new Trouble('ssh-config-unsupported', { name, option: 'ProxyJump' });
  return [...stops, last];
}

/** `user@host:port`, `[v6]:port` or `ssh://…` of a ProxyJump. */
function readHop(text: string): SshGiven & { name: string } {
  const [, user, bracketed, plain, port] =
    /^(?:ssh:\/\/)?(?:(.*)@)?(?:\[([^\]]+)\]|([^:]*))(?::(\d+))?\/?$/.exec(text.trim()) ?? [];
  return { name: bracketed ?? plain ?? text, user, port: port === undefined ? undefined : Number(port) };
}
