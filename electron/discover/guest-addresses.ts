import { isIPv4 } from 'node:net';

/**
 * The IPv4 address of each of the guest's adapters, by MAC address, from `guestproperty enumerate`. The guest says so
 * itself (its Guest Additions do): it may be old, or made up.
 */
export function parseGuestAddresses(text: string): Map<string, string> {
  const values = new Map<string, string>();
  // Since 7.0 `/key = 'value' @ time`, before `Name: /key, value: value, timestamp: …`.
  for (const line of text.split('\n')) {
    const found =
      /^(\/\S+) += '(.*)' +@ \S+/s.exec(line) ?? /^Name: (\/[^,]+), value: (.*), timestamp: \d+/s.exec(line);
    if (found?.[1] !== undefined) values.set(found[1], found[2] ?? '');
  }
  const addresses = new Map<string, string>();
  for (const [key, mac] of values) {
    const net = /^(\/VirtualBox\/GuestInfo\/Net\/\d+)\/MAC$/.exec(key)?.[1];
    const address = values.get(`${net}/V4/IP`) ?? '';
    if (net !== undefined && isOneHost(address)) addresses.set(mac.toUpperCase(), address);
  }
  return addresses;
}

/** The address that VirtualBox's DHCP server gave, from `dhcpserver findlease`. */
export function parseLease(text: string): string | undefined {
  const address = /^IP Address: +(\S+)$/m.exec(text)?.[1] ?? '';
  return isOneHost(address) ? address : undefined;
}

/** An address that some other computer can have: not this one's own, nor one of many, nor a made-up one. */
function isOneHost(address: string): boolean {
  if (!isIPv4(address)) return false;
  const first = Number(address.split('.')[0]);
  return first !== 0 && first !== 127 && first < 224;
}
