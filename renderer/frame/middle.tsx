import { useEffect } from 'react';
import { RunView } from '../run/run-view.tsx';
import { useStore, watch } from '../store.ts';
import css from './frame.module.css';
import { MachineState } from './machine-state.tsx';
import { Notice } from './notice.tsx';
import { useChosen } from './use-chosen.ts';
import { Welcome } from './welcome/welcome.tsx';

/** The pane that matters: the run of what is selected, or what to do to get one. */
export function Middle() {
  const { machine, run } = useChosen();
  const watched = useStore((store) => store.watched?.id);
  const id = run?.id;
  useEffect(() => {
    if (id !== undefined && id !== useStore.getState().watched?.id) void watch(id);
  }, [id]);
  const isSelected = machine !== undefined || run !== undefined;
  return (
    <main className={css.middle} id="middle" tabIndex={-1}>
      {run !== undefined && <Notice machine={machine} />}
      <div className={css.content}>
        {!isSelected && <Welcome />}
        {machine && !run && <MachineState machine={machine} />}
        {run && watched === run.id && <RunView />}
      </div>
    </main>
  );
}
