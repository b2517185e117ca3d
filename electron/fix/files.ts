import { edited, type FileEdit } from '../../shared/file-edit.ts';
import type { FileChange } from '../../shared/remedy.ts';
import { same, type Text } from '../../shared/text.ts';
import type { Guest } from '../connect/guest.ts';
import { quote } from '../connect/quote.ts';
import type { Step } from './held.ts';

/** A longer file is none that Culprit edits: it has to fit into a command. */
const MOST_BYTES = 24 * 1024;

/** What editing files comes to, or why it can't be done. */
export type Edited = { ok: true; files: FileChange[] } | { ok: false; why: Text };

/** Reads the files that are to be edited, and says what they would hold then; nothing is written. */
export async function editFiles(
  guest: Guest,
  edits: readonly FileEdit[],
  signal: AbortSignal,
): Promise<Edited> {
  const files = new Map<string, FileChange>();
  for (const edit of edits) {
    const { path } = edit;
    const known = files.get(path);
    const read = known ? { ok: true as const, text: known.after } : await readText(guest, path, signal);
    if (!read.ok) return { ok: false, why: unreadable(path, read.why) };
    const after = edited(read.text, edit);
    if (after === undefined) return { ok: false, why: unlike(path) };
    files.set(path, { path, before: known ? known.before : read.text, after });
  }
  return { ok: true, files: [...files.values()] };
}

type Read = { ok: true; text: string | null } | { ok: false; why: string };

async function readText(guest: Guest, path: string, signal: AbortSignal): Promise<Read> {
  const file = quote(path);
  const { code, stdout, stderr } = await guest.exec(
    {
      purpose: same(path),
      script: `[ -e ${file} ] || exit 3; [ "$(wc -c <${file})" -le ${MOST_BYTES} ] || { echo 'too long' >&2; exit 1; }; base64 <${file}`,
      asRoot: true,
    },
    signal,
  );
  if (code === 3) return { ok: true, text: null };
  if (code !== 0) return { ok: false, why: stderr.trim() || String(code) };
  try {
    const bytes = Buffer.from(stdout, 'base64');
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { ok: false, why: 'no UTF-8' };
  }
}

const unreadable = (path: string, why: string): Text => ({
  en: `${path} can't be read (${why}), so it is left alone.`,
  'zh-CN': `无法读取 ${path}（${why}），因此没有改动它。`,
});
const unlike = (path: string): Text => ({
  en: `${path} does not look as it would have to: it is no JSON object, or has nothing to replace. Edit it by hand.`,
  'zh-CN': `${path} 的内容与预期不符：不是 JSON 对象，或没有可替换的内容。请手动编辑。`,
});

const encoded = (text: string) => quote(Buffer.from(text).toString('base64'));

/**
 * The step that changes a file, in its place, so that owner, mode and links stay. It refuses where the file is not as it was
 * read; a backup stands beside it for as long as the change does.
 */
export function fileStep({ path, before, after }: FileChange): Step {
  const file = quote(path);
  const backup = quote(`${path}.before-culprit`);
  const holds = (text: string | null) =>
    text === null ? `[ ! -e ${file} ]` : `[ "$(base64 <${file} | tr -d '\\n')" = ${encoded(text)} ]`;
  const only = (text: string | null) =>
    `${holds(text)} || { echo ${quote(`${path} was changed by somebody else meanwhile`)} >&2; exit 1; }`;
  const write = (text: string | null) =>
    text === null ? `rm -f ${file}` : `printf %s ${encoded(text)} | base64 -d >${file}`;
  return {
    command: [
      'set -e',
      only(before),
      before === null ? ':' : `cp -a -L ${file} ${backup}`,
      write(after),
    ].join('\n'),
    undo: ['set -e', only(after), write(before), `rm -f ${backup}`].join('\n'),
  };
}
