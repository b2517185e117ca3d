import { randomBytes } from 'node:crypto';

/** A new run's id; ids sort by the time at which the runs began. */
export function newRunId(at: Date): string {
  const stamp = at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
  return `${stamp}-${randomBytes(4).toString('hex')}`;
}

/** When the run of this id began, ISO 8601. */
export function timeOfRunId(id: string): string {
  return id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-.*$/, '$1-$2-$3T$4:$5:$6.000Z');
}
