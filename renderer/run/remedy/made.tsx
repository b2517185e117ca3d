import type { RemedyPlan } from '../../../shared/remedy.ts';
import { usePhrases } from '../../lang.ts';
import { Commands } from './commands.tsx';
import { FileDiff } from './file-diff.tsx';
import css from './made.module.css';
import { REMEDIES_PHRASES } from './phrases.ts';

/** What a plan changes: files, then the commands. */
export function Made({ plan: { files, commands } }: { plan: Pick<RemedyPlan, 'files' | 'commands'> }) {
  const say = usePhrases(REMEDIES_PHRASES);
  return (
    <div className={css.made}>
      {files.map((file) => (
        <FileDiff key={file.path} file={file} />
      ))}
      {commands.length > 0 && <Commands commands={commands} label={say.copyCommands} />}
    </div>
  );
}
