import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { cacheDir } from '../paths.ts';
import { eventually, LabError } from '../run.ts';
import { ssh } from '../ssh.ts';
import { hostIsUp, standardForwards, startHost, stopHost, waitForSsh } from '../vm.ts';
import type { Image } from './recipe.ts';

/** A port nobody listens on just now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Boots the raw disk once and sets up docker's image, networks and containers in it. */
export async function firstBoot(image: Image): Promise<void> {
  const port = await freePort();
  const dir = join(cacheDir(), `first-boot-${port}`);
  const forwards = standardForwards(port).filter((forward) => forward.name === 'ssh');
  try {
    await startHost(dir, image, image.disk, forwards);
    await waitForSsh(dir, port);
    const setUp = await ssh(port, 'sh /root/guest-first.sh', { timeoutMs: 600_000 });
    if (setUp.code !== 0)
      throw new LabError(`The first boot failed: ${setUp.stderr.trim().split('\n').at(-1)}`);
    await ssh(port, 'sync; systemctl poweroff', { timeoutMs: 30_000 });
    if (!(await eventually(async () => !hostIsUp(dir), 300_000)))
      throw new LabError('The guest did not power off.');
  } finally {
    await stopHost(dir);
    rmSync(dir, { recursive: true, force: true });
  }
}
