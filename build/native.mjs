// Gets node-pty, the one native part, ready: packages are installed without their scripts. Never fails: without it the window
// has no shell on this computer, and everything else.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'node_modules/node-pty');
const BUILD_MS = 300_000;

/** What npm's package brings for Macs starts shells through a helper that it forgot to make executable. */
function makeHelpersExecutable() {
  const prebuilds = join(folder, 'prebuilds');
  for (const name of readdirSync(prebuilds).filter((one) => one.startsWith('darwin-'))) {
    const helper = join(prebuilds, name, 'spawn-helper');
    if (existsSync(helper) && (statSync(helper).mode & 0o111) !== 0o111) chmodSync(helper, 0o755);
  }
}

/** npm has the builder for native parts among its own packages; undefined where it is not. */
function nodeGyp() {
  const npm =
    process.env.npm_execpath ?? spawnSync('npm', ['root', '-g'], { encoding: 'utf8' }).stdout?.trim();
  if (!npm) return undefined;
  const from = npm.endsWith('.js') ? npm : join(npm, 'npm/bin/npm-cli.js');
  try {
    return createRequire(from).resolve('node-gyp/bin/node-gyp.js');
  } catch {
    return undefined;
  }
}

/** Linux has nothing ready-made. */
function compile() {
  if (existsSync(join(folder, 'build/Release/pty.node'))) return true;
  const builder = nodeGyp();
  if (builder === undefined) return false;
  process.stderr.write('Building the part that opens shells on this computer (once) …\n');
  // Where Node came with its headers, nothing needs to be downloaded.
  const prefix = dirname(dirname(process.execPath));
  const headers = existsSync(join(prefix, 'include/node/node_api.h')) ? [`--nodedir=${prefix}`] : [];
  const done = spawnSync(process.execPath, [builder, 'rebuild', ...headers], {
    cwd: folder,
    stdio: 'ignore',
    timeout: BUILD_MS,
  });
  return done.status === 0;
}

/** Gets it ready where it isn't, and says in one line when it can't. */
export function ensureNative() {
  if (!existsSync(folder)) return;
  try {
    makeHelpersExecutable();
    if (process.platform !== 'linux' || compile()) return;
  } catch {
    // e.g. a folder that can't be written to
  }
  process.stderr.write(
    'The part that opens shells on this computer could not be built (it needs a C++ compiler and Python); all else works.\n',
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) ensureNative();
