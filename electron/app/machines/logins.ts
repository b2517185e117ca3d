import { userInfo } from 'node:os';
import { join } from 'node:path';
import { connectSsh } from '../../connect/ssh-guest.ts';
import type { OpenSsh } from '../../door/door.ts';
import type { Prompts } from '../prompts.ts';
import type { Known, Machines } from './machines.ts';
import type { Secrets } from './secrets.ts';

/** Logs in to machines, and asks the person for what is missing. */
export class Logins {
  constructor(
    private readonly folder: string,
    private readonly machines: Machines,
    private readonly secrets: Secrets,
    private readonly prompts: Prompts,
  ) {}

  /** How to open a machine's SSH door. */
  open({ item }: Known): OpenSsh {
    const user = item.login.user || userInfo().username;
    return ({ host, port, pinId, label }, signal) => {
      void this.machines;
      void this.secrets;
      void this.prompts;
      return connectSsh({
        host,
        port,
        user,
        identityFile: item.login.identityFile,
        pinId,
        pinFile: join(this.folder, 'host-keys.json'),
        label,
        signal,
      });
    };
  }
}
