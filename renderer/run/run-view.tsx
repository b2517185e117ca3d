import Stethoscope from 'lucide-react/icons/stethoscope';
import { useState } from 'react';
import { COMMANDS } from '../../shared/commands.ts';
import { usePhrases } from '../lang.ts';
import { useStore, type WatchedRun } from '../store.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { useCalmRun } from './calm-run.ts';
import { FlowsSection } from './flows/flows-section.tsx';
import { LiveRegions } from './live-regions.tsx';
import { PathSection } from './path/path-section.tsx';
import { isLive, phaseOf } from './phase.ts';
import { RUN_PHRASES } from './phrases.ts';
import { useOrders } from './remedy/use-orders.ts';
import css from './run-view.module.css';
import { useRunViewCommands } from './run-view-commands.ts';
import { StateShapes } from './state-icon.tsx';
import { timelineOf } from './timeline/timeline.ts';
import { TimelineSection } from './timeline/timeline-section.tsx';
import { Progress } from './verdict/progress.tsx';
import { Verdict } from './verdict/verdict.tsx';
import { createView, ViewProvider } from './view-state.ts';

/** The heart of the window: the watched run, live or of the past, from its verdict down to each command. */
export function RunView() {
  const watched = useCalmRun();
  return (
    <div className={css.pane}>
      {watched === undefined ? <NoRun /> : <WatchedView key={watched.id} watched={watched} />}
    </div>
  );
}

function NoRun() {
  const say = usePhrases(RUN_PHRASES);
  return (
    <div className={css.scroll}>
      <EmptyState
        icon={<Stethoscope size={28} strokeWidth={1.8} />}
        title={say.noRunTitle}
        actions={<Kbd keys={COMMANDS.diagnose.accelerator} />}
      >
        <p>{say.noRun}</p>
      </EmptyState>
    </div>
  );
}

function WatchedView({ watched }: { watched: WatchedRun }) {
  const say = usePhrases(RUN_PHRASES);
  const [view] = useState(createView);
  const listed = useStore(({ app }) => app?.runs.find(({ id }) => id === watched.id)?.state);
  const { events, caughtUp, outcome } = watched;
  const isPart = !caughtUp && outcome !== undefined;
  const run = isPart ? outcome : watched.run;
  const phase = phaseOf(run, caughtUp, listed);
  const timeline = timelineOf(events);
  useRunViewCommands();
  const orders = useOrders(watched.id);
  return (
    <ViewProvider value={view}>
      <StateShapes />
      <div className={css.scroll}>
        <section className={css.column} aria-label={say.region} aria-busy={isLive(phase)}>
          {phase === 'loading' ? (
            <p className={css.loading}>{say.loading}</p>
          ) : (
            <>
              <section className={css.verdict} aria-labelledby="verdict">
                {isLive(phase) ? (
                  <Progress run={run} />
                ) : (
                  <Verdict run={run} id={watched.id} phase={phase} timeline={timeline} orders={orders} />
                )}
              </section>
              {isPart && <p className={css.loading}>{say.loading}</p>}
              <PathSection id={watched.id} run={run} timeline={timeline} />
              <FlowsSection run={run} timeline={timeline} />
              {phase !== 'unreadable' && (
                <TimelineSection timeline={timeline} run={watched.id} live={isLive(phase)} />
              )}
            </>
          )}
        </section>
      </div>
      <LiveRegions run={run} phase={phase} />
    </ViewProvider>
  );
}
