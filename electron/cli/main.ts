import { againOf } from '../../shared/again.ts';
import type { FlowResult } from '../../shared/flow.ts';
import { applyEvent, emptyRun, type Run, type RunEvent } from '../../shared/run.ts';
import { runJson } from '../../shared/run-json.ts';
import type { Lang } from '../../shared/text.ts';
import { Trouble } from '../../shared/trouble.ts';
import { troubleSentences } from '../../shared/trouble-text.ts';
import { undoOf } from '../../shared/undo-plan.ts';
import { writeRecording } from '../connect/recording-file.ts';
import { type RecordingGuest, recordingGuest } from '../connect/recording-guest.ts';
import { pinFile } from '../data-folder.ts';
import { callText } from '../discover/remedy.ts';
import type { Door } from '../door/door.ts';
import { machineForRecording } from '../door/recorded-machine.ts';
import { reportMarkdown } from '../report/markdown.ts';
import { checkWritable, writeOut } from '../report/out-file.ts';
import { diagnose } from '../run.ts';
import { undoFor, undoRun } from '../undo-run.ts';
import { CULPRIT_VERSION } from '../version.ts';
import { againCommand } from './again.ts';
import { consentOn } from './consent.ts';
import { openDoor } from './doors.ts';
import { EXIT, exitCode } from './exit-code.ts';
import { interruptible } from './interrupt.ts';
import type { Io } from './io.ts';
import { type KeptRun, keepRun, keptRun } from './kept-runs.ts';
import { showLog } from './log.ts';
import { loginQuestions } from './login-questions.ts';
import { machineLines } from './machines.ts';
import { type Options, readOptions, wantedLang } from './options.ts';
import { CLI_PHRASES } from './phrases.ts';
import { type Progress, showProgress } from './progress.ts';
import { resultText } from './result.ts';
import { type Asker, openAsker, SECRETS } from './secret.ts';
import { painter, safe, safeLine } from './terminal.ts';

/** Where there is no terminal, lines are as long as they need to be. */
const ENDLESS = 100_000;

/** What happened, what it means, what to do next: a line each. */
function troubleLines(trouble: Trouble, lang: Lang): string {
  const { what, meaning, next } = troubleSentences(trouble);
  return [what, meaning, next].map((sentence) => `${safe(sentence[lang])}\n`).join('');
}

function announce(door: Door, progress: Progress, lang: Lang): void {
  const say = CLI_PHRASES[lang];
  if (door.machine.kind === 'recording') {
    progress.say(say.replaying);
    return;
  }
  progress.say(say.announce);
  progress.say(safeLine(say.contacts(door.targets.map((target) => target.url).join(' '))));
}

/** The asker for the passwords that the options allow to ask for. */
function askerFor({ chosen }: Options, io: Io): Asker {
  const login = chosen !== undefined && 'login' in chosen ? chosen.login : undefined;
  const allowed = { login: login?.askPassword === true, sudo: login?.askSudo === true };
  return openAsker(
    io.stdin,
    io.stderr,
    SECRETS.filter((secret) => allowed[secret]),
  );
}

/** Writes what the run leads to, in the order in which losing it would hurt. */
async function deliver(
  run: Run,
  { recorded, kept }: { recorded: RecordingGuest | undefined; kept: string | undefined },
  options: Options,
  argv: readonly string[],
  io: Io,
) {
  const { lang } = options;
  const say = CLI_PHRASES[lang];
  if (options.record !== undefined && recorded !== undefined) {
    await writeRecording(options.record, recorded.recording());
    io.stderr.write(`${safeLine(say.recordingAt(options.record))}\n`);
  }
  if (options.report !== undefined) await writeOut(options.report, reportMarkdown(run, lang));
  if (options.json) {
    io.stdout.write(`${JSON.stringify(runJson(run, lang, kept), null, 2)}\n`);
  } else {
    const paint = painter(io.stdout, io.env);
    io.stdout.write(resultText(run, { lang, paint, fits: io.stdout.columns || ENDLESS }));
    if (kept !== undefined && undoOf(run, kept)) io.stdout.write(`${say.takeBack(kept)}\n`);
  }
  if (options.report !== undefined) {
    // With --json the standard output is one object and nothing else.
    const out = options.json ? io.stderr : io.stdout;
    out.write(`${safeLine(say.reportAt(options.report))}\n`);
  }
  for (const trouble of run.troubles) io.stderr.write(`${safe(trouble.says[lang])}\n`);
  const again = run.troubles.at(-1)?.code === 'connection-lost' ? againOf(run) : undefined;
  if (again) io.stderr.write(`${safeLine(say.again(againCommand(argv, again)))}\n`);
}

