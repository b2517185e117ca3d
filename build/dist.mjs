// `npm run dist`: makes Culprit.app, and the disk images and archives to hand on, in dist/. Needs a Mac.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './built.mjs';
import { signing } from './signing.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const say = (sentence) => process.stderr.write(`${sentence}\n`);

async function dist() {
  if (process.platform !== 'darwin') {
    say('Culprit.app can only be made on a Mac: signatures and disk images need Apple’s own tools.');
    say(
      'Here “npx vitest run --project app test/package” makes it without those, and looks whether it is right.',
    );
    return 1;
  }
  const ready = spawnSync(process.execPath, [join(root, 'build/setup.mjs')], { stdio: 'inherit' }).status;
  if (ready !== 0) return ready ?? 130;
  const log = ensureBuilt();
  if (log !== undefined) {
    say(`The window could not be built; ${log} says why.`);
    return 1;
  }
  const identities = spawnSync('security', ['find-identity', '-v', '-p', 'codesigning'], {
    encoding: 'utf8',
  });
  const { config, sentence } = signing(process.env, identities.stdout ?? '');
  say(sentence);
  // electron-builder looks for the files that its settings name from here.
  process.chdir(root);
  const { build } = await import('electron-builder');
  try {
    const files = await build({ projectDir: root, mac: [], publish: 'never', config });
    say(`Made:\n${files.map((file) => `  ${file}`).join('\n')}`);
    return 0;
  } catch (error) {
    say(`Culprit.app could not be made: ${error.message}`);
    return 1;
  }
}

process.exitCode = await dist();
