import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `vboxmanage.sh` is told; its head says what each is. */
export interface WrapperVariables {
  readonly LAB_CHROOT: string;
  readonly LAB_VBOX_HOME: string;
  readonly LAB_IPC: string;
  readonly LAB_UUID?: string;
  readonly LAB_NAME?: string;
  readonly LAB_ALIVE?: string;
  readonly LAB_PORT?: string;
  readonly LAB_WRAPPER?: string;
  readonly LAB_CONTROLVM?: string;
}

/** Writes an executable that is the real VBoxManage to whoever calls it. */
export function writeVBoxManage(path: string, variables: WrapperVariables): void {
  const exports = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'`);
  const locale = 'export LAB_LC_ALL="$LC_ALL" LAB_LANG="$LANG"\nunset LC_ALL LC_CTYPE LANG';
  const script = `exec /bin/bash '${join(import.meta.dirname, 'vboxmanage.sh')}' "$@"`;
  const lines = ['#!/bin/sh', '# Written by the lab.', ...exports, locale, script];
  writeFileSync(path, `${lines.join('\n')}\n`);
  chmodSync(path, 0o755);
}