async function run(options: Options, argv: readonly string[], io: Io): Promise<number> {
  const { lang, chosen } = options;
  const say = CLI_PHRASES[lang];
  if (chosen?.kind === 'log') return showLog({ file: chosen.file, json: options.json, lang }, io);
  if (chosen === undefined) throw new Trouble('bad-usage', { why: 'nothing-chosen' });
  for (const file of [options.report, options.record]) if (file !== undefined) await checkWritable(file);
  const { remedy } = options;
  if (remedy && !options.yes && io.stdin.isTTY !== true)
    throw new Trouble('bad-usage', { why: 'no-consent', option: `--${remedy.kind}` });
  const toUndo = remedy?.kind === 'undo' ? await keptRun(io.env, remedy.run) : undefined;

  const progress = showProgress(io.stderr, io.env, lang);
  const interrupt = interruptible(() => progress.say(say.cancelling));
  const asker = askerFor(options, io);
  const asking = <T>(ask: () => Promise<T>): Promise<T> => {
    const release = progress.hold();
    return ask().finally(release);
  };
  let folded = emptyRun();
  let recorded: RecordingGuest | undefined;
  let kept: KeptRun | undefined;
  let bug: unknown;
  let takeBack: (() => Promise<void>) | undefined;
  const emit = (event: RunEvent) => {
    folded = applyEvent(folded, event);
    progress.show(event);
    if (event.type === 'remark') progress.say(safeLine(`${event.says[lang]} ${event.next[lang]}`));
    kept?.emit(event);
  };
  try {
    const door = await openDoor(chosen, options, {
      signal: interrupt.signal,
      pinFile: pinFile(io.env),
      configFile: io.env.CULPRIT_SSH_CONFIG,
      askSudo: (label, signal) => asking(() => asker.ask('sudo', say.sudoPassword(label), signal)),
      questions: (stop, askPassword, signal) =>
        loginQuestions(stop, { asker, asking, lang, signal, askPassword }),
      told: ({ kind, call, undo }) => {
        progress.say(safeLine(say.changing(callText(call))));
        if (kind !== 'add-forward') progress.say(say.waiting);
        else if (!options.removeForward) progress.say(safeLine(say.stays(callText(undo))));
      },
    });
    if (options.removeForward) takeBack = door.takeBack;
    announce(door, progress, lang);
    const { machine, targets, forwards, notes, natDns } = door;
    const machineState = door.machineState?.bind(door);
    const consent = consentOn(io, options, progress, interrupt.signal);
    const undo = remedy?.kind === 'undo' && toUndo ? undoFor(toUndo, remedy.run, machine) : undefined;
    if (remedy) kept = await keepRun(io.env, machine, (line) => progress.say(safeLine(line)));
    const fromMac: FlowResult[] = [];
    const ordered =
      remedy && remedy.kind !== 'undo' && kept
        ? { order: remedy, consent, recorded: kept.recorded }
        : undefined;
    if (undo)
      await undoRun({ machine, connect: door.connect, undo, consent, machineState }, emit, interrupt.signal);
    else
      await diagnose(
        {
          machine,
          targets,
          forwards,
          notes,
          machineState,
          natDns,
          ...(ordered ? { remedy: ordered } : {}),
          traceBackend: options.traceBackend,
          tryFromMac: async (spec, signal) => {
            const result = await door.tryFromMac(spec, signal);
            fromMac.push(result);
            return result;
          },
          connect: async (signal) => {
            const guest = await door.connect(signal);
            if (options.record === undefined) return guest;
            recorded = recordingGuest(guest, {
              culprit: CULPRIT_VERSION,
              machine: machineForRecording({ ...machine, targets, forwards, fromMac, natDns: await natDns }),
            });
            return recorded;
          },
        },
        emit,
        interrupt.signal,
      );
  } catch (error) {
    // A bug: what was learnt until then is still delivered below.
    if (error instanceof Trouble) throw error;
    bug = error;
  } finally {
    await takeBack?.().catch((error: unknown) => {
      if (!(error instanceof Trouble)) throw error;
      io.stderr.write(troubleLines(error, lang));
    });
    await kept?.close();
    progress.close();
    asker.close();
    interrupt.close();
  }
  await deliver(folded, { recorded, kept: kept?.id }, options, argv, io);
  if (bug !== undefined) throw bug;
  return exitCode(folded);
}

/** The command: reads its arguments, runs, prints; gives the exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const lang = wantedLang(argv);
  const say = CLI_PHRASES[lang];
  try {
    const options = readOptions(argv);
    if (options.help) {
      io.stdout.write(say.usage);
      return EXIT.healthy;
    }
    return await run(options, argv, io);
  } catch (error) {
    if (!(error instanceof Trouble)) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      io.stderr.write(`${safe(say.bug(detail))}\n`);
      return EXIT.cannotTell;
    }
    if (error.code === 'cancelled') return EXIT.cancelled;
    io.stderr.write(troubleLines(error, lang));
    if ('why' in error.facts && error.facts.why === 'nothing-chosen') {
      io.stderr.write(`\n${(await machineLines(lang)).join('\n')}\n\n${say.usage}`);
    }
    return EXIT.notReached;
  }
}
