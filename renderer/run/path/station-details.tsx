import X from 'lucide-react/icons/x';
import { dropText } from '../../../shared/drop-text.ts';
import { isFatal } from '../../../shared/fatal.ts';
import { missedText, wayDown } from '../../../shared/journey-text.ts';
import { worldOf } from '../../../shared/place-text.ts';
import type { Journey, MissedRule, Stop } from '../../../shared/trace.ts';
import { useLang, usePhrases, useText } from '../../lang.ts';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { signed } from '../signed.ts';
import { line } from '../timeline/row-text.ts';
import { RuleText } from '../verdict/rule-line.tsx';
import { useViewStore } from '../view-state.ts';
import css from './details.module.css';
import type { Path, Station } from './path-model.ts';
import { PATH_PHRASES } from './phrases.ts';
import { verdictText } from './station-text.ts';

const MOST = 200;

function Rules({
  rules,
  stop,
  journey,
  died,
}: {
  rules: Stop['rules'];
  stop: Stop;
  journey: Journey;
  died: boolean;
}) {
  const say = usePhrases(PATH_PHRASES);
  const fatal = died ? (rules.findLast((r) => r.handle === journey.at?.handle) ?? rules.at(-1)) : undefined;
  const isFatal = (rule: Stop['rules'][number]) => rule === fatal && !stop.policy;
  return (
    <table className={css.rules}>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{say.chain}</th>
          <th scope="col">{say.handle}</th>
          <th scope="col">{say.rule}</th>
        </tr>
      </thead>
      <tbody>
        {rules.slice(0, MOST).map((rule, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rules keep their places
          <tr key={n} className={cx(isFatal(rule) && css.fatal)}>
            <td>{line(rule.chain)}</td>
            <td className={css.handle}>{rule.handle ?? rule.position ?? ''}</td>
            <td>
              <RuleText text={rule.text === '' ? `${rule.verdict} ${rule.target ?? ''}`.trim() : rule.text} />
              {isFatal(rule) && <em>← {say.died}</em>}
            </td>
          </tr>
        ))}
        {stop.policy && (
          <tr className={cx(died && css.fatal)}>
            <td>{line(stop.baseChain)}</td>
            <td />
            <td>
              <RuleText text={say.policy(stop.verdict)} />
              {died && <em>← {say.died}</em>}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** The rules before the fatal one that let the packet by, each with what did not fit. */
function Missed({ rules, chain }: { rules: readonly MissedRule[]; chain: string }) {
  const say = usePhrases(PATH_PHRASES);
  const lang = useLang();
  return (
    <details>
      <summary>{say.missed(rules.length, line(chain))}</summary>
      <table className={css.rules}>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{say.handle}</th>
            <th scope="col">{say.rule}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => {
            const why = missedText(rule, lang);
            return (
              <tr key={rule.position}>
                <td className={css.handle}>{rule.handle ?? rule.position}</td>
                <td>
                  <RuleText text={rule.rule} />
                  {why !== '' && <span className={css.differs}>{line(`≠ ${why}`)}</span>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}

function StopDetails({ stop, journey, died }: { stop: Stop; journey: Journey; died: boolean }) {
  const say = usePhrases(PATH_PHRASES);
  const lang = useLang();
  const shown = wayDown(stop.rules);
  return (
    <section className={css.stop}>
      <h3>
        <code>{line(`${worldOf(stop)} ${stop.table} ${stop.baseChain}`)}</code>
        <span>{stop.priority !== undefined && say.priority(signed(stop.priority))}</span>
        <span className={died ? css.bad : css.good}>{verdictText(stop, lang)}</span>
      </h3>
      {shown.length === 0 && !stop.policy && (
        <p>{stop.seenAt === undefined ? say.noRules : say.rulesUnknown}</p>
      )}
      <Rules rules={shown} stop={stop} journey={journey} died={died} />
      {shown.length < stop.rules.length && (
        <details>
          <summary>{say.allRules(stop.rules.length)}</summary>
          <Rules rules={stop.rules} stop={stop} journey={journey} died={died} />
        </details>
      )}
      {died && journey.at !== undefined && journey.missed !== undefined && isFatal(journey, stop) && (
        <Missed rules={journey.missed} chain={journey.at.chain} />
      )}
    </section>
  );
}

/** What happened to the packet at a station: the rules it met in each chain. */
export function StationDetails({ station, path }: { station: Station; path: Path }) {
  const say = usePhrases(PATH_PHRASES);
  const text = useText();
  const view = useViewStore();
  return (
    <div className={css.details}>
      <IconButton
        className={css.close}
        size="small"
        label={say.close}
        onPress={() => view.setState({ station: undefined })}
      >
        <X size={14} aria-hidden />
      </IconButton>
      {station.what === 'chains' &&
        station.stops.map((stop, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: chains keep their places
          <StopDetails key={n} stop={stop} journey={path.journey} died={station.fate === 'died'} />
        ))}
      {station.what === 'hook' && (
        <p>
          {station.fate === 'passed'
            ? say.hookSeen(line(station.hook))
            : say.hookUnreached(line(station.hook))}
        </p>
      )}
      {station.what === 'kernel' && (
        <p>
          {say.kernelSays} {text(dropText(station.drop))}
        </p>
      )}
      {station.what === 'route' && <p>{say.routeSays}</p>}
      {station.what === 'device' && (
        <p>
          {station.side === 'in' ? say.deviceIn(line(station.device)) : say.deviceOut(line(station.device))}
        </p>
      )}
    </div>
  );
}
