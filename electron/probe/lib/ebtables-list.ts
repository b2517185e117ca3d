/** A rule of the old ebtables, in its own words: `-A FORWARD -p IPv4 --ip-proto tcp -j DROP`. */
export interface EbtablesRule {
  /** From 1, in its chain. */
  position: number;
  text: string;
}

export interface EbtablesChain {
  /** filter, nat, broute */
  table: string;
  name: string;
  /** Undefined for a chain that people made. */
  policy: string | undefined;
  rules: EbtablesRule[];
}

const BASE = /^(INPUT|FORWARD|OUTPUT|PREROUTING|POSTROUTING|BROUTING)$/;
const LINE = /^ebtables -t (\w+) -([NPA]) (\S+) ?(.*)$/;

/** Reads what `ebtables-legacy -t TABLE -L --Lx` prints: the commands that would make the table; a policy only where it is not ACCEPT. */
export function readEbtables(lines: readonly string[]): EbtablesChain[] {
  const chains = new Map<string, EbtablesChain>();
  for (const line of lines) {
    const [, table, command, name, rest = ''] = LINE.exec(line.trim()) ?? [];
    if (table === undefined || name === undefined) continue;
    const key = `${table} ${name}`;
    const policy = BASE.test(name) ? 'ACCEPT' : undefined;
    const chain: EbtablesChain = chains.get(key) ?? { table, name, policy, rules: [] };
    chains.set(key, chain);
    if (command === 'P') chain.policy = rest.trim();
    if (command === 'A')
      chain.rules.push({ position: chain.rules.length + 1, text: `-A ${name} ${rest.trim()}` });
  }
  return [...chains.values()];
}
