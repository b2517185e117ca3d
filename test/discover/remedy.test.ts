import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort, USUAL_PORT } from '../../electron/discover/free-port.ts';
import { parseMachine } from '../../electron/discover/parse-machine.ts';
import { callText, carryOut, forwardRemovals, remedyFor } from '../../electron/discover/remedy.ts';
import { VBoxManageError } from '../../electron/discover/vboxmanage.ts';
import type { Machine } from '../../shared/machine.ts';
import { info } from './fixtures.ts';

const UUID = '94932e1e-c1ed-498f-a3cb-16aa98a3afe4';

/** A machine as VBoxManage 7.2.22 printed it, in another state and with other adapters. */
function machine(state: string, nics: Partial<Machine['nics'][number]>[] = [{}]): Machine {
  const read = parseMachine(info(UUID), UUID);
  if (read === undefined) throw new Error('the fixture can’t be read');
  const all = nics.map((nic, at) => ({ slot: at + 1, kind: 'nat', cable: true, forwards: [], ...nic }));
  return { ...read, state, nics: all };
}

const ssh = (name: string, hostPort = 2222) => ({
  name,
  proto: 'tcp' as const,
  hostIp: '127.0.0.1',
  hostPort,
  guestIp: '',
  guestPort: 22,
});

describe('what would help to reach a machine', () => {
  it.each(['poweroff', 'aborted', 'aborted-saved'])(
    '%s: to start it, which a press of its button ends',
    (state) => {
      expect(remedyFor(machine(state), 2222)).toEqual({
        kind: 'start',
        call: ['startvm', UUID, '--type', 'headless'],
        undo: ['controlvm', UUID, 'acpipowerbutton'],
      });
    },
  );

  it('saved: to start it, and to save it again', () => {
    expect(remedyFor(machine('saved'), 2222)?.undo).toEqual(['controlvm', UUID, 'savestate']);
  });

  it('paused: to let it go on', () => {
    expect(remedyFor(machine('paused'), 2222)).toMatchObject({
      kind: 'resume',
      call: ['controlvm', UUID, 'resume'],
    });
  });

  it.each(['starting', 'stopping', 'saving', 'gurumeditation', 'unknown'])('%s: nothing', (state) => {
    expect(remedyFor(machine(state), 2222)).toBeUndefined();
  });

  it('running without a forward: one on the port that is free, under our own name', () => {
    const remedy = remedyFor(machine('running'), 2230);
    expect(remedy?.kind).toBe('add-forward');
    expect(callText(remedy?.call ?? [])).toBe(
      `VBoxManage controlvm ${UUID} natpf1 "culprit-ssh,tcp,127.0.0.1,2230,,22"`,
    );
    expect(remedy?.undo).toEqual(['controlvm', UUID, 'natpf1', 'delete', 'culprit-ssh']);
  });

  it('a name that is taken is left to its rule', () => {
    const taken = { ...ssh('culprit-ssh'), guestPort: 80 };
    expect(remedyFor(machine('running', [{ forwards: [taken] }]), 2230)?.call.at(-1)).toMatch(
      /^culprit-ssh-2,/,
    );
  });

  it('the adapter is the first NAT one whose cable is in', () => {
    const nics = [{ kind: 'hostonly' }, { cable: false }, {}];
    expect(remedyFor(machine('running', nics), 2222)?.call[2]).toBe('natpf3');
  });

  it('a cable that is out is plugged in first, also where a forward waits behind it', () => {
    expect(remedyFor(machine('running', [{ cable: false, forwards: [ssh('a')] }, {}]), 2222)).toEqual({
      kind: 'plug-cable',
      call: ['controlvm', UUID, 'setlinkstate1', 'on'],
      undo: ['controlvm', UUID, 'setlinkstate1', 'off'],
    });
  });

  it('nothing where there is a way already, no NAT, or a machine that can’t be opened', () => {
    expect(remedyFor(machine('running', [{ forwards: [ssh('a')] }]), 2222)).toBeUndefined();
    expect(remedyFor(machine('running', [{ kind: 'bridged' }]), 2222)).toBeUndefined();
    const trouble = { code: 'vm-inaccessible' as const, detail: 'why' };
    expect(remedyFor({ ...machine('poweroff'), trouble }, 2222)).toBeUndefined();
  });
});

describe('taking forwards away', () => {
  const nics = [
    { forwards: [ssh('ssh'), ssh('culprit-ssh'), ssh('culprit-ssh-2'), ssh('culprit-ssh-mine')] },
  ];

  it('takes ours and nobody else’s, live or from a machine that is off', () => {
    expect(forwardRemovals(machine('running', nics))).toEqual([
      ['controlvm', UUID, 'natpf1', 'delete', 'culprit-ssh'],
      ['controlvm', UUID, 'natpf1', 'delete', 'culprit-ssh-2'],
    ]);
    expect(forwardRemovals(machine('poweroff', nics))[0]).toEqual([
      'modifyvm',
      UUID,
      '--natpf1',
      'delete',
      'culprit-ssh',
    ]);
  });
});

describe('a port for a forward', () => {
  it('is one that nobody listens on and no machine claims, running or not', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as { port: number };
    const claiming = machine('poweroff', [{ forwards: [ssh('a', port + 1), ssh('b', port + 2)] }]);
    expect(await freePort([claiming], port)).toBeGreaterThan(port + 2);
    expect(await freePort([], USUAL_PORT)).toBeGreaterThanOrEqual(USUAL_PORT);
  });
});

describe('a call', () => {
  it('that VirtualBox refuses is a trouble with its own words and the command', async () => {
    const refuse = async () => {
      throw new VBoxManageError(
        1,
        'VBoxManage: error: The VM is locked\nVBoxManage: error: Details: code E_FAIL (0x80004005)',
      );
    };
    await expect(carryOut(refuse, ['startvm', UUID], 'shop')).rejects.toMatchObject({
      code: 'vboxmanage-refused',
      facts: { name: 'shop', command: `VBoxManage startvm ${UUID}`, detail: 'The VM is locked (E_FAIL)' },
    });
  });

  it.each([
    ['vmnet', 'Error: vmnet_start_interface returned 1001 (VERR_INVALID_PARAMETER).'],
    ['host-only', 'Host-only adapters are no longer supported!'],
    [
      'processor',
      'Cannot run it\nVBoxManage: error: Details: code VBOX_E_PLATFORM_ARCH_NOT_SUPPORTED (0x80bb0012)',
    ],
    [
      'driver',
      "The virtual machine 'shop' has terminated unexpectedly during startup with exit code 1 (0x1)",
    ],
    ['driver', 'Kernel driver not installed (rc=-1908)'],
    [undefined, 'The VM is locked'],
  ])('that is refused for a reason of VirtualBox’s own says which: %s', async (why, words) => {
    const refuse = async () => {
      throw new VBoxManageError(1, `VBoxManage: error: ${words}`);
    };
    const refused = await carryOut(refuse, ['startvm', UUID], 'shop').catch((error: unknown) => error);
    expect((refused as { facts: { why?: string } }).facts.why).toBe(why);
  });
});
