import { z } from 'zod';
import { quote } from '../connect/quote.ts';
import type { Qdisc } from '../probe/tc.ts';

const percent = (share: number) => `${Number((share * 100).toFixed(6))}%`;

const none = z.literal(0).optional();

/** Options of netem as tc prints them (seconds, shares of 1), as far as the words below can say them. */
const Plain = z.strictObject({
  limit: z.number().int().nonnegative(),
  delay: z.strictObject({ delay: z.number(), jitter: none, correlation: none }).optional(),
  'loss-random': z.strictObject({ loss: z.number(), correlation: none }).optional(),
  corrupt: z.strictObject({ corrupt: z.number(), correlation: none }).optional(),
  ecn: z.literal(false).optional(),
  gap: none,
});

/**
 * The command that puts a root queue of netem back as it is, its handle with it; undefined where it does more than this
 * can say: what was deleted then could not be undone.
 */
export function netemAgain({ dev, kind, handle, options }: Qdisc): string | undefined {
  const read = Plain.safeParse(options);
  if (kind !== 'netem' || !read.success || handle === undefined) return undefined;
  const { limit, delay, 'loss-random': loss, corrupt } = read.data;
  const does = [
    ...(delay ? [`delay ${delay.delay}s`] : []),
    ...(loss ? [`loss ${percent(loss.loss)}`] : []),
    ...(corrupt ? [`corrupt ${percent(corrupt.corrupt)}`] : []),
  ];
  const root = `tc qdisc add dev ${quote(dev)} root handle ${quote(handle)}`;
  return [root, `netem limit ${limit}`, ...does].join(' ');
}
