import { expect, it } from 'vitest';
import { parseVersions } from '../../electron/probe/versions.ts';
import { fixture } from './support.ts';

it('reads tools and versions', () => {
  const v = parseVersions(fixture('bookworm/versions.txt'));
  expect(v).toMatchObject({
    iptables: { version: '1.8.9', backend: 'nf_tables' },
    nft: '1.0.6',
    systemd: 252,
    python: '/usr/bin/python3',
  });
  expect(v.tools.nsenter).toBe('/usr/bin/nsenter');
  expect(v.tools.podman).toBeUndefined();
});

it.each([
  ['iptables v1.8.7 (legacy)', { version: '1.8.7', backend: 'legacy' }],
  ['iptables v1.6.1', { version: '1.6.1', backend: 'legacy' }],
  ['sh: 1: iptables: not found', null],
])('reads %s', (line, iptables) => {
  expect(parseVersions(`@@tools\n@@iptables\n${line}\n`).iptables).toEqual(iptables);
});

it('finds the Python of EL8, which is not on the PATH', () => {
  expect(parseVersions('@@tools\n/usr/bin/bash\n/usr/libexec/platform-python\n')).toMatchObject({
    python: '/usr/libexec/platform-python',
    nft: null,
    systemd: null,
  });
});
