import Check from 'lucide-react/icons/check';
import Copy from 'lucide-react/icons/copy';
import { useEffect, useState } from 'react';
import { call } from '../api.ts';
import { usePhrases } from '../lang.ts';
import { tell } from '../store.ts';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';
import { UI_PHRASES } from './phrases.ts';

/** How long the tick shows. Milliseconds. */
const SHOWN_MS = 1600;

export interface CopyButtonProps {
  /** Text that is on screen, or what copies something that only main has. */
  text: string | (() => Promise<unknown>);
  /** What it copies: `Copy command`. */
  label?: string;
  /** Shows the label beside the icon. */
  worded?: boolean;
  size?: 'small' | 'normal';
}

/** Copies, and says so with a tick and to screen readers. */
export function CopyButton({ text, label, worded = false, size = 'small' }: CopyButtonProps) {
  const phrases = usePhrases(UI_PHRASES);
  const [copied, setCopied] = useState(0);
  useEffect(() => {
    if (copied === 0) return;
    const timer = setTimeout(() => setCopied(0), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    const doing = typeof text === 'string' ? call('copyText', { text }) : text();
    const done = await tell(doing.then(() => true));
    if (done) setCopied((times) => times + 1);
  };
  const icon = copied > 0 ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />;
  const name = label ?? phrases.copy;
  return (
    <>
      {worded ? (
        <Button size={size} onPress={() => void copy()}>
          {icon}
          {name}
        </Button>
      ) : (
        <IconButton size={size} label={name} onPress={() => void copy()}>
          {icon}
        </IconButton>
      )}
      <span role="status" className="visually-hidden">
        {copied > 0 && phrases.copied}
      </span>
    </>
  );
}
