import Bell from 'lucide-react/icons/bell';
import PanelBottom from 'lucide-react/icons/panel-bottom';
import PanelRight from 'lucide-react/icons/panel-right';
import Search from 'lucide-react/icons/search';
import X from 'lucide-react/icons/x';
import { type ElementType, lazy, Suspense, useRef } from 'react';
import { Tab as AriaTab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs';
import { COMMANDS } from '../../shared/commands.ts';
import { runCommand } from '../frame/commands/run-command.ts';
import { useApp, useChosen } from '../frame/use-chosen.ts';
import { usePhrases } from '../lang.ts';
import { cx } from '../ui/cx.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { keysText } from '../ui/keys.ts';
import { showTab, startFinding, TABS, type Tab, usePane } from './pane-state.ts';
import { TERMINAL_PHRASES } from './phrases.ts';
import { RunLog } from './run-log.tsx';
import { HERE } from './shells.ts';
import css from './terminal-pane.module.css';
import { usePaneCommands } from './use-pane-commands.ts';

// xterm.js comes with the first shell: the run log does without.
const panel = () => import('./shell-panel.tsx');
const GuestShell = lazy(async () => ({ default: (await panel()).GuestShell }));
const LocalShell = lazy(async () => ({ default: (await panel()).LocalShell }));

const CONTENT: Record<Tab, ElementType> = { log: RunLog, guest: GuestShell, here: LocalShell };

/** The terminal: what the run does, a shell in the guest, a shell on this computer. */
export function TerminalPane() {
  const say = usePhrases(TERMINAL_PHRASES);
  const { platform, settings } = useApp();
  const tab = usePane((pane) => pane.tab);
  const findable = usePane((pane) => pane.findable);
  const said = usePane((pane) => pane.said);
  const pane = useRef<HTMLDivElement>(null);
  usePaneCommands(pane);
  const right = settings.terminal.dock === 'right';
  const names: Record<Tab, string> = {
    log: say.log,
    guest: say.guest,
    here: platform === 'darwin' ? say.macShell : say.hereShell,
  };
  return (
    <div ref={pane} className={css.pane} data-pane>
      <Tabs
        className={cx(css.tabs)}
        selectedKey={tab}
        onSelectionChange={(key) => {
          const chosen = TABS.find((one) => one === key);
          // a click leads into the tab's content, as in a terminal; keys stay among the tabs
          if (chosen) showTab(chosen, document.querySelector('[role=tab]:focus-visible') === null);
        }}
        // Going past a tab must not log in anywhere.
        keyboardActivation="manual"
      >
        <div className={css.head}>
          <TabList aria-label={say.tabs} className={cx(css.list)}>
            {TABS.map((id) => (
              <AriaTab key={id} id={id} className={cx(css.tab)}>
                <TabName tab={id} name={names[id]} />
              </AriaTab>
            ))}
          </TabList>
          <div className={css.actions}>
            <IconButton
              size="small"
              label={say.find}
              shortcut={keysText(
                platform === 'darwin' ? COMMANDS.find.accelerator : 'Ctrl+Shift+F',
                platform,
              )}
              isDisabled={!findable}
              onPress={startFinding}
            >
              <Search size={14} aria-hidden />
            </IconButton>
            <IconButton
              size="small"
              className={css.dock}
              label={right ? say.dockBottom : say.dockRight}
              onPress={() => runCommand(right ? 'terminal-bottom' : 'terminal-right')}
            >
              {right ? <PanelBottom size={15} aria-hidden /> : <PanelRight size={15} aria-hidden />}
            </IconButton>
            <IconButton
              size="small"
              label={say.hide}
              shortcut={keysText(COMMANDS['toggle-terminal'].accelerator, platform)}
              onPress={() => runCommand('toggle-terminal')}
            >
              <X size={15} aria-hidden />
            </IconButton>
          </div>
        </div>
        {TABS.map((id) => {
          const Content = CONTENT[id];
          return (
            <TabPanel key={id} id={id} className={cx(css.panel)}>
              <Suspense fallback={<p className={css.waiting}>{say.loading}</p>}>
                <Content />
              </Suspense>
            </TabPanel>
          );
        })}
      </Tabs>
      <p role="status" className="visually-hidden">
        {said}
      </p>
    </div>
  );
}

/**
 * A tab's name, and whether its shell rang out of sight; the title that the shell's program gave itself shows when the pointer
 * rests on it.
 */
function TabName({ tab, name }: { tab: Tab; name: string }) {
  const say = usePhrases(TERMINAL_PHRASES);
  const { machine } = useChosen();
  const place = { log: '', guest: machine?.id ?? '', here: HERE }[tab];
  const { title = '', bells = 0, heard = 0 } = usePane(({ notes }) => notes[place]) ?? {};
  const rang = usePane((pane) => pane.tab !== tab) && bells > heard;
  return (
    <span title={title === '' ? undefined : title}>
      {name}
      {rang && <Bell size={11} role="img" aria-label={say.rang} className={css.rang} />}
    </span>
  );
}
