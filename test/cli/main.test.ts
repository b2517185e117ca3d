import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../electron/cli/main.ts';
import { RECORDING_SCHEMA } from '../../electron/connect/recording.ts';
import { RunJson } from '../../shared/run-json.ts';
import { fakeIo } from '../support/fake-io.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'culprit-cli-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function cli(...argv: string[]) {
  const io = fakeIo({ CULPRIT_DATA: folder });
  const code = await main(argv, io);
  return { code, out: io.stdout.text, err: io.stderr.text };
}

/** A recording's lines: its head, what was asked, and how many. */
function recording(head: object, ...entries: object[]): string {
  const lines = [head, ...entries, { end: entries.length }];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

const HEAD = {
  schema: RECORDING_SCHEMA,
  culprit: '0.1.0',
  label: 'vm',
  root: { how: 'login' },
  machine: { id: 'x', name: 'vm', targets: ['http://1.1.1.1/'] },
};

test('help goes to standard output and is no failure', async () => {
  const { code, out, err } = await cli('--help');
  expect(code).toBe(0);
  expect(out).toContain('Usage: npm run diagnose');
  expect(err).toBe('');
  expect((await cli('--help', '--lang', 'zh-CN')).out).toContain('用法');
});

test('bad usage gets a sentence in the language asked for, and nothing on standard output', async () => {
  const english = await cli('--vm', 'a', '--local');
  expect(english).toMatchObject({ code: 3, out: '' });
  expect(english.err).toContain('Only one machine can be diagnosed at a time');
  expect((await cli('--vm', 'a', '--local', '--lang', 'zh-CN')).err).toContain('一次只能诊断一台机器');
});

test('no machine chosen: what there is to choose from, then the usage', async () => {
  const { code, err } = await cli();
  expect(code).toBe(3);
  expect(err).toMatch(/No machine is chosen\.[\s\S]+VirtualBox|VBoxManage[\s\S]+Usage:/);
});

describe('a report that cannot be written is found out before the run', () => {
  test.each([
    ['its folder does not exist', () => join(folder, 'no', 'report.md')],
    ['it is a folder', () => folder],
    ['its folder is a file', () => join(folder, 'file', 'report.md')],
  ])('%s', async (_, path) => {
    await writeFile(join(folder, 'file'), '');
    for (const option of ['--report', '--record']) {
      const { code, out, err } = await cli('--host', '127.0.0.1', '--port', '1', option, path());
      expect(code).toBe(3);
      expect(out).toBe('');
      expect(err).toContain('cannot be written');
      expect(err).not.toContain('Connect');
    }
  });

  test('finding out leaves no file behind and keeps the old one', async () => {
    await writeFile(join(folder, 'old.md'), 'old');
    await cli('--recording', join(folder, 'none'), '--report', join(folder, 'new.md'));
    await cli('--recording', join(folder, 'none'), '--report', join(folder, 'old.md'));
    expect(await readdir(folder)).toEqual(['old.md']);
    expect(await readFile(join(folder, 'old.md'), 'utf8')).toBe('old');
  });
});

describe('a recording is read before anything else happens', () => {
  const file = () => join(folder, 'a.recording');

  test.each([
    ['missing', undefined, 'ENOENT'],
    ['empty', '', 'is not a recording'],
    ['not one', '{"name": "culprit"}\n', 'is not a recording'],
    ['no text at all', '\u0000\u0001\u0002', 'is not a recording'],
    ['cut off in a line', recording(HEAD).slice(0, -4), 'ends in the middle'],
    ['cut off after a line', `${JSON.stringify(HEAD)}\n`, 'ends in the middle'],
    ['of another version', recording({ ...HEAD, schema: 'culprit.recording/9' }), 'culprit.recording/9'],
    ['silent about its machine', recording({ ...HEAD, machine: {} }), 'which machine and targets'],
  ])('%s', async (_, text, sentence) => {
    if (text !== undefined) await writeFile(file(), text);
    const { code, out, err } = await cli('--recording', file());
    expect(err).toContain(sentence);
    expect(err).toContain(file());
    expect(code).toBe(3);
    expect(out).toBe('');
  });

  test('one without the answers is a run that cannot tell, with its report', async () => {
    await writeFile(file(), recording(HEAD));
    const report = join(folder, 'report.md');
    const { code, out, err } = await cli('--recording', file(), '--json', '--report', report);
    expect(code).toBe(2);
    expect(RunJson.parse(JSON.parse(out))).toMatchObject({
      verdict: 'cannot-tell',
      ended: 'failed',
      troubles: [{ code: 'recording-lacks-command' }],
    });
    expect(err).toContain(`Report: ${report}`);
    expect(await readFile(report, 'utf8')).toContain('did not reach its end');
  });
});

describe('a machine that cannot be reached', () => {
  test('is exit code 3, with sentences in words and in JSON', async () => {
    const text = await cli('--host', '127.0.0.1', '--port', '1');
    expect(text).toMatchObject({ code: 3, out: '' });
    expect(text.err).toContain('Nothing accepts connections at 127.0.0.1:1.');
    const json = await cli('--host', '127.0.0.1', '--port', '1', '--json', '--lang', 'zh-CN');
    expect(json.code).toBe(3);
    const { troubles } = RunJson.parse(JSON.parse(json.out));
    expect(troubles).toMatchObject([{ code: 'connect-refused' }]);
    expect(troubles[0]?.says).toContain('没有接受连接');
  });

  test('was announced: what is put into it for seconds, and who is contacted', async () => {
    const { err } = await cli('--host', '127.0.0.1', '--port', '1', '--target', 'http://10.9.8.7/');
    expect(err).toContain('a table that follows its own test packets');
    expect(err).toContain('contacted from the VM: http://10.9.8.7/');
  });
});

describe('a VBoxManage', () => {
  async function fake(script: string): Promise<NodeJS.ProcessEnv> {
    const path = join(folder, 'VBoxManage');
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
    return { CULPRIT_VBOXMANAGE: path };
  }

  async function withVBoxManage(env: NodeJS.ProcessEnv, ...argv: string[]) {
    const before = process.env.CULPRIT_VBOXMANAGE;
    Object.assign(process.env, env);
    try {
      return await cli(...argv);
    } finally {
      if (before === undefined) delete process.env.CULPRIT_VBOXMANAGE;
      else process.env.CULPRIT_VBOXMANAGE = before;
    }
  }

  // What VBoxManage printed for a machine of its own that is off.
  const SHOWN = fileURLToPath(new URL('../fixtures/vboxmanage-7.2.22/showvminfo-plain.txt', import.meta.url));
  const UUID = '94932e1e-c1ed-498f-a3cb-16aa98a3afe4';
  const OFF = `case $1 in list) echo '"plain" {${UUID}}' ;; *) cat '${SHOWN}' ;; esac`;

  test('that is missing is said so, with where it was looked for', async () => {
    const nowhere = { CULPRIT_VBOXMANAGE: join(folder, 'none') };
    const { code, err } = await withVBoxManage(nowhere, '--vm', 'shop');
    expect(code).toBe(3);
    expect(err).toContain(`VBoxManage was not found (looked at: ${join(folder, 'none')})`);
  });

  test('that fails is quoted', async () => {
    const env = await fake("echo 'VBoxManage: error: The sky is falling' >&2; exit 1");
    const { code, err } = await withVBoxManage(env, '--vm', 'shop');
    expect(code).toBe(3);
    expect(err).toContain('The sky is falling');
  });

  test('knows near names of a VM that it does not know', async () => {
    const { code, err } = await withVBoxManage(await fake(OFF), '--vm', 'plaix');
    expect(code).toBe(3);
    expect(err).toContain('knows no machine “plaix”');
    expect(err).toContain('Did you mean: plain?');
  });

  test('tells of a VM that is off', async () => {
    const { code, err } = await withVBoxManage(await fake(OFF), '--vm', 'PLAIN');
    expect(code).toBe(3);
    expect(err).toContain('The VM “plain” is not running (poweroff).');
  });

  test('lists its machines when none is chosen', async () => {
    const { err } = await withVBoxManage(await fake(OFF));
    expect(err).toMatch(/^ {2}plain {2}poweroff {2}94932e1e-\S+ {2}The VM “plain” is not running/m);
  });
});

test('a report replaces the file behind a link, not the link', async () => {
  const real = join(folder, 'real.md');
  const link = join(folder, 'link.md');
  await mkdir(join(folder, 'sub'));
  await writeFile(real, 'old');
  await symlink(real, link);
  await cli('--host', '127.0.0.1', '--port', '1', '--report', link);
  expect(await readFile(real, 'utf8')).toContain('# Culprit report');
  expect((await readdir(folder)).sort()).toEqual(['link.md', 'real.md', 'sub']);
});
