import { flowSaid } from '../../../shared/flow-text.ts';
import { journeyLines } from '../../../shared/journey-text.ts';
import { placeText } from '../../../shared/place-text.ts';
import { visible } from '../../../shared/visible.ts';
import { OUTCOME_WORDS } from '../../../shared/words.ts';
import { useLang, usePhrases } from '../../lang.ts';
import { Button } from '../../ui/button.tsx';
import { Pre } from '../pre.tsx';
import { Made } from '../remedy/made.tsx';
import { showJourney, useViewStore } from '../view-state.ts';
import { CommandBlock } from './command-block.tsx';
import css from './details.module.css';
import { TIMELINE_PHRASES } from './phrases.ts';
import { line } from './row-text.ts';
import { commandOf, type Row } from './rows.ts';
import { residueLines } from './states.ts';

/** Lines of a list that are shown. */
const MOST = 300;

/** What lies behind a row: what was said in full, and the command with its raw output. */
export function RowDetails({ row, run }: { row: Row; run: string }) {
  const command = commandOf(row);
  return (
    <div className={css.details}>
      <Said row={row} />
      {command !== undefined && <CommandBlock command={command} run={run} />}
    </div>
  );
}

function Said({ row }: { row: Row }) {
  const say = usePhrases(TIMELINE_PHRASES);
  const lang = useLang();
  switch (row.what) {
    case 'fact':
      return <p>{visible((row.fact.ok ? row.fact.summary : row.fact.detail)?.[lang] ?? '')}</p>;
    case 'flow': {
      const { flow, before } = row;
      const said = flowSaid(flow, lang);
      return (
        <>
          {said !== '' && <pre>{visible(said)}</pre>}
          {flow.tries !== undefined && <p>{say.tries(flow.tries.ok, flow.tries.of)}</p>}
          {before !== undefined && before.outcome !== flow.outcome && (
            <p>{say.firstRead(OUTCOME_WORDS[before.outcome][lang])}</p>
          )}
        </>
      );
    }
    case 'tracer':
      return row.tracer.whyNot.map(({ backend, why }) => (
        <p key={backend}>{say.whyNot(line(backend), line(why[lang]))}</p>
      ));
    case 'journey':
      return <JourneyText journey={row.journey} />;
    case 'note':
      return <p>{visible(row.note.says[lang])}</p>;
    case 'remark':
      return (
        <>
          <p>{visible(row.remark.says[lang])}</p>
          <p>{visible(row.remark.next[lang])}</p>
          {row.remark.source !== undefined && <p>{line(row.remark.source)}</p>}
        </>
      );
    case 'cause':
      return (
        <>
          <p>{visible(row.cause.says[lang])}</p>
          {row.cause.where !== undefined && (
            <pre>
              {line(placeText(row.cause.where, lang))}
              {'\n'}
              {line(row.cause.where.rule)}
            </pre>
          )}
        </>
      );
    case 'remedy':
      return <Made plan={row.plan} />;
    case 'remedied': {
      const lines = row.end.change?.lines ?? [];
      return (
        <>
          <p>{visible(row.end.says[lang])}</p>
          {lines.length > 0 && <pre>{visible(lines.slice(0, MOST).join('\n'))}</pre>}
        </>
      );
    }
    case 'verdict':
      return <p>{visible(row.verdict.says[lang])}</p>;
    case 'residue': {
      const lines = residueLines(row.residue);
      return lines.length === 0 ? null : <pre>{visible(lines.slice(0, MOST).join('\n'))}</pre>;
    }
    case 'trouble':
      return (
        <>
          <p>{visible(row.trouble.says[lang])}</p>
          <p>
            <code>{line(row.trouble.code)}</code>
          </p>
        </>
      );
    case 'started':
      return (
        <dl>
          <dt>{say.machine}</dt>
          <dd>{line(`${row.event.machine.name} (${row.event.machine.kind})`)}</dd>
          <dt>{say.targets}</dt>
          <dd>{line(row.event.targets.join(' '))}</dd>
        </dl>
      );
    default:
      return null;
  }
}

function JourneyText({ journey }: { journey: Extract<Row, { what: 'journey' }>['journey'] }) {
  const say = usePhrases(TIMELINE_PHRASES);
  const lang = useLang();
  const view = useViewStore();
  return (
    <>
      <Pre
        className={css.wide}
        label={say.showPath}
        text={journeyLines(journey, lang).slice(0, MOST).join('\n')}
      />
      <div className={css.actions}>
        <Button size="small" onPress={() => showJourney(view, journey.id)}>
          {say.showPath}
        </Button>
      </div>
    </>
  );
}
