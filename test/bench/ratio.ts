/**
 * How long a whole diagnosis takes, compared with one hand-written script over one SSH session that asks, tries and
 * traces the same (by-hand.sh), both in the same lab machine, turn by turn. Prints the ratio of the medians:
 * `npm run bench -- [FAULT] [TURNS]`.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { labUp } from '../lab/lab.ts';
import { sshArgs } from '../lab/ssh.ts';
import { diagnoseLab } from '../lab-cases/cli.ts';
import { median } from '../support/median.ts';

const [fault = 'ipt-docker-user-drop', turns = '5'] = process.argv.slice(2);
const script = readFileSync(join(import.meta.dirname, 'by-hand.sh'), 'utf8');

function byHand(port: number): Promise<number> {
  const began = performance.now();
  const child = spawn('ssh', [...sshArgs(port, 'root'), 'bash -s'], { stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end(script);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(performance.now() - began) : reject(new Error(`by-hand.sh ended with ${code}`)),
    );
  });
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

const lab = await labUp('bookworm');
await lab.reset();
await lab.fault(fault);
const ours: number[] = [];
const theirs: number[] = [];
for (let turn = 0; turn < Number(turns); turn++) {
  theirs.push(await byHand(lab.port));
  const { ms, run } = await diagnoseLab(lab);
  ours.push(ms);
  const steps = run.steps.map((s) => `${s.id} ${seconds(s.ms ?? 0)}`).join(', ');
  console.log(`by hand ${seconds(theirs.at(-1) ?? 0)}, Culprit ${seconds(ms)} (${steps})`);
}
console.log(`${fault}: median of ${turns}: ratio ${(median(ours) / median(theirs)).toFixed(2)}`);
