import { COMMAND_IDS, COMMANDS, type CommandId, type CommandInfo } from '../../../shared/commands.ts';

/** What of a key press matters. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Does this key press mean that accelerator, as Electron writes it (`CmdOrCtrl+Shift+C`)? */
export function isPress(accelerator: string, press: KeyPress, platform: string): boolean {
  const parts = accelerator.split('+');
  const key = (parts.at(-1) ?? '').toLowerCase();
  const mac = platform === 'darwin';
  const has = (name: string) => parts.includes(name);
  const ctrl = has('Ctrl') || (has('CmdOrCtrl') && !mac);
  const meta = has('Cmd') || (has('CmdOrCtrl') && mac);
  if (press.ctrlKey !== ctrl || press.metaKey !== meta) return false;
  if (press.altKey !== has('Alt') || press.shiftKey !== has('Shift')) return false;
  // With Alt the key gives another letter: the code names the key itself.
  return press.key.toLowerCase() === key || press.code === `Key${key.toUpperCase()}`;
}

/** The command whose shortcut this key press is. */
export function commandOf(press: KeyPress, platform: string): CommandId | undefined {
  return COMMAND_IDS.find((id) => {
    const { accelerator }: CommandInfo = COMMANDS[id];
    return accelerator !== undefined && isPress(accelerator, press, platform);
  });
}

/** Letters with Ctrl belong to whoever types in a terminal. */
export function belongsToTerminal({ ctrlKey, shiftKey, altKey, key }: KeyPress): boolean {
  return ctrlKey && !shiftKey && !altKey && /^[a-z]$/i.test(key);
}
