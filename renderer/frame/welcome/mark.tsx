import css from './welcome.module.css';

/** A packet's path that ends at one stop: what Culprit is about, in a picture. */
export function Mark() {
  return (
    <svg className={css.mark} viewBox="0 0 220 56" width="220" height="56" aria-hidden="true">
      <path d="M14 28H126" className={css.passed} />
      <path d="M160 28H206" className={css.never} />
      <circle cx="14" cy="28" r="7" className={css.stop} />
      <circle cx="52" cy="28" r="7" className={css.stop} />
      <circle cx="90" cy="28" r="7" className={css.stop} />
      <circle cx="206" cy="28" r="6" className={css.beyond} />
      <circle cx="140" cy="28" r="16" className={css.halo} />
      <circle cx="140" cy="28" r="13" className={css.end} />
      <path d="M135 23l10 10m0-10l-10 10" className={css.cross} />
    </svg>
  );
}
