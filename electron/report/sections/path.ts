import { journeyLines } from '../../../shared/journey-text.ts';
import { rootCause, rootJourneys } from '../../../shared/root-cause.ts';
import type { Lang } from '../../../shared/text.ts';
import type { Journey } from '../../../shared/trace.ts';
import { type Block, fence, heading, paragraph } from '../blocks.ts';
import type { Section } from '../section.ts';

function drawn(journeys: readonly Journey[], lang: Lang): Block {
  return fence('text', journeys.map((journey) => journeyLines(journey, lang).join('\n')).join('\n\n'));
}

/** The way of the packet that died at the root cause, and of what came back. */
export const path: Section = ({ run, lang, say }) => {
  if (rootCause(run) === undefined) return [];
  const journeys = rootJourneys(run);
  return [heading(2, say.path), journeys.length === 0 ? paragraph(say.noPath) : drawn(journeys, lang)];
};

/** The ways of all other packets that were followed. */
export const otherPaths: Section = ({ run, lang, say }) => {
  const shown = new Set(rootJourneys(run));
  const rest = run.journeys.filter((journey) => !shown.has(journey));
  return rest.length === 0 ? [] : [heading(3, say.otherPaths), drawn(rest, lang)];
};
