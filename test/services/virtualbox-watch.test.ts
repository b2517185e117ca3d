import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Found, restAfter, VirtualBoxWatch } from '../../electron/app/machines/virtualbox-watch.ts';
import { info } from '../discover/fixtures.ts';

describe('the rest between two looks at VirtualBox', () => {
  it('is short while looks are cheap, and grows with what they cost', () => {
    expect(restAfter(50)).toBe(4000);
    expect(restAfter(1000)).toBe(7000);
    for (const took of [600, 1500, 4000]) expect(took / (took + restAfter(took))).toBeLessThanOrEqual(1 / 8);
  });

  it('has an end: after a call that stalled VirtualBox is looked at again', () => {
    expect(restAfter(10_000)).toBe(30_000);
  });
});

describe('a look at VirtualBox', () => {
  const UUID = '11111111-2222-3333-4444-555555555555';
  let folder: string;
  let watch: VirtualBoxWatch;
  const found: Found[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'culprit-watch-'));
    const path = join(folder, 'VBoxManage');
    writeFileSync(
      path,
      `#!/bin/sh
echo "$*" >>'${folder}/calls'
case "$*" in
  'list vms') echo '"vm" {${UUID}}' ;;
  'showvminfo ${UUID} --machinereadable') cat '${folder}/info' ;;
  --version) echo 7.2.22r1 ;;
esac
`,
    );
    chmodSync(path, 0o755);
    becomes('poweroff');
    const log = (line: string) => {
      throw new Error(line);
    };
    const env = { CULPRIT_VBOXMANAGE: path };
    watch = new VirtualBoxWatch(
      env,
      'linux',
      (one) => found.push(one),
      log,
      () => undefined,
    );
  });
  afterEach(() => {
    watch.stop();
    rmSync(folder, { recursive: true });
  });

  /** From now on VirtualBox has the machine in this state. */
  function becomes(state: string): void {
    writeFileSync(join(folder, 'info'), info(UUID, [['VMState="poweroff"', `VMState="${state}"`]]));
  }

  it('says which state a machine is in now, in one call, and undefined where VirtualBox does not say', async () => {
    const { signal } = new AbortController();
    becomes('paused');
    expect(await watch.stateOf(UUID, signal)).toBe('paused');
    expect(readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n')).toHaveLength(1);
    expect(await watch.stateOf(UUID.replace('1', '9'), signal)).toBeUndefined();
    rmSync(join(folder, 'VBoxManage'));
    expect(await watch.stateOf(UUID, signal)).toBeUndefined();
  });

  it('that is asked for tells of the machines as they are now', async () => {
    await watch.refresh();
    becomes('paused');
    await watch.refresh();
    const states = found.map((one) => 'machines' in one && one.machines.map(({ state }) => state));
    expect(states).toEqual([['poweroff'], ['paused']]);
  });
});
