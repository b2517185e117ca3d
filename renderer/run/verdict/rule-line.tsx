import { worldOf } from '../../../shared/place-text.ts';
import type { RulePlace } from '../../../shared/trace.ts';
import { usePhrases } from '../../lang.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { signed } from '../signed.ts';
import { line } from '../timeline/row-text.ts';
import { VERDICT_PHRASES } from './phrases.ts';
import css from './rule-line.module.css';

/** The words that end a packet, with what follows them: `reject with icmpx admin-prohibited`. */
const FATAL = /(?<=^|\s)(?:drop|reject(?:\s+with\b.*)?|-j\s+(?:DROP|REJECT)\b.*|queue\b.*)$/iu;

/** A rule's text with its verdict pointed out. */
export function RuleText({ text }: { text: string }) {
  const shown = line(text);
  const at = shown.search(FATAL);
  if (at < 0) return <>{shown}</>;
  return (
    <>
      {shown.slice(0, at)}
      <b className={css.fatal}>{shown.slice(at)}</b>
    </>
  );
}

/** The fatal rule: where it stands, its text with the verdict pointed out, and its name. */
export function RuleLine({ place }: { place: RulePlace }) {
  const say = usePhrases(VERDICT_PHRASES);
  const { table, chain, baseChain, hook, priority, handle, position } = place;
  return (
    <div className={css.rule}>
      <div className={css.where}>
        <code>
          {worldOf(place)} {line(table)}
        </code>
        <code className={css.chain}>
          {chain !== baseChain && (
            <>
              {line(baseChain)} <span className={css.arrow}>→</span>{' '}
            </>
          )}
          {line(chain)}
        </code>
        <small>{priority === undefined ? say.hook(hook) : say.chain(signed(priority), hook)}</small>
      </div>
      <div className={css.texts}>
        <code className={css.text}>
          <RuleText text={place.rule} />
        </code>
        {place.iptables !== undefined && (
          <code className={css.iptables} title={say.inIptables}>
            {line(place.iptables)}
          </code>
        )}
      </div>
      <div className={css.name}>
        {place.policy && <span>{say.policy}</span>}
        {handle !== undefined && <span>{say.handle(handle)}</span>}
        {position !== undefined && <span>{say.position(position)}</span>}
      </div>
      <CopyButton label={say.copyRule} text={place.rule} />
    </div>
  );
}
