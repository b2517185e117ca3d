import UserRound from 'lucide-react/icons/user-round';
import { useState } from 'react';
import type { MachineItem } from '../../../shared/app-state.ts';
import { call } from '../../api.ts';
import { useLang, usePhrases } from '../../lang.ts';
import { tell } from '../../store.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { closeOverlay } from '../frame-store.ts';
import { machineName } from '../names.ts';
import { checkLogin, type FieldName, type Typed } from './host-form.ts';
import { HOST_PHRASES } from './host-phrases.ts';
import { LoginFields } from './login-fields.tsx';
import css from './sheets.module.css';

/** As whom to log in to a machine, and with which key. */
export function LoginSheet({ machine }: { machine: MachineItem }) {
  const phrases = usePhrases(HOST_PHRASES);
  const name = machineName(machine, useLang());
  const { login, remembered } = machine;
  const [typed, setTyped] = useState<Typed>({
    name: '',
    host: '',
    port: '',
    user: login.user,
    identityFile: login.identityFile ?? '',
  });
  const [tried, setTried] = useState(false);
  const checked = checkLogin(typed);
  const wrong: ReadonlySet<FieldName> = tried && !checked.ok ? checked.wrong : new Set();

  const submit = async () => {
    setTried(true);
    if (!checked.ok) return;
    const done = await tell(call('setLogin', { machine: machine.id, login: checked.value }).then(() => true));
    if (done) closeOverlay();
  };
  return (
    <Sheet
      title={phrases.loginTitle(name)}
      icon={<UserRound size={20} />}
      onClose={closeOverlay}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button onPress={closeOverlay}>{phrases.cancel}</Button>
          <Button look="primary" type="submit">
            {phrases.save}
          </Button>
        </>
      }
    >
      <p className={css.hint}>{phrases.loginLead}</p>
      <LoginFields
        typed={typed}
        wrong={wrong}
        change={(patch) => setTyped((before) => ({ ...before, ...patch }))}
        autoFocus
      />
      {remembered.length > 0 && <p className={css.hint}>{phrases.forgets}</p>}
    </Sheet>
  );
}
