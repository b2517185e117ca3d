import { readFileSync } from 'node:fs';

/** What a fresh shell starts with: it evals the first line of its input. */
export const FIRST_LINE = 'IFS= read -r l; eval "$l"';

/** All that a login shell (sh, fish, zsh, csh) ever has to understand. */
export const LOGIN_LINE = `exec /bin/sh -c '${FIRST_LINE}'`;

/** The first line: it collects lines until the nonce, and evals them. */
export function bootLine(nonce: string): string {
  return (
    `n=${nonce};LC_ALL=C;export LC_ALL;nl=$(printf "\\nx");nl=\${nl%x};s=;` +
    'while IFS= read -r l||exit;[ "$l" != "$n" ];do s=$s$l$nl;done;eval "$s"'
  );
}

// Each written out: the window's build looks for literal paths.
const COMMON = new URL('./runner/common.sh', import.meta.url);
const EXEC = new URL('./runner/exec.sh', import.meta.url);
const STREAM = new URL('./runner/stream.sh', import.meta.url);

/** Runs commands one after the other; see runner/exec.sh. */
export const EXEC_RUNNER = source(COMMON) + source(EXEC);

/** Runs one command with a standard input; see runner/stream.sh. */
export const STREAM_RUNNER = source(COMMON) + source(STREAM);

/** A part of the runner without its comments: the guest's shell reads it a byte at a time. */
function source(file: URL): string {
  const text = readFileSync(file, 'utf8');
  return text.replace(/^\s*#.*\n/gm, '').replace(/^\s+/gm, '');
}
