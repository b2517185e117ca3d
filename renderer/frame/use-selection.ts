import { useEffect, useRef } from 'react';
import { useLang } from '../lang.ts';
import { useStore } from '../store.ts';
import { firstSelection, isThere } from './chosen.ts';
import { machineName, runMachineName } from './names.ts';
import { useApp, useChosen } from './use-chosen.ts';

/** VBoxManage may need long: then the newest run is shown without it. Milliseconds. */
const PATIENCE_MS = 1500;

/** Selects something at the start and when what was selected is gone, names the window after it, and says whether anything is selected. */
export function useSelection(): boolean {
  const app = useApp();
  const { machines, runs, virtualbox } = app;
  const selection = useStore((store) => store.selection);
  const patient = useRef(true);
  const looking = virtualbox.state === 'looking';
  useEffect(() => {
    const choose = () => {
      const lists = { machines, runs };
      if (isThere(lists, useStore.getState().selection)) return;
      useStore.setState({ selection: firstSelection(lists) });
    };
    if (isThere({ machines, runs }, selection)) return;
    if (!looking || !patient.current) {
      if (selection.machine !== undefined || selection.run !== undefined || firstIsSome({ machines, runs }))
        choose();
      return;
    }
    const timer = setTimeout(() => {
      patient.current = false;
      choose();
    }, PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [machines, runs, looking, selection]);

  const lang = useLang();
  const { machine, run } = useChosen();
  const name = machine ? machineName(machine, lang) : run && runMachineName(run, lang);
  useEffect(() => {
    document.title = name === undefined ? 'Culprit' : `${name} — Culprit`;
  }, [name]);
  return name !== undefined;
}

function firstIsSome(lists: Parameters<typeof firstSelection>[0]): boolean {
  const { machine, run } = firstSelection(lists);
  return machine !== undefined || run !== undefined;
}
