import { recordingDoor } from '../../../electron/door/recording-door.ts';
import { diagnose } from '../../../electron/run.ts';
import type { RunEvent } from '../../../shared/run.ts';

/** The events of a diagnosis of the bundled recording: a real VM whose docker0 is in no firewalld zone. */
export async function sampleEvents(): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  const { machine, targets, forwards, tryFromMac, connect } = await recordingDoor();
  await diagnose(
    { machine, targets, forwards, tryFromMac, connect },
    (event) => events.push(event),
    new AbortController().signal,
  );
  return events;
}
