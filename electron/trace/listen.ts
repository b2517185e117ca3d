import { same, type Text } from '../../shared/text.ts';
import type { TraceEvent } from '../../shared/trace.ts';
import type { Guest } from '../connect/guest.ts';
import type { TraceOutcome, TraceTask } from './backend.ts';
import type { Happening, TraceFormat } from './format.ts';
import { SENTINEL } from './own-table.ts';

/** Seconds after which the guest itself ends the tracer, whatever happens to us. */
export const LIMIT_S = 45;
/** Events kept: about 80 a packet with firewalld. */
const MAX_EVENTS = 40_000;

/** What netlink says, and what reading /dev/kmsg says, when events came faster than they were read. */
const OVERRUN = /No buffer space|kmsg: Broken pipe/i;

/** A tracer's script for the guest: it ends with listen.sh, which says what goes in and out. */
export interface Tracer {
  /** Id of the backend. */
  id: string;
  script: string;
  /** What it prints. Each of them has to show the sentinel: what one is silent about, it may have missed. */
  formats: readonly TraceFormat[];
  /** Puts right what the backend itself changes in what is seen (its own rules count, too); undefined: not to be told. */
  adjust?: (happening: Happening) => Happening | undefined;
}

/** How far a format's text has come. */
class Ear {
  heard = 0;
  /** Trace id under which the sentinel goes now: nothing of it is an event. */
  #sentinel = '';
  readonly read: (line: string) => boolean;
  constructor(format: TraceFormat, take: (traceId: string, happening: Happening) => void, hear: () => void) {
    this.read = format.reader((traceId, happening) => {
      const port = happening.packet?.dst === SENTINEL ? happening.packet.dport : undefined;
      if (port !== undefined) {
        this.#sentinel = traceId;
        if (port !== this.heard && port !== this.heard + 1) return;
        this.heard = port;
        hear();
        return;
      }
      if (happening.what === 'packet' && traceId === this.#sentinel) this.#sentinel = '';
      if (traceId !== this.#sentinel) take(traceId, happening);
    });
  }
}

/** Runs a tracer's script around the trials, and gathers what it prints. */
export async function listen(
  guest: Guest,
  tracer: Tracer,
  task: TraceTask,
  signal: AbortSignal,
): Promise<TraceOutcome> {
  const stream = guest.stream(
    {
      purpose: { en: 'Trace the packets of the failing flows', 'zh-CN': '跟踪失败流量的数据包' },
      script: tracer.script,
      asRoot: true,
      timeoutMs: LIMIT_S * 1000,
    },
    signal,
  );
  const events: TraceEvent[] = [];
  const complaints: string[] = [];
  let full = false;
  const take = (traceId: string, seen: Happening) => {
    const happening = tracer.adjust ? tracer.adjust(seen) : seen;
    if (!happening) return;
    full ||= events.length >= MAX_EVENTS;
    if (!full) events.push({ ...happening, traceId, n: events.length, backend: tracer.id });
  };
  let told = 0;
  let news = false;
  const ears = tracer.formats.map((format) => new Ear(format, take, () => (news = true)));
  let meanwhile: Promise<void> | undefined;
  for await (const { from, text } of stream.lines) {
    if (from === 'err') {
      if (/^[FO]\t/.test(text)) task.onTryLine(text);
      else if (complaints.length < 20) complaints.push(text);
      continue;
    }
    // one format's mark can stand in a line of another's: what is not for one ear is for the next
    ears.find(({ read }) => read(text));
    if (!news || told === 2) continue;
    news = false;
    const heard = Math.min(...ears.map((each) => each.heard));
    if (heard > told) {
      told = heard;
      if (told === 1) meanwhile = task.meanwhile?.();
      else await meanwhile;
    }
    // again where the sentinel still comes: what is told is lost at times (listen.sh)
    if (told > 0) stream.write(`${told}\n`);
    if (told === 2) stream.end();
  }
  await meanwhile;
  const { code, timedOut } = await stream.done;
  return { events, ...whatIsMissing({ heard: told, code, timedOut, complaints, full }) };
}

const TOO_MANY: Text = {
  en: `more than ${MAX_EVENTS} events: the rest was left out`,
  'zh-CN': `事件超过 ${MAX_EVENTS} 个：其余的被略去`,
};

function whyItEnded(end: { code: number; timedOut: boolean; complaints: string[] }): Text {
  const complaint = end.complaints.at(-1);
  if (complaint !== undefined) return same(complaint);
  return end.timedOut
    ? { en: 'the time limit ended it', 'zh-CN': '达到时限' }
    : { en: `exit code ${end.code}`, 'zh-CN': `退出码 ${end.code}` };
}

function whatIsMissing(end: {
  heard: number;
  code: number;
  timedOut: boolean;
  complaints: string[];
  full: boolean;
}): Pick<TraceOutcome, 'gap' | 'broke'> {
  const overrun = end.complaints.find((line) => OVERRUN.test(line));
  if (overrun) {
    const gap = { en: `the tracer lost events: ${overrun}`, 'zh-CN': `跟踪程序丢失了事件：${overrun}` };
    return { gap, broke: 'overrun' };
  }
  if (end.heard < 2) {
    const why = whyItEnded(end);
    const gap =
      end.heard === 0
        ? { en: `the tracer never started: ${why.en}`, 'zh-CN': `跟踪程序没有启动：${why['zh-CN']}` }
        : { en: `the tracer ended early: ${why.en}`, 'zh-CN': `跟踪程序提前结束：${why['zh-CN']}` };
    return { gap, broke: 'died' };
  }
  return end.full ? { gap: TOO_MANY, broke: 'overrun' } : {};
}
