import { access, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import ssh2, { type ParsedKey } from 'ssh2';
import type { Text } from '../../shared/text.ts';
import type { Said } from '../../shared/trouble.ts';
import { openPkcs8 } from './pkcs8.ts';

const ENCRYPTED_PKCS8 = /^\s*-----BEGIN ENCRYPTED PRIVATE KEY-----/;

/** What PuTTY writes, where ssh2 can't read it: its version 3, and all but RSA in version 2. */
const PUTTY: Text = {
  en: 'a PuTTY key: write it out for OpenSSH with “puttygen KEY -O private-openssh -o NEW”',
  'zh-CN': 'PuTTY 密钥：请用“puttygen KEY -O private-openssh -o NEW”转换为 OpenSSH 格式',
};

/** A private key file as far as it could be used. `public`: what can be told of it without its passphrase. */
export type KeyFile = { path: string; public?: ParsedKey | undefined } & (
  | { key: ParsedKey; problem?: never }
  | { problem: 'unreadable'; detail: Said }
  | { problem: 'passphrase'; detail: string; locked: Buffer }
  /** It is a public key: its other half may be in the agent. */
  | { problem: 'public'; detail: string }
);

export type LockedFile = Extract<KeyFile, { problem: 'passphrase' }>;

/** Reads a private key file; never throws. */
export async function readKey(path: string): Promise<KeyFile> {
  let text: Buffer;
  try {
    text = await readFile(path);
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code ?? String(error);
    // Only the public half may lie here, the private one in an agent.
    return { path, problem: 'unreadable', detail, public: await publicKey(`${path}.pub`) };
  }
  const parsed = openKey(text);
  if (!(parsed instanceof Error)) {
    if (parsed.isPrivateKey()) return { path, key: parsed, public: parsed };
    return { path, problem: 'public', detail: 'public key', public: parsed };
  }
  const detail = parsed.message;
  if (!/encrypted|passphrase/i.test(detail)) {
    const putty = text.toString('latin1', 0, 20).startsWith('PuTTY-User-Key-File-');
    return { path, problem: 'unreadable', detail: putty ? PUTTY : detail };
  }
  const known = publicPart(text) ?? (await publicKey(`${path}.pub`));
  return { path, problem: 'passphrase', detail, locked: text, public: known };
}

/** Parses a private key in any format that OpenSSH and PuTTY 0.75 write; an Error says why it is none. */
export function openKey(text: Buffer, passphrase?: string): ParsedKey | Error {
  if (passphrase === undefined && ENCRYPTED_PKCS8.test(text.toString('latin1', 0, 200)))
    return new Error('Encrypted PKCS#8 key, but no passphrase given');
  const parsed = ssh2.utils.parseKey(openPkcs8(text, passphrase) ?? text, passphrase);
  const [first] = Array.isArray(parsed) ? parsed : [parsed];
  return first ?? new Error('no key');
}

/** The certificate that goes with one of these keys, or of `chosen`; ssh2 can't log in with one. */
export async function certificateOf(
  keys: readonly string[],
  chosen: readonly string[],
): Promise<string | undefined> {
  for (const path of [...chosen, ...keys.map((key) => `${key}-cert.pub`)]) {
    const there = await access(path).then(
      () => true,
      () => false,
    );
    if (there) return path;
  }
  return undefined;
}

/** A path as a shell has it: `~/` is the home folder. */
export function expandHome(path: string): string {
  return path.startsWith('~/') ? resolve(homedir(), path.slice(2)) : path;
}

async function publicKey(path: string): Promise<ParsedKey | undefined> {
  const text = await readFile(path).catch(() => undefined);
  const parsed = text && openKey(text);
  return parsed instanceof Error ? undefined : parsed;
}

/** The public key at the head of an OpenSSH private key, which is not encrypted. */
function publicPart(text: Buffer): ParsedKey | undefined {
  const [, base64 = ''] =
    /^-----BEGIN OPENSSH PRIVATE KEY-----([^-]+)-----END/.exec(text.toString('latin1').trim()) ?? [];
  const body = Buffer.from(base64, 'base64');
  const magic = 'openssh-key-v1\0';
  if (body.toString('latin1', 0, magic.length) !== magic) return undefined;
  try {
    let at = magic.length;
    // Cipher, key derivation, its options; then how many keys, and the first.
    for (let field = 0; field < 3; field += 1) at += 4 + body.readUInt32BE(at);
    const start = at + 8;
    const blob = body.subarray(start, start + body.readUInt32BE(at + 4));
    const type = blob.toString('latin1', 4, 4 + blob.readUInt32BE(0));
    const parsed = openKey(Buffer.from(`${type} ${blob.toString('base64')}`));
    return parsed instanceof Error ? undefined : parsed;
  } catch {
    return undefined;
  }
}
