import { basename } from 'node:path';
import type { Verdict } from '../shared/cause.ts';
import type { Run, RunEvent } from '../shared/run.ts';
import type { Text } from '../shared/text.ts';
import { Trouble } from '../shared/trouble.ts';
import type { Surface } from '../shared/trouble-text.ts';
import { toCauses } from './diagnose/diagnose.ts';
import { deathsOf } from './diagnose/rules/netfilter-drop.ts';
import { toldRun } from './told-run.ts';
import type { TraceLog } from './trace/log.ts';
import { nothingRead } from './trace/nothing-read.ts';
import { readTraceLogFile } from './trace/read-log.ts';

/**
 * Reads a tracer's text from a file as a run without a guest: the packets' journeys, and the rules at which some died. So
 * an opened log is shown, kept and exported like any other run. Never throws for what was expected (`log-unreadable`).
 */
export function diagnoseLog(
  path: string,
  emit: (event: RunEvent) => void,
  signal: AbortSignal,
  surface?: Surface,
): Promise<Run> {
  const machine = { kind: 'log', id: path, name: basename(path) };
  return toldRun({ machine, targets: [], surface }, emit, signal, async (log) => {
    const read = await log.step('trace', () => readTraceLogFile(path, signal));
    const journeys = read.journeys.map(({ journey, packets }) =>
      packets === 1 ? journey : { ...journey, packets },
    );
    for (const journey of journeys) {
      log.tell({ type: 'journey', journey });
      if (signal.aborted) throw new Trouble('cancelled');
    }
    const causes = toCauses(deathsOf(journeys));
    for (const cause of causes) log.tell({ type: 'cause', cause });
    if (read.packets === 0) {
      const { meaning: says, next } = nothingRead(read.otherLines, read.seems);
      log.tell({ type: 'remark', code: 'log-without-packets', says, next });
    }
    log.tell({ type: 'verdict', verdict: logVerdict(read), says: causes[0]?.title ?? undying(read) });
  });
}

/** What a log proves: a death is a problem; packets whose end it does not tell leave it open. */
export function logVerdict({ packets, journeys }: TraceLog): Verdict {
  const ends = journeys.map(({ journey }) => journey.end);
  if (ends.includes('dropped') || ends.includes('rejected')) return 'problem';
  return packets === 0 || ends.includes('lost') ? 'cannot-tell' : 'healthy';
}

/** What is said of a log in which no packet was seen to die. */
function undying(log: TraceLog): Text {
  if (log.packets === 0) return nothingRead(log.otherLines).what;
  if (logVerdict(log) === 'cannot-tell') {
    return {
      en: 'No rule in this log was seen to drop a packet, but it does not tell how every packet ended.',
      'zh-CN': '此日志中没有看到规则丢弃数据包，但并非每个数据包都有结局记录。',
    };
  }
  return {
    en: 'Every rule in this log let its packets through; what came after is not in it.',
    'zh-CN': '此日志中的规则放行了全部数据包；之后的情况不在日志中。',
  };
}
