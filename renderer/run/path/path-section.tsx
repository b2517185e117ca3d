import { useMemo } from 'react';
import { endpoint, packetText } from '../../../shared/journey-text.ts';
import { rootJourneys } from '../../../shared/root-cause.ts';
import type { Run } from '../../../shared/run.ts';
import type { Journey } from '../../../shared/trace.ts';
import { usePhrases, useText } from '../../lang.ts';
import { RUN_PHRASES } from '../phrases.ts';
import { line } from '../timeline/row-text.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { useWhole } from '../use-whole.ts';
import { showRow, useView, useViewStore } from '../view-state.ts';
import { insightOf } from './insight.ts';
import { JourneySelect } from './journey-select.tsx';
import css from './path.module.css';
import { pathOf } from './path-model.ts';
import { PATH_PHRASES } from './phrases.ts';
import { Picture } from './picture.tsx';

/** Journeys with the root cause's first and those that ended at the same place, then others that did not arrive. */
function ordered(run: Run): { root: Journey[]; others: Journey[] } {
  const told = rootJourneys(run);
  const known = new Set(told);
  const untold = run.journeys.filter((journey) => !known.has(journey));
  const place = placeOf(told.find(({ at }) => at !== undefined));
  const isSame = (journey: Journey) => place !== undefined && placeOf(journey) === place;
  const root = [...told, ...untold.filter(isSame)];
  const rest = untold.filter((journey) => !isSame(journey));
  const arrived = ({ end }: Journey) => end === 'delivered' || end === 'passed';
  return { root, others: [...rest.filter((j) => !arrived(j)), ...rest.filter(arrived)] };
}

function placeOf(journey: Journey | undefined): string | undefined {
  if (journey?.at === undefined) return undefined;
  const { family, table, chain, hook, handle, rule } = journey.at;
  return [family, table, chain, hook, handle, rule].join('\n');
}

/** The way of a packet as a picture, with a choice of packets. `id` is the run's. */
export function PathSection({ id, run, timeline }: { id: string; run: Run; timeline: Timeline }) {
  const say = usePhrases(PATH_PHRASES);
  const { path: title } = usePhrases(RUN_PHRASES);
  const text = useText();
  const view = useViewStore();
  const chosen = useView(({ journey }) => journey);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only these parts of the run are looked at
  const { root, others } = useMemo(() => ordered(run), [run.journeys, run.causes]);
  const shown =
    (chosen === undefined ? undefined : run.journeys.find(({ id }) => id === chosen)) ??
    root.find(({ at, end }) => at !== undefined || end === 'lost') ??
    root[0] ??
    others[0];
  const { part: journey, state } = useWhole(id, shown);
  const path = useMemo(
    () =>
      journey === undefined
        ? undefined
        : pathOf(
            journey,
            run.flows.find(({ id }) => id === journey.flowId),
          ),
    [journey, run.flows],
  );
  if (path === undefined || journey === undefined || shown === undefined) return null;
  const insight = insightOf(path);
  const row = timeline.rowOf('journey', journey.id);
  const { nat } = journey;
  return (
    <section aria-labelledby="path">
      <header className={css.head}>
        <h2 id="path" tabIndex={-1}>
          {title}
        </h2>
        <JourneySelect root={root} others={others} chosen={shown} run={run} />
      </header>
      <div className={css.card} aria-busy={state === 'coming'}>
        {/* While the stops of a long run's packet are on their way, there is no way to draw. */}
        {state !== 'coming' && <Picture key={journey.id} path={path} />}
        <div className={css.caption}>
          {insight !== undefined && <p className={css.insight}>{text(insight)}</p>}
          <p>
            <code>{line(packetText(journey.packet))}</code>
            {nat !== undefined && (
              <span>
                {say.translated(line(`${endpoint(nat.src, nat.sport)} → ${endpoint(nat.dst, nat.dport)}`))}
              </span>
            )}
            {journey.icmpError !== undefined && <span>{say.icmp(line(journey.icmpError))}</span>}
            {row !== undefined && (
              <button type="button" className={css.link2} onClick={() => showRow(view, row)}>
                {say.inTimeline}
              </button>
            )}
          </p>
          {journey.packets !== undefined && <p>{say.alike(journey.packets)}</p>}
          {journey.gap !== undefined && <p className={css.gap}>{say.gap(line(text(journey.gap)))}</p>}
        </div>
      </div>
    </section>
  );
}
