import { useMemo } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import { useStore } from '../store.ts';
import { type Chosen, chosenOf } from './chosen.ts';

/** The state that main told; the frame is shown only when there is one. */
export function useApp(): AppState {
  const app = useStore((store) => store.app);
  if (app === undefined) throw new Error('shown before main told its state');
  return app;
}

/** What the selection stands for. */
export function useChosen(): Chosen {
  const { machines, runs } = useApp();
  const selection = useStore((store) => store.selection);
  return useMemo(() => chosenOf({ machines, runs }, selection), [machines, runs, selection]);
}
