import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chosenVBoxManage } from '../../electron/discover/choose-vboxmanage.ts';
import { findVBoxManage } from '../../electron/discover/vboxmanage.ts';
import { VERSIONS } from './fixtures.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'culprit-vbox-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function fake(script: string): Promise<string> {
  const path = join(dir, 'VBoxManage');
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

describe('the choice of VBoxManage', () => {
  const bundle = () => join(dir, 'VirtualBox.app');

  it('is the program, or the application that it is in; it goes before the usual places, after the environment', async () => {
    const path = await fake('echo WARNING: no vboxdrv; echo 7.2.22_Debianr175245');
    expect(await chosenVBoxManage(path, {})).toBe(path);
    await mkdir(join(bundle(), 'Contents/MacOS'), { recursive: true });
    const inside = join(bundle(), 'Contents/MacOS/VBoxManage');
    await copyFile(path, inside);
    expect(await chosenVBoxManage(bundle(), {})).toBe(inside);
    expect(await (await findVBoxManage({}, 'darwin', inside))([])).toContain('7.2.22');
    const env = { CULPRIT_VBOXMANAGE: join(dir, 'nowhere') };
    await expect(findVBoxManage(env, 'darwin', inside)).rejects.toMatchObject({ code: 'vboxmanage-missing' });
  });

  it.each(VERSIONS)('is any version of it (%s)', async (version) => {
    const path = await fake(`echo ${version}`);
    expect(await chosenVBoxManage(path, {})).toBe(path);
  });

  it.each([
    ['exit 3', ''],
    ['echo "bash 5.2"', 'bash 5.2'],
    ['exit 0', ''],
  ])('is refused when it is another program (%s)', async (script, detail) => {
    const path = await fake(script);
    await expect(chosenVBoxManage(path, {})).rejects.toMatchObject({
      code: 'vboxmanage-not-it',
      facts: { path, detail: script === 'exit 3' ? 'exit 3' : detail },
    });
    await expect(chosenVBoxManage(join(dir, 'nowhere'), {})).rejects.toMatchObject({
      code: 'vboxmanage-not-it',
    });
  });
});

describe('VBoxManage', () => {
  it('is taken from where CULPRIT_VBOXMANAGE says, and gets its arguments as they are', async () => {
    const run = await findVBoxManage({ CULPRIT_VBOXMANAGE: await fake('printf "[%s]" "$@"') });
    expect(await run(['a b', '$(id)', "it's"])).toBe("[a b][$(id)][it's]");
  });

  it('sees only the environment it needs, in a UTF-8 locale', async () => {
    const run = await findVBoxManage({
      CULPRIT_VBOXMANAGE: await fake('env'),
      HOME: '/home/me',
      LANG: 'C',
      VBOX_USER_HOME: '/vbox',
      SECRET: 'x',
    });
    const seen = (await run([]))
      .split('\n')
      .filter((line) => line !== '' && !/^(_|PWD|SHLVL|OLDPWD)=/.test(line));
    expect(seen.sort()).toEqual([
      'HOME=/home/me',
      'LC_ALL=en_US.UTF-8',
      'PATH=/usr/bin:/bin',
      'VBOX_USER_HOME=/vbox',
    ]);
  });

  it('fails with its exit code and first error', async () => {
    const run = await findVBoxManage({
      CULPRIT_VBOXMANAGE: await fake('echo "VBoxManage: error: No such thing" >&2; exit 2'),
    });
    await expect(run([])).rejects.toMatchObject({ exit: 2, message: 'No such thing' });
  });

  it('is stopped by an abort', async () => {
    const run = await findVBoxManage({ CULPRIT_VBOXMANAGE: await fake('exec sleep 60') });
    const stop = new AbortController();
    const running = run([], stop.signal);
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('is missing when it is nowhere, and where it was looked for is told', async () => {
    const nowhere = join(dir, 'nowhere');
    await expect(findVBoxManage({ CULPRIT_VBOXMANAGE: nowhere })).rejects.toMatchObject({
      code: 'vboxmanage-missing',
      facts: { tried: [nowhere] },
    });
    await expect(findVBoxManage({ CULPRIT_VBOXMANAGE: 'relative' })).rejects.toMatchObject({
      code: 'vboxmanage-missing',
    });
  });
});
