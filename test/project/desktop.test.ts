import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { findBrowser, findElectron, hasDisplay, isReachable } from '../../build/desktop.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'culprit-desktop-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, content = '', mode = 0o755): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  chmodSync(file, mode);
  return file;
}

test('a display is what Linux says it has, and what every other system has', () => {
  expect(hasDisplay({}, 'linux')).toBe(false);
  expect(hasDisplay({ DISPLAY: '', WAYLAND_DISPLAY: '' }, 'linux')).toBe(false);
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
  expect(hasDisplay({}, 'darwin')).toBe(true);
});

test('a browser is a program on the PATH, Chrome before Chromium, never one in the current folder', () => {
  expect(findBrowser({}, 'linux')).toBeUndefined();
  expect(findBrowser({ PATH: `${folder}:.:bin` }, 'linux')).toBeUndefined();
  put('a/google-chrome', '', 0o644);
  const chromium = put('a/chromium');
  expect(findBrowser({ PATH: join(folder, 'a') }, 'linux')).toBe(chromium);
  const chrome = put('b/google-chrome');
  expect(findBrowser({ PATH: `${join(folder, 'a')}:${join(folder, 'b')}` }, 'linux')).toBe(chrome);
});

test('Electron is there when its runtime is, not when only its package is', () => {
  expect(findElectron(folder)).toBeUndefined();
  put('node_modules/electron/path.txt', 'electron');
  expect(findElectron(folder)).toBeUndefined();
  const electron = put('node_modules/electron/dist/electron');
  expect(findElectron(folder)).toBe(electron);
});

describe('what Electron is downloaded from', () => {
  async function mirror(): Promise<{ url: string; close(): Promise<void> }> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
    return { url: `http://127.0.0.1:${port}/`, close };
  }

  test('can be reached when somebody answers there', async () => {
    const { url, close } = await mirror();
    onTestFinished(close);
    expect(await isReachable({ ELECTRON_MIRROR: url })).toBe(true);
  });

  test('cannot when nobody does, or when it is no address', async () => {
    const { url, close } = await mirror();
    await close();
    expect(await isReachable({ ELECTRON_MIRROR: url })).toBe(false);
    expect(await isReachable({ ELECTRON_MIRROR: 'nowhere' })).toBe(false);
  });

  test('is the proxy’s business where there is one', async () => {
    expect(await isReachable({ ELECTRON_MIRROR: 'nowhere', HTTPS_PROXY: 'http://proxy' })).toBe(true);
  });
});
