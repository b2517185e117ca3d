import type { Answer } from '../connect/guest.ts';
import { lines } from './lib/answer.ts';
import { readHost } from './lib/files.ts';
import { HOST_COMMAND } from './lib/host-command.ts';
import { readServices, type Service } from './lib/units.ts';
import { defineProbe, NoFact } from './probe.ts';

export interface Services {
  /** Of the services that touch the network, those that are active. */
  active: Service[];
  /** Every service that an administrator's `systemctl enable` starts at boot. */
  enabled: string[];
}

/** `isActive(s, 'docker.service')` */
export function isActive(services: Services, id: string): boolean {
  return services.active.some((s) => s.id === id);
}

/** Did `later` become active after `earlier` did? null when one of them is not active. */
export function becameActiveAfter(services: Services, later: string, earlier: string): boolean | null {
  const since = (id: string) => services.active.find((s) => s.id === id)?.since;
  const [a, b] = [since(later), since(earlier)];
  return a === undefined || b === undefined ? null : a > b;
}

function parse(answer: Answer): Services {
  const { parts } = readHost(answer);
  const active = readServices(parts.get('active'));
  const enabled = lines(parts.get('enabled')).flatMap((l) => /([^/*]+\.service)$/.exec(l)?.[1] ?? []);
  if (active.length + enabled.length === 0)
    throw new NoFact('tool-missing', {
      en: 'the VM does not run systemd',
      'zh-CN': '虚拟机没有运行 systemd',
    });
  return { active, enabled: [...new Set(enabled)] };
}

/** Services that touch the network: which are active, since when, which start at boot. */
export const services = defineProbe({
  id: 'services',
  command: HOST_COMMAND,
  alsoWithoutRoot: true,
  parse,
  summary: (s) => {
    const names = s.active.map((a) => a.id.replace('.service', '')).join(', ');
    return { en: `active: ${names || 'none'}`, 'zh-CN': `正在运行：${names || '无'}` };
  },
});
