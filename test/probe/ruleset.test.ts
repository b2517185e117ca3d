import { describe, expect, it } from 'vitest';
import { baseChainsOf, buildRuleset, findRule } from '../../electron/probe/lib/nft-model.ts';
import { readRuleTexts, ruleKey } from '../../electron/probe/lib/nft-text.ts';
import { ruleset } from '../../electron/probe/ruleset.ts';
import { answer, fixture } from './support.ts';

describe('ruleset', () => {
  const all = ruleset.parse(answer(fixture('bookworm/ruleset.txt')));

  it('finds the text of every rule', () => {
    expect(all.ruleCount).toBeGreaterThan(100);
    expect(all.withoutText).toBe(0);
  });

  it('finds a rule by its handle, with its text and place', () => {
    const rule = findRule(all, 'inet', 'firewalld', 'filter_FWD_public', 101);
    expect(rule).toMatchObject({ text: 'reject with icmpx admin-prohibited', position: 8, comment: null });
    expect(rule?.expr).toEqual([{ reject: { type: 'icmpx', expr: 'admin-prohibited' } }]);
  });

  it('orders the chains of a hook as packets meet them', () => {
    const chains = baseChainsOf(all, 'forward').map(
      (c) => `${c.table} ${c.name} ${c.base?.priority} ${c.base?.policy}`,
    );
    expect(chains).toEqual(['filter FORWARD 0 drop', 'firewalld filter_FORWARD 10 accept']);
  });

  it('tells a base chain from one that is jumped to', () => {
    expect(all.chains.find((c) => c.name === 'DOCKER-USER')?.base).toBeNull();
  });

  it('says that nft is missing, or what it complained about', () => {
    expect(() => ruleset.parse(answer('', { code: 127 }))).toThrow(/tool-missing/);
    const stderr = 'Operation not permitted (you must be root)\nnetlink: Error: cache initialization failed';
    expect(() => ruleset.parse(answer('@@json\n', { code: 1, stderr }))).toThrow(
      /failed: Operation not permitted/,
    );
  });

  it('has no rules where nf_tables is not loaded', () => {
    expect(ruleset.parse(answer('@@not-loaded\n'))).toMatchObject({ tables: [], ruleCount: 0 });
  });

  it('says so when the listing was cut off', () => {
    const cut = fixture('bookworm/ruleset.txt').slice(0, 20_000);
    expect(() => ruleset.parse(answer(cut))).toThrow(/unreadable/);
  });

  it('keeps rules when only their text was cut off', () => {
    const whole = fixture('bookworm/ruleset.txt');
    const cut = ruleset.parse(answer(whole.slice(0, whole.indexOf('@@text') + 2000)));
    expect(cut.ruleCount).toBe(all.ruleCount);
    expect(cut.withoutText).toBeGreaterThan(0);
  });
});

describe('rule texts', () => {
  const listing = (...lines: string[]) =>
    ['table ip t { # handle 1', '\tchain c { # handle 2', ...lines, '\t}', '}'].join('\n');

  it('takes the last handle of a line: a comment may contain one', () => {
    const texts = readRuleTexts(listing('\t\tip saddr 1.2.3.4 drop comment "x # handle 7" # handle 9'));
    expect(texts).toEqual(
      new Map([[ruleKey('ip', 't', 'c', 9), 'ip saddr 1.2.3.4 drop comment "x # handle 7"']]),
    );
  });

  it('skips the line of the hook', () => {
    const texts = readRuleTexts(
      listing('\t\ttype filter hook forward priority filter; policy drop;', '\t\tdrop # handle 3'),
    );
    expect([...texts.values()]).toEqual(['drop']);
  });

  it('joins a rule that is printed on several lines', () => {
    const texts = readRuleTexts(listing('\t\tip daddr { 1.1.1.1,', '\t\t\t     2.2.2.2 } drop # handle 4'));
    expect([...texts.values()]).toEqual(['ip daddr { 1.1.1.1, 2.2.2.2 } drop']);
  });
});

describe('sets', () => {
  it('keeps the elements of a set, but not a million', () => {
    const elem = Array.from({ length: 5000 }, (_, i) => `10.0.${i >> 8}.${i & 255}`);
    const set = {
      family: 'ip',
      table: 'blocklist',
      name: 'bad',
      type: 'ipv4_addr',
      flags: ['interval'],
      elem,
    };
    const built = buildRuleset([{ set }, { metainfo: {} }], new Map());
    expect(built.sets[0]).toMatchObject({ name: 'bad', map: false, elementCount: 5000, flags: ['interval'] });
    expect(built.sets[0]?.elements).toHaveLength(1000);
  });

  it('reads 5,000 rules of one chain', () => {
    const head = { chain: { family: 'ip', table: 't', name: 'c', handle: 1 } };
    const rules = Array.from({ length: 5000 }, (_, i) => ({
      rule: { family: 'ip', table: 't', chain: 'c', handle: i + 2, expr: [{ drop: null }] },
    }));
    expect(buildRuleset([head, ...rules], new Map()).ruleCount).toBe(5000);
  });
});
