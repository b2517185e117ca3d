// Makes a bare clone ready: checks Node, installs what package-lock.json names. Uses nothing but Node itself, for it runs
// before anything is installed. Everything it says goes to stderr, so that `--json` on stdout stays one object.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureNative } from './native.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Reads a JSON file, or null when it is missing or broken. */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * Is what is installed what the lock file names? Compared by content: after a clone or a checkout, times say nothing.
 * Optional packages are left out, for most of them are other platforms' binaries.
 */
export function isInstalled(lock, installed) {
  if (lock === null || installed === null) return false;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '' || wanted.optional === true) return true;
    const found = installed.packages[path];
    return found !== undefined && found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/** Whether `version` ("20.20.2") is at least `least` ("20.19"). */
export function isNewEnough(version, least) {
  const [major, minor] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = least.split('.').map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

function setUp() {
  const { engines } = readJson(join(root, 'package.json'));
  const least = engines.node.replace(/^\D+/, '');
  if (!isNewEnough(process.versions.node, least)) {
    process.stderr.write(`Culprit needs Node ${least} or newer; this is ${process.versions.node}.\n`);
    return 1;
  }
  const lock = readJson(join(root, 'package-lock.json'));
  if (isInstalled(lock, readJson(join(root, 'node_modules', '.package-lock.json')))) return 0;
  process.stderr.write('Installing the packages that package-lock.json names (once) …\n');
  // No package needs its install script: the native parts are separate packages, ssh2's is optional.
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32',
  });
  if (npm.status === 0) return 0;
  process.stderr.write(
    'The packages could not be installed; npm says why above. Is the network reachable?\n',
  );
  return 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = setUp();
  if (process.exitCode === 0) ensureNative();
}
