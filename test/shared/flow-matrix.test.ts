import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FlowResult } from '../../shared/flow.ts';
import { failedFlows, flowMatrix } from '../../shared/flow-matrix.ts';
import { runOf, ZONE_EVENTS } from '../support/zone-case.ts';

const { flows } = runOf(ZONE_EVENTS);

test('looks the same whichever answer came first', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...flows], { minLength: flows.length }), (shuffled) => {
      expect(flowMatrix(shuffled)).toEqual(flowMatrix(flows));
      expect(failedFlows(shuffled)).toEqual(failedFlows(flows));
    }),
  );
});

test('begins outside: this computer, the VM, its containers; the internet, then nearer places', () => {
  const [flow] = flows;
  if (flow === undefined) throw new Error('the case has flows');
  const mac: FlowResult = {
    ...flow,
    id: 'mac',
    from: { where: 'mac' },
    to: { ...flow.to, what: 'published-port', label: '8080' },
  };
  const { origins, rows } = flowMatrix([...flows, mac]);
  expect(origins.map((from) => from.where)).toEqual(['mac', 'guest', 'container']);
  expect(rows.map(({ to }) => to.what)).toEqual(['internet-ip', 'internet-name', 'published-port']);
  expect(rows[2]?.cells).toEqual([mac, undefined, undefined]);
});

test('keeps containers of the same name on two networks, and the same address over two protocols, apart', () => {
  const box = flows[2];
  if (box?.from.where !== 'container') throw new Error('the case has a flow from a container');
  const elsewhere: FlowResult = { ...box, id: 'x', from: { ...box.from, network: 'shop_default' } };
  const overUdp: FlowResult = { ...box, id: 'y', to: { ...box.to, proto: 'udp' } };
  const { origins, rows } = flowMatrix([box, elsewhere, overUdp]);
  expect([origins.length, rows.length]).toEqual([2, 2]);
});
