import { visible } from '../../../shared/visible.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Words } from '../../ui/words.tsx';
import { Pre } from '../pre.tsx';
import css from './commands.module.css';

/** Commands for the guest, to be read and copied. */
export function Commands({ commands, label }: { commands: readonly string[]; label: string }) {
  const text = commands.join('\n');
  const shown = visible(text);
  return (
    <div className={css.commands}>
      <Pre text={shown} label={label}>
        <Words text={shown} />
      </Pre>
      <CopyButton label={label} text={text} />
    </div>
  );
}
