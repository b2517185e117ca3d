import { describe, expect, it } from 'vitest';
import type { KeyPress } from '../../../renderer/frame/commands/accelerators.ts';
import { isForApp, paneKey } from '../../../renderer/terminal/keys.ts';

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held };
}

describe('a key in a shell', () => {
  it('is the shell’s: letters, Tab, Esc, arrows, Ctrl with a letter', () => {
    const keys = [press('a'), press('Tab'), press('Escape'), press('ArrowUp'), press('Enter')];
    const controls = ['c', 'd', 'f', 'k', 'r'].map((key) => press(key, { ctrlKey: true }));
    for (const platform of ['darwin', 'linux'])
      for (const key of [...keys, ...controls]) expect(isForApp(key, platform), key.key).toBe(false);
  });

  it('is the application’s on a Mac when it has ⌘, but for ⌘A', () => {
    for (const key of ['1', '9', 'k', 'f', 'g', '.', 'c', 'v'])
      expect(isForApp(press(key, { metaKey: true }), 'darwin')).toBe(true);
    expect(isForApp(press('a', { metaKey: true }), 'darwin')).toBe(false);
  });

  it('leads out elsewhere, too: the numbers with Ctrl, and what is found with Shift', () => {
    for (const n of '123456789') expect(isForApp(press(n, { ctrlKey: true }), 'linux'), n).toBe(true);
    expect(isForApp(press('F', { ctrlKey: true, shiftKey: true }), 'linux')).toBe(true);
  });

  it('finds the next and the one before', () => {
    expect(paneKey(press('g', { metaKey: true }), 'darwin')).toBe('next');
    expect(paneKey(press('G', { metaKey: true, shiftKey: true }), 'darwin')).toBe('previous');
    expect(paneKey(press('F3'), 'linux')).toBe('next');
    expect(paneKey(press('g', { ctrlKey: true }), 'darwin')).toBeUndefined();
  });
});
