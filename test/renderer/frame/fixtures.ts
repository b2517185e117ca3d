import type { MachineItem, RunItem, TroubleView } from '../../../shared/app-state.ts';

/** A failure of which only the code matters. */
export function trouble(code: TroubleView['code'], next = ''): TroubleView {
  const text = { en: '', 'zh-CN': '' };
  return { code, what: text, meaning: text, next: { en: next, 'zh-CN': next } };
}

/** A VM that runs and can be reached, but for what is given. */
export function machine(name: string, other: Partial<MachineItem> = {}): MachineItem {
  return {
    id: `vm:${name}`,
    kind: 'virtualbox',
    name,
    state: 'running',
    reach: { ok: true, at: '127.0.0.1:2222' },
    login: { user: '' },
    remembered: [],
    focus: 'everything',
    ...other,
  };
}

export function off(name: string): MachineItem {
  return machine(name, { state: 'poweroff', reach: { ok: false, trouble: trouble('vm-not-running') } });
}

export const SAMPLE = machine('', { id: 'sample', kind: 'sample', state: 'unknown' });

/** A finished run; the day tells runs apart and orders them. */
export function run(of: string, day: number, other: Partial<RunItem> = {}): RunItem {
  const date = `2026110${day}`;
  return {
    id: `${date}T080000Z-00000000`,
    machine: of,
    machineName: of,
    at: `2026-11-0${day}T08:00:00Z`,
    focus: 'everything',
    state: 'done',
    verdict: 'healthy',
    ...other,
  };
}
