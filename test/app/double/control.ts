import { z } from 'zod';

/** How the double is started, as JSON in CULPRIT_DOUBLE. */
const Options = z.object({
  /** No window on any display. */
  headless: z.boolean().default(true),
  /** Chrome's or Chromium's executable. */
  browser: z.string().default('/usr/bin/chromium'),
  /** Folder for the browser's profile; made and removed by whoever starts the double. */
  profile: z.string(),
  /** Exit code when the browser does not start; without one main hears of it, as of Electron's own failures. */
  codeWithoutBrowser: z.number().int().optional(),
  /** Open a port on which a test can attach to the pages. */
  attach: z.boolean().default(false),
  /** The system's appearance; undefined: as the browser has it. */
  theme: z.enum(['light', 'dark']).optional(),
  /** The system's languages. */
  languages: z.array(z.string()).default(['en-US']),
  /** What `process.platform` says, once main is loaded. */
  platform: z.string().optional(),
  /** Makes safeStorage work, with this 32-byte key as hex: what was sealed opens again after a restart. */
  key: z.string().length(64).optional(),
  /** Displays' work areas, the primary one first. */
  displays: z
    .array(z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }))
    .default([{ x: 0, y: 25, width: 1920, height: 1175 }]),
});
export type DoubleOptions = z.input<typeof Options>;

export const options = Options.parse(JSON.parse(process.env.CULPRIT_DOUBLE ?? '{}'));

/** What main did that nobody sees: `openExternal`, `showSaveDialog`, `will-navigate`… */
export interface Recorded {
  what: string;
  details: unknown[];
}

/** All of it since the start, oldest first. */
export const recorded: Recorded[] = [];

/** Notes something that main did. */
export function record(what: string, ...details: unknown[]): void {
  recorded.push({ what, details });
}

const answers = new Map<string, unknown[]>();
const open = new Map<string, (answer: unknown) => void>();

/** The dialog of this kind that is open is answered so, or else the next one. `'hold'` leaves it open until then. */
export function prepareAnswer(dialog: string, answer: unknown): void {
  const close = open.get(dialog);
  open.delete(dialog);
  if (close) close(answer);
  else answers.set(dialog, [...(answers.get(dialog) ?? []), answer]);
}

/** The answer that was prepared for this kind of dialog; undefined when there is none. */
export async function takeAnswer(dialog: string): Promise<unknown> {
  const answer = answers.get(dialog)?.shift();
  if (answer !== 'hold') return answer;
  return new Promise((resolve) => open.set(dialog, resolve));
}

/** A member that the double does not have throws, so that no call is silently ignored. */
export function strict<T extends object>(module: T, name: string): T {
  return new Proxy(module, {
    get(target, key) {
      if (!(key in target) && typeof key === 'string' && key !== 'then' && key !== 'toJSON') {
        throw new Error(`the double of electron has no ${name}.${key}`);
      }
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
