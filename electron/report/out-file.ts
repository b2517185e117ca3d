import { access, constants, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Trouble } from '../../shared/trouble.ts';

function besides(path: string): string {
  return `${path}.${process.pid}.tmp`;
}

function unwritable(path: string, error: unknown): Trouble {
  const detail = error instanceof Error ? error.message : String(error);
  return new Trouble('report-unwritable', { path, detail }, { cause: error });
}

/** The file behind a path that may be a link; the path itself when nothing is there yet. */
async function target(path: string): Promise<{ path: string; exists: boolean; regular: boolean }> {
  try {
    const real = await realpath(path);
    const stats = await stat(real);
    if (stats.isDirectory())
      throw new Trouble('report-unwritable', {
        path,
        detail: { en: 'it is a folder', 'zh-CN': '这是一个文件夹' },
      });
    return { path: real, exists: true, regular: stats.isFile() };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return { path, exists: false, regular: true };
    }
    throw error;
  }
}

/** Can this file be written at the end of the run? Found out now, leaving nothing behind. Throws `report-unwritable`. */
export async function checkWritable(path: string): Promise<void> {
  try {
    const file = await target(path);
    if (file.exists) {
      await access(file.path, constants.W_OK);
      return;
    }
    const trial = besides(file.path);
    await (await open(trial, 'wx')).close();
    await rm(trial);
  } catch (error) {
    throw error instanceof Trouble ? error : unwritable(path, error);
  }
}

/** Writes a file whole or not at all, where its folder allows that. Throws `report-unwritable`. */
export async function writeOut(path: string, text: string): Promise<void> {
  try {
    const file = await target(path);
    const folderAllows = await access(dirname(file.path), constants.W_OK).then(
      () => true,
      () => false,
    );
    if (!file.regular || !folderAllows) {
      await writeFile(file.path, text);
      return;
    }
    const fresh = besides(file.path);
    await writeFile(fresh, text, { flag: 'wx' });
    await rename(fresh, file.path);
  } catch (error) {
    throw error instanceof Trouble ? error : unwritable(path, error);
  }
}
