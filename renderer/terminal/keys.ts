import { belongsToTerminal, commandOf, isPress, type KeyPress } from '../frame/commands/accelerators.ts';

/** What a key press means to the pane itself. */
export type PaneKey = 'find' | 'next' | 'previous';

/** Elsewhere than on a Mac, Ctrl with a letter is the shell's: Shift is added. ⌘F is a command of the application menu. */
const MAC: Partial<Record<PaneKey, string>> = { next: 'Cmd+G', previous: 'Cmd+Shift+G' };
const OTHERS: Partial<Record<PaneKey, string>> = { find: 'Ctrl+Shift+F', next: 'F3', previous: 'Shift+F3' };

export function paneKey(press: KeyPress, platform: string): PaneKey | undefined {
  const keys = Object.entries(platform === 'darwin' ? MAC : OTHERS) as [PaneKey, string][];
  return keys.find(([, accelerator]) => isPress(accelerator, press, platform))?.[0];
}

/** Is this key press, made in a shell, for the application rather than the shell? */
export function isForApp(press: KeyPress, platform: string): boolean {
  if (paneKey(press, platform) !== undefined) return true;
  // ⌘A selects all that the shell printed, which xterm.js does by itself
  if (platform === 'darwin') return press.metaKey && press.key !== 'a';
  return !belongsToTerminal(press) && commandOf(press, platform) !== undefined;
}
