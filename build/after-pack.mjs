// What electron-builder leaves wrong in the application, mended before it flips the fuses and signs.
import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readPlist, writePlist } from './info-plist.mjs';

/** Electron's own list of things it might ask for; Culprit asks for the local network alone. */
const NOT_ASKED_FOR = /^NS(?!LocalNetwork)\w+UsageDescription$/;

/** electron-builder calls it by this name, once for each architecture. */
export async function afterPack({ appOutDir, packager }) {
  const contents = join(appOutDir, `${packager.appInfo.productFilename}.app`, 'Contents');
  // node-pty starts shells through a helper that its package forgot to make executable (microsoft/node-pty#850).
  const prebuilds = join(contents, 'Resources/app.asar.unpacked/node_modules/node-pty/prebuilds');
  for (const name of readdirSync(prebuilds)) chmodSync(join(prebuilds, name, 'spawn-helper'), 0o755);
  const file = join(contents, 'Info.plist');
  // It allows unencrypted connections to anywhere (NSAllowsArbitraryLoads), after it has read our own settings.
  const { NSAppTransportSecurity: _, ...info } = readPlist(file);
  const kept = Object.entries(info).filter(([key]) => !NOT_ASKED_FOR.test(key));
  writePlist(file, Object.fromEntries(kept));
}
