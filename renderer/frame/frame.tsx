import { useEffect } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { DEFAULT_SETTINGS } from '../../shared/app-state.ts';
import { usePhrases } from '../lang.ts';
import { useStore } from '../store.ts';
import { useTypeRequest } from '../terminal/type-request.ts';
import { cx } from '../ui/cx.ts';
import { Splitter } from '../ui/splitter.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { changeSidebar, changeTerminal } from './change-settings.ts';
import { useCommands } from './commands/use-commands.ts';
import { DropTarget } from './drop-target.tsx';
import css from './frame.module.css';
import { useFrame } from './frame-store.ts';
import { Middle } from './middle.tsx';
import { Overlays } from './overlays.tsx';
import { FRAME_PHRASES } from './phrases.ts';
import { Sidebar } from './sidebar/sidebar.tsx';
import { TerminalDock } from './terminal-dock.tsx';
import { dressPage, followWindow } from './theme.ts';
import { Toolbar } from './toolbar/toolbar.tsx';
import { useApp } from './use-chosen.ts';
import { useNarrow, useWindowSize } from './use-narrow.ts';
import { useSelection } from './use-selection.ts';

const SIDE = { least: 180, most: 400, usual: DEFAULT_SETTINGS.sidebar.width };
const TOOLBAR_HEIGHT = 52;
/** What the run needs to be read. Pixels. */
const RUN = { width: 420, height: 220 };

/** The window: sidebar, toolbar, run, terminal, and what lies over them. */
export function Frame() {
  const phrases = usePhrases(FRAME_PHRASES);
  const { settings, lang, platform } = useApp();
  const { sidebar, terminal } = settings;
  const narrow = useNarrow();
  const window = useWindowSize();
  const said = useFrame((frame) => frame.said);
  useCommands();
  const isSelected = useSelection();
  useEffect(() => dressPage(settings.theme, lang), [settings.theme, lang]);
  useEffect(followWindow, []);
  useEffect(showTerminalForTyping, []);
  useEffect(() => {
    document.documentElement.dataset.platform = platform;
  }, [platform]);

  const beside = sidebar.open && !narrow;
  const sideWidth = Math.min(SIDE.most, Math.max(SIDE.least, sidebar.width));
  const right = terminal.dock === 'right';
  const most = right
    ? window.width - (beside ? sideWidth : 0) - RUN.width
    : window.height - TOOLBAR_HEIGHT - RUN.height;
  return (
    <I18nProvider locale={lang}>
      <div className={css.frame}>
        {beside && (
          <>
            <div className={css.side} style={{ width: sideWidth }}>
              <Sidebar />
            </div>
            <Splitter
              label={phrases.sidebarWidth}
              orientation="vertical"
              grows="with"
              controls="sidebar"
              value={sideWidth}
              {...SIDE}
              onChange={(width) => changeSidebar({ width }, 'later')}
            />
          </>
        )}
        <div className={css.rest}>
          <Toolbar sideShown={beside} />
          <div className={cx(css.body, right ? css.right : css.bottom)}>
            <Middle />
            {terminal.open && isSelected && <TerminalDock most={most} />}
          </div>
        </div>
        {narrow && <SideOver />}
      </div>
      <Overlays />
      <DropTarget />
      <Toasts />
      <p role="status" className="visually-hidden">
        {said}
      </p>
    </I18nProvider>
  );
}

/** The sidebar over a narrow window: there until something is chosen or clicked beside it. */
function SideOver() {
  const isOpen = useFrame((frame) => frame.sideOver);
  const close = () => useFrame.setState({ sideOver: false });
  useEffect(() => {
    if (!isOpen) return;
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape') useFrame.setState({ sideOver: false });
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [isOpen]);
  if (!isOpen) return null;
  return (
    <>
      <div className={css.shade} onPointerDown={close} aria-hidden />
      <div className={css.over} style={{ width: SIDE.usual + 20 }}>
        <Sidebar />
      </div>
    </>
  );
}

/** A command that is to be typed needs a terminal to be typed in. */
function showTerminalForTyping(): () => void {
  return useTypeRequest.subscribe(({ waiting }) => {
    const open = useStore.getState().app?.settings.terminal.open;
    if (waiting !== undefined && open === false) changeTerminal({ open: true });
  });
}
