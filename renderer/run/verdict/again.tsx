import RotateCw from 'lucide-react/icons/rotate-cw';
import { againOf } from '../../../shared/again.ts';
import type { Run } from '../../../shared/run.ts';
import { usePhrases } from '../../lang.ts';
import { Button } from '../../ui/button.tsx';
import type { Orders } from '../remedy/use-orders.ts';
import { VERDICT_PHRASES } from './phrases.ts';
import css from './verdict.module.css';

/** The button that takes up a run which was cut short, where its machine can be reached. */
export function Again({ run, orders }: { run: Run; orders: Orders | undefined }) {
  const say = usePhrases(VERDICT_PHRASES);
  const again = againOf(run);
  if (again === undefined || orders === undefined) return null;
  return (
    <p className={css.again}>
      <Button onPress={() => orders.again(again)}>
        <RotateCw size={13} aria-hidden />
        {say.again[again.kind]}
      </Button>
      {again.kind !== 'look' && <span>{say.againAsks}</span>}
    </p>
  );
}
