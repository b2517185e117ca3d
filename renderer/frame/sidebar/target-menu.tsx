import type { MachineItem, RunItem } from '../../../shared/app-state.ts';
import { call } from '../../api.ts';
import { usePhrases } from '../../lang.ts';
import { tell, useStore } from '../../store.ts';
import { Menu, MenuItem, MenuSection, MenuSeparator } from '../../ui/menu.tsx';
import { canDiagnose, diagnose } from '../actions.ts';
import { openOverlay } from '../frame-store.ts';
import { SIDEBAR_PHRASES } from './phrases.ts';

/** A machine, or a run, or a machine with the run that is shown. */
export interface Target {
  machine?: MachineItem | undefined;
  run?: RunItem | undefined;
}

type MenuPlace = Pick<Parameters<typeof Menu>[0], 'triggerRef' | 'isOpen' | 'onOpenChange'>;

/** What can be done with a machine or a run; as a context menu and behind the button beside its name. */
export function TargetMenu({ machine, run, ...place }: Target & MenuPlace) {
  const { menu } = usePhrases(SIDEBAR_PHRASES);
  const goesOn = useStore(({ app }) =>
    app?.runs.some((one) => one.machine === machine?.id && one.state === 'running'),
  );
  const obey = (key: unknown) => {
    const doing = DOING[String(key) as keyof typeof DOING];
    doing({ machine, run });
  };
  const over = run !== undefined && run.state !== 'running';
  const readable = over && run.state !== 'unreadable';
  return (
    <Menu {...place} aria-label={menu.actions} onAction={obey}>
      {machine && (
        <MenuSection>
          <MenuItem id="diagnose" isDisabled={!canDiagnose(machine) || goesOn === true}>
            {menu.diagnose}
          </MenuItem>
          {machine.kind !== 'sample' && (
            <>
              <MenuItem id="login">{menu.login}</MenuItem>
              <MenuItem id="forget" isDisabled={machine.remembered.length === 0}>
                {menu.forget}
              </MenuItem>
              <MenuItem id="copyName">{menu.copyName}</MenuItem>
              {machine.hasOwnForward && <MenuItem id="removeForward">{menu.removeForward}</MenuItem>}
            </>
          )}
          {machine.kind === 'ssh' && (
            <>
              <MenuItem id="edit">{menu.edit}</MenuItem>
              <MenuItem id="remove" danger>
                {menu.remove}
              </MenuItem>
            </>
          )}
        </MenuSection>
      )}
      {machine && run && <MenuSeparator />}
      {run && (
        <MenuSection>
          <MenuItem id="export" isDisabled={!readable}>
            {menu.export}
          </MenuItem>
          <MenuItem id="copyReport" isDisabled={!readable}>
            {menu.copyReport}
          </MenuItem>
          <MenuItem id="reveal" isDisabled={run.exported === undefined}>
            {menu.reveal}
          </MenuItem>
          <MenuItem id="deleteRun" danger isDisabled={!over}>
            {menu.deleteRun}
          </MenuItem>
        </MenuSection>
      )}
    </Menu>
  );
}

const ofMachine = (doing: (machine: MachineItem) => unknown) => (target: Target) => {
  if (target.machine) doing(target.machine);
};
const ofRun = (doing: (run: RunItem) => unknown) => (target: Target) => {
  if (target.run) doing(target.run);
};

const DOING = {
  diagnose: ofMachine(({ id }) => diagnose(id)),
  login: ofMachine(({ id }) => openOverlay({ kind: 'login', machine: id })),
  forget: ofMachine(async ({ id, remembered }) => {
    for (const secret of remembered) await tell(call('forgetSecret', { machine: id, secret }));
  }),
  copyName: ofMachine(({ name }) => tell(call('copyText', { text: name }))),
  removeForward: ofMachine(({ id }) => tell(call('closeWay', { machine: id }))),
  edit: ofMachine(({ id }) => openOverlay({ kind: 'edit-host', machine: id })),
  remove: ofMachine(({ id }) => openOverlay({ kind: 'remove-host', machine: id })),
  export: ofRun(({ id }) => tell(call('exportReport', { run: id }))),
  copyReport: ofRun(({ id }) => tell(call('copyReport', { run: id }))),
  reveal: ofRun(({ id }) => tell(call('revealReport', { run: id }))),
  deleteRun: ofRun(({ id }) => openOverlay({ kind: 'delete-run', run: id })),
};
