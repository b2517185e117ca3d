import { useEffect } from 'react';
import { call } from '../api.ts';
import { usePhrases } from '../lang.ts';
import { tell, useStore } from '../store.ts';
import { usePane } from './pane-state.ts';
import { TERMINAL_PHRASES } from './phrases.ts';
import type { Look } from './screen.ts';
import type { Place } from './shells.ts';
import { type TypeRequest, useTypeRequest } from './type-request.ts';
import { useLook } from './use-look.ts';
import { openShell, shells } from './window-shells.ts';

/** Takes requests to type a run's command into the shell at this place, which opens if it must. */
export function useTyping(place: Place | undefined): void {
  const say = usePhrases(TERMINAL_PHRASES);
  const look = useLook();
  const waiting = useTypeRequest((requests) => requests.waiting);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each request is taken once
  useEffect(() => {
    if (waiting === undefined) return;
    useTypeRequest.setState({ waiting: undefined });
    if (place !== undefined && machineOf(waiting) === place)
      void typeInto(place, waiting, look).then((done) => {
        if (done) usePane.setState({ said: say.typed });
      });
  }, [waiting, place]);
}

function machineOf({ run }: TypeRequest): string | undefined {
  return useStore.getState().app?.runs.find(({ id }) => id === run)?.machine;
}

async function typeInto(place: Place, request: TypeRequest, look: Look): Promise<boolean> {
  const terminal = await openShell(place, look);
  if (terminal === undefined) return false;
  const done = await tell(call('typeCommand', { terminal, ...request }).then(() => true));
  shells.at(place)?.screen.focus();
  return done === true;
}
