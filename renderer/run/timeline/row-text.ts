import type { FlowResult } from '../../../shared/flow.ts';
import { flowSaid } from '../../../shared/flow-text.ts';
import { endpoint } from '../../../shared/journey-text.ts';
import { worldOf } from '../../../shared/place-text.ts';
import type { Lang } from '../../../shared/text.ts';
import type { Journey } from '../../../shared/trace.ts';
import { visibleLine } from '../../../shared/visible.ts';
import {
  DIRECTION_WORDS,
  END_WORDS,
  FACT_REASON_WORDS,
  OUTCOME_WORDS,
  originWords,
  residueReason,
  STEP_WORDS,
  VERDICT_WORDS,
} from '../../../shared/words.ts';
import { PROBE_WORDS } from './probe-words.ts';
import { ROW_PHRASES } from './row-phrases.ts';
import type { Row } from './rows.ts';
import { residueLines } from './states.ts';

/** Characters of one line that are ever shown: guests may say anything, at any length. */
const MOST = 600;

/** One line from outside, made safe to look at. */
export function line(text: string): string {
  return visibleLine(text.length > MOST ? `${text.slice(0, MOST)}…` : text);
}

/** What a row is about, in some words. */
export function rowTitle(row: Row, lang: Lang): string {
  const say = ROW_PHRASES[lang];
  switch (row.what) {
    case 'started': {
      const { machine, remedy } = row.event;
      const name = line(machine.name);
      return machine.kind === 'log' ? say.opened(name) : say.started(name, remedy === 'undo');
    }
    case 'remark':
      return line(row.remark.says[lang]);
    case 'step':
      return STEP_WORDS[row.step][lang];
    case 'command':
      return line(row.command.asked.purpose[lang]);
    case 'fact':
      return PROBE_WORDS[row.fact.probe]?.[lang] ?? line(row.fact.probe);
    case 'flow':
      return flowTitle(row.flow, lang);
    case 'remedy':
      return say.remedy(say.remedies[row.plan.kind], line(row.plan.title[lang]));
    case 'remedied':
      return line(row.end.says[lang]);
    case 'tracer':
      return row.tracer.backend === null ? say.tracerNone : say.tracer(line(row.tracer.backend));
    case 'journey':
      return journeyTitle(row.journey, lang);
    case 'note':
      return row.note.outcome === 'rule-broke'
        ? say.broke(line(row.note.rule))
        : say.cannotTell(line(row.note.rule));
    case 'cause':
      return line(row.cause.title[lang]);
    case 'verdict':
      return VERDICT_WORDS[row.verdict.verdict][lang];
    case 'residue':
      return say.residue;
    case 'trouble':
      return line(row.trouble.says[lang]);
    case 'ended':
      return say.ended[row.how];
  }
}

/** From where to where. */
export function flowTitle({ from, to }: FlowResult, lang: Lang): string {
  return line(ROW_PHRASES[lang].flow(originWords(from)[lang], `${to.label} ${to.proto}`));
}

function journeyTitle({ packet, direction }: Journey, lang: Lang): string {
  const way = `${endpoint(packet.src, packet.sport)} → ${endpoint(packet.dst, packet.dport)} ${packet.proto}`;
  return ROW_PHRASES[lang].journey(DIRECTION_WORDS[direction][lang], line(way));
}

/** How it went, beside the title; may be empty. */
export function rowSummary(row: Row, lang: Lang): string {
  const say = ROW_PHRASES[lang];
  switch (row.what) {
    case 'started':
      return line(row.event.targets.join(' '));
    case 'command': {
      const { answer } = row.command;
      if (answer === undefined) return '';
      if (answer.refused !== undefined) return say.refused;
      if (answer.timedOut) return say.timedOut;
      return answer.code === 0 ? '' : say.exit(answer.code);
    }
    case 'fact': {
      if (row.fact.ok) return line(row.fact.summary?.[lang] ?? '');
      const reason = row.fact.reason === undefined ? '' : FACT_REASON_WORDS[row.fact.reason][lang];
      return row.fact.detail === undefined ? reason : line(say.why(reason, row.fact.detail[lang]));
    }
    case 'flow': {
      const word = OUTCOME_WORDS[row.flow.outcome][lang];
      const detail = flowSaid(row.flow, lang);
      return line(detail === '' ? word : say.why(word, detail));
    }
    case 'tracer':
      return line(row.tracer.whyNot.map(({ backend, why }) => say.why(backend, why[lang])).join(' · '));
    case 'journey': {
      const { end, at } = row.journey;
      const word = END_WORDS[end][lang];
      return at === undefined
        ? word
        : line(say.endAt(word, `${worldOf(at)} ${at.table} ${at.chain}`, at.rule));
    }
    case 'note':
      return line(row.note.says[lang]);
    case 'remark':
      return line(row.remark.next[lang]);
    case 'verdict':
      return line(row.verdict.says[lang]);
    case 'residue': {
      const changed = residueLines(row.residue).length;
      if (changed > 0) return say.left(changed);
      return row.residue.checked ? say.clean : say.unchecked(residueReason(row.residue)[lang]);
    }
    default:
      return '';
  }
}
