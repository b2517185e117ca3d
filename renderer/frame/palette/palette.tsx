import Search from 'lucide-react/icons/search';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Dialog } from 'react-aria-components/Dialog';
import { Input } from 'react-aria-components/Input';
import { Menu } from 'react-aria-components/Menu';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { SearchField } from 'react-aria-components/SearchField';
import {
  COMMAND_IDS,
  COMMANDS,
  type CommandId,
  type CommandInfo,
  type MenuId,
} from '../../../shared/commands.ts';
import { useLang, usePhrases } from '../../lang.ts';
import { cx } from '../../ui/cx.ts';
import { MenuItem, MenuSection } from '../../ui/menu.tsx';
import { selectMachine, selectRun } from '../actions.ts';
import { age } from '../ages.ts';
import { newestFirst } from '../chosen.ts';
import { enabledUncovered, runCommand } from '../commands/run-command.ts';
import { closeOverlay } from '../frame-store.ts';
import { machineName, machineSays, runMachineName, runSays } from '../names.ts';
import { useApp } from '../use-chosen.ts';
import { holdsWords } from '../words.ts';
import css from './palette.module.css';
import { PALETTE_PHRASES } from './phrases.ts';

const MOST_RUNS = 30;
/** What is wanted most comes first. */
const MENU_ORDER: readonly MenuId[] = ['run', 'file', 'edit', 'view', 'window', 'app', 'help'];
/** All but the palette, which is open already. */
const SHOWN = MENU_ORDER.flatMap((menu) =>
  COMMAND_IDS.filter((id) => COMMANDS[id].menu === menu && id !== 'palette'),
);

/** Every command, machine and recent run, found by typing. */
export function Palette() {
  const phrases = usePhrases(PALETTE_PHRASES);
  const lang = useLang();
  const { machines, runs } = useApp();
  const enabled = new Set(enabledUncovered());
  const now = Date.now();
  // What can be done now comes first.
  const commands = [...SHOWN.filter((id) => enabled.has(id)), ...SHOWN.filter((id) => !enabled.has(id))];
  return (
    <ModalOverlay
      className={cx(css.overlay)}
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) closeOverlay();
      }}
    >
      <Modal className={cx(css.modal)}>
        <Dialog aria-label={phrases.title} className={cx(css.dialog)}>
          <Autocomplete filter={(text, typed) => holdsWords(text, typed)}>
            <SearchField className={cx(css.field)} aria-label={phrases.placeholder} autoFocus>
              <Search size={16} aria-hidden />
              <Input placeholder={phrases.placeholder} spellCheck="false" />
            </SearchField>
            <Menu
              aria-label={phrases.title}
              className={cx(css.menu)}
              onAction={(key) => choose(String(key))}
              renderEmptyState={() => <p className={css.nothing}>{phrases.nothing}</p>}
            >
              <MenuSection title={phrases.commands}>
                {commands.map((id) => {
                  const { title, accelerator, words }: CommandInfo = COMMANDS[id];
                  return (
                    <MenuItem
                      key={id}
                      id={`command:${id}`}
                      keys={accelerator}
                      isDisabled={!enabled.has(id)}
                      // either language finds it
                      textValue={[title.en, title['zh-CN'], words?.en, words?.['zh-CN']].join(' ')}
                    >
                      {title[lang]}
                    </MenuItem>
                  );
                })}
              </MenuSection>
              <MenuSection title={phrases.machines}>
                {machines.map((machine) => (
                  <MenuItem key={machine.id} id={`machine:${machine.id}`} detail={machineSays(machine, lang)}>
                    {machineName(machine, lang)}
                  </MenuItem>
                ))}
              </MenuSection>
              {runs.length > 0 && (
                <MenuSection title={phrases.runs}>
                  {newestFirst(runs)
                    .slice(0, MOST_RUNS)
                    .map((run) => (
                      <MenuItem
                        key={run.id}
                        id={`run:${run.id}`}
                        detail={[runSays(run, lang), age(run.at, now, lang)].join(' · ')}
                        textValue={`${runMachineName(run, lang)} ${runSays(run, lang)}`}
                      >
                        {runMachineName(run, lang)}
                      </MenuItem>
                    ))}
                </MenuSection>
              )}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function choose(key: string): void {
  closeOverlay();
  const [, kind, id] = /^(command|machine|run):(.+)$/.exec(key) ?? [];
  if (id === undefined) return;
  // after the dialog has given the keyboard back, for the command may take it
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (kind === 'command') runCommand(id as CommandId);
      else if (kind === 'machine') selectMachine(id);
      else selectRun(id);
    }),
  );
}
