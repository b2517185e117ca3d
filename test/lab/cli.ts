import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { type Base, faultNames, findBase, findFault } from './faults.ts';
import { tryFlows } from './flows.ts';
import { type Lab, labDown, labThatIsUp, labUp, MAC_WORDS, type MacWord } from './lab.ts';
import { LabError } from './run.ts';
import { sshArgs } from './ssh.ts';
import { status } from './status.ts';
import { verify } from './verify.ts';

const USAGE = `usage: lab COMMAND [--suite SUITE] [--port PORT]
  up SUITE              build (once), boot, save the snapshot
  status                print what is up, as JSON
  ssh [CMD…]            a shell or a command in the guest, as root (--user NAME for another user)
  base NAME             firewalld or legacy: another kind of machine, to be used after reset
  fault [NAME]          inject a fault; without a name: list them
  restore [NAME]        take a fault back; without a name: the same as reset
  reset                 back to the snapshot
  mac WORD              ${MAC_WORDS.join(' | ')}
  pause, resume         freeze the guest, let it go on
  flows                 try every flow
  verify [NAME…]        inject faults one by one and check that they break what they say
  down                  end it`;

const say = (line: string) => console.log(line);

/** The fault whose inject ran: what the user sees and what there is to find. */
async function fault(lab: Lab, name: string): Promise<void> {
  const { symptom, expect, flow } = await lab.fault(name);
  say(`symptom: ${symptom}\nbroken:  ${flow}\nexpect:  ${expect}`);
}

/** An ssh session on this terminal. */
function session(lab: Lab, user: string, words: string[]): Promise<number> {
  const child = spawn('ssh', [...sshArgs(lab.port, user), ...words], { stdio: 'inherit' });
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: {
      suite: { type: 'string' },
      port: { type: 'string' },
      user: { type: 'string', default: 'root' },
    },
    args: process.argv[2] === 'ssh' ? beforeCommand(process.argv.slice(2)) : process.argv.slice(2),
    allowPositionals: true,
  });
  const [command, name = ''] = positionals;
  const wanted = {
    ...(values.suite ? { suite: values.suite } : {}),
    ...(values.port ? { port: Number(values.port) } : {}),
  };
  if (command === 'up') {
    await labUp(name || values.suite || 'bookworm', { say, ...(wanted.port ? { port: wanted.port } : {}) });
    return 0;
  }
  if (command === 'status') {
    say(JSON.stringify(status(), null, 2));
    return 0;
  }
  if (command === 'fault' && !name) {
    for (const id of faultNames()) say(`${id.padEnd(42)} ${findFault(id).title}`);
    return 0;
  }
  if (command === 'down') {
    await labDown(wanted);
    return 0;
  }
  const lab = labThatIsUp(wanted);
  if (command === 'ssh') return session(lab, values.user, positionals.slice(1));
  if (command === 'fault') await fault(lab, name);
  else if (command === 'base') await lab.base(baseOf(name));
  else if (command === 'restore' && name) await lab.restore(name);
  else if (command === 'reset' || command === 'restore') await lab.reset();
  else if (command === 'flows')
    for (const [flow, said] of await tryFlows(lab.port)) say(`${flow.padEnd(7)} ${said}`);
  else if (command === 'verify')
    return (await verify(lab, name ? positionals.slice(1) : faultNames(), say)) ? 1 : 0;
  else if (command === 'mac') await lab.mac(macWord(name));
  else if (command === 'pause') await lab.pause();
  else if (command === 'resume') await lab.resume();
  else throw new LabError(USAGE);
  return 0;
}

/** Everything from the guest's command on is not ours to parse. */
function beforeCommand(args: string[]): string[] {
  const at = args.findIndex(
    (word, i) => i > 0 && !word.startsWith('-') && !/^--(suite|port|user)$/.test(args[i - 1] ?? ''),
  );
  return at < 0 ? args : [...args.slice(0, at), '--', ...args.slice(at)];
}

function baseOf(name: string): Base {
  const base = findBase(name);
  if (!base) throw new LabError('base wants firewalld or legacy.');
  return base;
}

function macWord(word: string): MacWord {
  const known = MAC_WORDS.find((one) => one === word);
  if (!known) throw new LabError(`mac wants one of ${MAC_WORDS.join(', ')}.`);
  return known;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof LabError ? `lab: ${error.message}` : error);
    process.exitCode = 1;
  },
);
