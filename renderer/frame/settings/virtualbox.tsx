import { visibleLine } from '../../../shared/visible.ts';
import { call } from '../../api.ts';
import { usePhrases, useText } from '../../lang.ts';
import { tell } from '../../store.ts';
import { Button } from '../../ui/button.tsx';
import { chooseVBoxManage } from '../actions.ts';
import { useApp } from '../use-chosen.ts';
import { SETTINGS_PHRASES } from './phrases.ts';
import css from './settings.module.css';

/** Which VBoxManage is asked: the one that was chosen, or whichever is found. */
export function VirtualBox() {
  const phrases = usePhrases(SETTINGS_PHRASES);
  const text = useText();
  const { vboxmanage, virtualbox } = useApp();
  return (
    <>
      <div className={css.choice}>
        <span className={css.place}>
          VBoxManage
          <small>{vboxmanage === null ? phrases.vboxUsual : <bdi>{visibleLine(vboxmanage)}</bdi>}</small>
        </span>
        {vboxmanage !== null && (
          <Button size="small" onPress={() => void tell(call('forgetVBoxManage'))}>
            {phrases.vboxForget}
          </Button>
        )}
        <Button size="small" onPress={() => void chooseVBoxManage()}>
          {phrases.vboxChoose}
        </Button>
      </div>
      {virtualbox.state === 'trouble' && (
        <p className={css.hint}>{visibleLine(text(virtualbox.trouble.what))}</p>
      )}
    </>
  );
}
