import type { Answer } from '../connect/guest.ts';
import { readHost } from './lib/files.ts';
import { HOST_COMMAND } from './lib/host-command.ts';
import { readBlocks } from './lib/units.ts';
import { defineProbe } from './probe.ts';

/** A unit of systemd, and the addresses that programs in its cgroup may send to and hear from. */
export interface Cgroup {
  /** `system.slice`, `docker-ID.scope`, `docker.service` */
  unit: string;
  /** `/system.slice/docker.service` */
  path: string;
  /** Prefixes of IPAddressAllow=; one of them that matches outdoes all of `deny`. */
  allow: string[];
  /** Prefixes of IPAddressDeny=; `any` is 0.0.0.0/0 and ::/0. */
  deny: string[];
}

/** Nothing but what systemd itself could have printed. */
const PREFIX = /^[\da-f.:]+\/\d+$/;
const prefixes = (text: string | undefined) => (text ?? '').split(' ').filter((p) => PREFIX.test(p));

/** Reads `systemctl show` of slices, scopes and services (systemd 247, 252 and 257). */
export function parseCgroups(text: string): Cgroup[] {
  return readBlocks(text).flatMap((block) => {
    const [unit, path] = [block.get('Id'), block.get('ControlGroup')];
    if (!unit || !path || !/^[\w.@:\\-]+$/.test(unit)) return [];
    return [
      {
        unit,
        path,
        allow: prefixes(block.get('IPAddressAllow')),
        deny: prefixes(block.get('IPAddressDeny')),
      },
    ];
  });
}

/**
 * The units whose lists hold for what runs in this one: itself, and the slices that it is in. systemd puts them all into the
 * program of the innermost unit (bpf-firewall.c of systemd), so that what one of them allows is allowed.
 */
export function listsFor(all: readonly Cgroup[], unit: string): Cgroup[] {
  const own = all.find((c) => c.unit === unit);
  if (!own) return [];
  const above = (c: Cgroup) =>
    c.unit.endsWith('.slice') && `${own.path}/`.startsWith(c.path.replace(/\/?$/, '/'));
  return all.filter((c) => (c === own || above(c)) && c.allow.length + c.deny.length > 0);
}

function parse(answer: Answer): Cgroup[] {
  return parseCgroups(readHost(answer).parts.get('cgroups') ?? '');
}

/**
 * Which addresses systemd keeps from Docker and from its containers, by a BPF program of their cgroups: no firewall shows
 * it. Empty where nobody set any.
 */
export const cgroups = defineProbe({
  id: 'cgroups',
  command: HOST_COMMAND,
  alsoWithoutRoot: true,
  parse,
  summary: (all) => {
    const n = all.filter(({ deny }) => deny.length > 0).length;
    return n === 0
      ? { en: 'none for any unit', 'zh-CN': '没有单元受限' }
      : { en: `for ${n} units`, 'zh-CN': `涉及 ${n} 个单元` };
  },
});
