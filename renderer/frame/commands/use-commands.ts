import { useEffect } from 'react';
import { call } from '../../api.ts';
import { tell, useStore } from '../../store.ts';
import { useFrame } from '../frame-store.ts';
import { useApp } from '../use-chosen.ts';
import { belongsToTerminal, commandOf } from './accelerators.ts';
import { enabledNow, runCommand } from './run-command.ts';

/** Obeys the application menu and the shortcuts, and keeps the menu told what can be done. */
export function useCommands(): void {
  const { platform } = useApp();
  useEffect(() => window.culprit.on('command', ({ command }) => runCommand(command)), []);
  useEffect(followEnabled, []);
  useEffect(() => {
    // On a Mac the menu has the shortcuts; elsewhere there may be no menu, and where there is one it hears only of
    // keys that the page left alone.
    if (platform === 'darwin') return;
    const press = (event: KeyboardEvent) => {
      if (event.target instanceof Element && event.target.closest('.xterm') && belongsToTerminal(event))
        return;
      const id = commandOf(event, platform);
      if (id === undefined) return;
      event.preventDefault();
      runCommand(id);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [platform]);
}

/** Tells main what can be done, whenever that changes. */
function followEnabled(): () => void {
  let told = '';
  const look = () => {
    const commands = enabledNow();
    const now = commands.toSorted().join();
    if (now === told) return;
    told = now;
    void tell(call('setEnabled', { commands }));
  };
  look();
  const stops = [useStore.subscribe(look), useFrame.subscribe(look)];
  return () => {
    for (const stop of stops) stop();
  };
}
