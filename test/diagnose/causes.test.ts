import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../electron/diagnose/rules/registry.ts';
import { readScene, sceneNames } from '../lab-cases/scene-file.ts';
import { CAUSES_PAGE, causesPage } from './causes-page.ts';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const declared = RULES.flatMap((rule) =>
  Object.entries(rule.causes).map(([id, knowledge]) => ({ rule, id, ...knowledge })),
);
const scenes = sceneNames().map(readScene);

describe('where causes are known from', () => {
  it.each(RULES)('$id declares every cause that it concludes of the scenes', ({ needs, judge, causes }) => {
    for (const scene of scenes) {
      const facts = needs.map((id) => [id, scene.facts[id]] as const);
      const known = facts.flatMap(([id, fact]) => (fact.ok ? [[id, fact.value]] : []));
      if (known.length < needs.length) continue;
      const found = judge(Object.fromEntries(known) as never, scene).map(({ id }) => id);
      expect(Object.keys(causes)).toEqual(expect.arrayContaining(found));
    }
  });

  it('no cause belongs to two rules', () => {
    const ids = declared.map(({ id }) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });

  it('each declared cause is one that a rule has words for', () => {
    const path = '../../electron/diagnose/rules';
    const code = readdirSync(folder(path)).map((file) => readFileSync(folder(`${path}/${file}`), 'utf8'));
    // beside its declaration, which is a key
    const unused = declared.filter(({ id }) => !new RegExp(`'${id}'(?!: \\{)`).test(code.join('')));
    expect(unused.map(({ id }) => id)).toEqual([]);
  });

  it.each(declared)('$id has titled sources at addresses of the web', ({ sources }) => {
    expect(sources.length).toBeGreaterThan(0);
    for (const { title, url } of sources) {
      expect(title).toMatch(/\S{2}/);
      expect(new URL(url).protocol).toBe('https:');
    }
    expect(new Set(sources.map(({ url }) => url)).size).toBe(sources.length);
  });

  it('docs/causes.md is made from the rules as they are (npm run docs:causes)', () => {
    expect(readFileSync(CAUSES_PAGE, 'utf8')).toBe(causesPage());
  });
});
