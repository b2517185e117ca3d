import type { RunJson } from '../../shared/run-json.ts';

/** How good an answer is, best first. */
export const SCORES = [
  /** The root cause heads the list; on a healthy machine: nobody is accused. */
  'right',
  /** It is there, behind another. */
  'not first',
  /** The rule or setting is shown, but what it is about is not named. */
  'only the place',
  'wrong',
  /** No cause at all, on a machine where something is wrong. */
  'silent',
  'accused the healthy',
  /** No answer: the run broke. */
  'broke',
] as const;
export type Score = (typeof SCORES)[number];

export interface Wanted {
  /** Id of the right cause; undefined for a healthy machine. */
  cause?: string | undefined;
  /** Words that a right answer contains, whatever their case. */
  terms: readonly string[];
}

type Answer = Pick<RunJson, 'verdict' | 'causes' | 'troubles'>;

/** Scores the answer of one run. */
export function score({ verdict, causes, troubles }: Answer, { cause, terms }: Wanted): Score {
  if (cause === undefined)
    return causes.length > 0 || verdict !== 'healthy' ? 'accused the healthy' : 'right';
  const says = (told: unknown) => {
    const text = JSON.stringify(told).toLowerCase();
    return terms.every((term) => text.includes(term.toLowerCase()));
  };
  // A machine that can't be reached has a trouble, which is what heads the answer then
  const told = [...causes, ...troubles.map(({ code, says }) => ({ id: code, says }))];
  const at = told.findIndex((each) => each.id === cause && says(each));
  if (at >= 0) return at === 0 ? 'right' : 'not first';
  if (told.some(says)) return 'only the place';
  return told.length > 0 ? 'wrong' : 'silent';
}
