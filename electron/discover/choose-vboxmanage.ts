import { join } from 'node:path';
import { Trouble } from '../../shared/trouble.ts';
import { findVBoxManage, VBoxManageError } from './vboxmanage.ts';

/**
 * The path of VBoxManage that the choice of a file means: the program itself, or VirtualBox.app around it. Throws Trouble
 * `vboxmanage-not-it` when it is not there or does not answer as VBoxManage.
 */
export async function chosenVBoxManage(file: string, env: NodeJS.ProcessEnv): Promise<string> {
  const path = /\.app\/?$/.test(file) ? join(file, 'Contents/MacOS/VBoxManage') : file;
  const refuse = (detail: string, cause?: unknown) =>
    new Trouble('vboxmanage-not-it', { path, detail }, { cause });
  let printed: string;
  try {
    const run = await findVBoxManage({ ...env, CULPRIT_VBOXMANAGE: path });
    printed = await run(['--version']);
  } catch (error) {
    if (error instanceof VBoxManageError) throw refuse(error.message, error);
    if (error instanceof Trouble && error.code === 'vboxmanage-missing') throw refuse('', error);
    throw error;
  }
  // 7.2.22r175245, 7.2.22_Debianr175245; a wrapper's warnings come before.
  if (!/^\d+\.\d+\.\d+\w*r\d+$/m.test(printed.trim())) throw refuse(printed.trim().slice(0, 60));
  return path;
}
