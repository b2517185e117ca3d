import PanelBottom from 'lucide-react/icons/panel-bottom';
import PanelLeft from 'lucide-react/icons/panel-left';
import PanelRight from 'lucide-react/icons/panel-right';
import SquareTerminal from 'lucide-react/icons/square-terminal';
import Upload from 'lucide-react/icons/upload';
import { COMMANDS } from '../../../shared/commands.ts';
import { usePhrases } from '../../lang.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { keysText } from '../../ui/keys.ts';
import { runCommand } from '../commands/run-command.ts';
import { useEnabled } from '../commands/use-enabled.ts';
import { FRAME_PHRASES } from '../phrases.ts';
import { useApp } from '../use-chosen.ts';
import { FocusOrProgress } from './focus-or-progress.tsx';
import { Heading } from './heading.tsx';
import { RunButton } from './run-button.tsx';
import css from './toolbar.module.css';

/** The bar over the run: what is shown, and what can be done with it. Everything keeps its place. */
export function Toolbar({ sideShown }: { sideShown: boolean }) {
  const phrases = usePhrases(FRAME_PHRASES);
  const { platform, settings } = useApp();
  const enabled = useEnabled();
  const { open, dock } = settings.terminal;
  const keys = (id: 'toggle-terminal' | 'toggle-sidebar' | 'export') =>
    keysText(COMMANDS[id].accelerator, platform);
  return (
    <header className={cx(css.toolbar, !sideShown && css.alone)}>
      {!sideShown && (
        <IconButton
          label={phrases.showSidebar}
          shortcut={keys('toggle-sidebar')}
          onPress={() => runCommand('toggle-sidebar')}
        >
          <PanelLeft size={17} aria-hidden />
        </IconButton>
      )}
      <Heading />
      <FocusOrProgress />
      <RunButton />
      <Button
        className={css.export}
        isDisabled={!enabled.has('export')}
        aria-label={phrases.export}
        onPress={() => runCommand('export')}
      >
        <Upload size={14} aria-hidden />
        <span className={css.word}>{phrases.export}</span>
      </Button>
      <div className={css.panes}>
        <IconButton
          label={open ? phrases.hideTerminal : phrases.showTerminal}
          shortcut={keys('toggle-terminal')}
          pressed={open}
          isDisabled={!enabled.has('toggle-terminal')}
          onPress={() => runCommand('toggle-terminal')}
        >
          <SquareTerminal size={17} aria-hidden />
        </IconButton>
        <IconButton
          label={dock === 'right' ? phrases.dockBottom : phrases.dockRight}
          isDisabled={!enabled.has('terminal-right')}
          onPress={() => runCommand(dock === 'right' ? 'terminal-bottom' : 'terminal-right')}
        >
          {dock === 'right' ? <PanelBottom size={17} aria-hidden /> : <PanelRight size={17} aria-hidden />}
        </IconButton>
      </div>
    </header>
  );
}
