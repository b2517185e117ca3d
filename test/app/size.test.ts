import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

/** Bytes of gzipped JavaScript that the first paint may need. */
const MOST = 300_000;
const folder = new URL('../../out/renderer/', import.meta.url);

test('the window is first painted with little JavaScript, and without the terminal', () => {
  const page = readFileSync(fileURLToPath(new URL('index.html', folder)), 'utf8');
  const scripts = [...page.matchAll(/(?:src|href)="(\.\/assets\/[^"]+\.js)"/g)].map(([, path = '']) =>
    readFileSync(new URL(path, folder)),
  );
  expect(scripts.length).toBeGreaterThan(0);
  const bytes = scripts.reduce((sum, script) => sum + gzipSync(script).length, 0);
  console.info(`JavaScript of the first paint: ${bytes} bytes gzipped, in ${scripts.length} files`);
  expect(bytes).toBeLessThan(MOST);
  expect(scripts.some((script) => script.includes('xterm-helper-textarea'))).toBe(false);
});
