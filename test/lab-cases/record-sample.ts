/**
 * Makes the bundled sample again: a diagnosis of the lab machine under the fault of the original case, recorded. Needed
 * whenever a script that Culprit runs in a guest has changed, for a recording answers only what was asked when it was
 * made: `npm run lab:sample`
 */
import { join } from 'node:path';
import { labUp } from '../lab/lab.ts';
import { diagnoseLab } from './cli.ts';

const SAMPLE = join(import.meta.dirname, '../../electron/sample/docker0-out-of-zone.recording');

const lab = await labUp('bookworm');
await lab.reset();
await lab.fault('fw-docker0-not-in-zone');
const { run, stderr } = await diagnoseLab(lab, ['--record', SAMPLE]);
console.log(`${run.says}\n${stderr}`);
process.exitCode = run.causes[0]?.id === 'firewalld-interface-not-in-zone' ? 0 : 1;
