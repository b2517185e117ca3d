import type { Answer } from '../connect/guest.ts';
import { oneLine } from './lib/answer.ts';
import { readHost, setting } from './lib/files.ts';
import { HOST_COMMAND } from './lib/host-command.ts';
import { NOT_INSTALLED } from './lib/phrases.ts';
import { readServices } from './lib/units.ts';
import { defineProbe } from './probe.ts';

export interface Ufw {
  installed: boolean;
  /** ENABLED=yes in /etc/ufw/ufw.conf: its rules are loaded at boot, and normally now. */
  enabled: boolean;
  /** ufw.service is active; it is that too when ufw is not enabled and it had nothing to do. */
  serviceActive: boolean;
  /** What happens to forwarded packets, from /etc/default/ufw: DROP unless changed. */
  forwardPolicy: string;
  inputPolicy: string;
  /** MANAGE_BUILTINS=yes makes ufw flush other people's rules. */
  managesBuiltins: boolean;
}

function parse(answer: Answer): Ufw {
  const { parts, files } = readHost(answer);
  const defaults = (key: string) => oneLine(setting(files, '/etc/default/ufw', key) ?? '');
  return {
    installed: (parts.get('ufw') ?? '').trim() !== '',
    enabled: setting(files, '/etc/ufw/ufw.conf', 'ENABLED')?.toLowerCase() === 'yes',
    serviceActive: readServices(parts.get('active')).some((u) => u.id === 'ufw.service'),
    forwardPolicy: defaults('DEFAULT_FORWARD_POLICY'),
    inputPolicy: defaults('DEFAULT_INPUT_POLICY'),
    managesBuiltins: defaults('MANAGE_BUILTINS').toLowerCase() === 'yes',
  };
}

/** Ubuntu's firewall front end, judged by its files: asking `ufw` itself starts Python. */
export const ufw = defineProbe({
  id: 'ufw',
  command: HOST_COMMAND,
  alsoWithoutRoot: true,
  parse,
  summary: (u) => {
    if (!u.installed) return NOT_INSTALLED;
    return u.enabled
      ? { en: `enabled, forwards ${u.forwardPolicy}`, 'zh-CN': `已启用，转发策略 ${u.forwardPolicy}` }
      : { en: 'not enabled', 'zh-CN': '未启用' };
  },
});
