import type { Settings } from '../../shared/app-state.ts';
import type { Lang } from '../../shared/text.ts';

/** Lets the page be of this appearance and language. */
export function dressPage(theme: Settings['theme'], lang: Lang): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  root.lang = lang;
}

/** Keeps told on the root whether the window is in front, and whether it fills the screen. */
export function followWindow(): () => void {
  const root = document.documentElement;
  const look = () => {
    root.toggleAttribute('data-inactive', !document.hasFocus());
    root.toggleAttribute('data-fullscreen', isFullScreen());
  };
  look();
  const names = ['focus', 'blur', 'resize'] as const;
  for (const name of names) window.addEventListener(name, look);
  return () => {
    for (const name of names) window.removeEventListener(name, look);
  };
}

/** There are no traffic lights then. A window that is not in full screen ends below the menu bar. */
function isFullScreen(): boolean {
  return matchMedia('(display-mode: fullscreen)').matches || window.outerHeight > screen.availHeight;
}
