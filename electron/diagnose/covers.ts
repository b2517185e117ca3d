import ipaddr from 'ipaddr.js';

/** Does the prefix hold the address? False for anything that is not IPv4. */
export function covers(prefix: string, address: string): boolean {
  if (!ipaddr.IPv4.isValidCIDR(prefix) || !ipaddr.IPv4.isValid(address)) return false;
  const [net, bits] = ipaddr.IPv4.parseCIDR(prefix);
  return ipaddr.IPv4.parse(address).match(net, bits);
}

/** Have the prefixes an address in common? False where one of them is not IPv4. */
export function overlap(a: string, b: string): boolean {
  if (![a, b].every((prefix) => ipaddr.IPv4.isValidCIDR(prefix))) return false;
  const [first, second] = [ipaddr.IPv4.parseCIDR(a), ipaddr.IPv4.parseCIDR(b)];
  return first[0].match(second[0], Math.min(first[1], second[1]));
}
