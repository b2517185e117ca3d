import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * The folder in which Culprit keeps what it must remember between runs: the host keys it has seen. CULPRIT_DATA (an
 * absolute path) names another.
 */
export function dataFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (env.CULPRIT_DATA !== undefined && isAbsolute(env.CULPRIT_DATA)) return env.CULPRIT_DATA;
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Culprit');
  const state = env.XDG_STATE_HOME;
  return join(
    state !== undefined && isAbsolute(state) ? state : join(homedir(), '.local', 'state'),
    'culprit',
  );
}

/** Where the host keys are pinned. */
export function pinFile(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  return join(dataFolder(env, platform), 'host-keys.json');
}
