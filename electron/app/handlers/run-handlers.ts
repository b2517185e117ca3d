import { homedir } from 'node:os';
import type { CommandRecord, RunEvent } from '../../../shared/run.ts';
import { Trouble } from '../../../shared/trouble.ts';
import { connectSsh } from '../../connect/ssh-guest.ts';
import type { Door, OpenSsh } from '../../door/door.ts';
import { recordingDoor } from '../../door/recording-door.ts';
import { hostDoor, vmDoor } from '../../door/ssh-doors.ts';
import { defaultTargets } from '../../flow/targets.ts';
import type { Consent } from '../../remedy.ts';
import { diagnose } from '../../run.ts';
import { undoFor, undoRun } from '../../undo-run.ts';
import type { Host } from '../host.ts';
import type { Logins } from '../machines/logins.ts';
import { type Known, type Machines, wayTo } from '../machines/machines.ts';
import { DIALOG_PHRASES } from '../phrases.ts';
import type { Prompts } from '../prompts.ts';
import type { Reports } from '../report/reports.ts';
import { commandText } from '../runs/command-text.ts';
import { openLogFile } from '../runs/open-log.ts';
import type { RunStore } from '../runs/run-store.ts';
import type { Runner, RunOrder } from '../runs/runner.ts';
import type { Watcher } from '../runs/watcher.ts';
import type { State } from '../state.ts';
import type { Handlers } from './handlers.ts';

interface Parts {
  host: Pick<Host, 'copy' | 'chooseFile'>;
  state: State;
  machines: Machines;
  prompts: Prompts;
  logins: Logins;
  store: RunStore;
  runner: Runner;
  watcher: Watcher;
  reports: Reports;
}

type Names =
  | 'startRun'
  | 'undoFix'
  | 'openLog'
  | 'stopRun'
  | 'watchRun'
  | 'deleteRun'
  | 'runEvent'
  | 'copyCommand'
  | 'exportReport'
  | 'copyReport'
  | 'revealReport';

/** The calls about runs. */
export function runHandlers(parts: Parts): Pick<Handlers, Names> {
  const { host, state, machines, store, runner, watcher, reports } = parts;
  const begin = async (id: string, workAt: (at: At) => RunOrder['work']) => ({
    run: await runner.start(id, async () => {
      const known = await machines.find(id);
      const { name, focus } = known.item;
      const door = await doorTo(known, parts);
      return { name, focus, work: workAt({ name, focus, door, connect: door.connect.bind(door) }) };
    }),
  });
  return {
    startRun: ({ machine: id, remedy: order }) =>
      begin(id, ({ name, focus, door, connect }) => {
        const { machine, targets, forwards, tryFromMac, notes, natDns } = door;
        const about = {
          machine,
          targets,
          forwards,
          notes,
          natDns,
          machineState: door.machineState?.bind(door),
        };
        const input = { ...about, tryFromMac, connect, focus, surface: 'window' } as const;
        return (emit, signal, recorded) => {
          const remedy = order && { order, consent: consentIn(parts, name, signal), recorded };
          return diagnose({ ...input, ...(remedy && { remedy }) }, emit, signal);
        };
      }),
    undoFix: async ({ run: id }) => {
      const run = await store.run(id);
      return begin(store.item(id).machine, ({ name, door, connect }) => {
        const { machine } = door;
        const about = { machine, machineState: door.machineState?.bind(door) };
        const input = { ...about, connect, undo: undoFor(run, id, machine), surface: 'window' } as const;
        return (emit, signal) => undoRun({ ...input, consent: consentIn(parts, name, signal) }, emit, signal);
      });
    },
    openLog: async () => {
      const title = DIALOG_PHRASES[state.value.lang].openLog;
      const path = await host.chooseFile({ defaultPath: homedir(), title, showHidden: false });
      return path === undefined ? null : { run: await openLogFile(runner, path) };
    },
    stopRun: ({ run }) => runner.stop(run),
    watchRun: async ({ run }) => {
      const live = runner.live(run);
      if (live) watcher.live(run, live);
      else await watcher.stored(run, store);
    },
    deleteRun: ({ run }) => store.delete(run),
    runEvent: async ({ run, at }) => (await findEvent(parts, run, (_, n) => n === at)) ?? null,
    copyCommand: async ({ run, command }) => {
      const found = await findCommand(parts, run, command);
      if (found) await host.copy(commandText(found));
    },
    exportReport: ({ run, lang }) => reports.export(run, lang),
    copyReport: ({ run, lang }) => reports.copy(run, lang),
    revealReport: ({ run }) => reports.reveal(run),
  };
}

/** Where a run begins. */
interface At extends Pick<RunOrder, 'name' | 'focus'> {
  door: Door;
  connect: Door['connect'];
}

/** Asks in a sheet that shows what will be done; closing it is a no. */
function consentIn({ prompts }: Parts, machineName: string, signal: AbortSignal): Consent {
  return async (plan) => {
    try {
      await prompts.ask({ kind: 'remedy', machineName, plan }, signal);
      return true;
    } catch (error) {
      if (signal.aborted || !(error instanceof Trouble) || error.code !== 'cancelled') throw error;
      return false;
    }
  };
}

/** The first run on a machine tells what it is going to do, and asks. */
async function doorTo(known: Known, { machines, prompts, logins }: Parts): Promise<Door> {
  if (known.kind === 'sample') return recordingDoor();
  const open: OpenSsh = async (way, signal) => {
    const login = await logins.of(known, way, signal);
    const { sudoPassword } = login;
    const guest = await connectSsh({ ...login.target, sudoPassword, signal });
    await login.succeeded(guest.root);
    return guest;
  };
  const targets = defaultTargets();
  const door: Door =
    known.kind === 'virtualbox'
      ? {
          ...vmDoor(known.vm, targets, open),
          notes: known.notes,
          natDns: machines.natDnsOf(known.vm),
          machineState: (signal) => machines.stateOf(known.vm, signal),
        }
      : hostDoor(wayTo(known), targets, open);
  const { id, name } = known.item;
  return {
    ...door,
    connect: async (signal) => {
      if (!machines.announced(id)) {
        const urls = targets.map(({ url }) => url);
        await prompts.ask({ kind: 'first-run', machineName: name, targets: urls }, signal);
        await machines.setAnnounced(id);
      }
      return door.connect(signal);
    },
  };
}

/** The command that a run's event of this id tells of. */
export async function findCommand(
  parts: Pick<Parts, 'runner' | 'store'>,
  run: string,
  id: string,
): Promise<CommandRecord | undefined> {
  const found = await findEvent(parts, run, (event) => event.type === 'command' && event.id === id);
  return found?.type === 'command' ? found : undefined;
}

async function findEvent(
  { runner, store }: Pick<Parts, 'runner' | 'store'>,
  run: string,
  wanted: (event: RunEvent, at: number) => boolean,
): Promise<RunEvent | undefined> {
  const live = runner.live(run);
  if (live) return live.events.find(wanted);
  let before = 0;
  for await (const events of store.events(run)) {
    const found = events.find((event, n) => wanted(event, before + n));
    if (found) return found;
    before += events.length;
  }
  return undefined;
}
