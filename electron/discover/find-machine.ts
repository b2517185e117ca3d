import type { Machine } from '../../shared/machine.ts';
import { Trouble } from '../../shared/trouble.ts';

const MOST_NEAR = 3;

/**
 * The machine with this name or UUID (UUIDs go first: a machine can be named like another's). Case counts only when it
 * has to. Throws Troubles `vm-unknown` with the nearest names, `vm-ambiguous` with the UUIDs to choose from.
 */
export function findMachine(machines: readonly Machine[], wanted: string): Machine {
  const lower = wanted.toLowerCase();
  const ways: ((machine: Machine) => boolean)[] = [
    (machine) => machine.uuid === lower.replace(/^\{(.*)\}$/, '$1'),
    (machine) => machine.name.normalize() === wanted.normalize(),
    (machine) => machine.name.normalize().toLowerCase() === lower.normalize(),
  ];
  for (const way of ways) {
    const [found, ...others] = machines.filter(way);
    if (found && others.length === 0) return found;
    if (found) {
      const matches = [found, ...others].map((machine) => `${machine.name} {${machine.uuid}}`);
      throw new Trouble('vm-ambiguous', { wanted, matches });
    }
  }
  throw new Trouble('vm-unknown', { wanted, near: nearNames(machines, lower) });
}

function nearNames(machines: readonly Machine[], lower: string): string[] {
  return machines
    .filter((machine) => !machine.trouble)
    .map(({ name }) => ({ name, far: distance(name.toLowerCase(), lower) }))
    .filter(({ name, far }) => far <= Math.max(1, Math.floor(Math.max(name.length, lower.length) / 3)))
    .sort((a, b) => a.far - b.far)
    .slice(0, MOST_NEAR)
    .map(({ name }) => name);
}

/** Edits (insert, delete, replace) between two names; 1 when one begins with the other. */
function distance(a: string, b: string): number {
  if (b.length > 1 && (a.startsWith(b) || b.startsWith(a))) return 1;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
