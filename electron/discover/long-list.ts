import type { Machine, Nic } from '../../shared/machine.ts';
import { toForward } from './forward.ts';

/** What `list -l vms` calls the states of a machine that is off. */
const OFF: Record<string, string> = {
  'powered off': 'poweroff',
  saved: 'saved',
  aborted: 'aborted',
  'aborted-saved': 'aborted-saved',
};

/** How it writes what an adapter hangs on. */
const ATTACHED: readonly (readonly [kind: string, form: RegExp])[] = [
  ['nat', /^NAT$/],
  ['natnetwork', /^NAT Network '(.*)'$/s],
  ['bridged', /^Bridged Interface '(.*)'$/s],
  ['hostonly', /^Host-only Interface '(.*)'$/s],
  ['hostonlynetwork', /^Host Only Network '(.*)'$/s],
  ['intnet', /^Internal Network '(.*)'$/s],
  ['generic', /^Generic '(.*)' \{.*\}$/s],
  ['null', /^none$/],
];

/**
 * The machines that are off in `list -l vms`, by UUID: one call for all, where `showvminfo` takes one for each. It is made
 * for people and nothing in it is escaped, so a machine counts only when each of its lines is as expected, each of them
 * once, and no other machine's text has its UUID. Whoever is missing here is to be asked for with `showvminfo`.
 */
export function parseLongList(text: string): Map<string, Machine> {
  const lines = text.split('\n');
  // A machine that can't be opened has its UUID further left.
  const uuids = lines.flatMap((line) => /^UUID: +(.*)$/s.exec(line)?.[1] ?? []);
  const found = new Map<string, Machine>();
  for (const block of blocks(lines)) {
    const machine = parseBlock(block);
    if (machine && uuids.filter((uuid) => uuid === machine.uuid).length === 1)
      found.set(machine.uuid, machine);
  }
  return found;
}

/** The value at column 30 of a line of this label. */
function field(line: string, label: string): string | undefined {
  return line.startsWith(`${label}:`.padEnd(29)) ? line.slice(29) : undefined;
}

/** A block begins with the name, followed at once by one of the two lines that different versions print there. */
function blocks(lines: readonly string[]): string[][] {
  const starts = [...lines.keys()].filter(
    (at) =>
      field(lines[at] ?? '', 'Name') !== undefined && /^(?:Encryption|Groups): /.test(lines[at + 1] ?? ''),
  );
  return starts.map((start, at) => lines.slice(start, starts[at + 1] ?? lines.length));
}

function parseBlock(lines: readonly string[]): Machine | undefined {
  /** The one value of a label; undefined when it is missing or there are several. */
  const only = (label: string) => {
    const [value, ...more] = lines.flatMap((line) => field(line, label) ?? []);
    return more.length === 0 ? value : undefined;
  };
  // 6.1 names filters for USB devices in the same form: only the first line is the machine's.
  const name = field(lines[0] ?? '', 'Name');
  const uuid = only('UUID');
  const state = OFF[/^(.*) \(since [\d:.T-]+\)$/.exec(only('State') ?? '')?.[1] ?? ''];
  const architecture = only('Platform Architecture');
  const complete = lines.some((line) => line.startsWith('Configured memory balloon'));
  const nics = parseNics(lines);
  if (name === undefined || !uuid || !state || !complete || !nics) return undefined;
  return {
    kind: 'virtualbox',
    uuid,
    name,
    state,
    ...(architecture !== undefined && { architecture }),
    nics,
  };
}

const NIC =
  /^MAC: ([\dA-F]{12}), Attachment: (.*), Cable connected: (on|off), Trace: off \(file: none\), Type: [^,]*, Reported speed: \d+ Mbps, Boot priority: \d+, Promisc Policy: [\w-]+, Bandwidth group: .*$/s;

/** Read from the right, for the name may hold anything. */
const RULE =
  /^name = (.*), protocol = (tcp|udp), host ip = ([^,]*), host port = (\d+), guest ip = ([^,]*), guest port = (\d+)$/s;

/** The adapters; undefined unless all slots are there from the first on, each once, each line as it should be. */
function parseNics(lines: readonly string[]): Nic[] | undefined {
  const nics: Nic[] = [];
  let slot = 0;
  for (const line of lines) {
    const head = /^NIC (\d+)(?: (Settings|Rule\((\d+)\)))?: *(.*)$/s.exec(line);
    const nic = nics.at(-1);
    if (head === null) {
      const reachable = /^\tLocalhostReachable: ([01]),/.exec(line)?.[1];
      if (nic?.kind === 'nat' && reachable) nic.hostReachable = reachable === '1';
      continue;
    }
    const [, number, part, rule, value = ''] = head;
    if (part === undefined) {
      slot += 1;
      if (Number(number) !== slot) return undefined;
      if (value === 'disabled') continue;
      const next = parseNic(slot, value);
      if (!next) return undefined;
      nics.push(next);
    } else if (Number(number) !== nic?.slot || nic.slot !== slot) return undefined;
    else if (rule !== undefined) {
      const forward = toForward(RULE.exec(value));
      if (!forward || Number(rule) !== nic.forwards.length) return undefined;
      nic.forwards.push(forward);
    }
  }
  return slot === 0 ? undefined : nics;
}

function parseNic(slot: number, text: string): Nic | undefined {
  const [, mac, attached = '', cable] = NIC.exec(text) ?? [];
  // A network can be named like what follows it.
  if (attached.includes(', Cable connected: ')) return undefined;
  for (const [kind, form] of ATTACHED) {
    const match = form.exec(attached);
    if (!match || mac === undefined) continue;
    const network = match[1];
    return {
      slot,
      kind,
      cable: cable === 'on',
      ...(network !== undefined && { network }),
      mac,
      forwards: [],
    };
  }
  return undefined;
}
