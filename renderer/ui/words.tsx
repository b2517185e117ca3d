import css from './words.module.css';

/** Text whose words are not broken after their hyphens, as options and ids would be, unless one alone is longer than the line. */
export function Words({ text }: { text: string }) {
  return text.split(/(\S*-\S*)/u).map((part, n) =>
    n % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: words keep their places, and may come twice
      <span key={n} className={css.word}>
        {part}
      </span>
    ),
  );
}
