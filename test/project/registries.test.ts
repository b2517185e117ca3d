import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Files beside a registry that are its workings, not members. */
const WORKINGS: Record<string, string[]> = {
  'electron/probe/registry.ts': ['gather.ts', 'probe.ts'],
};

/** Every file under a folder, as its path in the project. */
function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

/** The names that a registry's one list holds, and the file each is imported from. */
function listed(source: string): { names: string[]; files: Map<string, string> } {
  const list = /^export const [A-Z_]+(?:: [^=]+)? = \[([^\]]*)\]/m.exec(source)?.[1] ?? '';
  const files = new Map<string, string>();
  for (const [, names = '', file = ''] of source.matchAll(/^import \{([^}]*)\} from '\.\/([^/']+)';$/gm)) {
    for (const name of names.split(',')) files.set(name.trim(), file);
  }
  return { names: list.split(',').flatMap((name) => name.trim() || []), files };
}

const all = filesUnder('electron').filter((file) => file.endsWith('/registry.ts'));
/** What all tests say, to see which files they import. */
const tests = filesUnder('test')
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n');

test('probes, flow kinds, tracers and rules each have a registry', () => {
  const needed = ['probe', 'flow/kinds', 'trace/backends', 'diagnose/rules'];
  expect(all).toEqual(expect.arrayContaining(needed.map((folder) => `electron/${folder}/registry.ts`)));
});

describe.each(all)('%s', (registry) => {
  const folder = join(root, dirname(registry));
  const { names, files } = listed(readFileSync(join(root, registry), 'utf8'));
  const members = readdirSync(folder).filter(
    (file) => file.endsWith('.ts') && file !== 'registry.ts' && !WORKINGS[registry]?.includes(file),
  );

  test('lists each file of its folder once, and nothing else', () => {
    expect(names.map((name) => files.get(name)).sort()).toEqual(members.sort());
  });

  test('has no member that no test looks at', () => {
    // A test imports the member, or names it by its id, which is the name of its file.
    const isTested = (file: string) =>
      tests.includes(`${dirname(registry)}/${file}'`) || tests.includes(`'${basename(file, '.ts')}'`);
    const untested = members.filter((file) => !isTested(file));
    expect(untested).toEqual([]);
  });
});
