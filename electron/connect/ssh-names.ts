import { readdir, readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { sshHome } from './ssh-tokens.ts';

const MOST_NAMES = 500;
const MOST_FILES = 200;
const MOST_DEPTH = 16;
const MOST_CHARS = 1_000_000;

/**
 * The names that `Host` lines give to hosts, in the order of the files, those included at their place; patterns are no names.
 * What cannot be read has none: it is ssh that judges a configuration, when a host of it is chosen.
 */
export async function sshNames(file = join(sshHome(), '.ssh', 'config')): Promise<string[]> {
  const names = new Set<string>();
  await collect(file, dirname(file), names, { files: 0 }, 0);
  return [...names].slice(0, MOST_NAMES);
}

async function collect(
  file: string,
  folder: string,
  names: Set<string>,
  read: { files: number },
  depth: number,
): Promise<void> {
  read.files += 1;
  if (depth > MOST_DEPTH || read.files > MOST_FILES) return;
  const text = await readFile(file, 'utf8').catch(() => '');
  for (const line of text.slice(0, MOST_CHARS).split(/\r?\n/)) {
    const [keyword = '', ...words] = configWords(line);
    if (keyword.toLowerCase() === 'host') {
      for (const word of words) if (word !== '' && !/[*?!]/.test(word)) names.add(word);
    }
    if (keyword.toLowerCase() !== 'include') continue;
    for (const word of words) {
      for (const path of await globbed(absolute(word, folder))) {
        await collect(path, folder, names, read, depth + 1);
      }
    }
  }
}

/** The words of a line: `Keyword value value` or `Keyword=value`, with double quotes round what holds blanks. */
function configWords(line: string): string[] {
  const [, keyword, rest = ''] = /^\s*([^\s#=]+)(?:\s*=\s*|\s+)(.*)$/.exec(line) ?? [];
  if (keyword === undefined) return [];
  const words = [...rest.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  const end = words.findIndex((word) => word.startsWith('#'));
  return [keyword, ...(end < 0 ? words : words.slice(0, end))];
}

/** ssh looks for what is included beside the user's configuration, wherever the line stands. */
function absolute(path: string, folder: string): string {
  const home = path.replace(/^~(?=\/)/, sshHome());
  return isAbsolute(home) ? home : resolve(folder, home);
}

/** The files that a path with `*`, `?` and `[…]` in its parts matches, in the order of their names, as glob(7) has it. */
async function globbed(path: string): Promise<string[]> {
  let found = ['/'];
  for (const part of path.split('/').filter((one) => one !== '')) {
    if (!/[*?[]/.test(part)) {
      found = found.map((folder) => join(folder, part));
      continue;
    }
    const pattern = globPattern(part);
    const lists = found.map(async (folder) => {
      const entries = await readdir(folder).catch(() => []);
      return entries
        .filter((entry) => pattern.test(entry))
        .sort()
        .map((entry) => join(folder, entry));
    });
    found = (await Promise.all(lists)).flat();
  }
  return found;
}

function globPattern(part: string): RegExp {
  const body = part.replace(/\[!?[^\]]+\]|[\s\S]/g, (piece) => {
    if (piece === '*') return '.*';
    if (piece === '?') return '.';
    if (piece.length > 1) return piece.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    return piece.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
  });
  try {
    // A leading dot is matched by a dot alone.
    return new RegExp(`^${part.startsWith('.') ? '' : '(?!\\.)'}${body}$`, 's');
  } catch {
    // `[z-a]` matches nothing.
    return /(?!)/;
  }
}
