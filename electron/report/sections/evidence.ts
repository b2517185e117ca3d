import { milliseconds } from '../../../shared/milliseconds.ts';
import type { CommandRecord } from '../../../shared/run.ts';
import type { Lang } from '../../../shared/text.ts';
import { FACT_REASON_WORDS, STEP_WORDS } from '../../../shared/words.ts';
import { type Block, code, fence, heading, type Inline, paragraph, text } from '../blocks.ts';
import { bounded } from '../bounded.ts';
import type { Phrases } from '../phrases.ts';
import type { Section } from '../section.ts';
import { otherPaths } from './path.ts';

/** How long each step took. */
export const took: Section = ({ run, lang, say }) => {
  if (run.steps.length === 0) return [];
  const rows = run.steps.map((step): Inline[][] => [
    [text(STEP_WORDS[step.id][lang])],
    [text(step.ms === undefined ? say.unfinished : milliseconds(step.ms))],
  ]);
  return [heading(2, say.took), { kind: 'table', head: [say.step, say.time], rows }];
};

const facts: Section = ({ run, lang, say }) => {
  if (run.facts.length === 0) return [];
  const rows = run.facts.map((fact): Inline[][] => {
    const reason = fact.reason === undefined ? '' : FACT_REASON_WORDS[fact.reason][lang];
    return [
      [code(fact.probe)],
      [text(fact.ok ? (fact.summary?.[lang] ?? '') : reason)],
      [code(fact.commandId)],
    ];
  });
  return [heading(3, say.facts), { kind: 'table', head: [say.key, say.value, say.commands], rows }];
};

function commandBlocks(command: CommandRecord, lang: Lang, say: Phrases): Block[] {
  const root = command.asRoot ? ` (${say.root})` : '';
  const blocks = [heading(4, `${command.id}: ${command.purpose[lang]}${root}`), fence('sh', command.script)];
  const { answer } = command;
  if (answer === undefined) return [...blocks, paragraph(say.noAnswer)];
  if (answer.refused !== undefined) return [...blocks, paragraph(say.refused)];
  const remarks = [say.exit(answer.code, milliseconds(answer.ms))];
  if (answer.timedOut) remarks.push(say.timedOut);
  if (answer.truncated) remarks.push(say.truncated);
  if (answer.stdout === '' && answer.stderr === '') remarks.push(say.noOutput);
  blocks.push(paragraph(remarks.join(' ')));
  if (answer.stdout !== '') blocks.push(fence('text', bounded(answer.stdout, say)));
  if (answer.stderr !== '') blocks.push(paragraph(say.errors), fence('text', bounded(answer.stderr, say)));
  return blocks;
}

/** Everything the answer rests on: facts, the other packets, each command with its raw output. */
export const evidence: Section = (source) => {
  const { run, lang, say } = source;
  const blocks = [heading(2, say.evidence), ...facts(source), ...otherPaths(source)];
  if (run.commands.length > 0) {
    blocks.push(heading(3, say.commands), paragraph(say.commandsIntro(run.commands.length)));
    for (const command of run.commands) blocks.push(...commandBlocks(command, lang, say));
  }
  return blocks.length === 1 ? [] : blocks;
};
