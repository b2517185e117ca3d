import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunEvent } from '../../shared/run.ts';
import { RunJson, runJson } from '../../shared/run-json.ts';
import { LANGS } from '../../shared/text.ts';
import { runOf, ZONE_EVENTS } from '../support/zone-case.ts';

const docs = readFileSync(new URL('../../docs/json.md', import.meta.url), 'utf8');

/** The journey that the tracer could not follow to its end. */
const CUT_SHORT = ZONE_EVENTS.flatMap((event): RunEvent[] => {
  if (event.type !== 'journey') return [];
  const gap = { en: 'the tracer lost events', 'zh-CN': '跟踪程序丢失了事件' };
  return [{ ...event, journey: { ...event.journey, id: 'j2', gap } }];
});

test('names the culprit where scripts look for it', () => {
  const json = runJson(runOf(ZONE_EVENTS), 'en');
  expect(json).toMatchObject({ schema: 'culprit.run/1', verdict: 'problem' });
  expect(json.causes[0]).toMatchObject({
    grade: 'traced',
    owner: 'firewalld',
    where: { family: 'inet', table: 'firewalld', chain: 'filter_FWD_public', hook: 'forward', handle: 147 },
    fixes: [{ title: 'Put docker0 into the zone docker' }],
  });
  expect(json.steps).toContainEqual({ id: 'probe', ms: 1599 });
});

test('has its sentences in the language asked for', () => {
  expect(runJson(runOf(ZONE_EVENTS), 'zh-CN').causes[0]?.evidence[0]?.says).toBe('数据包在该规则处终止。');
  const { notes, tracer, journeys } = runJson(runOf([...ZONE_EVENTS, ...CUT_SHORT]), 'zh-CN');
  expect(notes).toEqual(['mtu: 没有测试大流量传输']);
  expect(tracer?.whyNot).toEqual([{ backend: 'legacy', why: '没有日志记录器绑定到 IPv4' }]);
  expect(journeys.at(-1)?.gap).toBe('跟踪程序丢失了事件');
});

test('any run, however it was cut short, keeps to the schema, before and after JSON', () => {
  fc.assert(
    fc.property(fc.subarray([...ZONE_EVENTS, ...CUT_SHORT]), fc.constantFrom(...LANGS), (events, lang) => {
      const json = runJson(runOf(events), lang);
      expect(RunJson.parse(JSON.parse(JSON.stringify(json)))).toEqual(json);
      if (!events.some((event) => event.type === 'verdict')) expect(json.verdict).toBe('cannot-tell');
    }),
  );
});

test('the example in the documentation keeps to the schema', () => {
  const example = /```json\n([\s\S]+?)\n```/.exec(docs)?.[1] ?? '';
  const parsed = RunJson.parse(JSON.parse(example));
  expect(parsed.causes[0]?.where?.rule).toBe('reject with icmpx admin-prohibited');
});

test('the documentation tells of every key, and of no other', () => {
  const documented = [...docs.matchAll(/^\| `(\w+)`/gm)].map((match) => match[1]);
  expect(documented).toEqual(Object.keys(RunJson.shape));
});
