import { Trouble } from '../../shared/trouble.ts';
import { sshRoute } from '../connect/ssh-route.ts';
import { plainSettings, type SshSettings, sshSettings } from '../connect/ssh-settings.ts';
import type { SshTarget } from '../connect/ssh-target.ts';
import type { SshWay } from './door.ts';

/** A host that is logged in to on the way, or the machine itself. */
export interface Stop {
  user: string;
  host: string;
  port: number;
  /** What to call it: the machine's own name, or that of a host on the way. */
  label: string;
  /** Is it the machine? Else it is a jump host. */
  last: boolean;
}

/** What may be asked while logging in to a stop. */
export type StopQuestions = Pick<SshTarget, 'password' | 'answer' | 'passphrase' | 'acceptHostKey' | 'tries'>;

export interface LoginTools {
  /** The person's own choice; it goes before what ssh_config says. */
  user: string | undefined;
  identityFile: string | undefined;
  pinFile: string;
  /** In place of the user's ssh_config. */
  configFile: string | undefined;
  questions(stop: Stop): StopQuestions;
  signal: AbortSignal;
}

/**
 * Who is to be logged in to for this way, and with what: the user's ssh_config says so, unless the person did. Throws the Troubles
 * of `sshRoute`.
 */
export async function sshTarget(way: SshWay, tools: LoginTools): Promise<SshTarget> {
  const { user, configFile, signal } = tools;
  const given = { user, port: way.port };
  if (way.ofVm) {
    // What is wrong with the configuration need not be in a VM's way.
    const settings = await sshSettings(way.host, given, { configFile, signal }).catch((error) => {
      if (!(error instanceof Trouble) || error.code === 'cancelled') throw error;
      return plainSettings(way.host, given);
    });
    const { host, port = settings.port, id } = way;
    return stopTarget({ ...settings, host, port }, { way, pinId: id }, undefined, tools);
  }
  const stops = await sshRoute(way.host, given, { configFile, signal });
  const whole = stops.reduce<SshTarget | undefined>((via, stop, n) => {
    const at = `${stop.host}:${stop.port}`;
    // The same private address may be another machine behind another jump host.
    const pinId = via ? `${at} via ${via.pinId}` : at;
    return stopTarget(stop, { way: n === stops.length - 1 ? way : undefined, pinId }, via, tools);
  }, undefined);
  if (whole === undefined) throw new Error('a way without an end');
  return whole;
}

/** `way`: of the machine; a jump host has none. */
function stopTarget(
  stop: SshSettings,
  { way, pinId }: { way: SshWay | undefined; pinId: string },
  via: SshTarget | undefined,
  { identityFile, pinFile, questions }: LoginTools,
): SshTarget {
  const { host, port, user, name } = stop;
  return {
    host,
    port,
    user,
    via,
    identityFile: way && identityFile,
    sources: stop,
    pinId,
    pinFile,
    knownHosts: { ...stop.knownHosts, vouches: !way?.ofVm },
    ...questions({ user, host, port, label: way?.label ?? name, last: way !== undefined }),
  };
}
