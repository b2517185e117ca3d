import type { RunEvent } from './run.ts';

/** Characters of a command's output that the window gets at once; `commandOutput` gives all of it. */
const SHOWN_CHARS = 8192;

function shorten(text: string): string {
  // A mark of its own would be one more character to explain: one character over the limit says that there is more.
  return text.length > SHOWN_CHARS ? text.slice(0, SHOWN_CHARS + 1) : text;
}

/** Is this output of a command, as the window has it, only the beginning? */
export function wasShortened(text: string): boolean {
  return text.length > SHOWN_CHARS;
}

/** An event as the window gets it: without the rest of long outputs. */
export function shortened(event: RunEvent): RunEvent {
  if (event.type !== 'answer') return event;
  const { stdout, stderr } = event;
  if (!wasShortened(stdout) && !wasShortened(stderr)) return event;
  return { ...event, stdout: shorten(stdout), stderr: shorten(stderr) };
}
