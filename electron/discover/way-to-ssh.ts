import type { Machine, Way } from '../../shared/machine.ts';
import { Trouble } from '../../shared/trouble.ts';
import { unclaimedPort } from './free-port.ts';
import { callText, remedyFor } from './remedy.ts';
import { sshWays } from './ways.ts';

/**
 * How to reach the machine's SSH server. Throws Troubles `vm-inaccessible`, `vm-not-running` and `vm-no-forward`, the
 * latter two with the command that helps, if one does; `port` is where a forward would be added.
 */
export function wayToSsh(machine: Machine, port = unclaimedPort([machine])): Way {
  const { uuid, name, state, trouble } = machine;
  if (trouble) throw new Trouble(trouble.code, { uuid, name, detail: trouble.detail });
  const remedy = remedyFor(machine, port);
  const help = remedy && { command: callText(remedy.call) };
  if (state !== 'running') throw new Trouble('vm-not-running', { uuid, name, state, ...help });
  const [way] = sshWays(machine);
  if (way) return way;
  const nics = machine.nics.map((nic) => `${nic.slot}: ${nic.kind}${nic.cable ? '' : ' (cable unplugged)'}`);
  throw new Trouble('vm-no-forward', { uuid, name, nics, ...help });
}
