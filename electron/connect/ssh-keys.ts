import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import ssh2, { type ParsedKey } from 'ssh2';
import type { Text } from '../../shared/text.ts';
import type { Said } from '../../shared/trouble.ts';
import { CHACHA_KEY, PUTTY_KEY, SECURITY_KEY } from './key-phrases.ts';
import { openPkcs8 } from './pkcs8.ts';

const ENCRYPTED_PKCS8 = /^\s*-----BEGIN ENCRYPTED PRIVATE KEY-----/;

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
  const head = headOf(text);
  const inside = head && openKey(Buffer.from(`${head.type} ${head.blob.toString('base64')}`));
  const known = inside && !(inside instanceof Error) ? inside : await publicKey(`${path}.pub`);
  const locked = /encrypted|passphrase/i.test(detail);
  // A PuTTY key of a kind that can be read says that it wants a passphrase.
  const why = locked && !head ? undefined : unfit(text);
  if (why) return { path, problem: 'unreadable', detail: why, public: known };
  if (!locked) return { path, problem: 'unreadable', detail };
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

/** A path as a shell has it: `~/` is the home folder. */
export function expandHome(path: string): string {
  return path.startsWith('~/') ? resolve(homedir(), path.slice(2)) : path;
}

async function publicKey(path: string): Promise<ParsedKey | undefined> {
  const text = await readFile(path).catch(() => undefined);
  const parsed = text && openKey(text);
  return parsed instanceof Error ? undefined : parsed;
}

/** What stands at the head of an OpenSSH private key, which is not encrypted. */
function headOf(text: Buffer): { cipher: string; type: string; blob: Buffer } | undefined {
  const [, base64 = ''] =
    /^-----BEGIN OPENSSH PRIVATE KEY-----([^-]+)-----END/.exec(text.toString('latin1').trim()) ?? [];
  const body = Buffer.from(base64, 'base64');
  const magic = 'openssh-key-v1\0';
  if (body.toString('latin1', 0, magic.length) !== magic) return undefined;
  try {
    let at = magic.length;
    const field = () => {
      const end = at + 4 + body.readUInt32BE(at);
      const bytes = body.subarray(at + 4, end);
      at = end;
      return bytes;
    };
    // Cipher, key derivation, its options; then how many keys, and the first.
    const [cipher] = [field(), field(), field()];
    at += 4;
    const blob = field();
    const type = blob.toString('latin1', 4, 4 + blob.readUInt32BE(0));
    return { cipher: cipher.toString('latin1'), type, blob };
  } catch {
    return undefined;
  }
}

/** Why a key is of a kind that cannot be used, whatever its passphrase; undefined when it is not known to be. */
function unfit(text: Buffer): Text | undefined {
  const start = text.toString('latin1', 0, 40);
  if (start.startsWith('PuTTY-User-Key-File-')) return PUTTY_KEY;
  const head = headOf(text);
  if ((head?.type ?? start).startsWith('sk-')) return SECURITY_KEY;
  return head?.cipher.startsWith('chacha20') ? CHACHA_KEY : undefined;
}
