import type { Cause } from '../../../shared/cause.ts';
import { GRADE_WORDS, OWNER_WORDS } from '../../../shared/words.ts';
import { usePhrases, useText } from '../../lang.ts';
import { Chip } from '../../ui/chip.tsx';
import { VERDICT_PHRASES } from './phrases.ts';

/** How sure Culprit is, and whose rule or setting it is. */
export function CauseChips({ cause }: { cause: Cause }) {
  const say = usePhrases(VERDICT_PHRASES);
  const text = useText();
  const { name, meaning } = GRADE_WORDS[cause.grade];
  return (
    <>
      <Chip tone={cause.grade === 'inferred' ? 'warn' : 'bad'} title={text(meaning)}>
        {say.grade(text(name))}
        <span className="visually-hidden">{text(meaning)}</span>
      </Chip>
      {cause.owner !== undefined && <Chip>{say.owner(text(OWNER_WORDS[cause.owner]))}</Chip>}
    </>
  );
}
