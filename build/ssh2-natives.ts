import type { Plugin } from 'vite';

/** ssh2's optional native parts: speed it up a little, need a compiler, and are not there on any other computer. */
const NATIVES = /^cpu-features$|\/sshcrypto\.node$/;
const ABSENT = '\0culprit:absent';

/** Makes their `require` fail as it does where they are not installed, which ssh2 is prepared for. */
export function withoutSshNatives(): Plugin {
  return {
    name: 'culprit:without-ssh-natives',
    enforce: 'pre',
    resolveId: (source) => (NATIVES.test(source) ? ABSENT : null),
    load: (id) => (id === ABSENT ? "throw new Error('left out of the bundle');" : null),
  };
}
