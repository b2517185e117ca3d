import { call } from '../../api.ts';
import { usePhrases } from '../../lang.ts';
import { tell } from '../../store.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { FieldName, Typed } from './host-form.ts';
import { HOST_PHRASES } from './host-phrases.ts';

interface LoginFieldsProps {
  typed: Typed;
  wrong: ReadonlySet<FieldName>;
  change(patch: Partial<Typed>): void;
  autoFocus?: boolean;
}

/** Who logs in, and with which key. */
export function LoginFields({ typed, wrong, change, autoFocus = false }: LoginFieldsProps) {
  const phrases = usePhrases(HOST_PHRASES);
  const choose = async () => {
    const path = await tell(call('chooseKeyFile'));
    if (path) change({ identityFile: path });
  };
  return (
    <>
      <TextField
        label={phrases.user}
        placeholder={phrases.userPlaceholder}
        value={typed.user}
        autoFocus={autoFocus}
        error={wrong.has('user') ? phrases.badUser : undefined}
        onChange={(user) => change({ user })}
      />
      <TextField
        label={phrases.key}
        placeholder={phrases.keyPlaceholder}
        value={typed.identityFile}
        error={wrong.has('identityFile') ? phrases.badKey : undefined}
        onChange={(identityFile) => change({ identityFile })}
        beside={<Button onPress={() => void choose()}>{phrases.choose}</Button>}
      />
    </>
  );
}
