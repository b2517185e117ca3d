import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { files } from '../host/config.ts';
import { cacheDir, knownPorts, publicKey, runDir } from '../paths.ts';
import type { Suite } from '../suites.ts';
import { firstBoot } from './first-boot.ts';
import { bootstrap, type Image, makeDisk, packagesOf } from './recipe.ts';

const here = import.meta.dirname;
const RECIPE = ['guest-setup.sh', 'guest-first.sh', 'recipe.ts'];

function imageIn(dir: string): Image {
  return { dir, kernel: join(dir, 'vmlinuz'), initrd: join(dir, 'initrd'), disk: join(dir, 'disk.raw') };
}

/** Where the image of these very build inputs lives: other scripts, packages or key, other directory. */
export async function imageOf(suite: Suite): Promise<Image> {
  const hash = createHash('sha256')
    .update(packagesOf(suite))
    .update(await publicKey());
  for (const script of RECIPE) hash.update(readFileSync(join(here, script)));
  return imageIn(join(cacheDir(), 'images', `${suite.name}-${hash.digest('hex').slice(0, 12)}`));
}

/** Builds the suite's image unless it is there; takes a few minutes the first time. */
export async function ensureImage(suite: Suite, say: (line: string) => void): Promise<Image> {
  const image = await imageOf(suite);
  if (existsSync(image.disk)) return image;
  say(`building the ${suite.name} image (a few minutes, once); log: ${image.dir}.log`);
  const draft = `${image.dir}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const log = openSync(`${image.dir}.log`, 'w');
  const work = imageIn(draft);
  await bootstrap(suite, join(draft, 'rootfs'), log);
  await makeDisk(work, log);
  say('setting up docker in the image (first boot)');
  await firstBoot(work);
  renameSync(draft, image.dir);
  dropOldImages(suite, image);
  return image;
}

/** Removes images of other build inputs, unless a machine still runs on one. */
function dropOldImages(suite: Suite, image: Image): void {
  const configs = knownPorts().map((port) => files.config(runDir(port)));
  const inUse = configs
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join();
  const dirs = readdirSync(dirname(image.dir)).filter((name) => name.startsWith(`${suite.name}-`));
  for (const dir of dirs.map((name) => join(dirname(image.dir), name)))
    if (!dir.startsWith(image.dir) && !inUse.includes(dir.replace(/\.\w+$/, '')))
      rmSync(dir, { recursive: true });
}
