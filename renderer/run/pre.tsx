import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';

/** Preformatted text that the keyboard can scroll where there is more of it than fits. */
export function Pre({
  text,
  label,
  className,
  children = text,
}: {
  text: string;
  label: string;
  className?: string | undefined;
  /** The text, where more is to be done with it. */
  children?: ReactNode;
}) {
  const ref = useRef<HTMLPreElement>(null);
  const [scrolls, setScrolls] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has another size
  useLayoutEffect(() => {
    const { current } = ref;
    if (current === null) return;
    const look = () =>
      setScrolls(
        current.scrollHeight > current.clientHeight + 1 || current.scrollWidth > current.clientWidth + 1,
      );
    const observer = new ResizeObserver(look);
    observer.observe(current);
    return () => observer.disconnect();
  }, [text]);
  const reach = scrolls ? { tabIndex: 0, role: 'region', 'aria-label': label } : {};
  return (
    <pre ref={ref} className={className} {...reach}>
      {children}
    </pre>
  );
}
