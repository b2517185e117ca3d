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

/** Runs commands one after the other; see runner/exec.sh. */
export const EXEC_RUNNER = source('common.sh') + source('exec.sh');

/** Runs one command with a standard input; see runner/stream.sh. */
export const STREAM_RUNNER = source('common.sh') + source('stream.sh');

/** A part of the runner without its comments: the guest's shell reads it a byte at a time. */
function source(name: string): string {
  const text = readFileSync(new URL(`./runner/${name}`, import.meta.url), 'utf8');
  return text.replace(/^\s*#.*\n/gm, '').replace(/^\s+/gm, '');
}
