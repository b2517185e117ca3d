/** A rule as `iptables-save` writes it. */
export interface IptablesRule {
  /** 1 for the first of its chain, as in `iptables -I FORWARD 1`. */
  position: number;
  /** `-A FORWARD -i docker0 -j DROP` */
  text: string;
  packets: number;
  bytes: number;
}

export interface IptablesChain {
  name: string;
  /** ACCEPT or DROP; null for a chain that people made. */
  policy: string | null;
  rules: IptablesRule[];
}

export interface IptablesTable {
  backend: 'nft' | 'legacy';
  family: 4 | 6;
  /** filter, nat, mangle, raw, security */
  table: string;
  chains: IptablesChain[];
}

/** Chain of a rule: the word after -A, in quotes if it has blanks. */
const RULE = /^(?:\[(\d+):(\d+)\] )?(-A (?:"([^"]*)"|(\S+)).*)$/;
const CHAIN = /^:(.+?) (-|[A-Z]+)(?: \[\d+:\d+\])?$/;

/** Reads the lines of `iptables-save -c`. Lines that are none of its kind are skipped, a rule of an unknown chain makes it. */
export function readIptablesSave(
  lines: string[],
  backend: IptablesTable['backend'],
  family: IptablesTable['family'],
): IptablesTable[] {
  const tables: IptablesTable[] = [];
  let chains = new Map<string, IptablesChain>();
  const chainOf = (name: string): IptablesChain => {
    const chain = chains.get(name) ?? { name, policy: null, rules: [] };
    if (!chains.has(name)) {
      chains.set(name, chain);
      tables.at(-1)?.chains.push(chain);
    }
    return chain;
  };
  for (const line of lines) {
    if (line.startsWith('*')) {
      tables.push({ backend, family, table: line.slice(1).trim(), chains: [] });
      chains = new Map();
      continue;
    }
    if (tables.length === 0) continue;
    const chain = CHAIN.exec(line);
    if (chain) {
      chainOf(chain[1] ?? '').policy = chain[2] === '-' ? null : (chain[2] ?? null);
      continue;
    }
    const rule = RULE.exec(line);
    if (!rule) continue;
    const { rules } = chainOf(rule[4] ?? rule[5] ?? '');
    rules.push({
      position: rules.length + 1,
      text: rule[3] ?? '',
      packets: Number(rule[1] ?? 0),
      bytes: Number(rule[2] ?? 0),
    });
  }
  return tables;
}

/** A chain of the IPv4 tables, or undefined. */
export function iptablesChain(
  tables: IptablesTable[],
  table: string,
  chain: string,
  backend: IptablesTable['backend'] = 'nft',
  family: IptablesTable['family'] = 4,
): IptablesChain | undefined {
  return tables
    .find((t) => t.table === table && t.backend === backend && t.family === family)
    ?.chains.find((c) => c.name === chain);
}
