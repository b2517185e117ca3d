import type { Configuration } from 'electron-builder';

export function signing(
  env: NodeJS.ProcessEnv,
  identities: string,
): { config: Configuration; sentence: string };
