import { expect, it } from 'vitest';
import { deathAt } from '../../electron/diagnose/death.ts';
import type { Journey, RulePlace } from '../../shared/trace.ts';

/** As the lab's bookworm machine (nft 1.0.6, ebtables 1.8.9) told of `ebtables -A FORWARD -p IPv4 --ip-proto tcp --ip-dport 5432 -j DROP`. */
const PLACE: RulePlace = {
  family: 'bridge',
  table: 'filter',
  chain: 'FORWARD',
  hook: 'forward',
  priority: -200,
  baseChain: 'FORWARD',
  handle: 2,
  position: 1,
  rule: 'ether type ip tcp dport 5432 counter drop',
  policy: false,
  backend: 'nft',
};
const JOURNEY: Journey = {
  id: 'shop-web-1→container-ip:shop-db-1:5432 request',
  flowId: 'shop-web-1→container-ip:shop-db-1:5432',
  direction: 'request',
  packet: { src: '172.18.0.3', dst: '172.18.0.2', proto: 'tcp', sport: 42964, dport: 5432 },
  stops: [],
  end: 'dropped',
  at: PLACE,
  last: { hook: 'forward' },
};
const says = (place: RulePlace) => deathAt(place, [{ ...JOURNEY, at: place }]).says.en;

it('names ebtables as what lists a rule that iptables does not show', () => {
  expect(says(PLACE)).toContain('“ebtables -t filter -L”');
  expect(says({ ...PLACE, family: 'ip', priority: 0 })).not.toContain('ebtables');
  // a table of somebody's own, as `nft add table bridge l2` makes it
  expect(says({ ...PLACE, table: 'l2', chain: 'between', baseChain: 'between' })).not.toContain('ebtables');
});
