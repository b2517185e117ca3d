import ipaddr from 'ipaddr.js';

/** Does the prefix hold the address? False for anything that is not IPv4. */
export function covers(prefix: string, address: string): boolean {
  if (!ipaddr.IPv4.isValidCIDR(prefix) || !ipaddr.IPv4.isValid(address)) return false;
  const [net, bits] = ipaddr.IPv4.parseCIDR(prefix);
  return ipaddr.IPv4.parse(address).match(net, bits);
}
