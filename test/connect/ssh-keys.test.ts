import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openKey, readKey } from '../../electron/connect/ssh-keys.ts';
import { securityKey } from './security-key.ts';

const dir = mkdtempSync(join(tmpdir(), 'culprit-keys-'));
afterAll(() => rmSync(dir, { recursive: true }));

const WORDS = 'secret words';
/** One round of key derivation in place of sixteen. */
const QUICKLY = ['-a', '1'];
const made: Record<string, () => KeyObject> = {
  'ssh-ed25519': () => generateKeyPairSync('ed25519').privateKey,
  'ecdsa-sha2-nistp256': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  'ssh-rsa': () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
};
const cases = Object.keys(made).flatMap((type) => ['', WORDS].map((words) => ({ type, words })));

/** Does what this key signs fit the public key that ssh-keygen reads from the file? */
function signs(path: string, words: string): boolean {
  const key = openKey(readFileSync(path), words === '' ? undefined : words);
  if (key instanceof Error) throw key;
  execFileSync('chmod', ['600', path]);
  const shown = openKey(execFileSync('ssh-keygen', ['-y', '-P', words, '-f', path]));
  if (shown instanceof Error) throw shown;
  const data = Buffer.from('data');
  const algorithm = key.type === 'ssh-rsa' ? 'sha256' : undefined;
  const signature = key.sign(data, algorithm);
  expect(Buffer.isBuffer(signature)).toBe(true);
  return shown.verify(data, signature, algorithm) === true;
}

describe('a private key', () => {
  it.each(cases)('of $type in PKCS#8, passphrase “$words”, is opened', async ({ type, words }) => {
    const key = made[type]?.() as KeyObject;
    const path = join(dir, `${type}-${words.length}.pem`);
    const locked = words === '' ? {} : { cipher: 'aes-256-cbc', passphrase: words };
    writeFileSync(path, key.export({ type: 'pkcs8', format: 'pem', ...locked }), { mode: 0o600 });
    const read = await readKey(path);
    expect(read).toMatchObject(words === '' ? { key: { type } } : { problem: 'passphrase' });
    expect(openKey(readFileSync(path), 'wrong')).toSatisfy((one) => words === '' || one instanceof Error);
    // The oracle: no ssh-keygen of Debian 12 reads Ed25519 in PKCS#8.
    if (type !== 'ssh-ed25519') expect(signs(path, words)).toBe(true);
    else expect(openKey(readFileSync(path), words || undefined)).toMatchObject({ type });
  });

  it.each(['ed25519', 'ecdsa'])(
    'of %s in OpenSSH’s format tells its public half while it is locked',
    async (type) => {
      const path = join(dir, type);
      execFileSync('ssh-keygen', ['-q', '-t', type, '-N', WORDS, '-f', path]);
      const alone = join(dir, `${type}-alone`);
      copyFileSync(path, alone);
      const read = await readKey(alone);
      expect(read.problem).toBe('passphrase');
      const blob = readFileSync(`${path}.pub`, 'utf8').split(' ')[1];
      expect(read.public?.getPublicSSH().toString('base64')).toBe(blob);
      expect(signs(path, WORDS)).toBe(true);
    },
  );

  it.each(['aes256-gcm@openssh.com', 'aes128-cbc', '3des-cbc'])(
    'under %s in OpenSSH’s format is opened',
    (cipher) => {
      const path = join(dir, cipher);
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-Z', cipher, ...QUICKLY, '-N', WORDS, '-f', path]);
      expect(openKey(readFileSync(path), 'wrong')).toBeInstanceOf(Error);
      expect(signs(path, WORDS)).toBe(true);
    },
  );

  it('under ChaCha20 is told with the way to change that, and nobody is asked for its passphrase', async () => {
    const path = join(dir, 'chacha');
    const cipher = 'chacha20-poly1305@openssh.com';
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-Z', cipher, ...QUICKLY, '-N', WORDS, '-f', path]);
    expect(await readKey(path)).toMatchObject({
      problem: 'unreadable',
      detail: { en: expect.stringContaining('ssh-keygen -p -Z aes256-ctr') },
    });
    execFileSync('ssh-keygen', ['-q', '-p', '-Z', 'aes256-ctr', '-P', WORDS, '-N', WORDS, '-f', path]);
    expect(signs(path, WORDS)).toBe(true);
  });

  it.each([
    ['rsa', 'RFC4716'],
    ['rsa', 'PEM'],
    ['ecdsa', 'RFC4716', '384'],
    ['ecdsa', 'PEM', '521'],
  ])('of %s in %s’s format, %s bits, is opened', (type, format, bits = '2048') => {
    const path = join(dir, `${type}-${format}`);
    const kind = ['-t', type, '-b', bits, '-m', format];
    execFileSync('ssh-keygen', ['-q', ...kind, ...QUICKLY, '-N', WORDS, '-f', path]);
    expect(signs(path, WORDS)).toBe(true);
  });

  it('on a security key is told, with a passphrase or without, and by its public half', async () => {
    const path = securityKey(join(dir, 'id_sk'));
    writeFileSync(`${path}.pub`, execFileSync('ssh-keygen', ['-y', '-f', path]));
    const told = { problem: 'unreadable', detail: { en: expect.stringContaining('FIDO') } };
    expect(await readKey(path)).toMatchObject(told);
    expect(await readKey(`${path}.pub`)).toMatchObject(told);
    execFileSync('ssh-keygen', ['-q', '-p', ...QUICKLY, '-P', '', '-N', WORDS, '-f', path]);
    expect(await readKey(path)).toMatchObject(told);
  });

  it('of PEM tells it by the file beside, or not at all', async () => {
    const path = join(dir, 'old');
    execFileSync('ssh-keygen', ['-q', '-t', 'ecdsa', '-m', 'PEM', '-N', WORDS, '-f', path]);
    expect((await readKey(path)).public?.type).toBe('ecdsa-sha2-nistp256');
    rmSync(`${path}.pub`);
    expect(await readKey(path)).toMatchObject({ problem: 'passphrase', public: undefined });
    expect(signs(path, WORDS)).toBe(true);
  });

  it('of PuTTY’s version 2 for RSA is opened', async () => {
    // As puttygen 0.78 wrote it.
    const path = new URL('../fixtures/keys/rsa-2.ppk', import.meta.url).pathname;
    expect((await readKey(path)).problem).toBe('passphrase');
    const text = readFileSync(path);
    const key = openKey(text, WORDS);
    if (key instanceof Error) throw key;
    const [, shown = ''] = /Public-Lines: \d+\n([^:]+)\n/.exec(text.toString('latin1')) ?? [];
    expect(key.getPublicSSH().toString('base64')).toBe(shown.replace(/\n|Private-Lines/g, ''));
    expect(key.verify('data', key.sign('data', 'sha256') as Buffer, 'sha256')).toBe(true);
    expect(openKey(text, 'wrong')).toBeInstanceOf(Error);
  });

  it('of PuTTY’s newer kind is told with the way to turn it into one that can be read', async () => {
    const path = join(dir, 'new.ppk');
    writeFileSync(path, 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n');
    expect(await readKey(path)).toMatchObject({
      problem: 'unreadable',
      detail: { en: expect.stringContaining('puttygen KEY -O private-openssh') },
    });
  });

  it.each([
    '',
    '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----\n',
    '\0',
  ])('that is cut off or none is no crash: %j', async (text) => {
    const path = join(dir, 'damaged');
    writeFileSync(path, text);
    expect((await readKey(path)).problem).toBe('unreadable');
  });
});
