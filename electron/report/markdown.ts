import type { Run } from '../../shared/run.ts';
import type { Lang } from '../../shared/text.ts';
import { PHRASES } from './phrases.ts';
import type { Section } from './section.ts';
import { answer, why } from './sections/answer.ts';
import { evidence, took } from './sections/evidence.ts';
import { flows } from './sections/flows.ts';
import { notes, tracer } from './sections/notes.ts';
import { otherCauses } from './sections/others.ts';
import { path } from './sections/path.ts';
import { remarks } from './sections/remarks.ts';
import { remedies } from './sections/remedies.ts';
import { residue } from './sections/residue.ts';
import { versions } from './sections/versions.ts';
import { whatToDo } from './sections/what-to-do.ts';
import { writeMarkdown } from './write.ts';

/** The order in which a colleague wants to read it. */
const SECTIONS: readonly Section[] = [
  answer,
  why,
  flows,
  path,
  whatToDo,
  remedies,
  versions,
  otherCauses,
  remarks,
  notes,
  tracer,
  residue,
  took,
  evidence,
];

/** The report of a run, whole or cut short. Pure: the same run and language give the same bytes. */
export function reportMarkdown(run: Run, lang: Lang): string {
  const source = { run, lang, say: PHRASES[lang] };
  return writeMarkdown(SECTIONS.flatMap((section) => section(source)));
}
