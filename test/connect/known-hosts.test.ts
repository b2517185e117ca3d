import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pinOf } from '../../electron/connect/host-keys.ts';
import { hostTrust } from '../../electron/connect/host-trust.ts';
import { keysOf } from '../../electron/connect/known-hosts.ts';

const dir = mkdtempSync(join(tmpdir(), 'culprit-known-hosts-'));
afterAll(() => rmSync(dir, { recursive: true }));
const file = join(dir, 'known_hosts');
/** Public keys as lines have them (`ssh-ed25519 AAAA…`). */
let ours = '';
let other = '';

beforeAll(() => {
  const keygen = (name: string) => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', join(dir, name)]);
    return readFileSync(join(dir, `${name}.pub`), 'utf8').trim();
  };
  ours = keygen('ours');
  other = keygen('other');
});

const raw = (line: string) => Buffer.from(line.split(' ')[1] ?? '', 'base64');

async function judged(lines: string[], { name = 'web', vouches = true, key = ours } = {}) {
  writeFileSync(file, `${lines.join('\n')}\n`);
  const places = {
    pinId: 'x',
    pinFile: join(dir, 'pins.json'),
    knownHosts: { name, files: [file], vouches },
  };
  return (await hostTrust(places)).judge(raw(key));
}

describe('known_hosts', () => {
  it.each(['web', '[127.0.0.1]:2222', 'fe80::1%en0'])(
    'finds %s where ssh-keygen finds it, hashed too',
    (name) => {
      writeFileSync(file, `somebody ${other}\n${name} ${ours}\nWEB2,web3 ${other}\n`);
      const plain = readFileSync(file, 'utf8');
      execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' });
      const hashed = readFileSync(file, 'utf8');
      expect(hashed).not.toContain(name);
      for (const text of [plain, hashed]) {
        writeFileSync(file, text);
        // The oracle: the line that ssh-keygen finds.
        const found = execFileSync('ssh-keygen', ['-F', name, '-f', file], { encoding: 'utf8' });
        expect(found).toContain('line 2');
        expect(keysOf(text, name, file)).toEqual([
          { pin: pinOf(raw(ours)), named: 'fully', where: `${file}:2` },
        ]);
      }
    },
  );

  it('accepts a key that ssh knows, under its port, under its bare name, and by a pattern', async () => {
    for (const line of ['[web]:2222', 'web', 'w*', 'db,[web]:2222', '*,!mail']) {
      expect(await judged([`${line} ${ours}`], { name: '[web]:2222' })).toEqual({ is: 'known' });
    }
    for (const line of ['mail', '*,!web,![web]:*', '[web]:22', '#web']) {
      expect((await judged([`${line} ${ours}`], { name: '[web]:2222' })).is).toBe('new');
    }
  });

  it('tells another key than the known one, of another kind too, with the place of the old', async () => {
    expect(await judged([`# mine`, `web ${other}`])).toEqual({
      is: 'changed',
      was: pinOf(raw(other)),
      where: `${file}:2`,
    });
    // A machine on another port is another machine: its key says nothing of this one.
    expect((await judged([`web ${other}`], { name: '[web]:2222' })).is).toBe('new');
  });

  it('never takes a revoked key, whatever else is said of it', async () => {
    expect(await judged([`web ${ours}`, `@revoked * ${ours}`])).toEqual({
      is: 'revoked',
      where: `${file}:2`,
    });
    expect((await judged([`web ${ours}`, `@revoked * ${other}`])).is).toBe('known');
  });

  it('takes no authority for a key, and says that there is one', async () => {
    expect(await judged([`@cert-authority * ${ours}`])).toEqual({ is: 'new', authority: true });
  });

  it('does not vouch for a VM by its address, but tells a change', async () => {
    expect((await judged([`web ${ours}`], { vouches: false })).is).toBe('new');
    expect((await judged([`web ${other}`], { vouches: false })).is).toBe('changed');
  });

  it('passes over what is no line of a key', async () => {
    const lines = [
      'web',
      'web ssh-ed25519',
      'web ssh-ed25519 AAAA',
      '|1|x web',
      '@odd web ssh-rsa AAAA',
      '\0',
      '',
    ];
    expect(await judged(lines)).toEqual({ is: 'new', authority: false });
  });
});
