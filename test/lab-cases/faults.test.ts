import { afterEach, beforeEach, expect, it } from 'vitest';
import { findFault } from '../lab/faults.ts';
import type { Lab } from '../lab/lab.ts';
import { HEALTHY_TODAY, TODAY } from './cases.ts';
import { diagnoseLab, outcome } from './cli.ts';
import { bookworm, describeLab } from './suite.ts';

const CLEAN = { rules: [], sysctls: [], interfaces: [], processes: [] };
let lab: Lab;

beforeEach(async () => {
  lab = await bookworm();
  await lab.reset();
});

describeLab('faults of a real guest', () => {
  let hostFault: string | undefined;
  afterEach(async () => {
    if (hostFault) await lab.restore(hostFault);
    hostFault = undefined;
  });

  it.each(TODAY)('$fault: $cause heads the list', async ({ fault: name, cause }) => {
    const fault = findFault(name);
    if (fault.host) hostFault = name;
    await lab.fault(name);
    const { code, run } = await diagnoseLab(lab);
    expect(outcome({ code, run })).toMatchObject({ code: 1, verdict: 'problem' });
    const [root] = run.causes;
    expect(root?.id).toBe(cause);
    const said = JSON.stringify(root).toLowerCase();
    expect(fault.expectTerms.filter((term) => !said.includes(term.toLowerCase()))).toEqual([]);
    expect(run.residue).toMatchObject(CLEAN);
  });

  it('docker0 out of firewalld’s zone: names the very rule and owner, says why; the fix mends it, its undo breaks it', async () => {
    await lab.fault('fw-docker0-not-in-zone');
    const { code, run } = await diagnoseLab(lab);
    expect(outcome({ code, run })).toMatchObject({ code: 1, verdict: 'problem' });
    const [root] = run.causes;
    expect(root).toMatchObject({
      id: 'firewalld-interface-not-in-zone',
      grade: 'traced',
      owner: 'firewalld',
      where: {
        family: 'inet',
        table: 'firewalld',
        chain: 'filter_FWD_public',
        baseChain: 'filter_FORWARD',
        hook: 'forward',
        rule: 'reject with icmpx admin-prohibited',
      },
    });
    const listed = await lab.ssh('nft -a list chain inet firewalld filter_FWD_public');
    expect(listed.stdout).toContain(`reject with icmpx admin-prohibited # handle ${root?.where?.handle}`);
    expect(root?.says).toMatch(/docker0 is in no zone .* default zone public/);
    expect(run.residue).toMatchObject(CLEAN);

    const [fix] = root?.fixes ?? [];
    // the first is taken back last; the others are the same for good
    const [now = 'false'] = fix?.commands ?? [];
    const back = fix?.undo.at(-1) ?? 'false';
    expect(now).toBe('firewall-cmd --zone=docker --change-interface=docker0');
    expect(back).toBe('firewall-cmd --zone=docker --remove-interface=docker0');
    const download = async () =>
      (await lab.ssh('docker exec box1 timeout 20 wget -q -O- http://203.0.113.10/')).code;
    expect(await download()).not.toBe(0);
    expect((await lab.ssh(now)).code).toBe(0);
    expect(await download()).toBe(0);
    expect((await lab.ssh(back)).code).toBe(0);
    expect(await download()).not.toBe(0);
  });
});

describeLab('healthy guests', () => {
  it.each(HEALTHY_TODAY)('%s: nobody is accused', async (name) => {
    await lab.fault(name);
    const { code, run } = await diagnoseLab(lab);
    expect(outcome({ code, run })).toMatchObject({ code: 0, verdict: 'healthy', causes: [] });
    expect(run.residue).toMatchObject(CLEAN);
  });
});
