import Server from 'lucide-react/icons/server';
import { useEffect, useState } from 'react';
import type { MachineItem } from '../../../shared/app-state.ts';
import { call } from '../../api.ts';
import { useLang, usePhrases } from '../../lang.ts';
import { tell } from '../../store.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { selectMachine } from '../actions.ts';
import { closeOverlay } from '../frame-store.ts';
import { machineName } from '../names.ts';
import { checkHost, type FieldName, type Typed } from './host-form.ts';
import { HOST_PHRASES } from './host-phrases.ts';
import { LoginFields } from './login-fields.tsx';
import css from './sheets.module.css';

const NOTHING: Typed = { name: '', host: '', port: '', user: '', identityFile: '' };

/** Adds an SSH host, or changes one. */
export function HostSheet({ machine }: { machine?: MachineItem | undefined }) {
  const phrases = usePhrases(HOST_PHRASES);
  const lang = useLang();
  const [typed, setTyped] = useState<Typed>(() => typedOf(machine));
  const [tried, setTried] = useState(false);
  const [names, setNames] = useState<string[]>([]);
  // Only an offer: without it a host is typed in.
  useEffect(() => void call('sshNames').then(setNames, () => {}), []);
  const checked = checkHost(typed);
  const wrong: ReadonlySet<FieldName> = tried && !checked.ok ? checked.wrong : new Set();
  const change = (patch: Partial<Typed>) => setTyped((before) => ({ ...before, ...patch }));

  const submit = async () => {
    setTried(true);
    if (!checked.ok) return;
    const host = checked.value;
    if (machine) {
      const done = await tell(call('editHost', { machine: machine.id, host }).then(() => true));
      if (done) closeOverlay();
      return;
    }
    const added = await tell(call('addHost', host));
    if (!added) return;
    closeOverlay();
    selectMachine(added.machine);
  };
  return (
    <Sheet
      title={machine ? phrases.editTitle(machineName(machine, lang)) : phrases.addTitle}
      icon={<Server size={20} />}
      onClose={closeOverlay}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button onPress={closeOverlay}>{phrases.cancel}</Button>
          <Button look="primary" type="submit">
            {machine ? phrases.save : phrases.add}
          </Button>
        </>
      }
    >
      {!machine && <p className={css.hint}>{phrases.lead}</p>}
      <div className={css.pair}>
        <TextField
          label={phrases.host}
          placeholder={phrases.hostPlaceholder}
          choices={names}
          value={typed.host}
          autoFocus
          error={wrong.has('host') ? phrases.badHost : undefined}
          onChange={(host) => change({ host })}
        />
        <TextField
          label={phrases.port}
          placeholder="22"
          inputMode="numeric"
          value={typed.port}
          error={wrong.has('port') ? phrases.badPort : undefined}
          onChange={(port) => change({ port })}
        />
      </div>
      <LoginFields typed={typed} wrong={wrong} change={change} />
      <TextField
        label={phrases.name}
        hint={phrases.nameHint}
        value={typed.name}
        error={wrong.has('name') ? phrases.badName : undefined}
        onChange={(name) => change({ name })}
      />
    </Sheet>
  );
}

function typedOf(machine: MachineItem | undefined): Typed {
  const form = machine?.host;
  if (!form) return NOTHING;
  const { name, host, port, login } = form;
  return { name, host, port: String(port ?? ''), user: login.user, identityFile: login.identityFile ?? '' };
}
