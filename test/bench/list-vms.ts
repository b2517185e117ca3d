/**
 * How long the list of many registered machines takes, compared with one `VBoxManage list -l vms`, turn by turn:
 * `npm run bench:vms -- [MACHINES] [TURNS]`. Needs what the lab needs, but no lab machine.
 */
import { listMachines } from '../../electron/discover/list-machines.ts';
import { scratchVirtualBox } from '../lab/vbox/scratch.ts';
import { median } from '../support/median.ts';

const [machines = '100', turns = '7'] = process.argv.slice(2);
/** At a time, while the machines are made. */
const HANDS = 4;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const box = await scratchVirtualBox('bench');
try {
  const todo = Array.from({ length: Number(machines) }, (_, n) => n).values();
  const hand = async () => {
    for (const n of todo) {
      const uuid = await box.create(`machine ${n}`);
      await box.run(['modifyvm', uuid, '--nic1', 'nat', '--natpf1', `ssh,tcp,127.0.0.1,${2200 + n},,22`]);
    }
  };
  await Promise.all(Array.from({ length: HANDS }, hand));
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let turn = 0; turn < Number(turns); turn++) {
    theirs.push(await timed(() => box.run(['list', '-l', 'vms'])));
    ours.push(
      await timed(async () => {
        const found = await listMachines(undefined, box.run);
        if (found.filter(({ trouble, nics }) => !trouble && nics[0]?.forwards[0]).length !== Number(machines))
          throw new Error('not every machine was listed');
      }),
    );
    console.log(`list -l vms ${theirs.at(-1)?.toFixed(0)} ms, Culprit ${ours.at(-1)?.toFixed(0)} ms`);
  }
  const ratio = median(ours) / median(theirs);
  console.log(`${machines} machines: median of ${turns}: ratio ${ratio.toFixed(2)}`);
} finally {
  await box.end();
}
