import type { FlowResult } from '../../shared/flow.ts';
import type { Guest } from '../connect/guest.ts';
import type { Planned } from './kind.ts';
import type { TryFromMac } from './mac.ts';
import { addTryLine, judge, parseTries } from './outcome.ts';
import { FLOWS_LIMIT_S, flowScript, type Trial } from './script.ts';

/** A planned flow that has a way to be tried in the guest. */
export function trialsOf(planned: readonly Planned[]): Trial[] {
  return planned.flatMap(({ spec, attempt }) => (attempt ? [{ spec, attempt }] : []));
}

const needsRoot = ({ spec }: Trial) => spec.from.where !== 'guest';

/**
 * Tries all flows at once, each from where it starts, and calls `onResult` as they end. Without root, flows that start in
 * a container are skipped; without bash, all that start in the guest. `commandId` tells the log's id of the command.
 */
export async function measureFlows(
  guest: Guest,
  planned: readonly Planned[],
  options: {
    hasBash: boolean;
    signal: AbortSignal;
    tryFromMac: TryFromMac;
    onResult: (result: FlowResult) => void;
    commandId: () => string;
  },
): Promise<FlowResult[]> {
  const results: FlowResult[] = [];
  const report = (result: FlowResult) => {
    results.push(result);
    options.onResult(result);
  };
  const skip = ({ spec }: Trial, why: Pick<FlowResult, 'saying' | 'detail'>) =>
    report({ ...spec, outcome: 'skipped', ms: 0, ...why });
  const mac = planned.filter((p) => p.spec.from.where === 'mac').map((p) => p.spec);
  const fromMac = Promise.all(
    mac.map(async (spec) => report(await options.tryFromMac(spec, options.signal))),
  );
  const asRoot = guest.root.how !== 'none';
  const trials = trialsOf(planned).filter((trial) => {
    if (!options.hasBash) skip(trial, { saying: 'no-tool', detail: 'bash' });
    else if (needsRoot(trial) && !asRoot) skip(trial, { saying: 'needs-root', detail: '' });
    else return true;
    return false;
  });
  if (trials.length > 0) await inGuest(guest, trials, asRoot, options, report);
  await fromMac;
  // The Mac's own come in at any time, in a replay at once: what is said must not hang on that
  const isOfMac = ({ from }: FlowResult) => from.where === 'mac';
  return [...results.filter((flow) => !isOfMac(flow)), ...results.filter(isOfMac)];
}

async function inGuest(
  guest: Guest,
  trials: Trial[],
  asRoot: boolean,
  options: { signal: AbortSignal; commandId: () => string },
  report: (result: FlowResult) => void,
): Promise<void> {
  const stream = guest.stream(
    {
      purpose: { en: 'Try the flows', 'zh-CN': '测试各条流量' },
      script: flowScript(trials),
      asRoot,
      timeoutMs: (FLOWS_LIMIT_S + 3) * 1000,
    },
    options.signal,
  );
  const commandId = options.commandId();
  const tries = parseTries([], trials.length);
  const complaints: string[] = [];
  const done = new Set<number>();
  const settle = (index: number) => {
    const trial = trials[index];
    const attempt = tries[index];
    if (!trial || !attempt || done.has(index)) return;
    done.add(index);
    report({ ...trial.spec, ...judge(trial.spec, attempt, complaints.at(-1)), commandId });
  };
  for await (const { from, text } of stream.lines) {
    if (from === 'err') {
      if (complaints.length < 50) complaints.push(text);
      continue;
    }
    const index = addTryLine(tries, text);
    if (index !== undefined && isLastWord(text)) settle(index);
  }
  await stream.done;
  trials.forEach((_, index) => {
    settle(index);
  });
}

/** These are said on the way; all other words end a flow. DNS flows end with "answered" too. */
const ON_THE_WAY = ['resolved', 'opened', 'answered'];

function isLastWord(line: string): boolean {
  const word = line.split('\t')[3];
  return word !== undefined && !ON_THE_WAY.includes(word);
}
