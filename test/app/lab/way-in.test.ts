import { expect } from 'vitest';
import { vboxManage } from '../../lab/vbox/vbox.ts';
import { bookworm, describeLab } from '../../lab-cases/suite.ts';
import { test } from '../app-test.ts';
import { row, stateOf } from '../person.ts';
import { labOptions } from './lab-app.ts';

describeLab('a VM without a way in', () => {
  test('gets one by a button that shows what it does, and loses it by the machine’s menu', async ({
    open,
  }) => {
    const lab = await bookworm();
    await lab.reset();
    const app = await open(labOptions(lab));
    const { page } = app;
    await row(page, /^docker-vm/).click();
    await page.getByRole('heading', { name: 'Ready to diagnose docker-vm' }).waitFor();
    const id = `vm:${lab.uuid}`;
    const machine = async () => (await stateOf(app)).machines.find((one) => one.id === id);
    expect((await machine())?.hasOwnForward).toBe(false);

    // somebody takes the forward away in VirtualBox
    const info = await vboxManage(lab.port, 'showvminfo', lab.uuid, '--machinereadable');
    for (const [, name = ''] of info.matchAll(/^Forwarding\(\d+\)="([^,]+),tcp,[^,]*,\d+,[^,]*,22"$/gm))
      await vboxManage(lab.port, 'controlvm', lab.uuid, 'natpf1', 'delete', name);
    await app.clickMenu('refresh');
    const none = page.getByRole('heading', { name: 'There is no way in to docker-vm yet' });
    await none.waitFor();

    // the window can ask for what was offered, and for nothing else
    const asked = await page.evaluate(
      ([machine, command]) => window.culprit.call('openWay', { machine, command }),
      [id, `VBoxManage controlvm ${lab.uuid} poweroff`] as const,
    );
    expect(asked).toMatchObject({ ok: false, trouble: { code: 'vm-changed' } });

    const { command = '' } = (await machine())?.remedy ?? {};
    expect(command).toMatch(/natpf1 "culprit-ssh,tcp,127\.0\.0\.1,\d+,,22"$/);
    await page.getByText(command).waitFor();
    await page.getByRole('button', { name: 'Add Forward' }).click();
    await page.getByRole('heading', { name: 'Ready to diagnose docker-vm' }).waitFor({ timeout: 90_000 });
    expect(await machine()).toMatchObject({ reach: { ok: true }, hasOwnForward: true });

    await page.getByRole('banner').getByRole('button', { name: 'Actions for docker-vm' }).click();
    await page.getByRole('menuitem', { name: 'Remove Culprit’s Port Forward' }).click();
    await none.waitFor({ timeout: 90_000 });
    expect((await machine())?.hasOwnForward).toBe(false);
  });
});
