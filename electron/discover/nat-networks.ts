import type { Forward } from '../../shared/machine.ts';
import { toForward } from './forward.ts';

/** The IPv4 forwards of each NAT network, by its name, from `VBoxManage list -l natnets`. */
export function parseNatNetworks(text: string): Map<string, Forward[]> {
  const networks = new Map<string, Forward[]>();
  let rules: Forward[] = [];
  let isForwards = false;
  for (const line of text.split('\n')) {
    // 6.1 writes `NetworkName:`.
    const name = /^(?:Network)?Name: +(.*)$/s.exec(line)?.[1];
    if (name !== undefined) {
      rules = [];
      networks.set(name, rules);
    }
    if (/^\S/.test(line)) isForwards = line === 'Port-forwarding (ipv4)';
    else if (isForwards) {
      const rule = toForward(/^\s+(.*):(tcp|udp):\[([^\]]*)\]:(\d+):\[([^\]]*)\]:(\d+)$/s.exec(line));
      if (rule) rules.push(rule);
    }
  }
  return networks;
}
