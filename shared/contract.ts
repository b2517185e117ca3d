import { z } from 'zod';
import {
  type AppState,
  Focus,
  HostForm,
  type HostKeyItem,
  Login,
  MachineId,
  PromptAnswer,
  RunId,
  SecretKind,
  Settings,
  type TroubleView,
} from './app-state.ts';
import { COMMAND_IDS, type CommandId } from './commands.ts';
import { RemedyOrder } from './remedy.ts';
import type { RunEvent } from './run.ts';
import { LANGS } from './text.ts';

/**
 * What the window may ask of main and what main tells the window, as one value. Preload, handlers, the window's API and
 * the test double's checks are derived from it: a new call is one line here and one handler.
 */

/** A call: the schema of its one argument, and (as a type only) what it answers. */
export interface Call<I extends z.ZodType, O> {
  readonly input: I;
  /** Never there: carries the type. */
  readonly output?: O;
}

const answers =
  <O>() =>
  <I extends z.ZodType>(input: I): Call<I, O> => ({ input });

const nothing = z.undefined();
const TerminalId = z.string().regex(/^t\d{1,9}$/);
/** Characters of one keystroke or paste that a terminal takes at a time. */
const MOST_TYPED = 1_000_000;
const size = { cols: z.number().int().min(2).max(1000), rows: z.number().int().min(1).max(500) };
const CommandRef = z.string().regex(/^c\d{1,9}$/);
const ofRun = z.strictObject({ run: RunId });
const ofMachine = z.strictObject({ machine: MachineId });

export const CALLS = {
  /** Everything but runs' events; later changes come as `state`. */
  state: answers<AppState>()(nothing),
  setSettings: answers<void>()(Settings.partial()),

  refreshMachines: answers<void>()(nothing),
  /** The names that the user's ssh_config gives to hosts. */
  sshNames: answers<string[]>()(nothing),
  addHost: answers<{ machine: string }>()(HostForm),
  editHost: answers<void>()(z.strictObject({ machine: MachineId, host: HostForm })),
  removeHost: answers<void>()(ofMachine),
  setLogin: answers<void>()(z.strictObject({ machine: MachineId, login: Login })),
  setFocus: answers<void>()(z.strictObject({ machine: MachineId, focus: Focus })),
  /** Forgets a machine's remembered secret, host key aside. */
  forgetSecret: answers<void>()(z.strictObject({ machine: MachineId, secret: SecretKind })),
  /**
   * Carries out the remedy that was shown with this command, and waits for SSH where that opens the way; `vm-changed` when
   * another would be needed now.
   */
  openWay: answers<void>()(z.strictObject({ machine: MachineId, command: z.string().max(2000) })),
  /** Takes away the forwards that Culprit added to a machine. */
  closeWay: answers<void>()(ofMachine),
  /** A file dialog for VBoxManage, or VirtualBox itself; null when it was cancelled. `vboxmanage-not-it` when it is another. */
  chooseVBoxManage: answers<{ path: string } | null>()(nothing),
  /** Looks for VBoxManage at its usual places again. */
  forgetVBoxManage: answers<void>()(nothing),
  /** The host keys that are remembered, by what they are remembered for. */
  hostKeys: answers<HostKeyItem[]>()(nothing),
  /** Forgets one: whoever answers next at that place is asked about anew. */
  forgetHostKey: answers<void>()(z.strictObject({ id: z.string().min(1).max(300) })),
  /** A file dialog; null when it was cancelled. */
  chooseKeyFile: answers<string | null>()(nothing),

  /** With `remedy` a change is tried, or made to stay, once the cause is found; a prompt asks before. */
  startRun: answers<{ run: string }>()(
    z.strictObject({ machine: MachineId, remedy: RemedyOrder.optional() }),
  ),
  /** Takes the fix of a run back, as a run of its own; a prompt asks before. */
  undoFix: answers<{ run: string }>()(ofRun),
  /** A file dialog, then a run that reads the tracer's text in that file; null when it was cancelled. */
  openLog: answers<{ run: string } | null>()(nothing),
  /** Returns when everything of the run is gone from the guest. */
  stopRun: answers<void>()(ofRun),
  /** From now on the run's events come as `runEvents`, those of the past first. One run is watched at a time. */
  watchRun: answers<void>()(ofRun),
  deleteRun: answers<void>()(ofRun),
  /** The whole of the event at a position of a run, where `runEvents` carried only a part; null when there is none. */
  runEvent: answers<RunEvent | null>()(z.strictObject({ run: RunId, at: z.number().int().nonnegative() })),
  copyCommand: answers<void>()(z.strictObject({ run: RunId, command: CommandRef })),
  /** Puts text that is on screen onto the clipboard. */
  copyText: answers<void>()(z.strictObject({ text: z.string().max(5_000_000) })),

  /** A save dialog; null when it was cancelled. */
  exportReport: answers<{ path: string } | null>()(
    z.strictObject({ run: RunId, lang: z.enum(LANGS).optional() }),
  ),
  copyReport: answers<void>()(z.strictObject({ run: RunId, lang: z.enum(LANGS).optional() })),
  /** Shows the report that was exported last from this run in the Finder. */
  revealReport: answers<void>()(ofRun),

  answerPrompt: answers<void>()(z.strictObject({ prompt: z.string().max(40), answer: PromptAnswer })),

  /** Opens a shell: on a machine, or (without one) on this computer. Its output comes as `terminalData`. */
  openTerminal: answers<{ terminal: string }>()(z.strictObject({ machine: MachineId.optional(), ...size })),
  typeInTerminal: answers<void>()(z.strictObject({ terminal: TerminalId, data: z.string().max(MOST_TYPED) })),
  /** Types a run's command into a shell, without Enter. */
  typeCommand: answers<void>()(z.strictObject({ terminal: TerminalId, run: RunId, command: CommandRef })),
  resizeTerminal: answers<void>()(z.strictObject({ terminal: TerminalId, ...size })),
  /** That many characters were shown: main holds the shell back when too many are under way. */
  ackTerminal: answers<void>()(z.strictObject({ terminal: TerminalId, chars: z.number().int().min(1) })),
  closeTerminal: answers<void>()(z.strictObject({ terminal: TerminalId })),
  /** An http(s) link in the terminal or the report, opened in the browser. */
  openLink: answers<void>()(z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(2048) })),

  /** What can be done right now, for the application menu. */
  setEnabled: answers<void>()(z.strictObject({ commands: z.array(z.enum(COMMAND_IDS as [CommandId])) })),
  /** The window broke: main writes it into the log. */
  reportBug: answers<void>()(z.strictObject({ message: z.string().max(10_000) })),
} as const satisfies Record<string, Call<z.ZodType, unknown>>;

