import type { Fix } from '../../shared/cause.ts';
import type { Text } from '../../shared/text.ts';
import { quote } from '../connect/quote.ts';
import type { TcFilter } from '../probe/lib/tc-filter.ts';
import { actionWords } from './tc-harm.ts';

export type End = 'ingress' | 'egress';

/** Deletes a filter of tc, at the end of a device that it stands at; none where it could not be put back as it was. */
export function deleteFilter(filter: TcFilter, end: End, title: Text): Fix[] {
  const { dev, protocol, pref } = filter;
  const [match, actions] = [matchWords(filter), actionWords(filter.does, filter.actions)];
  if (match === undefined || actions === undefined) return [];
  const at = `dev ${quote(dev)} ${end} pref ${pref}`;
  return [
    {
      title,
      commands: [`tc filter del ${at}`],
      undo: [`tc filter add ${at} protocol ${protocol} ${match} ${actions}`],
      applies: 'at-once',
      trial: 'itself',
    },
  ];
}

/** What a filter looks at, as tc is told it; undefined where that is not known to the letter. */
function matchWords({ kind, match }: TcFilter): string | undefined {
  if (match?.by === 'all') return kind;
  if (match?.by !== 'bits') return undefined;
  const hex = (n: number) => `0x${n.toString(16)}`;
  return [
    kind,
    ...match.bits.map(({ offset, value, mask }) => `match u32 ${hex(value)} ${hex(mask)} at ${offset}`),
  ].join(' ');
}

/** A filter as people say it. */
export function filterText({ dev, protocol, pref, kind, does, actions }: TcFilter, end: End): string {
  const what =
    actionWords(does, actions) ?? does.map((a) => `action ${a.kind === 'other' ? a.name : a.kind}`).join(' ');
  return `tc filter ${end} dev ${dev} protocol ${protocol} pref ${pref} ${kind} ${what}`.trim();
}
