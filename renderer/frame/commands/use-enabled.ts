import { useMemo } from 'react';
import type { CommandId } from '../../../shared/commands.ts';
import { useStore } from '../../store.ts';
import { useFrame } from '../frame-store.ts';
import { enabledNow } from './run-command.ts';

/** What can be done right now. */
export function useEnabled(): ReadonlySet<CommandId> {
  // as text, so that nothing is drawn anew when nothing changed
  const subscribed = `${useStore(() => enabledNow().join())}|${useFrame(() => enabledNow().join())}`;
  return useMemo(() => new Set(subscribed.split('|')[1]?.split(',') as CommandId[]), [subscribed]);
}
