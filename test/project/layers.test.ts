import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rules = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  forbidden: (IForbiddenRuleType & { name: string })[];
  options: object;
};

async function violations(baseDir: string): Promise<{ modules: number; found: string[] }> {
  const { forbidden, options } = rules;
  const { output } = await cruise(
    ['shared', 'electron', 'renderer'],
    { ...options, baseDir, ruleSet: { forbidden }, validate: true },
    undefined,
    { tsConfig: extractTSConfig(join(root, 'tsconfig.json')) },
  );
  const { modules, summary } = output as ICruiseResult;
  return {
    modules: modules.filter((module) => !module.source.startsWith('node_modules')).length,
    found: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  };
}

test('no file imports what its layer may not know', async () => {
  const { modules, found } = await violations(root);
  expect(found).toEqual([]);
  // A cruiser that does not understand the compiler sees no modules, and then finds no violations either.
  expect(modules).toBeGreaterThan(100);
}, 60_000);

/** One file that breaks each rule. */
const BROKEN: Record<string, [file: string, imports: string]> = {
  'shared-knows-nobody': ['shared/a.ts', '../electron/run.ts'],
  'shared-uses-only-zod': ['shared/b.ts', 'node:fs'],
  'renderer-knows-shared': ['renderer/a.ts', '../electron/run.ts'],
  'renderer-has-no-node': ['renderer/b.ts', 'node:fs'],
  'only-the-window-knows-electron': ['electron/probe/a.ts', 'electron'],
  'nobody-imports-the-window': ['electron/flow/a.ts', '../main.ts'],
  'discover-knows-shared': ['electron/discover/a.ts', '../connect/ssh-guest.ts'],
  'connect-knows-shared': ['electron/connect/a.ts', '../probe/x.ts'],
  'probe-asks-a-guest': ['electron/probe/b.ts', '../connect/ssh-guest.ts'],
  'flow-builds-on-facts': ['electron/flow/b.ts', '../connect/ssh-guest.ts'],
  'trace-follows-flows': ['electron/trace/a.ts', '../connect/ssh-guest.ts'],
  'diagnose-judges': ['electron/diagnose/a.ts', '../connect/ssh-guest.ts'],
  'fix-plans': ['electron/fix/a.ts', '../connect/ssh-guest.ts'],
  'report-reads-the-run': ['electron/report/a.ts', '../connect/guest.ts'],
  'nobody-imports-the-command-line': ['electron/discover/b.ts', '../cli/x.ts'],
  'tests-stay-outside': ['electron/c.ts', '../test/x.ts'],
  'no-circles': ['electron/d.ts', './d2.ts'],
  'everything-resolves': ['electron/e.ts', './nowhere.ts'],
};

test('each of these rules catches the file that breaks it', async () => {
  const tree = await mkdtemp(join(tmpdir(), 'culprit-layers-'));
  const write = async (file: string, text: string) => {
    await mkdir(dirname(join(tree, file)), { recursive: true });
    await writeFile(join(tree, file), text);
  };
  try {
    await symlink(join(root, 'node_modules'), join(tree, 'node_modules'));
    const there = [
      'electron/run.ts',
      'electron/main.ts',
      'electron/connect/ssh-guest.ts',
      'electron/connect/guest.ts',
    ];
    for (const file of [...there, 'electron/probe/x.ts', 'electron/cli/x.ts', 'test/x.ts']) {
      await write(file, 'export const x = 1;\n');
    }
    for (const [file, imports] of Object.values(BROKEN)) {
      await write(file, `import type * as y from '${imports}';\nexport type Y = typeof y;\n`);
    }
    await write('electron/d2.ts', "import type * as y from './d.ts';\nexport type Y = typeof y;\n");
    const { found } = await violations(tree);
    for (const [name, [file]] of Object.entries(BROKEN)) {
      expect(
        found.some((violation) => violation.startsWith(`${name}: ${file} →`)),
        name,
      ).toBe(true);
    }
    expect(Object.keys(BROKEN).sort()).toEqual(rules.forbidden.map(({ name }) => name).sort());
  } finally {
    await rm(tree, { recursive: true, force: true });
  }
}, 60_000);
