import type { Run } from '../../../shared/run.ts';
import { visible } from '../../../shared/visible.ts';
import { useText } from '../../lang.ts';
import { StateIcon } from '../state-icon.tsx';
import css from './verdict.module.css';

/** What is so and may bear on the answer, and is no cause: each with what to do about it. */
export function Remarks({ remarks }: Pick<Run, 'remarks'>) {
  const text = useText();
  return remarks.map(({ code, says, next }) => (
    <p className={css.foot} key={`${code} ${says.en}`}>
      <StateIcon state="warn" />
      <span>
        {visible(text(says))} <span className={css.next}>{visible(text(next))}</span>
      </span>
    </p>
  ));
}