export type CallName = keyof typeof CALLS;
export type CallInput<N extends CallName> = z.infer<(typeof CALLS)[N]['input']>;
export type CallOutput<N extends CallName> = (typeof CALLS)[N] extends Call<z.ZodType, infer O> ? O : never;

/** How a shell ended: with an exit code, by a signal as the machine names it, or not by itself. */
export type ShellEnd = { code: number } | { signal: string } | { trouble: TroubleView };

/** What main tells the window of its own accord. */
export interface Pushes {
  /** The parts of the state that changed, whole. */
  state: Partial<AppState>;
  /** What came of a long run of the past, before its `runEvents`. */
  runOutcome: { run: string; events: RunEvent[] };
  /**
   * Events of the watched run, in order; `first` is the position of the first of them, `abridged` has the positions of those
   * that are not whole. `caughtUp`: no more are there now.
   */
  runEvents: { run: string; first: number; events: RunEvent[]; abridged: number[]; caughtUp: boolean };
  terminalData: { terminal: string; data: string };
  /** The shell is over. */
  terminalEnded: { terminal: string; end: ShellEnd };
  /** What came of a file that was dropped onto the window: its path went from preload to main, past the page. */
  dropped: { run: string } | { trouble: TroubleView };
  /** A command from the application menu. */
  command: { command: CommandId };
}
export type PushName = keyof Pushes;

/** What crosses the wire for a call: expected failures are data and keep their code. */
export type Reply<O> = { ok: true; value: O } | { ok: false; trouble: TroubleView };

/** What preload puts into the window as `window.culprit`. */
export interface Bridge {
  call(name: CallName, input: unknown): Promise<Reply<unknown>>;
  /** Gives the function that ends it. */
  on<N extends PushName>(name: N, told: (value: Pushes[N]) => void): () => void;
}
