import { call } from '../../api.ts';
import { useLang, usePhrases } from '../../lang.ts';
import { tell } from '../../store.ts';
import { Button } from '../../ui/button.tsx';
import { machineName } from '../names.ts';
import { useApp } from '../use-chosen.ts';
import { SETTINGS_PHRASES } from './phrases.ts';
import css from './settings.module.css';

/** The secrets that the Keychain keeps, by machine; never the secrets themselves. */
export function Secrets() {
  const phrases = usePhrases(SETTINGS_PHRASES);
  const lang = useLang();
  const { machines, canRemember } = useApp();
  const kept = machines.flatMap((machine) => machine.remembered.map((secret) => ({ machine, secret })));
  if (!canRemember && kept.length === 0) return <p className={css.hint}>{phrases.secretsImpossible}</p>;
  if (kept.length === 0) return <p className={css.hint}>{phrases.secretsNone}</p>;
  return (
    <>
      <ul className={css.secrets}>
        {kept.map(({ machine, secret }) => {
          const name = machineName(machine, lang);
          return (
            <li key={`${machine.id} ${secret}`}>
              <span>
                <bdi>{name}</bdi>
                <small>{phrases.secret[secret]}</small>
              </span>
              <Button
                size="small"
                aria-label={phrases.forgetWhich(phrases.secret[secret], name)}
                onPress={() => void tell(call('forgetSecret', { machine: machine.id, secret }))}
              >
                {phrases.forget}
              </Button>
            </li>
          );
        })}
      </ul>
      <p className={css.hint}>{phrases.secretsHint}</p>
    </>
  );
}
