import type { RunEvent } from '../../../shared/run.ts';
import { sampleEvents } from '../../renderer/run/sample.ts';

/** Characters of a repeated answer: a run of so many events has many short answers, not many rulesets. */
const REPEATED = 400;

/** The same event in another round: what it names has other ids, so that nothing is replaced. */
function renamed(event: RunEvent, round: number): RunEvent {
  const other = (id: string) => `${id} #${round}`;
  switch (event.type) {
    case 'command':
      return { ...event, id: other(event.id) };
    case 'answer':
      return { ...event, id: other(event.id), stdout: event.stdout.slice(0, REPEATED) };
    case 'fact':
      return { ...event, probe: other(event.probe), commandId: other(event.commandId) };
    case 'flow': {
      const { flow } = event;
      const commandId = flow.commandId === undefined ? {} : { commandId: other(flow.commandId) };
      return { ...event, flow: { ...flow, id: other(flow.id), ...commandId } };
    }
    case 'journey': {
      const { journey } = event;
      return { ...event, journey: { ...journey, id: other(journey.id), flowId: other(journey.flowId) } };
    }
    default:
      return event;
  }
}

/** The events of a long run: the sample's own over and over, with new ids, and its verdict at the end. */
export async function manyEvents(wanted: number): Promise<RunEvent[]> {
  const once = await sampleEvents();
  const last = once.filter(
    ({ type }) => type === 'cause' || type === 'residue' || type === 'verdict' || type === 'ended',
  );
  const body = once.filter((event) => !last.includes(event));
  const all = body.slice(0, wanted - last.length);
  for (let round = 1; all.length < wanted - last.length; round += 1)
    for (const event of body) {
      if (event.type === 'started' || all.length === wanted - last.length) continue;
      all.push(renamed(event, round));
    }
  return [...all, ...last];
}
