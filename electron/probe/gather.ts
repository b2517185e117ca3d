import { CLAUSES, inEach, joined, same, type Text } from '../../shared/text.ts';
import type { Answer, Command } from '../connect/guest.ts';
import { oneLine } from './lib/answer.ts';
import { type Fact, NoFact, type Probe } from './probe.ts';
import { type Facts, PROBES, type ProbeId } from './registry.ts';

/** Runs a command for a probe and tells under which id the run's log knows it. Rejects only when the link is gone or cancelled. */
export type AskGuest = (probe: ProbeId, command: Command) => Promise<{ answer: Answer; commandId: string }>;

export interface GatherOptions {
  /** Called as facts come in; `summary` is null when there is no fact. */
  onFact?: (probe: ProbeId, fact: Fact<unknown>, summary: Text | null) => void;
}

const NO_ROOT: Text = { en: 'needs root, and we have none here', 'zh-CN': '需要 root 权限，但此处没有' };
const CUT_OFF: Text = {
  en: 'the answer is too long and was cut off',
  'zh-CN': '输出过长，已被截断',
};

type AnyProbe = Probe<ProbeId, unknown>;
type Asked = { answer: Answer; commandId: string };

/** Asks one command; without root, once more as the ordinary user if that is worth it. */
async function askFor(probe: AnyProbe, ask: AskGuest): Promise<Asked> {
  const asked = await ask(probe.id, probe.command);
  if (asked.answer.refused === undefined || !probe.alsoWithoutRoot) return asked;
  return ask(probe.id, { ...probe.command, asRoot: false });
}

function readFact<T>(probe: Probe<ProbeId, T>, { answer, commandId }: Asked): Fact<T> {
  const none = (reason: Extract<Fact<T>, { ok: false }>['reason'], detail: Text): Fact<T> => ({
    ok: false,
    reason,
    detail: inEach(detail, (words) => oneLine(words, 500)),
    commandId,
  });
  if (answer.refused !== undefined) return none('no-root', NO_ROOT);
  if (answer.timedOut) {
    const seconds = Math.round(answer.ms / 1000);
    return none('timeout', { en: `no answer within ${seconds} s`, 'zh-CN': `${seconds} 秒内没有应答` });
  }
  try {
    return { ok: true, value: probe.parse(answer), commandId };
  } catch (error) {
    if (error instanceof NoFact) return none(error.reason, error.detail);
    const words = error instanceof Error ? error.message : String(error);
    return none('unreadable', answer.truncated ? joined([CUT_OFF, same(words)], CLAUSES) : same(words));
  }
}

function summaryOf<T>(probe: Probe<ProbeId, T>, fact: Fact<T>): Text | null {
  return fact.ok ? inEach(probe.summary(fact.value), (words) => oneLine(words)) : null;
}

/**
 * Asks all probes side by side (the guest bounds how many commands really run at once). Whatever a guest answers ends
 * as a fact or as the reason why there is none; only `ask` itself can make this reject.
 */
export async function gatherFacts(ask: AskGuest, options: GatherOptions = {}): Promise<Facts> {
  const asked = new Map<Command, Promise<Asked>>();
  const facts = await Promise.all(
    (PROBES as readonly AnyProbe[]).map(async (probe) => {
      const answer = asked.get(probe.command) ?? askFor(probe, ask);
      asked.set(probe.command, answer);
      const fact = readFact(probe, await answer);
      options.onFact?.(probe.id, fact, summaryOf(probe, fact));
      return [probe.id, fact] as const;
    }),
  );
  return Object.fromEntries(facts) as Facts;
}
