import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import sax from 'sax';
import { z } from 'zod';
import type { NatDns } from '../../shared/nat-dns.ts';
import { readEntries } from './machine-readable.ts';
import type { VBoxManage } from './vboxmanage.ts';

/** Settings with hundreds of snapshots are smaller. */
const MAX_BYTES = 8 * 1024 * 1024;
const NETWORK = 'VirtualBox/Machine/Hardware/Network';
const ADAPTER = `${NETWORK}/Adapter`;
const NAT = `${ADAPTER}/NAT`;
/** Of the elements that count: those right in NAT's. */
const DEEPEST = 7;

/** What VirtualBox takes for a yes or a no in its settings; what is not there is a no. */
const Flag = z
  .enum(['true', 'yes', '1', 'false', 'no', '0'])
  .default('false')
  .transform((word) => ['true', 'yes', '1'].includes(word));
const Adapter = z.object({ slot: z.coerce.number().int().min(0).max(35), enabled: Flag });
const Dns = z.object({ 'use-proxy': Flag, 'use-host-resolver': Flag });

/**
 * The DNS modes of a machine's adapters that hang on NAT: `showvminfo` does not print them, they stand only in the settings
 * file that it names. Undefined when they can't be had; never rejects.
 */
export async function natDns(
  run: VBoxManage,
  uuid: string,
  signal?: AbortSignal,
): Promise<NatDns[] | undefined> {
  try {
    const file = settingsFile(await run(['showvminfo', uuid, '--machinereadable'], signal));
    return file === undefined ? undefined : parseNatDns(await readBounded(file));
  } catch {
    // Whatever it was: only a sentence of one cause depends on it.
    return undefined;
  }
}

/** The path of a machine's settings, from `showvminfo --machinereadable`. */
function settingsFile(info: string): string | undefined {
  const path = readEntries(info).find(([key]) => key === 'CfgFile')?.[1];
  return path !== undefined && isAbsolute(path) && path.endsWith('.vbox') ? path : undefined;
}

/** The DNS modes in a settings file (.vbox), of its present state and not of its snapshots; undefined when it is none. */
export function parseNatDns(xml: string): NatDns[] | undefined {
  let found: NatDns[] | undefined;
  const path: string[] = [];
  let slot: number | undefined;
  const parser = sax.parser(true);
  parser.onerror = (error) => {
    throw error;
  };
  parser.onclosetag = () => path.pop();
  parser.onopentag = ({ name, attributes }) => {
    path.push(name);
    // what is nested without end must not cost without end
    const at = path.length <= DEEPEST ? path.join('/') : '';
    if (at === NETWORK) found ??= [];
    if (at === ADAPTER) {
      const adapter = Adapter.parse(attributes);
      slot = adapter.enabled ? adapter.slot + 1 : undefined;
    }
    if (slot === undefined) return;
    if (at === NAT) found?.push({ slot, proxy: false, hostResolver: false });
    const nat = found?.at(-1);
    if (at !== `${NAT}/DNS` || nat === undefined) return;
    const dns = Dns.parse(attributes);
    nat.proxy = dns['use-proxy'];
    nat.hostResolver = dns['use-host-resolver'];
  };
  try {
    parser.write(xml).close();
  } catch {
    return undefined;
  }
  return found;
}

async function readBounded(path: string): Promise<string> {
  // a pipe of that name must not be waited for
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = await file.stat();
    return stat.isFile() && stat.size <= MAX_BYTES ? await file.readFile('utf8') : '';
  } finally {
    await file.close();
  }
}
