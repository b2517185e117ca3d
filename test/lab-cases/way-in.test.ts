import { expect, it } from 'vitest';
import { listMachines } from '../../electron/discover/list-machines.ts';
import { findVBoxManage } from '../../electron/discover/vboxmanage.ts';
import { RunJson } from '../../shared/run-json.ts';
import { vboxManage } from '../lab/vbox/vbox.ts';
import { ONE_TARGET, runCli, toLab } from './cli.ts';
import { bookworm, describeLab } from './suite.ts';

// VBoxManage is the real one, but that QEMU runs the machine and opens its forwards.

describeLab('a VM without a way in', () => {
  it('gets a forward when asked to, is diagnosed through it, and loses it again', async () => {
    const lab = await bookworm();
    await lab.reset();
    const { args, env } = toLab(lab);
    const ssh = async () => {
      const machines = await listMachines(undefined, await findVBoxManage({ ...process.env, ...env }));
      const lab = machines.find(({ uuid }) => args.includes(uuid));
      return lab?.nics.flatMap(({ forwards }) => forwards.filter(({ guestPort }) => guestPort === 22)) ?? [];
    };
    for (const { name } of await ssh())
      await vboxManage(lab.port, 'controlvm', lab.uuid, 'natpf1', 'delete', name);
    expect(await ssh()).toEqual([]);

    const without = await runCli(args, { env });
    expect(without).toMatchObject({ code: 3, stderr: expect.stringContaining('--add-forward') });
    expect(await ssh()).toEqual([]);

    const added = ['--add-forward', '--remove-forward', '--json', ...ONE_TARGET];
    const { code, stdout, stderr } = await runCli([...args, ...added], { env });
    expect(stderr).toMatch(
      /As you asked: VBoxManage controlvm \S+ natpf1 "culprit-ssh,tcp,127\.0\.0\.1,\d+,,22"/,
    );
    expect(code, stderr).toBe(0);
    expect(RunJson.parse(JSON.parse(stdout)).verdict).toBe('healthy');
    expect(await ssh()).toEqual([]);
  });

  it('that can’t be started says so in VirtualBox’s own words', async () => {
    const lab = await bookworm();
    const { env } = toLab(lab);
    const { code, stderr } = await runCli(['--vm', 'no forward', '--start'], { env });
    expect(code).toBe(3);
    expect(stderr).toMatch(/VirtualBox did not do that to the VM “no forward” \(.+\)/);
    expect(stderr).toMatch(/startvm \S+ --type headless/);
  });
});
