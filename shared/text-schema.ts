import { z } from 'zod';

/** A sentence in each language; see text.ts. */
export const TextSchema = z.strictObject({ en: z.string(), 'zh-CN': z.string() });
