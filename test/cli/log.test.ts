import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../lab-cases/cli.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/trace/${name}`, import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'culprit-log-'));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('--log', () => {
  it('shows the packets that died first, with the rule, and exits with 1', async () => {
    const { code, stdout } = await runCli(['--log', fixture('xtables-monitor-1.8.9-three-flows.txt')]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^11 packets in the log; 5 were dropped or rejected\.\n\nRequest: 172\.17\.0\.2/);
    expect(stdout).toContain('-A DOCKER-USER -p tcp -m tcp --dport 443 -j DROP  ← the packet died here');
    expect(stdout).toContain('3 packets fared alike');
  });

  it('reads the standard input, and gives JSON', async () => {
    const input = readFileSync(fixture('nft-1.0.6-three-flows.txt'), 'utf8');
    const { code, stdout } = await runCli(['--log', '-', '--json'], { input });
    expect(code).toBe(1);
    const log = JSON.parse(stdout);
    expect(log).toMatchObject({ schema: 'culprit.log/1', packets: 11, lines: { 'nft-monitor': 84 } });
    expect(log.journeys[0]).toMatchObject({
      packets: 3,
      journey: { end: 'dropped', at: { chain: 'DOCKER-USER' } },
    });
  });

  it('says what the kernel’s log does not tell, in the language asked for', async () => {
    const file = fixture('kernel-6.18-legacy-trace-and-log.txt');
    const { code, stdout } = await runCli(['--log', file, '--lang', 'zh-CN']);
    expect(code).toBe(2);
    expect(stdout).toMatch(/DOCKER-USER +规则 1 +unknown/);
    expect(stdout).toContain('不说明规则作出的决定');
  });

  it('shows hostile text as text', async () => {
    const file = join(scratch, 'hostile.log');
    writeFileSync(
      file,
      'kernel: [1.5] \u001b[31mevil\u202e: IN=docker0 OUT=eth0 SRC=172.17.0.2 DST=1.1.1.1 PROTO=TCP SPT=1 DPT=80 SYN URGP=0 \n',
    );
    const { code, stdout } = await runCli(['--log', file]);
    expect(code).toBe(0);
    expect(stdout).toContain('evil');
    expect(stdout).not.toMatch(/[\u001b\u202e]/);
  });

  it('says so when there is no packet in it, no such file, or a machine beside it', async () => {
    const file = join(scratch, 'none.log');
    writeFileSync(file, 'nothing to see here\n');
    expect(await runCli(['--log', file])).toMatchObject({
      code: 2,
      stdout: expect.stringContaining('No packet'),
    });
    writeFileSync(file, '*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j DROP\nCOMMIT\n');
    const rules = await runCli(['--log', file, '--lang', 'zh-CN']);
    expect(rules.stdout).toMatch(/全部 4 行.*\n.*列出的是规则.*\n.*xtables-monitor --trace/);
    expect(await runCli(['--log', join(scratch, 'missing')])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('cannot be read'),
    });
    expect(await runCli(['--log', file, '--sample'])).toMatchObject({ code: 3 });
  });
});
