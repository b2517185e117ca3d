import { isDeepStrictEqual } from 'node:util';
import type { AppState } from '../../shared/app-state.ts';
import type { Host } from './host.ts';

/** What the window shows but runs' events. The window hears of a part only when it really changed. */
export class State {
  constructor(
    private state: AppState,
    private readonly push: Host['push'],
  ) {}

  get value(): AppState {
    return this.state;
  }

  set(parts: Partial<AppState>): void {
    const changed = Object.fromEntries(
      Object.entries(parts).filter(
        ([name, value]) => !isDeepStrictEqual(value, this.state[name as keyof AppState]),
      ),
    ) as Partial<AppState>;
    if (Object.keys(changed).length === 0) return;
    this.state = { ...this.state, ...changed };
    this.push('state', changed);
  }
}
