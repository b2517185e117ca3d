import type { FlowResult } from '../../shared/flow.ts';
import { failedFlows, flowMatrix } from '../../shared/flow-matrix.ts';
import type { Lang } from '../../shared/text.ts';
import { columns, width } from '../../shared/width.ts';
import { OUTCOME_WORDS, originWords } from '../../shared/words.ts';
import { CLI_PHRASES } from './phrases.ts';
import { safeLine } from './terminal.ts';

function word(flow: FlowResult | undefined, lang: Lang): string {
  if (flow === undefined) return '';
  const { tries } = flow;
  const repeated = tries === undefined ? '' : ` ${tries.ok}/${tries.of}`;
  return `${OUTCOME_WORDS[flow.outcome][lang]}${repeated}`;
}

/** Who reaches what as an aligned table; where that is wider than the terminal, a line for each flow that fails. */
export function matrixLines(flows: readonly FlowResult[], lang: Lang, fits: number): string[] {
  const matrix = flowMatrix(flows);
  const head = ['', ...matrix.origins.map((from) => safeLine(originWords(from)[lang]))];
  const rows = matrix.rows.map(({ to, cells }) => [
    safeLine(`${to.label} ${to.proto}`),
    ...cells.map((flow) => word(flow, lang)),
  ]);
  const table = columns([head, ...rows]);
  if (table.every((line) => width(line) <= fits)) return table;
  const failed = failedFlows(flows);
  if (failed.length === 0) return [CLI_PHRASES[lang].allWork(flows.length)];
  return columns(
    failed.map((flow) => [
      safeLine(`${originWords(flow.from)[lang]} → ${flow.to.label} ${flow.to.proto}`),
      word(flow, lang),
    ]),
  );
}
