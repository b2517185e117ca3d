import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

function read(file: string): string {
  return readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
}

test('every dependency has one exact version', () => {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(read('package.json')) as {
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  };
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  }
});

test('the lock file names no registry: everyone installs from their own', () => {
  expect(read('package-lock.json')).not.toMatch(/"resolved"|https?:\/\/registry/);
});
