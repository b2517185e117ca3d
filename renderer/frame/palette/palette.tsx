import Search from 'lucide-react/icons/search';
import type { ReactNode } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Dialog } from 'react-aria-components/Dialog';
import { Header } from 'react-aria-components/Header';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox';
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
import { afterClose } from '../../ui/after-close.ts';
import { cx } from '../../ui/cx.ts';
import { Kbd } from '../../ui/kbd.tsx';
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
              <Input
                placeholder={phrases.placeholder}
                spellCheck="false"
                role="combobox"
                aria-expanded
                aria-haspopup="listbox"
              />
            </SearchField>
            <ListBox
              aria-label={phrases.title}
              className={cx(css.list)}
              onAction={(key) => choose(String(key))}
              renderEmptyState={() => <p className={css.nothing}>{phrases.nothing}</p>}
            >
              <Group title={phrases.commands}>
                {commands.map((id) => {
                  const { title, accelerator, words }: CommandInfo = COMMANDS[id];
                  return (
                    <Entry
                      key={id}
                      id={`command:${id}`}
                      keys={accelerator}
                      isDisabled={!enabled.has(id)}
                      // either language finds it
                      textValue={[title.en, title['zh-CN'], words?.en, words?.['zh-CN']].join(' ')}
                    >
                      {title[lang]}
                    </Entry>
                  );
                })}
              </Group>
              <Group title={phrases.machines}>
                {machines.map((machine) => (
                  <Entry key={machine.id} id={`machine:${machine.id}`} detail={machineSays(machine, lang)}>
                    {machineName(machine, lang)}
                  </Entry>
                ))}
              </Group>
              {runs.length > 0 && (
                <Group title={phrases.runs}>
                  {newestFirst(runs)
                    .slice(0, MOST_RUNS)
                    .map((run) => (
                      <Entry
                        key={run.id}
                        id={`run:${run.id}`}
                        detail={[runSays(run, lang), age(run.at, now, lang)].join(' · ')}
                        textValue={`${runMachineName(run, lang)} ${runSays(run, lang)}`}
                      >
                        {runMachineName(run, lang)}
                      </Entry>
                    ))}
                </Group>
              )}
            </ListBox>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <ListBoxSection className={cx(css.group)}>
      <Header className={cx(css.header)}>{title}</Header>
      {children}
    </ListBoxSection>
  );
}

interface EntryProps {
  id: string;
  children: string;
  detail?: string;
  /** As Electron writes it. */
  keys?: string | undefined;
  isDisabled?: boolean;
  /** By which typing finds it, if not by what it says. */
  textValue?: string;
}

function Entry({ id, children, detail, keys, isDisabled = false, textValue = children }: EntryProps) {
  return (
    <ListBoxItem id={id} textValue={textValue} isDisabled={isDisabled} className={cx(css.entry)}>
      <bdi>{children}</bdi>
      {detail !== undefined && <small>{detail}</small>}
      {keys !== undefined && <Kbd keys={keys} />}
    </ListBoxItem>
  );
}

function choose(key: string): void {
  closeOverlay();
  const [, kind, id] = /^(command|machine|run):(.+)$/.exec(key) ?? [];
  if (id === undefined) return;
  afterClose(() => {
    if (kind === 'command') runCommand(id as CommandId);
    else if (kind === 'machine') selectMachine(id);
    else selectRun(id);
  });
}
