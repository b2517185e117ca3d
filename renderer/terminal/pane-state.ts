import { useEffect } from 'react';
import { create } from 'zustand';
import type { Place } from './shells.ts';

export const TABS = ['log', 'guest', 'here'] as const;
export type Tab = (typeof TABS)[number];

/** A question that a shell's pane asks before it does something. */
export type Ask =
  | { kind: 'paste'; text: string; lines: number; preview: string; more: number; dropped: number }
  /** `text`: what is on screen, where that is something else. */
  | { kind: 'link'; url: string; text?: string };

/** What else is known of a shell. */
export interface Note {
  /** As the program in it named its window, made safe. */
  title?: string;
  ask?: Ask | undefined;
  /** Where the link under the pointer leads. */
  link?: string | undefined;
  /** Counts its bells. */
  bells?: number;
  /** How many of them were shown: one that rings out of sight is not until its tab is. */
  heard?: number;
}

interface PaneState {
  tab: Tab;
  /** The tab whose content is to take the keyboard. */
  focus: Tab | undefined;
  /** The tab that was just asked for: its shell opens by itself. */
  wanted: Tab | undefined;
  /** Rises when something is to be found; 0: there is no find bar. */
  finding: number;
  /** Is there something to be searched? */
  findable: boolean;
  notes: Readonly<Record<Place, Note>>;
  /** For screen readers. */
  said: string;
}

/** What the terminal pane remembers while it is hidden. */
export const usePane = create<PaneState>(() => ({
  tab: 'log',
  focus: undefined,
  wanted: undefined,
  finding: 0,
  findable: false,
  notes: {},
  said: '',
}));

/** Shows a tab. A shell's is opened if there is none; `focus`: it takes the keyboard. */
export function showTab(tab: Tab, focus = false): void {
  usePane.setState((pane) => ({
    tab,
    wanted: tab,
    focus: focus ? tab : undefined,
    finding: pane.tab === tab ? pane.finding : 0,
  }));
}

export function note(place: Place, change: Note): void {
  usePane.setState(({ notes }) => ({ notes: { ...notes, [place]: { ...notes[place], ...change } } }));
}

export function forgetNotes(place: Place): void {
  usePane.setState(({ notes: { [place]: _, ...notes } }) => ({ notes }));
}

/** Shows the find bar, and brings the keyboard to it. */
export function startFinding(): void {
  usePane.setState(({ finding, findable }) => (findable ? { finding: finding + 1 } : {}));
}

/** Lets the pane be searched while a component that has a find bar is shown. */
export function useFindable(): boolean {
  useEffect(() => {
    usePane.setState({ findable: true });
    return () => usePane.setState({ findable: false });
  }, []);
  return usePane((pane) => pane.finding) > 0;
}
