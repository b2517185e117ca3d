import type { Cause, Fix } from '../../shared/cause.ts';
import { journeyLines } from '../../shared/journey-text.ts';
import { placeText } from '../../shared/place-text.ts';
import { fixId } from '../../shared/remedy.ts';
import { rootCause, rootJourneys } from '../../shared/root-cause.ts';
import type { RemedyRecord, Run } from '../../shared/run.ts';
import type { Lang } from '../../shared/text.ts';
import { columns } from '../../shared/width.ts';
import { GRADE_WORDS, OUTCOME_WORDS, OWNER_WORDS, residueReason, VERDICT_WORDS } from '../../shared/words.ts';
import { matrixLines } from './matrix.ts';
import { CLI_PHRASES, type CliPhrases } from './phrases.ts';
import { type Paint, type Style, safe, safeLine } from './terminal.ts';

/** How the result looks: its language, its colours, the columns there are. */
export interface Look {
  lang: Lang;
  paint: Paint;
  fits: number;
}

const VERDICT_STYLES = {
  healthy: 'green',
  problem: 'red',
  'cannot-tell': 'yellow',
  fixed: 'green',
} satisfies Record<string, Style>;

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`.trimEnd());
}

function fixLines(fix: Fix, id: string, lang: Lang, say: CliPhrases): string[] {
  // A command is shown to be copied: what hides in it must be seen.
  const lines = [`${safeLine(fix.title[lang])}`, ...fix.commands.map((command) => `  ${safeLine(command)}`)];
  if (fix.warning !== undefined) lines.push(safeLine(say.careful(fix.warning[lang])));
  if (fix.applies === 'at-once') lines.push(safeLine(say.fixCommand(id)));
  if (fix.undo.length === 0) return [...lines, say.noUndo];
  return [...lines, say.undo, ...fix.undo.map((command) => `  ${safeLine(command)}`)];
}

function causeLines(cause: Cause, { lang, paint }: Look, say: CliPhrases): string[] {
  const grade = GRADE_WORDS[cause.grade];
  const rows = [[say.grade, say.because(grade.name[lang], grade.meaning[lang])]];
  if (cause.owner !== undefined) rows.push([say.owner, OWNER_WORDS[cause.owner][lang]]);
  if (cause.where !== undefined) {
    rows.push(
      [say.where, safeLine(placeText(cause.where, lang))],
      [say.rule, safeLine(cause.where.iptables ?? cause.where.rule)],
    );
  }
  const lines = [paint('bold', safeLine(cause.title[lang])), ...indented(columns(rows)), ''];
  lines.push(paint('bold', say.why), ...indented(safe(cause.says[lang]).split('\n')));
  lines.push(...indented(cause.evidence.map((e) => `· ${safeLine(e.says[lang])}`)));
  if (cause.fixes.length > 0) {
    lines.push('', paint('bold', say.whatToDo));
    lines.push(
      ...cause.fixes.flatMap((fix, i) => indented(fixLines(fix, fixId(cause.id, i + 1), lang, say))),
    );
  }
  return lines;
}

/** Lines of the guest's state that are shown. */
const MOST_LINES = 20;

function remedyLines({ plan, end }: RemedyRecord, lang: Lang, say: CliPhrases): string[] {
  if (!end) return [];
  const lines = end.change?.lines ?? [];
  return [
    ...(plan ? [safeLine(plan.title[lang])] : []),
    safeLine(end.says[lang]),
    ...end.flows.map(({ id, before, during, after }) => {
      const outcomes = [before, during, after].flatMap((o) => (o ? [OUTCOME_WORDS[o][lang]] : []));
      return `· ${safeLine(say.flowChanged(id, outcomes))}`;
    }),
    ...(lines.length > 0 ? [say.changed(lines.length)] : []),
    ...lines.slice(0, MOST_LINES).map((line) => `  ${safeLine(line)}`),
  ];
}

function residueLine(run: Run, lang: Lang, say: CliPhrases): string[] {
  const { residue } = run;
  if (residue === undefined) return [];
  const { rules, sysctls, interfaces, processes } = residue;
  const changed = [rules, sysctls, interfaces, processes].flat().length;
  if (changed > 0) return [say.residueLeft(changed)];
  return [residue.checked ? say.residueClean : say.residueUnchecked(residueReason(residue)[lang])];
}

/** The result of a run as text for a terminal or a pipe. */
export function resultText(run: Run, look: Look): string {
  const { lang, paint } = look;
  const say = CLI_PHRASES[lang];
  const lines: string[] = [];
  const section = (title: string, body: readonly string[]) => {
    if (body.length > 0) lines.push('', paint('bold', title), ...indented(body));
  };
  if (run.verdict !== undefined) {
    const { verdict, says } = run.verdict;
    const name = paint(VERDICT_STYLES[verdict], VERDICT_WORDS[verdict][lang]);
    lines.push(`${name} — ${safeLine(says[lang])}`);
  }
  const cause = rootCause(run);
  if (cause !== undefined) lines.push('', ...causeLines(cause, look, say));
  if (run.flows.length > 0) section(say.flowsTitle, matrixLines(run.flows, lang, look.fits - 2));
  section(
    say.pathTitle,
    rootJourneys(run).flatMap((journey) => journeyLines(journey, lang).map(safeLine)),
  );
  section(
    say.alsoFound,
    run.causes
      .slice(1)
      .map((other) => `· ${safeLine(say.because(other.title[lang], GRADE_WORDS[other.grade].name[lang]))}`),
  );
  section(
    say.notes,
    run.notes.map((note) => `· ${safeLine(`${note.rule}: ${note.says[lang]}`)}`),
  );
  for (const remedy of run.remedies)
    section(say.remedyTitle[remedy.plan?.kind ?? 'fix'], remedyLines(remedy, lang, say));
  const residue = residueLine(run, lang, say);
  if (residue.length > 0) lines.push('', ...residue);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
