import { expect, it } from 'vitest';
import { diagnoseLab } from './cli.ts';
import { bookworm, describeLab } from './suite.ts';

const order = async (...args: string[]) => {
  const { run, code } = await diagnoseLab(await bookworm(), [...args, '--yes']);
  return { run, code, remedy: run.remedies[0] };
};

describeLab('a fault is confirmed, mended and broken again', () => {
  it.each([
    ['sysctl-ip-forward-0', 'ip-forward-off'],
    ['nft-inet-prerouting-early-drop', 'netfilter-drop'],
  ])('%s', { timeout: 1_800_000 }, async (fault, cause) => {
    const lab = await bookworm();
    await lab.reset();
    await lab.fault(fault);
    const trial = await order('--trial');
    expect(trial.remedy?.outcome).toBe('confirmed');
    expect(trial.run.causes[0]).toMatchObject({ id: cause, grade: 'confirmed' });
    expect(trial.run.residue).toMatchObject({ rules: [], sysctls: [] });
    const fix = await order('--fix', cause);
    expect([fix.remedy?.outcome, fix.run.verdict, fix.code]).toEqual(['fixed', 'fixed', 0]);
    const undo = await order('--undo', fix.run.run ?? '');
    expect([undo.remedy?.outcome, undo.remedy?.change?.lines]).toEqual(['undone', []]);
    expect((await diagnoseLab(lab)).run.causes[0]?.id).toBe(cause);
    const again = await order('--undo', fix.run.run ?? '');
    expect(again.remedy?.outcome).toBe('impossible');
  });
});
