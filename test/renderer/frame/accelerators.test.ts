import { describe, expect, it } from 'vitest';
import { belongsToTerminal, isPress, type KeyPress } from '../../../renderer/frame/commands/accelerators.ts';
import { keysText } from '../../../renderer/ui/keys.ts';

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held };
}

describe('a key press', () => {
  it('is ⌘ on a Mac and Ctrl elsewhere', () => {
    expect(isPress('CmdOrCtrl+R', press('r', { metaKey: true }), 'darwin')).toBe(true);
    expect(isPress('CmdOrCtrl+R', press('r', { ctrlKey: true }), 'darwin')).toBe(false);
    expect(isPress('CmdOrCtrl+R', press('r', { ctrlKey: true }), 'linux')).toBe(true);
  });

  it('is another one with one more or one less modifier', () => {
    expect(isPress('CmdOrCtrl+C', press('C', { ctrlKey: true, shiftKey: true }), 'linux')).toBe(false);
    expect(isPress('CmdOrCtrl+Shift+C', press('C', { ctrlKey: true, shiftKey: true }), 'linux')).toBe(true);
    expect(isPress('CmdOrCtrl+Shift+C', press('c', { ctrlKey: true }), 'linux')).toBe(false);
  });

  it('is known by its key when Alt makes another letter of it', () => {
    const held = { code: 'KeyT', altKey: true, metaKey: true };
    expect(isPress('Alt+CmdOrCtrl+T', press('†', held), 'darwin')).toBe(true);
  });

  it('is left to the terminal when it is a control character', () => {
    expect(belongsToTerminal(press('r', { ctrlKey: true }))).toBe(true);
    expect(belongsToTerminal(press('.', { ctrlKey: true }))).toBe(false);
    expect(belongsToTerminal(press('C', { ctrlKey: true, shiftKey: true }))).toBe(false);
  });
});

describe('a shortcut', () => {
  it('is written with signs in a Mac’s order, and with words elsewhere', () => {
    expect(keysText('CmdOrCtrl+Shift+C', 'darwin')).toBe('⇧⌘C');
    expect(keysText('Ctrl+Cmd+S', 'darwin')).toBe('⌃⌘S');
    expect(keysText('Alt+CmdOrCtrl+T', 'darwin')).toBe('⌥⌘T');
    expect(keysText('CmdOrCtrl+Shift+C', 'linux')).toBe('Ctrl+Shift+C');
  });
});
