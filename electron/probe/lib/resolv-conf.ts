import { oneLine } from './answer.ts';

/** What a resolv.conf says. */
export interface Resolver {
  /** In order; the C library uses the first three. */
  servers: string[];
  search: string[];
  options: string[];
}

/** Reads the lines of a resolv.conf. Later `search` and `domain` lines replace earlier ones, as in the C library. */
export function readResolvConf(lines: string[]): Resolver {
  const resolver: Resolver = { servers: [], search: [], options: [] };
  for (const line of lines) {
    const [key, ...words] = oneLine(line)
      .replace(/[#;].*$/, '')
      .trim()
      .split(/\s+/);
    if (key === 'nameserver' && words[0] !== undefined) resolver.servers.push(words[0]);
    else if (key === 'search' || key === 'domain') resolver.search = words;
    else if (key === 'options') resolver.options.push(...words);
  }
  return resolver;
}
