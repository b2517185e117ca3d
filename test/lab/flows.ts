import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from './faults.ts';
import { ssh } from './ssh.ts';

/**
 * Traffic that works on a healthy machine: VM (v) or container (c) to internet by address (2i), by name (2n),
 * 200 kB (2ibig), DNS, container to container (2c), to the VM (2h), and to the published port from the VM
 * (h2p, h2pl, v2c) and the Mac (m2p). A last `d` means the default bridge.
 */
export const FLOWS = [
  ...['v2i', 'vdns', 'v2ibig', 'v2c', 'h2p', 'h2pl', 'm2p', 'c2i', 'c2id', 'c2n', 'c2nd', 'c2ibig'],
  ...['cdns', 'cdnsd', 'c2c', 'c2cn', 'c2cd', 'c2h'],
];

/** Tries flows at once; for each one `ok` or what went wrong. */
export async function tryFlows(port: number, names: readonly string[] = FLOWS): Promise<Map<string, string>> {
  const script = readFileSync(join(import.meta.dirname, 'flows.sh'), 'utf8');
  const inGuest = names.filter((name) => name !== 'm2p').join(' ');
  const input = `set -- '${inGuest}'\n${script}`;
  const [guest, web] = await Promise.all([
    ssh(port, 'bash -s', { input, timeoutMs: 90_000 }),
    names.includes('m2p') ? published(port + 1000) : undefined,
  ]);
  const found = new Map(names.map((name) => [name, 'no answer from the guest']));
  for (const line of guest.stdout.split('\n').filter(Boolean)) {
    const at = line.indexOf('=');
    found.set(line.slice(0, at), line.slice(at + 1));
  }
  if (web) found.set('m2p', web);
  return found;
}

async function published(webPort: number): Promise<string> {
  try {
    const response = await fetch(`http://127.0.0.1:${webPort}/`, { signal: AbortSignal.timeout(5000) });
    return (await response.text()).includes('shop-web') ? 'ok' : 'wrong page';
  } catch (error) {
    return String((error as Error).cause ?? error);
  }
}

/** The flows that are not as the fault's header says; empty when all are. Tries doubtful ones again. */
export async function notAsStated(port: number, fault: Fault): Promise<Map<string, string>> {
  let names = FLOWS.filter((name) => !fault.maybe.includes(name));
  for (let round = 0; ; round++) {
    const found = await tryFlows(port, names);
    const wrong = [...found].filter(([name, said]) => (said === 'ok') === fault.probes.includes(name));
    if (!wrong.length || round === 2) return new Map(wrong);
    names = wrong.map(([name]) => name);
  }
}
