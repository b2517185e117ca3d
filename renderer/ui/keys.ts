const MAC_SIGNS: Record<string, string> = {
  Ctrl: '⌃',
  Alt: '⌥',
  Shift: '⇧',
  CmdOrCtrl: '⌘',
  Cmd: '⌘',
};
/** The order in which a Mac writes modifiers. */
const MAC_ORDER = ['Ctrl', 'Alt', 'Shift', 'CmdOrCtrl', 'Cmd'];

/** An accelerator as Electron writes it (`CmdOrCtrl+Shift+C`), as people read it: `⇧⌘C`, or `Ctrl+Shift+C`. */
export function keysText(accelerator: string, platform: string): string {
  const parts = accelerator.split('+');
  const key = parts.at(-1) ?? '';
  const modifiers = parts.slice(0, -1);
  if (platform !== 'darwin') {
    return [...modifiers.map((name) => (name === 'CmdOrCtrl' ? 'Ctrl' : name)), key].join('+');
  }
  const sorted = modifiers.toSorted((a, b) => MAC_ORDER.indexOf(a) - MAC_ORDER.indexOf(b));
  return [...sorted.map((name) => MAC_SIGNS[name] ?? name), key].join('');
}
