import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const LOCK = {
  packages: {
    '': { name: 'x' },
    'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' },
    'node_modules/@biomejs/cli-darwin-arm64': { version: '2.5.15', integrity: 'sha512-b', optional: true },
  },
};
const ZOD = { 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' } };

let clone: string;
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'culprit-setup-'));
  for (const file of ['setup.mjs', 'native.mjs']) {
    cpSync(join(root, 'build', file), join(clone, 'build', file));
  }
  mkdirSync(join(clone, 'bin'));
  write('package.json', { engines: { node: '>=20.19' } });
  write('package-lock.json', LOCK);
  npmThat('exit 0');
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

function write(file: string, content: object): void {
  mkdirSync(join(clone, file, '..'), { recursive: true });
  writeFileSync(join(clone, file), JSON.stringify(content));
}

/** An npm that notes how it was called. */
function npmThat(script: string): void {
  writeFileSync(
    join(clone, 'bin/npm'),
    `#!/bin/sh\necho "$@" >> '${clone}/called'\necho chatter\n${script}\n`,
  );
  chmodSync(join(clone, 'bin/npm'), 0o755);
}

function setUp() {
  const env = { ...process.env, PATH: `${join(clone, 'bin')}:${process.env.PATH}` };
  const done = spawnSync(process.execPath, [join(clone, 'build/setup.mjs')], { env, encoding: 'utf8' });
  const called = existsSync(join(clone, 'called')) ? readFileSync(join(clone, 'called'), 'utf8') : '';
  return { code: done.status, out: done.stdout, err: done.stderr, called };
}

describe('a bare clone', () => {
  test('gets exactly what the lock file names, without running any package’s script', () => {
    const { code, called } = setUp();
    expect(code).toBe(0);
    expect(called).toMatch(/^ci --ignore-scripts/);
  });

  test('says so on standard error, so that the output of what follows stays its own', () => {
    const { out, err } = setUp();
    expect(out).toBe('');
    expect(err).toContain('chatter');
  });

  test('whose packages cannot be installed is told so', () => {
    npmThat('exit 1');
    const { code, err } = setUp();
    expect(code).toBe(1);
    expect(err).toContain('could not be installed');
  });
});

describe('what is installed', () => {
  test('is left alone when it is what the lock file names, whatever the files’ times', () => {
    write('node_modules/.package-lock.json', { packages: ZOD });
    write('package-lock.json', LOCK);
    expect(setUp()).toMatchObject({ code: 0, called: '', err: '' });
  });

  test.each([
    ['another version', { 'node_modules/zod': { version: '4.6.8', integrity: 'sha512-a' } }],
    ['other content', { 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-c' } }],
    ['a package missing', {}],
  ])('is replaced when there is %s', (_, packages) => {
    write('node_modules/.package-lock.json', { packages });
    expect(setUp().called).toMatch(/^ci/);
  });
});

test('what starts shells on Macs becomes a program, which its package forgot', () => {
  // Built already, so that nothing is compiled.
  write('node_modules/node-pty/build/Release/pty.node', {});
  const helpers = ['arm64', 'x64'].map(
    (arch) => `node_modules/node-pty/prebuilds/darwin-${arch}/spawn-helper`,
  );
  for (const helper of helpers) {
    write(helper, {});
    chmodSync(join(clone, helper), 0o644);
  }
  expect(setUp().code).toBe(0);
  for (const helper of helpers) expect(statSync(join(clone, helper)).mode & 0o777).toBe(0o755);
});

test('a Node that is too old gets a sentence instead of a stack', () => {
  write('package.json', { engines: { node: '>=99.1' } });
  const { code, err, called } = setUp();
  expect(code).toBe(1);
  expect(called).toBe('');
  expect(err).toBe(`Culprit needs Node 99.1 or newer; this is ${process.versions.node}.\n`);
});
