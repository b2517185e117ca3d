import { type ReactNode, type Ref, useId } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
import { cx } from './cx.ts';
import css from './field.module.css';

export interface TextFieldProps {
  label: string;
  name?: string;
  type?: 'text' | 'password';
  /** Without it the browser keeps the text: right for secrets, which must be in no state of ours. */
  value?: string;
  defaultValue?: string;
  onChange?(value: string): void;
  /** What is wrong with it. */
  error?: string | undefined;
  hint?: string | undefined;
  placeholder?: string | undefined;
  autoFocus?: boolean;
  mono?: boolean;
  inputMode?: 'numeric' | 'text';
  maxLength?: number;
  /** What it may be, offered while it is typed; anything else is as good. */
  choices?: readonly string[];
  inputRef?: Ref<HTMLInputElement>;
  /** A button beside it. */
  beside?: ReactNode;
}

/** A labelled line of text. Nothing is spell-checked, corrected or filled in: it holds names, addresses and secrets. */
export function TextField({
  label,
  hint,
  error,
  placeholder,
  mono,
  choices = [],
  inputRef,
  beside,
  ...rest
}: TextFieldProps) {
  const list = useId();
  return (
    <AriaTextField
      {...rest}
      className={cx(css.field)}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      autoComplete="off"
      autoCorrect="off"
      spellCheck="false"
    >
      <Label className={cx(css.label)}>{label}</Label>
      <div className={css.row}>
        <Input
          className={cx(css.input, mono && 'mono')}
          ref={inputRef ?? null}
          {...(placeholder === undefined ? {} : { placeholder })}
          {...(choices.length === 0 ? {} : { list })}
          data-1p-ignore
          data-lpignore="true"
        />
        {choices.length > 0 && (
          <datalist id={list}>
            {choices.map((choice) => (
              <option key={choice} value={choice} />
            ))}
          </datalist>
        )}
        {beside}
      </div>
      {hint !== undefined && error === undefined && (
        <Text slot="description" className={cx(css.hint)}>
          {hint}
        </Text>
      )}
      <FieldError className={cx(css.error)}>{error ?? ''}</FieldError>
    </AriaTextField>
  );
}
