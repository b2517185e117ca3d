import { milliseconds } from '../../../shared/milliseconds.ts';
import type { Run } from '../../../shared/run.ts';
import { useLang, usePhrases } from '../../lang.ts';
import { line } from '../timeline/row-text.ts';
import { VERDICT_PHRASES } from './phrases.ts';
import css from './verdict.module.css';

/** Names of the guest's facts that say most, as people write them. */
const NAMES: Record<string, string> = {
  os: '',
  kernel: 'Linux',
  docker: 'Docker',
  podman: 'Podman',
  firewalld: 'firewalld',
  nftables: 'nftables',
  iptables: 'iptables',
};

/** When it ran and how long it took. */
export function When({ run: { started, ended } }: { run: Run }) {
  const say = usePhrases(VERDICT_PHRASES);
  const lang = useLang();
  const at = started === undefined ? undefined : new Date(started.at);
  return (
    <p className={css.when}>
      {at !== undefined && !Number.isNaN(at.getTime()) && (
        <time dateTime={started?.at}>
          {at.toLocaleString(lang, { dateStyle: 'medium', timeStyle: 'short' })}
        </time>
      )}
      {ended !== undefined && <span>{say.took(milliseconds(ended.t))}</span>}
    </p>
  );
}

/** What the guest is made of, in one quiet line. */
export function MetaLine({ run: { guest } }: { run: Run }) {
  const parts = Object.entries(NAMES)
    .filter(([key]) => guest[key] !== undefined && guest[key] !== '')
    .map(([key, name]) => `${name} ${line(guest[key] ?? '')}`.trim());
  if (parts.length === 0) return null;
  return (
    <p className={css.meta}>
      {parts.map((part) => (
        <span key={part}>{part}</span>
      ))}
    </p>
  );
}
