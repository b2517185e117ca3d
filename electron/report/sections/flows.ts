import type { FlowResult } from '../../../shared/flow.ts';
import { failedFlows, flowMatrix } from '../../../shared/flow-matrix.ts';
import { flowSaid } from '../../../shared/flow-text.ts';
import { milliseconds } from '../../../shared/milliseconds.ts';
import type { Lang } from '../../../shared/text.ts';
import { OUTCOME_WORDS, originWords } from '../../../shared/words.ts';
import { type Block, heading, type Inline, paragraph, strong, text } from '../blocks.ts';
import type { Phrases } from '../phrases.ts';
import type { Section } from '../section.ts';

function cell(flow: FlowResult | undefined, lang: Lang): Inline[] {
  if (flow === undefined) return [];
  const word = OUTCOME_WORDS[flow.outcome][lang];
  return [flow.outcome === 'ok' || flow.outcome === 'skipped' ? text(word) : strong(word)];
}

function details(flow: FlowResult, lang: Lang, say: Phrases): Inline[][] {
  const { tries } = flow;
  const detail = flowSaid(flow, lang);
  const said = tries === undefined ? detail : say.tries(tries.ok, tries.of, detail);
  return [
    [text(originWords(flow.from)[lang])],
    [text(`${flow.to.label} ${flow.to.proto}`)],
    [text(OUTCOME_WORDS[flow.outcome][lang])],
    [text(milliseconds(flow.ms))],
    [text(said)],
  ];
}

/** The matrix of who reaches what, then what failed and how. */
export const flows: Section = ({ run, lang, say }) => {
  if (run.flows.length === 0) return [heading(2, say.flows), paragraph(say.noFlows)];
  const matrix = flowMatrix(run.flows);
  const blocks: Block[] = [
    heading(2, say.flows),
    paragraph(say.flowsIntro),
    {
      kind: 'table',
      head: [say.to, ...matrix.origins.map((from) => originWords(from)[lang])],
      rows: matrix.rows.map(({ to, cells }) => [
        [text(`${to.label} ${to.proto}`)],
        ...cells.map((flow) => cell(flow, lang)),
      ]),
    },
  ];
  const shown = [...failedFlows(run.flows), ...run.flows.filter((flow) => flow.outcome === 'skipped')];
  if (shown.length > 0) {
    blocks.push(heading(3, say.failed), {
      kind: 'table',
      head: [say.from, say.to, say.result, say.time, say.said],
      rows: shown.map((flow) => details(flow, lang, say)),
    });
  }
  return blocks;
};
