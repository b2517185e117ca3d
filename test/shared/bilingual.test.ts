import { beforeAll, describe, expect, it, test } from 'vitest';
import type { Answer } from '../../electron/connect/guest.ts';
import { gatherFacts } from '../../electron/probe/gather.ts';
import { PROBES } from '../../electron/probe/registry.ts';
import { SETTLED, SNAPSHOT } from '../../electron/residue.ts';
import { BACKENDS } from '../../electron/trace/backends/registry.ts';
import type { RunEvent } from '../../shared/run.ts';
import { same, type Text } from '../../shared/text.ts';
import { sampleEvents } from '../renderer/run/sample.ts';
import { untranslated } from '../support/bilingual.ts';

const ANSWER: Answer = { code: 0, stdout: '', stderr: '', timedOut: false, truncated: false, ms: 12_000 };

function wrong(texts: readonly Text[]): string[] {
  return texts.flatMap((text) => untranslated(text) ?? []);
}

/** What Culprit itself says about commands and facts, besides causes and verdict. */
function wordsOf(event: RunEvent): Text[] {
  switch (event.type) {
    case 'command':
      return [event.purpose];
    case 'fact':
      return [event.summary, event.detail].filter((text) => text !== undefined);
    case 'tracer':
      return event.whyNot.map(({ why }) => why);
    case 'rule-note':
      return [event.says];
    case 'remark':
      return [event.says, event.next];
    default:
      return [];
  }
}

describe('what a run tells of its commands and facts', () => {
  let events: RunEvent[];
  beforeAll(async () => {
    events = await sampleEvents();
  });

  it('is in both languages', () => {
    const words = events.flatMap(wordsOf);
    expect(words.length).toBeGreaterThan(30);
    expect(wrong(words)).toEqual([]);
  });

  it('has Chinese in every purpose, and in every summary that is more than names', () => {
    const purposes = events.flatMap((event) => (event.type === 'command' ? [event.purpose] : []));
    for (const purpose of purposes) expect(purpose['zh-CN']).toMatch(/\p{Script=Han}/u);
    const alike = events.flatMap((event) =>
      event.type === 'fact' && event.summary?.en === event.summary?.['zh-CN'] ? [event.probe] : [],
    );
    expect(alike.sort()).toEqual(['listeners', 'resolver', 'sysctls']);
  });
});

test('every command that is asked says why in both languages', () => {
  const commands = new Set([...PROBES.map(({ command }) => command), SNAPSHOT, SETTLED]);
  for (const { purpose } of commands) {
    expect(purpose['zh-CN']).toMatch(/\p{Script=Han}/u);
    expect(untranslated(purpose)).toBeUndefined();
  }
});

test.each<[string, Partial<Answer>]>([
  ['says nothing', {}],
  ['lacks every tool', { code: 127 }],
  ['gives no root', { code: -1, refused: 'no-root' }],
  ['takes too long', { code: 124, timedOut: true }],
])('why there is no fact is told in both languages: a guest that %s', async (_, more) => {
  const facts = await gatherFacts(async () => ({ answer: { ...ANSWER, ...more }, commandId: 'c1' }));
  const details = Object.values(facts).flatMap((fact) => (fact.ok ? [] : [fact.detail]));
  expect(details.length).toBeGreaterThan(5);
  for (const detail of details) expect(detail['zh-CN']).toMatch(/\p{Script=Han}/u);
  expect(wrong(details)).toEqual([]);
  const why = BACKENDS.flatMap((backend) => backend.whyNot(facts) ?? []);
  expect(why.length).toBeGreaterThan(0);
  expect(wrong(why)).toEqual([]);
});

test('a sentence that was left in English is seen', () => {
  expect(untranslated(same('Docker is not running'))).toBeDefined();
  expect(untranslated({ en: 'no answer within 3 s', 'zh-CN': '3 秒内 no answer was given' })).toBeDefined();
  expect(untranslated(same('nft 1.0.6, iptables 1.8.9 (nf_tables)'))).toBeUndefined();
});
