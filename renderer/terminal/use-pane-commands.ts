import { type RefObject, useEffect } from 'react';
import { onCommand } from '../command-bus.ts';
import { useApp } from '../frame/use-chosen.ts';
import { paneKey } from './keys.ts';
import { showTab, startFinding, usePane } from './pane-state.ts';
import { useTypeRequest } from './type-request.ts';

/** Obeys the commands that lead into the terminal while it is shown, and shows the shell that is to be typed into. */
export function usePaneCommands(pane: RefObject<HTMLElement | null>): void {
  const { platform } = useApp();
  useEffect(() => {
    const find = () => {
      if (pane.current?.contains(document.activeElement) !== true) return false;
      startFinding();
      return true;
    };
    const show = (tab: Parameters<typeof showTab>[0]) => () => {
      showTab(tab, true);
      return true;
    };
    const ends = [
      onCommand('focus-6', show('log')),
      onCommand('focus-7', show('guest')),
      onCommand('focus-8', show('here')),
      onCommand('find', find),
    ];
    return () => {
      for (const end of ends) end();
      usePane.setState({ finding: 0 });
    };
  }, [pane]);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (paneKey(event, platform) !== 'find') return;
      event.preventDefault();
      startFinding();
    };
    const { current } = pane;
    current?.addEventListener('keydown', press);
    return () => current?.removeEventListener('keydown', press);
  }, [pane, platform]);

  const waiting = useTypeRequest((requests) => requests.waiting);
  useEffect(() => {
    if (waiting !== undefined) showTab('guest', true);
  }, [waiting]);
}
