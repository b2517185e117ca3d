import { beforeAll, expect, it } from 'vitest';
import { RunJson } from '../../shared/run-json.ts';
import type { Lab } from '../lab/lab.ts';
import { type CliResult, diagnoseLab, ONE_TARGET, runCli, toLab } from './cli.ts';
import { bookworm, describeLab } from './suite.ts';

let lab: Lab;
const said = ({ stdout }: CliResult) => RunJson.parse(JSON.parse(stdout));

describeLab('guests that refuse or lack something', () => {
  beforeAll(async () => {
    lab = await bookworm();
    await lab.reset();
  });

  it('no sudo rights, or no password for sudo: what could still run has run, exit 2 and why', async () => {
    const nosudo = toLab(lab, 'nosudo');
    const [refused, unasked, wrong] = [
      await runCli([...nosudo.args, '--ask-sudo', '--json'], { env: nosudo.env, input: 'nosudo\n' }),
      await runCli([...toLab(lab, 'dev').args, '--json'], { env: nosudo.env }),
      await runCli([...toLab(lab, 'dev').args, '--ask-sudo', '--json'], {
        env: nosudo.env,
        input: 'guess\n',
      }),
    ];
    for (const result of [refused, unasked, wrong]) {
      expect(result.code).toBe(2);
      const run = said(result);
      expect(run.verdict).toBe('cannot-tell');
      expect(run.flows.filter((f) => f.from.where === 'guest' && f.outcome === 'ok').length).toBeGreaterThan(
        4,
      );
      expect(run.guest.kernel).toMatch(/^6\.1\./);
      expect(JSON.stringify(result)).not.toContain('guess');
    }
    expect(said(refused).says).toContain('may not use sudo');
    expect(said(unasked).says).toContain('sudo wants a password');
    expect(said(wrong).says).toContain('sudo password was wrong');
  });

  it('no nft: the packets are followed by what is there instead; nor that: nobody is accused on a guess', async () => {
    await lab.fault('ipt-docker-user-drop');
    expect((await lab.ssh('mv /usr/sbin/nft /usr/sbin/nft.away')).code).toBe(0);
    const { code, run } = await diagnoseLab(lab, ONE_TARGET);
    expect(run.tracer?.backend).toBe('xtables-monitor');
    expect(run.tracer?.whyNot.map(({ why }) => why)).toContain('the guest has no nft');
    expect(run.causes[0]?.where?.chain).toBe('DOCKER-USER');
    expect(code).toBe(1);

    expect((await lab.ssh('mv /usr/sbin/xtables-monitor /usr/sbin/xtables-monitor.away')).code).toBe(0);
    const blind = await diagnoseLab(lab, ONE_TARGET);
    expect(blind.code).toBe(2);
    expect(blind.run.verdict).toBe('cannot-tell');
    expect(blind.run.flows.some((f) => f.outcome === 'timeout')).toBe(true);
  });

  it('no Docker: says so', async () => {
    await lab.reset();
    const away =
      'systemctl stop docker.socket docker; cd /usr/bin; mv docker docker.away; mv ../sbin/dockerd ../sbin/dockerd.away';
    expect((await lab.ssh(away)).code).toBe(0);
    const { code, run } = await diagnoseLab(lab, ONE_TARGET);
    expect(code).toBe(2);
    expect(run.says).toContain('There is no Docker');
  });

  it('a wrong password, a closed port, a VM that is off: exit 3 and a sentence each', async () => {
    const { env } = toLab(lab);
    const ssh = ['--host', '127.0.0.1', '--user', 'dev', '--ask-password', '--port'];
    const password = await runCli([...ssh, String(lab.port)], {
      env: { ...env, HOME: '/nonexistent' },
      input: 'guess\n',
    });
    const closed = await runCli([...ssh, '1'], { env, input: 'x\n' });
    const listed = await runCli(['--vm', 'docker-vm-that-is-not-there'], { env });
    for (const result of [password, closed, listed]) expect(result.code).toBe(3);
    expect(password.stderr).toMatch(/password/i);
    expect(password.stderr).not.toContain('guess');
    expect(closed.stderr).toContain('Nothing accepts connections');
    const off = await runCli(['--vm', 'no forward'], { env });
    expect(off).toMatchObject({ code: 3, stderr: expect.stringContaining('not running') });
  });
});
