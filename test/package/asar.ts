import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file's entry in an archive's header. */
interface Entry {
  size: number;
  /** Where it begins, behind the header; not there for an unpacked file, which lies beside the archive. */
  offset?: string;
  unpacked?: boolean;
  executable?: boolean;
  integrity: { algorithm: string; hash: string };
}
type Folder = { files: Record<string, Entry | Folder> };

export interface ArchivedFile {
  path: string;
  isUnpacked: boolean;
  isExecutable: boolean;
  content: Buffer;
  /** Of the content, as the header has it. */
  sha256: string;
}

export interface Archive {
  /** Of the header, as Electron compares it at launch. */
  sha256: string;
  /** By their paths. */
  files: ArchivedFile[];
}

function entries(folder: Folder, prefix = ''): [string, Entry][] {
  return Object.entries(folder.files).flatMap(([name, entry]) =>
    'files' in entry ? entries(entry, `${prefix}${name}/`) : [[prefix + name, entry] as [string, Entry]],
  );
}

export function sha256(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Reads an asar archive and what lies unpacked beside it: a pickled length, a pickled header in JSON, the files. */
export function readAsar(archive: string): Archive {
  const bytes = readFileSync(archive);
  const headerSize = bytes.readUInt32LE(4);
  const header = bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12));
  const start = 8 + headerSize;
  const files = entries(JSON.parse(header) as Folder).map(([path, entry]) => {
    const at = start + Number(entry.offset);
    const content = entry.unpacked
      ? readFileSync(join(`${archive}.unpacked`, path))
      : bytes.subarray(at, at + entry.size);
    return {
      path,
      isUnpacked: entry.unpacked === true,
      isExecutable: entry.executable === true,
      content,
      sha256: entry.integrity.hash,
    };
  });
  return { sha256: sha256(header), files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** Writes all files of an archive into a folder. */
export function extract({ files }: Archive, folder: string): void {
  for (const { path, content, isExecutable } of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    if (isExecutable) chmodSync(file, 0o755);
  }
}
