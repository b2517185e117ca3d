import type { Fix } from '../../shared/cause.ts';
import type { Text } from '../../shared/text.ts';
import { quote } from '../connect/quote.ts';
import type { TcFilter } from '../probe/tc.ts';

/** Deletes a filter of tc, at the end of a device that it stands at; none where it could not be put back as it was. */
export function deleteFilter(
  { dev, protocol, pref, kind, actions }: TcFilter,
  end: 'ingress' | 'egress',
  title: Text,
): Fix[] {
  if (kind !== 'matchall' || actions.length !== 1) return [];
  const at = `dev ${quote(dev)} ${end} pref ${pref}`;
  return [
    {
      title,
      commands: [`tc filter del ${at}`],
      undo: [`tc filter add ${at} protocol ${protocol} matchall action drop`],
      applies: 'at-once',
      trial: 'itself',
    },
  ];
}
