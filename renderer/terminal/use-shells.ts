import { useStore as useVanilla } from 'zustand';
import type { Screen } from './screen.ts';
import type { Place, Shell } from './shells.ts';
import { shells } from './window-shells.ts';

/** The shell at a place, if there is one. */
export function useShell(place: Place): Shell<Screen> | undefined {
  return useVanilla(shells.store, ({ at }) => at[place]);
}
