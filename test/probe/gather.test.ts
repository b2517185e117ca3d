import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../electron/connect/guest.ts';
import { type AskGuest, gatherFacts } from '../../electron/probe/gather.ts';
import { PROBES } from '../../electron/probe/registry.ts';
import { LANGS, type Text } from '../../shared/text.ts';
import { answer, fixture } from './support.ts';

const FIXTURES = [
  'docker',
  'firewalld',
  'containers',
  'host',
  'ruleset',
  'versions',
  'ip',
  'iptables',
  'listeners',
];
const COMMANDS = [...new Set<Command>(PROBES.map((p) => p.command))];
const answers = new Map(COMMANDS.map((c, i) => [c.script, fixture(`bookworm/${FIXTURES[i]}.txt`)]));

/** A guest that answers as the recorded one did, changed by `change`. */
function guest(change: (text: string) => string = (t) => t): AskGuest {
  let n = 0;
  return async (_, command) => ({
    answer: answer(change(answers.get(command.script) ?? '')),
    commandId: `c${++n}`,
  });
}

describe('gathering facts', () => {
  it('yields every fact, with the command it came from and a line for people', async () => {
    const lines = new Map<string, Text | null>();
    const facts = await gatherFacts(guest(), { onFact: (id, _, summary) => lines.set(id, summary) });
    expect(Object.values(facts).every((f) => f.ok)).toBe(true);
    expect(Object.keys(facts).sort()).toEqual(PROBES.map((p) => p.id).sort());
    for (const text of lines.values()) {
      expect(text?.en).toMatch(/^[^\n]{5,300}$/);
      expect(text?.['zh-CN']).toMatch(/^[^\n]{2,300}$/);
    }
    expect(facts.routes.commandId).toBe(facts.interfaces.commandId);
  });

  it('asks once for probes that share a command, and all side by side', async () => {
    let running = 0;
    let asked = 0;
    let most = 0;
    const recorded = guest();
    await gatherFacts(async (id, command) => {
      asked++;
      most = Math.max(most, ++running);
      await new Promise((done) => setTimeout(done, 5));
      running--;
      return recorded(id, command);
    });
    expect(asked).toBe(COMMANDS.length);
    expect(most).toBe(COMMANDS.length);
  });

  it('asks again without root where that is worth it', async () => {
    const recorded = guest();
    const facts = await gatherFacts(async (id, command) =>
      command.asRoot
        ? { answer: answer('', { code: -1, refused: 'no-root' }), commandId: 'r' }
        : recorded(id, command),
    );
    expect(facts.ruleset).toMatchObject({ ok: false, reason: 'no-root' });
    expect(facts.firewalld).toMatchObject({ ok: false, reason: 'no-root' });
    expect(facts.sysctls.ok && facts.docker.ok && facts.interfaces.ok).toBe(true);
  });

  it('turns a time-out and a truncated answer into reasons', async () => {
    const late = await gatherFacts(async () => ({
      answer: answer('', { code: 124, timedOut: true, ms: 12_000 }),
      commandId: 'c',
    }));
    expect(late.docker).toMatchObject({
      ok: false,
      reason: 'timeout',
      detail: { en: 'no answer within 12 s', 'zh-CN': '12 秒内没有应答' },
    });
    const recorded = guest((t) => t.slice(0, 9000));
    const cut = await gatherFacts(async (id, command) => {
      const asked = await recorded(id, command);
      return { ...asked, answer: { ...asked.answer, truncated: true } };
    });
    expect(cut.ruleset).toMatchObject({ ok: false, reason: 'unreadable' });
  });

  it('passes on that the link is gone', async () => {
    await expect(gatherFacts(() => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  });

  it('survives any cut and any damage', async () => {
    const damage = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      with: fc.oneof(
        fc.string({ maxLength: 20 }),
        fc.constantFrom('"', '\n', '\u001b[2J', '}', '@@end\n', '\0', '9'.repeat(400)),
      ),
      keep: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(damage, async (d) => {
        const spoil = (t: string) => {
          const at = Math.floor(t.length * d.at);
          return t.slice(0, at) + d.with + (d.keep ? t.slice(at + d.with.length) : '');
        };
        const facts = await gatherFacts(guest(spoil));
        for (const fact of Object.values(facts)) {
          if (fact.ok) continue;
          for (const lang of LANGS) expect(fact.detail[lang]).toMatch(/^[^\n]{1,501}$/);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('survives an empty answer', async () => {
    const facts = await gatherFacts(guest(() => ''));
    for (const fact of [facts.system, facts.interfaces, facts.ruleset]) expect(fact.ok).toBe(false);
  });
});
