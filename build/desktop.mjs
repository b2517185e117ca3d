// What this computer can show a window with.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Is there a display to open a window on? Without a display server there is none on Linux; a Mac's ssh session counts. */
export function hasDisplay(env = process.env, platform = process.platform) {
  if (platform !== 'linux') return true;
  return [env.DISPLAY, env.WAYLAND_DISPLAY].some((name) => name !== undefined && name !== '');
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const ON_PATH = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'brave-browser',
];
const ON_MAC = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];

/** An installed browser of the Chrome family; undefined when there is none. */
export function findBrowser(env = process.env, platform = process.platform) {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder.startsWith('/'));
  const applications = ['/Applications', join(homedir(), 'Applications')];
  const candidates =
    platform === 'darwin'
      ? applications.flatMap((folder) => ON_MAC.map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`))
      : ON_PATH.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isProgram);
}

/** Electron's executable in this project; undefined when its runtime is not there. */
export function findElectron(root) {
  try {
    const folder = join(root, 'node_modules/electron');
    const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** Can the place that Electron's runtime comes from be reached at all? A download that never begins would take minutes. */
export async function isReachable(env = process.env) {
  const mirror = env.ELECTRON_MIRROR ?? env.npm_config_electron_mirror ?? 'https://github.com';
  // Through a proxy only the download itself can tell.
  if (env.HTTPS_PROXY ?? env.https_proxy ?? env.GLOBAL_AGENT_HTTPS_PROXY) return true;
  if (!URL.canParse(mirror)) return false;
  const { hostname, port, protocol } = new URL(mirror);
  return new Promise((resolve) => {
    const usual = protocol === 'http:' ? 80 : 443;
    const socket = connect({ host: hostname, port: port === '' ? usual : Number(port) });
    const done = (answer) => {
      clearTimeout(late);
      socket.destroy();
      resolve(answer);
    };
    const late = setTimeout(() => done(false), 4000);
    socket.on('connect', () => done(true)).on('error', () => done(false));
  });
}

/** Fetches Electron's runtime; gives whether it is there now. */
export function fetchElectron(root) {
  spawnSync(process.execPath, [join(root, 'node_modules/electron/install.js')], {
    cwd: root,
    // What it writes when it fails is a stack trace.
    stdio: ['ignore', 'inherit', 'ignore'],
    timeout: 900_000,
  });
  return findElectron(root);
}
