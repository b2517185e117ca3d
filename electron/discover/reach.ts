import type { Forward, Machine, Nic } from '../../shared/machine.ts';
import { parseGuestAddresses, parseLease } from './guest-addresses.ts';
import { parseNatNetworks } from './nat-networks.ts';
import { sshGreets } from './ssh-greets.ts';
import { type VBoxManage, VBoxManageError } from './vboxmanage.ts';
import { leadsToSsh, listenAddress, SSH } from './ways.ts';

/** Kinds of adapter whose guests VirtualBox's own DHCP serves, and how it is asked for one's lease. */
const LEASED: Record<string, string> = {
  natnetwork: '--network',
  hostonlynetwork: '--network',
  hostonly: '--interface',
};
/** Guest and this computer can speak to each other without a forward. */
const DIRECT = new Set(['hostonly', 'hostonlynetwork', 'bridged']);

interface Tools {
  run: VBoxManage;
  signal?: AbortSignal | undefined;
}

/**
 * Adds to the machines that run what tells how to get in, where no NAT forward leads to port 22: addresses, the forwards
 * of NAT networks, and what answers as SSH. Asks VirtualBox, then this computer's own ports; a question that fails is no
 * answer. Throws Trouble `cancelled`.
 */
export async function withReach(machines: readonly Machine[], tools: Tools): Promise<Machine[]> {
  const open = (machine: Machine) => machine.state === 'running' && !plugged(machine).some(hasSshForward);
  const hasNetwork = machines.some(
    (machine) => open(machine) && machine.nics.some(({ kind }) => kind === 'natnetwork'),
  );
  // `natnetwork list` tells no forwards in 6.1, and `list natnets` none in 7.2 unless it is long.
  const networks = hasNetwork ? parseNatNetworks(await ask(tools, ['list', '-l', 'natnets'])) : new Map();
  return Promise.all(machines.map((machine) => (open(machine) ? reach(machine, networks, tools) : machine)));
}

const plugged = ({ nics }: Machine) => nics.filter(({ cable }) => cable);
const hasSshForward = ({ kind, forwards }: Nic) => kind === 'nat' && forwards.some(leadsToSsh);

async function reach(
  machine: Machine,
  networks: ReadonlyMap<string, Forward[]>,
  tools: Tools,
): Promise<Machine> {
  const needed = plugged(machine).some(({ kind }) => DIRECT.has(kind) || kind in LEASED);
  const told = needed ? await guestAddresses(machine, tools) : new Map<string, string>();
  const nics: Nic[] = [];
  for (const nic of machine.nics) {
    const address = nic.kind === 'nat' ? undefined : (told.get(nic.mac ?? '') ?? (await lease(nic, tools)));
    const rules = nic.kind === 'natnetwork' ? (networks.get(nic.network ?? '') ?? []) : [];
    nics.push({
      ...nic,
      ...(address !== undefined && { address }),
      // A NAT network's forwards are for all its machines: the address says which are for this one.
      forwards: [...nic.forwards, ...rules.filter(({ guestIp }) => guestIp === address)],
    });
  }
  return { ...machine, nics: await Promise.all(nics.map((nic) => greeted(nic, tools))) };
}

async function guestAddresses({ uuid }: Machine, tools: Tools): Promise<Map<string, string>> {
  const pattern = '/VirtualBox/GuestInfo/Net/*';
  // 7.0 and later take the pattern by itself as well, 6.1 does not.
  return parseGuestAddresses(await ask(tools, ['guestproperty', 'enumerate', uuid, '--patterns', pattern]));
}

async function lease({ kind, network, mac, cable }: Nic, tools: Tools): Promise<string | undefined> {
  const option = LEASED[kind];
  if (option === undefined || network === undefined || mac === undefined || !cable) return undefined;
  const text = await ask(tools, ['dhcpserver', 'findlease', `${option}=${network}`, `--mac-address=${mac}`]);
  return parseLease(text);
}

/** The adapter, with a mark on what answers as SSH. */
async function greeted(nic: Nic, { signal }: Tools): Promise<Nic> {
  if (!nic.cable) return nic;
  const direct = DIRECT.has(nic.kind) && nic.address !== undefined ? nic.address : undefined;
  const forwards = await Promise.all(
    nic.forwards.map(async (rule): Promise<Forward> => {
      if (rule.proto !== 'tcp' || rule.hostPort === 0 || leadsToSsh(rule)) return rule;
      return (await sshGreets(listenAddress(rule), rule.hostPort, signal)) ? { ...rule, ssh: true } : rule;
    }),
  );
  const answers = direct !== undefined && (await sshGreets(direct, SSH, signal));
  return { ...nic, forwards, ...(answers && { ssh: true }) };
}

async function ask({ run, signal }: Tools, args: readonly string[]): Promise<string> {
  try {
    return await run(args, signal);
  } catch (error) {
    if (!(error instanceof VBoxManageError)) throw error;
    return '';
  }
}
