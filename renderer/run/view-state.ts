import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { RowKind } from './timeline/rows.ts';

/** What the person has opened and chosen in one run's view; a new run starts afresh. */
export interface ViewState {
  kind: RowKind | 'all';
  query: string;
  /** Positions of open rows. */
  opened: ReadonlySet<number>;
  /** The row that the keyboard is at. */
  active: number;
  /** A row to show; counts up so that the same one can be shown again. */
  target: { row: number; count: number } | undefined;
  /** The journey in the picture, and the station that is open. */
  journey: string | undefined;
  station: number | undefined;
}

export type ViewStore = StoreApi<ViewState>;

export function createView(): ViewStore {
  return createStore<ViewState>(() => ({
    kind: 'all',
    query: '',
    opened: new Set(),
    active: 0,
    target: undefined,
    journey: undefined,
    station: undefined,
  }));
}

const Context = createContext<ViewStore | undefined>(undefined);
export const ViewProvider = Context.Provider;

export function useViewStore(): ViewStore {
  const store = useContext(Context);
  if (store === undefined) throw new Error('outside of a run view');
  return store;
}

export function useView<T>(pick: (state: ViewState) => T): T {
  return useStore(useViewStore(), pick);
}

/** Opens a row of the timeline, shows it and points it out, whatever the timeline was narrowed down to. */
export function showRow(view: ViewStore, row: number): void {
  view.setState(({ opened, target }) => ({
    kind: 'all',
    query: '',
    opened: new Set([...opened, row]),
    active: row,
    target: { row, count: (target?.count ?? 0) + 1 },
  }));
}

/** Shows a packet's way. */
export function showJourney(view: ViewStore, journey: string): void {
  view.setState({ journey, station: undefined });
  document.getElementById('path')?.scrollIntoView({ block: 'start' });
}

export function toggleRow(view: ViewStore, row: number): void {
  view.setState(({ opened }) => {
    const next = new Set(opened);
    if (!next.delete(row)) next.add(row);
    return { opened: next };
  });
}
