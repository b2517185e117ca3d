/**
 * Makes test/scenes/ again: what Culprit sees of the lab machine under each fault, as rules get to look at it. Rules are
 * then tested on it without a lab: `npm run lab:scenes -- [FAULT]...`
 */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectSsh } from '../../electron/connect/ssh-guest.ts';
import { tryFromMac } from '../../electron/flow/mac.ts';
import { defaultTargets } from '../../electron/flow/targets.ts';
import { observe } from '../../electron/observe.ts';
import { LoggedGuest, RunLog } from '../../electron/run-log.ts';
import { type Lab, labUp } from '../lab/lab.ts';
import { FAULTS, HEALTHY_RECORDED } from './cases.ts';
import { scenePath } from './scene-file.ts';

async function record(lab: Lab, fault: string): Promise<void> {
  await lab.reset();
  await lab.fault(fault);
  const { signal } = new AbortController();
  const log = new RunLog(() => undefined);
  const door = {
    host: '127.0.0.1',
    port: lab.port,
    user: 'root',
    identityFile: lab.keyPath,
    label: 'lab',
    signal,
  };
  const pins = { pinId: `lab ${lab.port}`, pinFile: join(tmpdir(), 'culprit-scenes.json') };
  const guest = new LoggedGuest(await connectSsh({ ...door, ...pins }), log);
  try {
    const forwards = [{ host: '127.0.0.1', hostPort: await lab.forwardPort(8080), guestPort: 8080 }];
    const scene = await observe(guest, { targets: defaultTargets(), forwards, tryFromMac }, log, signal);
    writeFileSync(scenePath(fault), `${JSON.stringify(scene)}\n`);
  } finally {
    await guest.close();
  }
}

const named = process.argv.slice(2);
const lab = await labUp('bookworm');
for (const fault of named.length > 0 ? named : [...FAULTS.map((c) => c.fault), ...HEALTHY_RECORDED]) {
  await record(lab, fault);
  console.log(fault);
}
