import { milliseconds } from '../../../shared/milliseconds.ts';
import type { EventOf } from '../../../shared/run.ts';
import { visible } from '../../../shared/visible.ts';
import { call } from '../../api.ts';
import { usePhrases } from '../../lang.ts';
import { requestTyping } from '../../terminal/type-request.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Pre } from '../pre.tsx';
import { useWhole } from '../use-whole.ts';
import css from './details.module.css';
import { Output } from './output.tsx';
import { TIMELINE_PHRASES } from './phrases.ts';
import type { RowCommand } from './rows.ts';

const MOST_SCRIPT = 60_000;

function useRemarks(answer: EventOf<'answer'> | undefined): string[] {
  const say = usePhrases(TIMELINE_PHRASES);
  if (answer === undefined) return [say.noAnswer];
  if (answer.refused !== undefined) return [say.refused];
  const remarks = [say.exit(answer.code, milliseconds(answer.ms))];
  if (answer.timedOut) remarks.push(say.timedOut);
  if (answer.truncated) remarks.push(say.truncated);
  return remarks;
}

/** A command as it was run in the guest, with what it printed. */
export function CommandBlock({ command, run }: { command: RowCommand; run: string }) {
  const say = usePhrases(TIMELINE_PHRASES);
  const { answer } = command;
  const { part: asked } = useWhole(run, command.asked);
  const remarks = useRemarks(answer);
  return (
    <div className={css.command}>
      <Pre
        className={css.script}
        label={say.command}
        text={visible(asked.script.slice(0, MOST_SCRIPT).replace(/^\n+/, ''))}
      />
      <div className={css.actions}>
        <CopyButton
          worded
          label={say.copyCommand}
          text={() => call('copyCommand', { run, command: asked.id })}
        />
        <Button size="small" onPress={() => requestTyping(run, asked.id)}>
          {say.runInShell}
        </Button>
        <span className={css.remarks}>
          {asked.asRoot && <span>{say.asRoot}</span>}
          {remarks.map((remark) => (
            <span key={remark}>{remark}</span>
          ))}
        </span>
      </div>
      {answer !== undefined && answer.refused === undefined && <Output answer={answer} run={run} />}
    </div>
  );
}
