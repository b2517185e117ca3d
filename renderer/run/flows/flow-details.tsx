import type { RefObject } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import type { FlowResult } from '../../../shared/flow.ts';
import { flowSaid } from '../../../shared/flow-text.ts';
import { milliseconds } from '../../../shared/milliseconds.ts';
import type { Run } from '../../../shared/run.ts';
import { visible } from '../../../shared/visible.ts';
import { OUTCOME_WORDS, originWords } from '../../../shared/words.ts';
import { useLang, usePhrases } from '../../lang.ts';
import { afterClose } from '../../ui/after-close.ts';
import { Button } from '../../ui/button.tsx';
import { Pre } from '../pre.tsx';
import { StateIcon } from '../state-icon.tsx';
import { line } from '../timeline/row-text.ts';
import { flowState } from '../timeline/states.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { showJourney, showRow, useViewStore } from '../view-state.ts';
import css from './details.module.css';
import { FLOW_PHRASES } from './phrases.ts';

const MOST = 4000;

/** What there is to know about one flow, beside its cell. */
export function FlowDetails({
  flow,
  run,
  timeline,
  trigger,
  onClose,
}: {
  flow: FlowResult;
  run: Run;
  timeline: Timeline;
  trigger: RefObject<HTMLElement | null>;
  onClose: () => void;
}) {
  const say = usePhrases(FLOW_PHRASES);
  const lang = useLang();
  const view = useViewStore();
  const row = timeline.rowOf('flow', flow.id);
  const journeys = run.journeys.filter(({ flowId }) => flowId === flow.id);
  const journey = journeys.find(({ at }) => at !== undefined) ?? journeys[0];
  const { tries } = flow;
  const said = flowSaid(flow, lang);
  const leave = (then: () => void) => {
    onClose();
    afterClose(then);
  };
  return (
    <Popover
      className={css.popover ?? ''}
      triggerRef={trigger}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      placement="bottom start"
    >
      <Dialog className={css.dialog ?? ''} aria-label={say.details}>
        <p className={css.way}>
          {line(`${originWords(flow.from)[lang]} → ${flow.to.label} ${flow.to.proto}`)}
        </p>
        <p className={css.outcome}>
          <StateIcon state={flowState(flow)} />
          <b>{OUTCOME_WORDS[flow.outcome][lang]}</b>
          {flow.outcome !== 'skipped' && <span>{milliseconds(flow.ms)}</span>}
          {tries !== undefined && <span>{say.tries(tries.ok, tries.of)}</span>}
        </p>
        {said === '' ? (
          <p className={css.dim}>{say.nothingSaid}</p>
        ) : (
          <Pre label={say.said} text={visible(said.slice(0, MOST))} />
        )}
        <div className={css.actions}>
          {row !== undefined && (
            <Button size="small" onPress={() => leave(() => showRow(view, row))}>
              {say.inTimeline}
            </Button>
          )}
          {journey !== undefined && (
            <Button size="small" onPress={() => leave(() => showJourney(view, journey.id))}>
              {say.showPath}
            </Button>
          )}
        </div>
      </Dialog>
    </Popover>
  );
}
