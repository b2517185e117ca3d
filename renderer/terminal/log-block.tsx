import { memo, useMemo, useState } from 'react';
import { milliseconds } from '../../shared/milliseconds.ts';
import type { CommandRecord } from '../../shared/run.ts';
import { useLang, usePhrases } from '../lang.ts';
import { cx } from '../ui/cx.ts';
import { TERMINAL_PHRASES } from './phrases.ts';
import css from './run-log.module.css';
import { type Excerpt, type LogEntry, logEntry } from './run-log.ts';

type Say = (typeof TERMINAL_PHRASES)['en'];

/** One command of the run log: why, what, what it printed, and how it ended. */
export const LogBlock = memo(function LogBlock({ command, all }: { command: CommandRecord; all: boolean }) {
  const say = usePhrases(TERMINAL_PHRASES);
  const lang = useLang();
  const [opened, setOpened] = useState(false);
  const whole = opened || all;
  const entry = useMemo(() => logEntry(command, whole, lang), [command, whole, lang]);
  const { script, stdout, stderr, end } = entry;
  const more = script.more + stdout.more + stderr.more;
  return (
    <li className={css.block}>
      <div className={css.head}>
        <p className={css.purpose}>{entry.purpose}</p>
        <p className={cx(css.end, endIsBad(end) && css.bad)}>{endText(end, say)}</p>
      </div>
      <pre className={css.script}>
        <span className={css.prompt} title={entry.asRoot ? say.asRoot : undefined}>
          {entry.asRoot ? '#' : '$'}
        </span>{' '}
        {script.text}
        <Rest of={script} />
      </pre>
      {stdout.text !== '' && (
        <pre className={css.output}>
          {stdout.text}
          <Rest of={stdout} />
        </pre>
      )}
      {stderr.text !== '' && (
        <pre className={css.errors}>
          {stderr.text}
          <Rest of={stderr} />
        </pre>
      )}
      {(more > 0 || opened) && !all && (
        <button type="button" className={css.more} aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {opened ? say.fewer : say.moreLines(more)}
        </button>
      )}
      {whole && entry.shortened && <p className={css.longer}>{say.longer}</p>}
    </li>
  );
});

function Rest({ of: { more } }: { of: Excerpt }) {
  return more > 0 ? <span className={css.rest}>{'\n'}…</span> : null;
}

function endIsBad(end: LogEntry['end']): boolean {
  return end !== undefined && !(end.how === 'exit' && end.code === 0);
}

function endText(end: LogEntry['end'], say: Say): string {
  if (end === undefined) return say.running;
  const ms = milliseconds(end.ms);
  if (end.how === 'exit') return say.exit(end.code, ms);
  return end.how === 'refused' ? say.refused : say.timedOut(ms);
}
