import { useEffect, useState } from 'react';
import type { HostKeyItem, MachineItem } from '../../../shared/app-state.ts';
import { visibleLine } from '../../../shared/visible.ts';
import { call } from '../../api.ts';
import { useLang, usePhrases } from '../../lang.ts';
import { tell } from '../../store.ts';
import { Button } from '../../ui/button.tsx';
import { machineName } from '../names.ts';
import { useApp } from '../use-chosen.ts';
import { SETTINGS_PHRASES } from './phrases.ts';
import css from './settings.module.css';

/** The machine that a host key is remembered for, if it is still there. */
function machineOf(id: string, machines: readonly MachineItem[]): MachineItem | undefined {
  return machines.find(
    (one) => one.id === `vm:${id}` || (one.host && `${one.host.host}:${one.host.port}` === id),
  );
}

/** The host keys that were accepted once, each to be forgotten. */
export function HostKeys() {
  const phrases = usePhrases(SETTINGS_PHRASES);
  const lang = useLang();
  const { machines } = useApp();
  const [keys, setKeys] = useState<HostKeyItem[]>();
  useEffect(() => void tell(call('hostKeys')).then(setKeys), []);
  const forget = async (id: string) => {
    await tell(call('forgetHostKey', { id }));
    setKeys(await tell(call('hostKeys')));
  };
  if (keys === undefined) return null;
  if (keys.length === 0) return <p className={css.hint}>{phrases.hostKeysNone}</p>;
  return (
    <>
      <ul className={css.secrets}>
        {keys.map(({ id, keyType, fingerprint }) => {
          const machine = machineOf(id, machines);
          const called = machine ? machineName(machine, lang) : visibleLine(id);
          return (
            <li key={id}>
              <span>
                <bdi>{called}</bdi>
                <small>
                  {machine?.kind === 'ssh' && <>{visibleLine(id)} · </>}
                  {visibleLine(keyType)}
                </small>
                <small>
                  <code>{visibleLine(fingerprint)}</code>
                </small>
              </span>
              <Button
                size="small"
                aria-label={phrases.forgetWhich(phrases.hostKey, called)}
                onPress={() => void forget(id)}
              >
                {phrases.forget}
              </Button>
            </li>
          );
        })}
      </ul>
      <p className={css.hint}>{phrases.hostKeysHint}</p>
    </>
  );
}
