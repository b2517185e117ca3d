import { describe, expect, it } from 'vitest';
import { faultNames, findFault } from './faults.ts';
import { FLOWS } from './flows.ts';
import { SUITES } from './suites.ts';

/** They break what no flow of the lab's own tries: a neighbour's published port, `docker pull`, names over TCP. */
const UNTRIED = ['bridge-netfilter-off', 'daemon-proxy-dead', 'host-dns-tcp-blocked'];

const suites = SUITES.map(({ name }) => name);

describe.each(faultNames())('the fault %s', (name) => {
  it('has a whole header', () => {
    const fault = findFault(name);
    for (const text of [fault.title, fault.symptom, fault.expect, fault.flow, fault.family])
      expect(text).not.toBe('');
    expect(fault.expectTerms.every(Boolean)).toBe(true);
    expect(fault.suites.length).toBeGreaterThan(0);
    expect(fault.suites.filter((suite) => !suites.includes(suite))).toEqual([]);
  });

  it('names flows that exist, and breaks one unless it is healthy', () => {
    const { probes, maybe, expect: cause } = findFault(name);
    const known = [...FLOWS, 'ssh'];
    expect([...probes, ...maybe].filter((flow) => !known.includes(flow))).toEqual([]);
    expect(probes.length === 0).toBe(cause.startsWith('healthy') || UNTRIED.includes(name));
  });
});

it('refuses names that are no fault', () => {
  expect(() => findFault('../cli')).toThrow('no fault');
  expect(() => findFault('_lib')).toThrow('no fault');
});
