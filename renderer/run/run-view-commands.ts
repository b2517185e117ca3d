import { useEffect } from 'react';
import type { CommandId } from '../../shared/commands.ts';
import { onCommand } from '../command-bus.ts';
import { SEARCH_ID } from './timeline/filters.tsx';

/** Moves to a heading of the run view, and says whether it is there. */
function goTo(id: string): boolean {
  const heading = document.getElementById(id);
  if (heading === null) return false;
  heading.scrollIntoView({ block: 'nearest' });
  heading.focus({ preventScroll: true });
  return true;
}

/** Into the timeline itself: where arrow keys work. */
function goToTimeline(): boolean {
  const section = document.getElementById('timeline')?.closest('section');
  if (section === null || section === undefined) return false;
  section.scrollIntoView({ block: 'start' });
  const row = section.querySelector<HTMLElement>('[data-row][tabindex="0"]');
  if (row === null) return goTo('timeline');
  row.focus({ preventScroll: true });
  return true;
}

/** The timeline's search field, unless the focus is in a pane that searches for itself. */
function find(): boolean {
  const field = document.getElementById(SEARCH_ID);
  if (!(field instanceof HTMLInputElement)) return false;
  const { activeElement } = document;
  const column = field.closest('[aria-busy]');
  const elsewhere =
    activeElement !== null && activeElement !== document.body && column?.contains(activeElement) === false;
  if (elsewhere) return false;
  field.closest('section')?.scrollIntoView({ block: 'start' });
  field.focus({ preventScroll: true });
  field.select();
  return true;
}

/** What menu, palette and shortcuts can have of the run view. */
const COMMANDS_HERE: Partial<Record<CommandId, () => boolean>> = {
  'focus-2': () => goTo('verdict'),
  'focus-3': () => goTo('path'),
  'focus-4': () => goTo('flows'),
  'focus-5': goToTimeline,
  find,
};

/** Obeys the commands that lead into the run view while one is shown. */
export function useRunViewCommands(): void {
  useEffect(() => {
    const ends = Object.entries(COMMANDS_HERE).map(([id, obey]) => onCommand(id as CommandId, obey));
    return () => {
      for (const end of ends) end();
    };
  }, []);
}
