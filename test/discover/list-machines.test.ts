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

  it('asks one by one only for those that the list of all leaves open', async () => {
    const asked: string[] = [];
    const run: VBoxManage = async ([verb, first = '', uuid]) => {
      if (verb !== 'list') asked.push(first);
      if (verb === 'list') return fixture(uuid ? 'list-l-vms.txt' : 'list-vms-odd-names.txt');
      throw new VBoxManageError(1, 'VBoxManage: error: Details: code VBOX_E_OBJECT_NOT_FOUND (0x80bb0001)');
    };
    const machines = await listMachines(undefined, run);
    const names = machines.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['q"uote "dq"', 'emoji 🚀 vm', '<inaccessible>']));
    // Two names have a line feed in them, one machine can't be opened.
    expect(asked).toHaveLength(3);
    expect(machines).toHaveLength(35 - asked.length);
  });

  it('asks again when VBoxSVC was just ending', async () => {
    let calls = 0;
    const run: VBoxManage = async ([verb, uuid = '']) => {
      calls += 1;
      if (calls % 2 === 1)
        throw new VBoxManageError(1, 'VBoxManage: error: Failed to create the VirtualBox object!');
      return verb === 'list' ? listing(1) : info(uuid);
    };
    expect(await listMachines(undefined, run)).toMatchObject([{ name: 'plain' }]);
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
