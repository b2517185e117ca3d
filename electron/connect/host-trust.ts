import { type Pin, pinOf, readPin } from './host-keys.ts';
import { type KnownKey, knownKeys } from './known-hosts.ts';
import type { KnownHostsPlace } from './ssh-settings.ts';

/** Where to look whether a host's key is the right one. */
export interface TrustPlaces {
  /** Whose host key this is: a VM's UUID, or host:port. */
  pinId: string;
  /** JSON file of the host keys that Culprit saw so far. */
  pinFile: string;
  /**
   * What ssh knows of the address. `vouches`: a key that ssh knows is as good as one seen before; not so where the address is no
   * name of the machine, as a forwarded port is none.
   */
  knownHosts?: (KnownHostsPlace & { vouches: boolean }) | undefined;
}

/** `authority`: known_hosts trusts a certificate authority for this host, which cannot be checked here. */
export type Judgement =
  | { is: 'known' }
  | { is: 'new'; authority: boolean }
  | { is: 'changed'; was: Pin; where: string }
  | { is: 'revoked'; where: string };

export interface HostTrust {
  /** Kinds of key that are known for the host, those to be asked for first. */
  kinds: string[];
  judge(key: Buffer): Judgement;
}

/** Reads what is known of a host's key. Throws when our own list is there but cannot be read. */
export async function hostTrust({ pinId, pinFile, knownHosts }: TrustPlaces): Promise<HostTrust> {
  const pinned = await readPin(pinFile, pinId);
  const lines = knownHosts ? await knownKeys(knownHosts) : [];
  const plain = lines.filter(({ marker }) => marker === undefined);
  const kinds = [...(pinned ? [pinned.type] : []), ...plain.map(({ pin }) => pin.type)];
  return {
    kinds: [...new Set(kinds)],
    judge: (key) => {
      const pin = pinOf(key);
      const same = (line: KnownKey) => line.pin.sha256 === pin.sha256;
      const revoked = lines.find((line) => line.marker === 'revoked' && same(line));
      if (revoked) return { is: 'revoked', where: revoked.where };
      if (pinned?.sha256 === pin.sha256) return { is: 'known' };
      if (knownHosts?.vouches && plain.some(same)) return { is: 'known' };
      if (pinned) return { is: 'changed', was: pinned, where: pinFile };
      const others = plain.filter(({ named }) => named === 'fully');
      const other = others.find((line) => line.pin.type === pin.type) ?? others[0];
      if (other && !plain.some(same)) return { is: 'changed', was: other.pin, where: other.where };
      return { is: 'new', authority: lines.some(({ marker }) => marker === 'cert-authority') };
    },
  };
}
