/** A rule's key: its handle is unique in its table only. */
export function ruleKey(family: string, table: string, chain: string, handle: number): string {
  return `${family}\n${table}\n${chain}\n${handle}`;
}

/**
 * Reads `nft -a list ruleset` for the rules' texts: key (see `ruleKey`) to text without its handle. A rule ends at the
 * line that ends with `# handle N`. Text only: a comment with a line break in it can at worst spoil its own chain's texts.
 */
export function readRuleTexts(text: string): Map<string, string> {
  const texts = new Map<string, string>();
  let table = '';
  let family = '';
  let chain: string | null = null;
  let pending = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('table ')) {
      const found = /^table (\S+) (.+?) \{/.exec(line);
      family = found?.[1] ?? '';
      table = found?.[2] ?? '';
      chain = null;
    } else if (chain === null) {
      const found = /^\tchain (.+?) \{/.exec(line);
      if (found) {
        chain = found[1] ?? '';
        pending = '';
      }
    } else if (line === '\t}') {
      chain = null;
    } else {
      pending += pending === '' ? line.trim() : ` ${line.trim()}`;
      const end = / ?# handle (\d+)$/.exec(line);
      if (end) {
        texts.set(
          ruleKey(family, table, chain, Number(end[1])),
          pending.slice(0, pending.lastIndexOf('# handle')).trim(),
        );
      }
      if (end || /^(type|policy|comment|flags|devices?) .*[;}]?$/.test(pending)) pending = '';
    }
  }
  return texts;
}

/**
 * The devices that chains hang on, by family, table and chain: nft's JSON leaves out that of a chain which has only one
 * (seen with 1.0.6).
 */
export function readChainDevices(text: string): Map<string, string[]> {
  const devices = new Map<string, string[]>();
  let table = '';
  let chain = '';
  for (const line of text.split('\n')) {
    table = /^table (\S+ .+?) \{/.exec(line)?.[1] ?? table;
    chain = /^\tchain (.+?) \{/.exec(line)?.[1] ?? chain;
    const found = /^\t\ttype \w+ hook \w+ devices? (?:= )?(\{[^}]*\}|\S+) priority /.exec(line)?.[1];
    if (found) devices.set(`${table} ${chain}`, found.match(/[^\s{},"=]+/g) ?? []);
  }
  return devices;
}
