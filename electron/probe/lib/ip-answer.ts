import { z } from 'zod';
import type { Answer } from '../../connect/guest.ts';
import { NoFact } from '../probe.ts';
import { complaint, lines, needTool, printedNothing, readJson, sections } from './answer.ts';

/** What `ip -j -batch` printed for its four questions, parsed as JSON and not checked further. */
export interface IpAnswer {
  addresses: unknown;
  routes: unknown;
  rules: unknown;
  neighbours: unknown;
}

/** The four lines of a batch: address, route, rule, neighbour. Throws `unreadable` when one is not JSON. */
export function readIpBatch(text: string | undefined): IpAnswer {
  const [addresses, routes, rules, neighbours] = lines(text);
  if (addresses === undefined) throw new NoFact('failed', printedNothing('ip'));
  const json = (line: string | undefined, what: string): unknown =>
    line === undefined ? [] : readJson(line, z.unknown(), what);
  return {
    addresses: json(addresses, 'ip address'),
    routes: json(routes, 'ip route'),
    rules: json(rules, 'ip rule'),
    neighbours: json(neighbours, 'ip neighbour'),
  };
}

/** The batch of `IP_COMMAND` in the VM itself. */
export function readIp(answer: Answer): IpAnswer {
  needTool(answer, 'ip');
  const text = sections(answer.stdout).get('ip');
  if (lines(text).length === 0) throw new NoFact('failed', complaint(answer, printedNothing('ip')));
  return readIpBatch(text);
}
