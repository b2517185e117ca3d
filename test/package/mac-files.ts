import { readFileSync } from 'node:fs';

export type MacArch = 'arm64' | 'x64';

/** Mach-O's numbers for a processor: its type and subtype. */
const CPU: Record<MacArch, [type: number, subtype: number]> = {
  arm64: [0x0100000c, 0],
  x64: [0x01000007, 3],
};
const MACH_O_64 = 0xfeedfacf;

/** The header of a program or a library, with nothing behind it but the one command that every file has: its UUID. */
export function machO(arch: MacArch, kind: 'program' | 'library'): Buffer {
  const file = Buffer.alloc(32 + 24);
  const [type, subtype] = CPU[arch];
  [MACH_O_64, type, subtype, kind === 'program' ? 2 : 6, 1, 24, 0x85].forEach((word, i) => {
    file.writeUInt32LE(word, 4 * i);
  });
  file.writeUInt32LE(0x1b, 32);
  file.writeUInt32LE(24, 36);
  return file;
}

/** For which system a file is machine code, by its first bytes; undefined when it is none. */
export function codeFor(file: Buffer): MacArch | 'universal' | 'linux' | 'windows' | undefined {
  if (file.length < 8) return undefined;
  if (file.readUInt32BE(0) === 0x7f454c46) return 'linux';
  if (file.toString('latin1', 0, 2) === 'MZ') return 'windows';
  if (file.readUInt32BE(0) === 0xcafebabe) return 'universal';
  if (file.readUInt32LE(0) !== MACH_O_64) return undefined;
  return file.readUInt32LE(4) === CPU.arm64[0] ? 'arm64' : 'x64';
}

/** Marks the place of the fuses in Electron's framework. */
export const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** Electron's fuses, in the order of their numbers. */
const FUSES = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeCliInspect',
  'asarIntegrity',
  'onlyLoadAppFromAsar',
  'browserV8Snapshot',
  'fileProtocolPrivileges',
  'wasmTrapHandlers',
];

/** Which of Electron's fuses are on in its framework. */
export function fusesOn(framework: string): string[] {
  const bytes = readFileSync(framework);
  const at = bytes.indexOf(FUSE_SENTINEL) + FUSE_SENTINEL.length;
  const [version, count = 0] = bytes.subarray(at, at + 2);
  if (version !== 1 || count !== FUSES.length)
    throw new Error(`fuses of version ${version}, ${count} of them`);
  const states = bytes.toString('latin1', at + 2, at + 2 + count);
  return FUSES.filter((_, i) => states[i] === '1');
}
