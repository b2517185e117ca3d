/**
 * Live changes to the lab's machine, as `VBoxManage controlvm` makes them to a running one:
 * `controlvm.ts WRAPPER PORT VM natpf1 RULE | natpf1 delete NAME | setlinkstate1 on|off`.
 * The real VBoxManage checks and records each change; QEMU carries it out.
 */
import { control } from '../control.ts';
import { LabError, run } from '../run.ts';

const [, , wrapper = '', portText = '', vm = '', what = '', ...args] = process.argv;
const port = Number(portText);

/** Records a change; the real program's complaint and exit code become ours. */
async function record(...settings: string[]): Promise<void> {
  const done = await run(wrapper, ['modifyvm', vm, ...settings]);
  process.stdout.write(done.stdout);
  process.stderr.write(done.stderr);
  if (done.code !== 0) process.exit(done.code);
}

async function addRule(rule: string): Promise<void> {
  await record('--natpf1', rule);
  const fields = rule.split(',');
  const [name, proto, hostIp, hostPort, guestIp, guestPort] = [
    fields.slice(0, -5).join(','),
    ...fields.slice(-5),
  ];
  if (proto !== 'tcp') return; // recorded only: the lab relays no UDP
  const to = [hostIp || '127.0.0.1', hostPort, guestIp || '10.0.2.15', guestPort].map((field) => field ?? '');
  try {
    await control(port, 'forward', name ?? '', 'tcp', ...to);
  } catch (error) {
    await record('--natpf1', 'delete', name ?? '');
    throw error;
  }
}

async function main(): Promise<void> {
  const [first = '', name = ''] = args;
  if (what === 'setlinkstate1') {
    await record('--cableconnected1', first);
    await control(port, `link-${first}`);
  } else if (first === 'delete') {
    await record('--natpf1', 'delete', name);
    await control(port, 'unforward', name).catch(() => undefined); // UDP: there is none
  } else await addRule(first);
}

main().catch((error: unknown) => {
  console.error(`VBoxManage: error: ${error instanceof LabError ? error.message : String(error)}`);
  process.exitCode = 1;
});
