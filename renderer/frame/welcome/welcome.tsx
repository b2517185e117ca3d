import CircleCheck from 'lucide-react/icons/circle-check';
import CirclePlay from 'lucide-react/icons/circle-play';
import CircleSlash from 'lucide-react/icons/circle-slash';
import LoaderCircle from 'lucide-react/icons/loader-circle';
import Server from 'lucide-react/icons/server';
import type { ReactNode } from 'react';
import { visible } from '../../../shared/visible.ts';
import { call } from '../../api.ts';
import { usePhrases, useText } from '../../lang.ts';
import { tell } from '../../store.ts';
import { Button } from '../../ui/button.tsx';
import { TroubleNote } from '../../ui/trouble-note.tsx';
import { chooseVBoxManage } from '../actions.ts';
import { runCommand } from '../commands/run-command.ts';
import { useApp } from '../use-chosen.ts';
import { Mark } from './mark.tsx';
import { WELCOME_PHRASES } from './phrases.ts';
import css from './welcome.module.css';

const VIRTUALBOX = 'https://www.virtualbox.org/wiki/Downloads';

/** The first start, with nothing there: what it does, what it found, and three ways to go on. */
export function Welcome() {
  const phrases = usePhrases(WELCOME_PHRASES);
  return (
    <div className={css.welcome}>
      <div className={css.column}>
        <Mark />
        <h1 className={css.title}>{phrases.title}</h1>
        <p className={css.lead}>{phrases.lead}</p>
        <VirtualBox />
        <div className={css.ways}>
          <Way icon={<CirclePlay size={20} aria-hidden />} title={phrases.tryTitle} hint={phrases.tryHint}>
            <Button look="primary" onPress={() => runCommand('sample')}>
              {phrases.tryAction}
            </Button>
          </Way>
          <Way icon={<Server size={20} aria-hidden />} title={phrases.hostTitle} hint={phrases.hostHint}>
            <Button onPress={() => runCommand('add-host')}>{phrases.hostAction}</Button>
          </Way>
        </div>
        <p className={css.promise}>{phrases.promise}</p>
      </div>
    </div>
  );
}

/** What the search for VirtualBox gave. */
function VirtualBox() {
  const phrases = usePhrases(WELCOME_PHRASES);
  const text = useText();
  const { virtualbox, machines } = useApp();
  const again = (
    <Button size="small" onPress={() => runCommand('refresh')}>
      {phrases.again}
    </Button>
  );
  if (virtualbox.state === 'looking') {
    return (
      <div className={css.found} role="status">
        <LoaderCircle size={18} className={css.spins} aria-hidden />
        <p>
          {phrases.looking}
          <small>{phrases.lookingHint}</small>
        </p>
      </div>
    );
  }
  if (virtualbox.state === 'trouble' && virtualbox.trouble.code === 'vboxmanage-missing') {
    // No failure: who has none takes one of the other ways.
    return (
      <div className={css.found}>
        <CircleSlash size={18} className={css.missing} aria-hidden />
        <p>
          {phrases.missing}
          <small title={visible(text(virtualbox.trouble.what))}>
            {visible(text(virtualbox.trouble.meaning))}
          </small>
        </p>
        <div className={css.buttons}>
          <Button size="small" onPress={() => void tell(call('openLink', { url: VIRTUALBOX }))}>
            {phrases.getVirtualBox}
          </Button>
          <Button size="small" onPress={() => void chooseVBoxManage()}>
            {phrases.chooseVBoxManage}
          </Button>
          {again}
        </div>
      </div>
    );
  }
  if (virtualbox.state === 'trouble') {
    return <TroubleNote trouble={virtualbox.trouble} actions={again} />;
  }
  const has = machines.some(({ kind }) => kind === 'virtualbox');
  return (
    <div className={css.found}>
      <CircleCheck size={18} className={css.ok} aria-hidden />
      <p>
        {has ? phrases.found : phrases.foundNone}
        {!has && <small>{phrases.foundNoneHint}</small>}
      </p>
      {again}
    </div>
  );
}

function Way({
  icon,
  title,
  hint,
  children,
}: {
  icon: ReactNode;
  title: string;
  hint: string;
  children: ReactNode;
}) {
  return (
    <section className={css.way}>
      <span className={css.icon}>{icon}</span>
      <h2>{title}</h2>
      <p>{hint}</p>
      {children}
    </section>
  );
}
