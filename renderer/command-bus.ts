import type { CommandId } from '../shared/commands.ts';

/** Does the command; false: it is not for this pane now (it has not the focus, say), and the next one is asked. */
type Obey = () => boolean | undefined;

const panes = new Map<CommandId, Obey[]>();
/** A command for a pane that is only just being shown. */
let waiting: { id: CommandId; since: number } | undefined;
/** Milliseconds a pane has to appear. */
const PATIENCE = 5000;

/** Lets a pane obey a command that is its own (`find`, `focus-2` …); gives the function that ends it. */
export function onCommand(id: CommandId, obey: Obey): () => void {
  const list = panes.get(id) ?? [];
  panes.set(id, list);
  list.push(obey);
  if (waiting?.id === id && performance.now() - waiting.since < PATIENCE && obey() !== false)
    waiting = undefined;
  return () => {
    list.splice(list.indexOf(obey), 1);
  };
}

/** Asks the panes, the one shown last first. */
export function obeyed(id: CommandId): boolean {
  return (panes.get(id) ?? []).toReversed().some((obey) => obey() !== false);
}

/** As `obeyed`, but when no pane obeys now, the next one that appears does. */
export function obeyedSoon(id: CommandId): void {
  waiting = obeyed(id) ? undefined : { id, since: performance.now() };
}
