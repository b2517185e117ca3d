import Ellipsis from 'lucide-react/icons/ellipsis';
import { useState } from 'react';
import { MenuTrigger } from 'react-aria-components/Menu';
import { guestFactText } from '../../../shared/guest-words.ts';
import { visibleLine } from '../../../shared/visible.ts';
import { useLang, usePhrases } from '../../lang.ts';
import { useStore } from '../../store.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { machineName, machineSays, runMachineName } from '../names.ts';
import { FRAME_PHRASES } from '../phrases.ts';
import { TargetMenu } from '../sidebar/target-menu.tsx';
import { useChosen } from '../use-chosen.ts';
import css from './toolbar.module.css';

/** Which machine is shown, what is known of it, and the menu of what can be done with it. */
export function Heading() {
  const phrases = usePhrases(FRAME_PHRASES);
  const lang = useLang();
  const { machine, run } = useChosen();
  const [open, setOpen] = useState(false);
  const guest = useStore(({ watched }) => (watched?.id === run?.id ? watched?.run.guest : undefined));
  const name = machine ? machineName(machine, lang) : run && runMachineName(run, lang);
  if (name === undefined) return <div className={css.heading} />;

  const facts = [guest?.os, guest?.docker && phrases.docker(guestFactText(guest.docker, lang))]
    .filter(Boolean)
    .join(' · ');
  const at = machine && machine.kind !== 'sample' && machine.reach.ok ? machine.reach.at : '';
  const known = [facts, facts && at].filter(Boolean).map((text) => visibleLine(text ?? ''));
  const subtitle = known.length > 0 ? known.join(' · ') : machine && machineSays(machine, lang);
  const target = run && !machine ? { run } : machine ? { machine, run } : undefined;
  return (
    <div className={css.heading}>
      <div className={css.names}>
        <h1 className={css.name} title={name}>
          <bdi>{name}</bdi>
        </h1>
        <p className={css.subtitle} title={subtitle}>
          {subtitle}
        </p>
      </div>
      {target && (
        <MenuTrigger isOpen={open} onOpenChange={setOpen}>
          <IconButton label={phrases.moreActions(name)}>
            <Ellipsis size={17} aria-hidden />
          </IconButton>
          <TargetMenu {...target} />
        </MenuTrigger>
      )}
    </div>
  );
}
