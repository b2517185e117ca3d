import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

/** A host key as it was first seen. */
const Pin = z.strictObject({ type: z.string(), sha256: z.string() });
export type Pin = z.infer<typeof Pin>;

const PinFile = z.strictObject({ version: z.literal(1), hosts: z.record(z.string(), Pin) });

/** The pin of a raw public host key: its type, and its fingerprint as OpenSSH prints it. */
export function pinOf(key: Buffer): Pin {
  const type = key.toString('latin1', 4, 4 + key.readUInt32BE(0));
  const hash = createHash('sha256').update(key).digest('base64').replace(/=+$/, '');
  return { type, sha256: `SHA256:${hash}` };
}

/** The pin of a host, or undefined when it was never seen. Throws when the file is there but is none of ours. */
export async function readPin(file: string, id: string): Promise<Pin | undefined> {
  return (await readPins(file)).hosts[id];
}

/** Every pin, by host. Throws when the file is there but is none of ours. */
export async function listPins(file: string): Promise<Readonly<Record<string, Pin>>> {
  return (await readPins(file)).hosts;
}

/** Remembers a host's key; the file is replaced in one step and only its owner can read it. */
export async function writePin(file: string, id: string, pin: Pin): Promise<void> {
  const pins = await readPins(file);
  pins.hosts[id] = pin;
  await writePins(file, pins);
}

/** Forgets a host's key, if there is one. */
export async function removePin(file: string, id: string): Promise<void> {
  const { hosts, ...rest } = await readPins(file);
  if (!Object.hasOwn(hosts, id)) return;
  const { [id]: _, ...others } = hosts;
  await writePins(file, { ...rest, hosts: others });
}

async function writePins(file: string, pins: z.infer<typeof PinFile>): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const part = `${file}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(part, `${JSON.stringify(pins, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true });
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function readPins(file: string): Promise<z.infer<typeof PinFile>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { version: 1, hosts: {} };
    throw error;
  }
  return PinFile.parse(JSON.parse(text));
}
