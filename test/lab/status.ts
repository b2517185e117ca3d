import { readFileSync } from 'node:fs';
import { files } from './host/config.ts';
import { portsUp, suiteOf } from './machine.ts';
import { keyPath, runDir } from './paths.ts';
import { uuidOf, vboxManagePath } from './vbox/vbox.ts';

/** What is up, for people and scripts. */
export function status() {
  return portsUp().map((port) => {
    const dir = runDir(port);
    const pids = JSON.parse(readFileSync(files.pids(dir), 'utf8')) as { daemon: number; inner: number };
    return {
      suite: suiteOf(port),
      port,
      webPort: port + 1000,
      key: keyPath(),
      pids: { ...pids, qemu: Number(readFileSync(files.alive(dir), 'utf8')) },
      vboxManage: vboxManagePath(port),
      uuid: uuidOf(port),
      runDir: dir,
    };
  });
}
