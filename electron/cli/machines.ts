import type { Machine } from '../../shared/machine.ts';
import type { Lang } from '../../shared/text.ts';
import { Trouble } from '../../shared/trouble.ts';
import { troubleSentences } from '../../shared/trouble-text.ts';
import { columns } from '../../shared/width.ts';
import { listMachines } from '../discover/list-machines.ts';
import { wayToSsh } from '../discover/way-to-ssh.ts';
import { CLI_PHRASES } from './phrases.ts';
import { safeLine } from './terminal.ts';

/** Where the machine's SSH is, or why it cannot be reached. */
function reach(machine: Machine, lang: Lang): string {
  try {
    const { host, port } = wayToSsh(machine);
    return CLI_PHRASES[lang].sshAt(`${host}:${port}`);
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    return troubleSentences(error).what[lang];
  }
}

/** The machines to choose from, a line each; where there are none to list, why. */
export async function machineLines(lang: Lang): Promise<string[]> {
  const say = CLI_PHRASES[lang];
  try {
    const machines = await listMachines();
    if (machines.length === 0) return [say.noMachines];
    const rows = machines.map((machine) => [
      `  ${safeLine(machine.name)}`,
      safeLine(machine.state),
      machine.uuid,
      safeLine(reach(machine, lang)),
    ]);
    return [say.machines, ...columns(rows)];
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    return [safeLine(troubleSentences(error).what[lang])];
  }
}
