// Builds the window into out/, but only when something that it is made of has changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCES = ['electron', 'shared', 'renderer', 'build', 'electron.vite.config.ts', 'package-lock.json'];
const stamp = join(root, 'out/built');
const logFile = join(root, 'out/build.log');

/** Every file under a path, with its size and time: content is not read, for this runs at each start. */
function looks(path) {
  const { size, mtimeMs } = statSync(join(root, path));
  if (!statSync(join(root, path)).isDirectory()) return [`${path} ${size} ${mtimeMs}`];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => looks(`${path}/${name}`));
}

function fingerprint() {
  return createHash('sha256').update(SOURCES.flatMap(looks).join('\n')).digest('hex');
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Builds if it must. Says what it does on stderr; gives the log's path when the build failed, undefined when all is well. */
export function ensureBuilt() {
  const now = fingerprint();
  if (read(stamp) === now) return undefined;
  process.stderr.write('Building the window (some seconds) …\n');
  rmSync(stamp, { force: true });
  const done = spawnSync(
    process.execPath,
    [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'],
    { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } },
  );
  mkdirSync(dirname(logFile), { recursive: true });
  writeFileSync(logFile, `${done.stdout}${done.stderr}`);
  if (done.status !== 0) return logFile;
  writeFileSync(stamp, now);
  return undefined;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const log = ensureBuilt();
  if (log !== undefined) process.stderr.write(read(log));
  process.exitCode = log === undefined ? 0 : 1;
}
