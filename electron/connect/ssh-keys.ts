import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';

const DEFAULT_KEYS = ['id_ed25519', 'id_ecdsa', 'id_rsa'];

/** A private key file as far as it could be used. */
export type KeyFile =
  | { path: string; key: Buffer; problem?: never }
  | { path: string; problem: 'unreadable'; detail: string }
  | { path: string; problem: 'passphrase'; detail: string; locked: Buffer };

/** Reads a private key file; never throws. */
export async function readKey(path: string): Promise<KeyFile> {
  let key: Buffer;
  try {
    key = await readFile(path);
  } catch (error) {
    return { path, problem: 'unreadable', detail: (error as NodeJS.ErrnoException).code ?? String(error) };
  }
  const parsed = ssh2.utils.parseKey(key);
  if (!(parsed instanceof Error)) return { path, key };
  const detail = parsed.message;
  if (/encrypted|passphrase/i.test(detail)) return { path, problem: 'passphrase', detail, locked: key };
  return { path, problem: 'unreadable', detail };
}

/** The user's own keys in ~/.ssh that can be used as they are. */
export async function defaultKeys(): Promise<{ path: string; key: Buffer }[]> {
  const files = await Promise.all(DEFAULT_KEYS.map((name) => readKey(join(homedir(), '.ssh', name))));
  return files.filter((file) => 'key' in file);
}
