import { describe, expect, it } from 'vitest';
import { listMachines } from '../../electron/discover/list-machines.ts';
import { type VBoxManage, VBoxManageError } from '../../electron/discover/vboxmanage.ts';
import { fixture, info } from './fixtures.ts';

const uuidOf = (n: number) => `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`;
const listing = (count: number) => Array.from({ length: count }, (_, n) => `"vm" {${uuidOf(n)}}\n`).join('');

describe('listing machines', () => {
  it('keeps the order, and asks for at most four at a time', async () => {
    let running = 0;
    let most = 0;
    const run: VBoxManage = async ([verb, uuid = '']) => {
      if (verb === 'list') return listing(11);
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return info(uuid);
    };
    const machines = await listMachines(undefined, run);
    expect(machines.map(({ uuid }) => uuid)).toEqual(Array.from({ length: 11 }, (_, n) => uuidOf(n)));
    expect(most).toBe(4);
  });

  it('is not spoilt by one machine that cannot be opened, nor by one whose output is cut off', async () => {
    const run: VBoxManage = async ([verb, uuid = '']) => {
      if (verb === 'list') return listing(3);
      if (uuid === uuidOf(0)) throw new VBoxManageError(1, fixture('showvminfo-inaccessible.stderr'));
      return uuid === uuidOf(1) ? info(uuid).slice(0, 2000) : info(uuid);
    };
    const machines = await listMachines(undefined, run);
    expect(machines.map(({ name, state, trouble }) => [name, state, trouble?.code])).toEqual([
      [uuidOf(0), 'unknown', 'vm-inaccessible'],
      [uuidOf(1), 'unknown', 'vboxmanage-failed'],
      ['plain', 'poweroff', undefined],
    ]);
    expect(machines[0]?.trouble?.detail).toBe('The object functionality is limited (E_ACCESSDENIED)');
  });

  it('fails with what VBoxManage said when there is no list', async () => {
    const run: VBoxManage = async () => {
      throw new VBoxManageError(1, 'VBoxManage: error: Failed to create the VirtualBox object!\n');
    };
    await expect(listMachines(undefined, run)).rejects.toMatchObject({
      code: 'vboxmanage-failed',
      facts: { command: 'VBoxManage list vms', detail: 'Failed to create the VirtualBox object!' },
    });
  });
});
