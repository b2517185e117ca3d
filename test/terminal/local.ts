import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Why no shell can be opened on this computer; undefined when one can. */
export function whyNoLocalPty(): string | undefined {
  if (process.platform === 'darwin') return undefined;
  const built = fileURLToPath(new URL('../../node_modules/node-pty/build/Release/pty.node', import.meta.url));
  return existsSync(built) ? undefined : 'node-pty is not built; “node build/native.mjs” does it';
}
