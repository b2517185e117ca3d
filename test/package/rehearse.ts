import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Arch, build, Platform } from 'electron-builder';
import { signing } from '../../build/signing.mjs';
import type { MacArch } from './mac-files.ts';
import { makeStubElectron } from './stub-electron.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const ARCHS = ['arm64', 'x64'] as const satisfies readonly MacArch[];

/**
 * Has electron-builder make Culprit.app for both kinds of Mac, as `npm run dist` does, but from a stand-in for Electron's
 * download, unsigned, and without disk images. Gives where each application is.
 */
export async function rehearse(folder: string): Promise<Record<MacArch, string>> {
  const stub = (arch: string) => join(folder, 'electron', arch);
  for (const arch of ARCHS) makeStubElectron(stub(arch), arch);
  const output = join(folder, 'dist');
  await build({
    projectDir: root,
    targets: Platform.MAC.createTarget('dir', Arch.arm64, Arch.x64),
    publish: 'never',
    config: {
      // On a Mac nothing could sign headers without code; elsewhere nothing is signed, but the settings are checked.
      ...(process.platform === 'darwin' ? { mac: { identity: null } } : signing({}, '').config),
      electronDist: ({ arch }) => stub(arch),
      directories: { output },
    },
  });
  return { arm64: join(output, 'mac-arm64/Culprit.app'), x64: join(output, 'mac/Culprit.app') };
}

/** The files under a folder, as paths from there. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
