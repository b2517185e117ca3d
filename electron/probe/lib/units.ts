import { oneLine } from './answer.ts';

/** A systemd unit as `systemctl show` prints it. */
export interface Unit {
  id: string;
  /** There is such a unit. */
  loaded: boolean;
  /** active, inactive, failed, activating, … */
  active: string;
  /** running, dead, auto-restart, … */
  sub: string;
  /** success, exit-code, start-limit-hit, … */
  result: string;
  exitStatus: number;
  /** enabled, disabled, masked, … or '' */
  enabled: string;
  restarts: number;
  /** Microseconds of the VM's monotonic clock at which it last became active; 0 = never since boot. */
  activeSince: number;
}

/** Reads `KEY=value` blocks separated by blank lines, as `systemctl show` prints one for each unit. */
export function readBlocks(text: string): Map<string, string>[] {
  return text
    .split(/\n{2,}/)
    .map((block) => new Map([...block.matchAll(/^(\w+)=(.*)$/gm)].map((m) => [m[1] ?? '', m[2] ?? ''])))
    .filter((p) => p.has('Id'));
}

/** Reads what `systemctl show` prints of services. */
export function readUnits(text: string): Unit[] {
  return readBlocks(text).map((p) => ({
    id: oneLine(p.get('Id') ?? ''),
    loaded: p.get('LoadState') === 'loaded' || p.get('LoadState') === 'masked',
    active: p.get('ActiveState') ?? 'unknown',
    sub: p.get('SubState') ?? '',
    result: p.get('Result') ?? '',
    exitStatus: Number(p.get('ExecMainStatus')) || 0,
    enabled: p.get('UnitFileState') ?? '',
    restarts: Number(p.get('NRestarts')) || 0,
    activeSince: Number(p.get('ActiveEnterTimestampMonotonic')) || 0,
  }));
}

/** A service that is active now. */
export interface Service {
  /** `docker.service` */
  id: string;
  /** When it became active, in seconds since 1970 by the VM's clock. */
  since: number;
}

/** Reads `ls -l --time-style=+%s.%N` of systemd's /run/systemd/units/invocation:NAME links. */
export function readServices(text: string | undefined): Service[] {
  return [...(text ?? '').matchAll(/ (\d+\.\d+) \/run\/systemd\/units\/invocation:(\S+)/g)].map((m) => ({
    id: m[2] ?? '',
    since: Number(m[1]),
  }));
}
