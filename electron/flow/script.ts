import { readFileSync } from 'node:fs';
import type { FlowSpec, Origin } from '../../shared/flow.ts';
import { quote } from '../connect/quote.ts';
import { dnsQuery, printfEscapes } from './dns.ts';

const TRY = readFileSync(new URL('./try.sh', import.meta.url), 'utf8');

/**
 * Seconds that a flow has from its start. A guest that is slow to start them gets more: twice the time that starting all
 * flows of one place took, see `expire` in try.sh.
 */
export const FLOW_LIMIT_S = 3;
/** Seconds after which the guest ends everything, whatever happened. */
export const FLOWS_LIMIT_S = 25;

/** How a flow is tried: the line of bash for it, given its index. */
export type Attempt = (index: number) => string;

/** A flow that can be tried in the guest. */
export interface Trial {
  spec: FlowSpec;
  attempt: Attempt;
}

const line = (...words: (string | number)[]) => words.map((word) => quote(String(word))).join(' ');

/** Is a TCP connection accepted? */
export const tcp =
  (host: string, port: number): Attempt =>
  (i) =>
    line('tcp', i, host, port);

/** Is it accepted, and still open a moment later? */
export const peek =
  (host: string, port: number): Attempt =>
  (i) =>
    line('peek', i, host, port);

/** Does a page come to its end? */
export const page =
  (address: string, port: number, hostHeader: string, path: string): Attempt =>
  (i) =>
    line('page', i, address, port, hostHeader, path);

/** Does a DNS server answer a question? */
export const dns =
  (proto: 'udp' | 'tcp', server: string, name: string): Attempt =>
  (i) => {
    const query = dnsQuery(name);
    const framed =
      proto === 'tcp' ? Uint8Array.from([query.length >> 8, query.length & 255, ...query]) : query;
    return line('dns', i, proto, server, printfEscapes(framed));
  };

/** Does a server know the name, and does the address it gives answer? `path` fetches a page there; '' only connects. */
export const named =
  (server: string, name: string, port: number, path: string): Attempt =>
  (i) =>
    line('named', i, server, printfEscapes(dnsQuery(name)), port, name, path);

/** Does the C library find an address for a name? */
export const lookUp =
  (name: string): Attempt =>
  (i) =>
    line('lookup', i, name);

/** Does an echo come back? */
export const icmp =
  (host: string): Attempt =>
  (i) =>
    line('icmp', i, host);

/** How bash gets to the place that a flow starts from. */
function enter(from: Origin): { wrap: string; before: string } {
  switch (from.where) {
    case 'container':
      return { wrap: `nsenter -t ${from.pid} -n`, before: '' };
    case 'endpoint':
      return { wrap: 'unshare -n', before: endpoint(from) };
    default:
      return { wrap: '', before: '' };
  }
}

/**
 * A network namespace on the bridge, held by this one process: when it ends, however it ends, the kernel removes the
 * namespace and with it both ends of the veth pair.
 */
function endpoint(from: Extract<Origin, { where: 'endpoint' }>): string {
  return `
up() {
  nsenter -t 1 -n ip link add "cpt$$" type veth peer name eth0 netns $$ &&
  nsenter -t 1 -n ip link set "cpt$$" master ${quote(from.bridge)} up &&
  ip link set lo up && ip link set eth0 up &&
  ip addr add ${quote(`${from.address}/${from.prefix}`)} dev eth0 &&
  ip route add default via ${quote(from.gateway)}
}
up || exit 1
`;
}

/** Which place a flow starts from, as a key. */
export function originKey(from: Origin): string {
  if (from.where === 'container') return `container ${from.pid}`;
  if (from.where === 'endpoint') return `endpoint ${from.bridge}`;
  return from.where;
}

/**
 * A piece of sh that tries all flows at once, grouped by where they start, and waits for them. Prints the lines that
 * `parseTries` reads, to standard output. The flow's index is its place in `trials`; each has `limitS` seconds.
 */
export function flowScript(trials: readonly Trial[], limitS = FLOW_LIMIT_S): string {
  const groups = new Map<string, { from: Origin; lines: string[] }>();
  trials.forEach((trial, index) => {
    const key = originKey(trial.spec.from);
    const group = groups.get(key) ?? { from: trial.spec.from, lines: [] };
    group.lines.push(`printf 'O\\t${index}\\n'; ${trial.attempt(index)} &`);
    groups.set(key, group);
  });
  const parts = [...groups.values()].map(({ from, lines }) => {
    const { wrap, before } = enter(from);
    const body = `\n${before}${lines.join('\n')}\nexpire ${limitS}\n`;
    return `timeout -s KILL ${FLOWS_LIMIT_S} ${wrap} bash -c "$T"${quote(body)} culprit &`;
  });
  return `export CULPRIT_MARK=1
T=${quote(TRY)}\n${parts.join('\n')}\nwait\n`;
}
