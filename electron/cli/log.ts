import { journeyLines } from '../../shared/journey-text.ts';
import type { Lang } from '../../shared/text.ts';
import { logVerdict } from '../log-run.ts';
import type { LoggedJourney, TraceLog } from '../trace/log.ts';
import { nothingRead } from '../trace/nothing-read.ts';
import { readTraceLog, readTraceLogFile } from '../trace/read-log.ts';
import { verdictExit } from './exit-code.ts';
import type { Io } from './io.ts';
import { CLI_PHRASES } from './phrases.ts';
import { painter, safeLine } from './terminal.ts';

export const LOG_SCHEMA = 'culprit.log/1';

const died = ({ journey: { end } }: LoggedJourney) => end === 'dropped' || end === 'rejected';
const packetsOf = (journeys: readonly LoggedJourney[]) =>
  journeys.reduce((sum, { packets }) => sum + packets, 0);

/** Prints the journeys in a tracer's text, those that died first; gives the exit code. */
export async function showLog(
  { file, json, lang }: { file: string; json: boolean; lang: Lang },
  io: Io,
): Promise<number> {
  const log = file === '-' ? await readTraceLog(io.stdin) : await readTraceLogFile(file);
  if (json) io.stdout.write(`${JSON.stringify({ schema: LOG_SCHEMA, ...log }, null, 2)}\n`);
  else io.stdout.write(logText(log, lang, painter(io.stdout, io.env)));
  return verdictExit(logVerdict(log));
}

function logText(log: TraceLog, lang: Lang, paint: ReturnType<typeof painter>): string {
  const say = CLI_PHRASES[lang];
  if (log.packets === 0) {
    const { what, meaning, next } = nothingRead(log.otherLines, log.seems);
    return `${[what, meaning, next].map((text) => text[lang]).join('\n')}\n`;
  }
  const lines = [paint('bold', say.logSummary(log.packets, packetsOf(log.journeys.filter(died))))];
  for (const { journey, packets } of log.journeys) {
    lines.push('', ...journeyLines(journey, lang).map(safeLine));
    if (packets > 1) lines.push(`  ${say.logAlike(packets)}`);
  }
  if (log.leftOut > 0) lines.push('', say.logLeftOut(log.leftOut));
  const unknown = log.journeys.some(({ journey }) =>
    journey.stops.some(
      ({ rules, policy, verdict }) => verdict === 'unknown' && (policy || rules.some(isUnknown)),
    ),
  );
  if (unknown) lines.push('', say.logVerdictUnknown);
  return `${lines.join('\n')}\n`;
}

const isUnknown = ({ verdict }: { verdict: string }) => verdict === 'unknown';
