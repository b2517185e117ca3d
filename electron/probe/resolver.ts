import { same, type Text } from '../../shared/text.ts';
import type { Answer } from '../connect/guest.ts';
import { oneLine } from './lib/answer.ts';
import { readHost } from './lib/files.ts';
import { HOST_COMMAND } from './lib/host-command.ts';
import { type HostsEntry, readHosts } from './lib/hosts-file.ts';
import { type Resolver, readResolvConf } from './lib/resolv-conf.ts';
import { readServices } from './lib/units.ts';
import { defineProbe } from './probe.ts';

export interface VmResolver extends Resolver {
  /** /etc/resolv.conf can be read. */
  present: boolean;
  /** Where /etc/resolv.conf points to, when it is a symbolic link. */
  linkTarget: string | null;
  /** `files dns` of nsswitch's hosts line. */
  nsswitchHosts: string;
  systemdResolved: boolean;
  /** Servers that systemd-resolved asks (/run/systemd/resolve/resolv.conf); empty without it. */
  upstream: string[];
  /** IPv4 entries of /etc/hosts, without loopback. */
  hosts: HostsEntry[];
}

function parse(answer: Answer): VmResolver {
  const { parts, files } = readHost(answer);
  const conf = files.get('/etc/resolv.conf');
  const hosts = files.get('/etc/nsswitch.conf')?.find((l) => /^\s*hosts\s*:/.test(l)) ?? '';
  return {
    present: conf !== undefined,
    ...readResolvConf(conf ?? []),
    linkTarget: oneLine(parts.get('link') ?? '') || null,
    nsswitchHosts: oneLine(hosts.replace(/^.*?:/, '')),
    systemdResolved: readServices(parts.get('active')).some((u) => u.id === 'systemd-resolved.service'),
    upstream: readResolvConf(files.get('/run/systemd/resolve/resolv.conf') ?? []).servers,
    hosts: readHosts(files.get('/etc/hosts') ?? []),
  };
}

/** Which name servers the VM asks. */
export const resolver = defineProbe({
  id: 'resolver',
  command: HOST_COMMAND,
  alsoWithoutRoot: true,
  parse,
  summary: (r) => {
    const names = r.servers.join(', ');
    const servers: Text = names === '' ? { en: 'no name server', 'zh-CN': '没有 DNS 服务器' } : same(names);
    const upstream = r.upstream.join(', ');
    if (upstream === '') return servers;
    return {
      en: `${servers.en} (systemd-resolved asks ${upstream})`,
      'zh-CN': `${servers['zh-CN']}（systemd-resolved 向 ${upstream} 查询）`,
    };
  },
});
