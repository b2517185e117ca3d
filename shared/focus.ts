import { z } from 'zod';
import type { FlowResult } from './flow.ts';

/** What hurts, as the person says it before a diagnosis. */
export const FOCUSES = [
  'everything',
  'no-internet',
  'names',
  'between-containers',
  'published-port',
] as const;
export const Focus = z.enum(FOCUSES);
export type Focus = z.infer<typeof Focus>;

/** Is this traffic that the complaint is about? */
export function isAbout(focus: Focus, { from, to }: Pick<FlowResult, 'from' | 'to'>): boolean {
  const inContainer = from.where === 'container' || from.where === 'endpoint';
  switch (focus) {
    case 'everything':
      return true;
    case 'no-internet':
      return inContainer && to.what.startsWith('internet-');
    case 'names':
      return inContainer && (to.what === 'dns-server' || to.what.endsWith('-name'));
    case 'between-containers':
      return inContainer && to.what.startsWith('container-');
    case 'published-port':
      return to.what === 'published-port';
  }
}
