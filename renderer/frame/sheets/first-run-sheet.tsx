import Stethoscope from 'lucide-react/icons/stethoscope';
import { visibleLine } from '../../../shared/visible.ts';
import { usePhrases } from '../../lang.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import type { AnswerProps } from './answer-props.ts';
import { PROMPT_PHRASES } from './prompt-phrases.ts';
import css from './sheets.module.css';

/** Before the first run on a machine: what it is going to do there. */
export function FirstRunSheet({ prompt, answer }: AnswerProps<'first-run'>) {
  const { first: phrases, cancel } = usePhrases(PROMPT_PHRASES);
  return (
    <Sheet
      title={phrases.title(visibleLine(prompt.machineName))}
      icon={<Stethoscope size={20} />}
      width={520}
      onClose={() => answer({ action: 'cancel' })}
      onSubmit={() => answer({ action: 'accept' })}
      actions={
        <>
          <Button onPress={() => answer({ action: 'cancel' })}>{cancel}</Button>
          <Button look="primary" type="submit" autoFocus>
            {phrases.go}
          </Button>
        </>
      }
    >
      <p>{phrases.lead}</p>
      <dl className={css.points}>
        <dt>{phrases.readsTitle}</dt>
        <dd>{phrases.reads}</dd>
        <dt>{phrases.putsTitle}</dt>
        <dd>{phrases.table}</dd>
        <dd>{phrases.drops}</dd>
        <dd>{phrases.endpoint}</dd>
        <dt>{phrases.contactsTitle}</dt>
        <dd className={css.chips}>
          {prompt.targets.map((target) => (
            <Chip key={target}>{visibleLine(target)}</Chip>
          ))}
        </dd>
        <dd>{phrases.contacts}</dd>
      </dl>
      <p className={css.promise}>{phrases.stays}</p>
    </Sheet>
  );
}
