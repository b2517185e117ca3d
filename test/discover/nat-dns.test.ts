import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { natDns, parseNatDns } from '../../electron/discover/nat-dns.ts';
import { VBoxManageError } from '../../electron/discover/vboxmanage.ts';
import { fixture, info } from './fixtures.ts';

const SETTINGS = fixture('dns-modes.vbox');
const UUID = '94932e1e-c1ed-498f-a3cb-16aa98a3afe4';
const MODES = [
  { slot: 1, proxy: false, hostResolver: false },
  { slot: 2, proxy: true, hostResolver: false },
  { slot: 3, proxy: false, hostResolver: false },
  { slot: 4, proxy: true, hostResolver: true },
];

describe('the DNS modes in a settings file', () => {
  it('are those of each adapter that hangs on NAT now: not of a snapshot, nor of what it hung on before', () => {
    expect(parseNatDns(SETTINGS)).toEqual(MODES);
  });

  it('are none of an adapter that is switched off', () => {
    const off = SETTINGS.replaceAll('slot="3" enabled="true"', 'slot="3" enabled="false"');
    expect(parseNatDns(off)).toEqual(MODES.slice(0, 3));
    expect(parseNatDns(SETTINGS.replaceAll('slot="3" enabled="true"', 'slot="3"'))).toEqual(
      MODES.slice(0, 3),
    );
  });

  it.each([
    ['nothing', ''],
    ['no XML', '\u0000\u0001 <<<'],
    ['a file that is cut off', SETTINGS.slice(0, -30)],
    ['a flag that is none', SETTINGS.replaceAll('use-proxy="true"', 'use-proxy="maybe"')],
    ['a slot that is none', SETTINGS.replaceAll('slot="0"', 'slot="-1"')],
    [
      'an entity that unfolds',
      SETTINGS.replace('<VirtualBox', '<!DOCTYPE x [<!ENTITY a "b">]>\n<VirtualBox').replace(
        'Debian_64',
        '&a;',
      ),
    ],
  ])('cannot be had from %s', (_, text) => {
    expect(parseNatDns(text)).toBeUndefined();
  });

  it('cost little where somebody nests elements or attributes without end', () => {
    const began = performance.now();
    expect(parseNatDns('<a>'.repeat(100_000))).toBeUndefined();
    expect(
      parseNatDns(`<VirtualBox ${Array.from({ length: 20_000 }, (_, n) => `a${n}=""`).join(' ')}/>`),
    ).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('are read or not, whatever is in the file', () => {
    const pieces = fc.constantFrom(
      '<NAT>',
      '</NAT>',
      '<DNS use-proxy="true"/>',
      '<Adapter slot="1" enabled="true">',
      '</Adapter>',
      '"',
      '&',
      '__proto__="x"',
    );
    fc.assert(
      fc.property(fc.nat(SETTINGS.length), pieces, (at, piece) => {
        const found = parseNatDns(SETTINGS.slice(0, at) + piece + SETTINGS.slice(at));
        expect(found === undefined || found.every(({ slot }) => slot >= 1)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the DNS modes of a machine', () => {
  function folder(): string {
    const path = mkdtempSync(join(tmpdir(), 'culprit-nat-dns-'));
    onTestFinished(() => rmSync(path, { recursive: true }));
    return path;
  }
  /** What VBoxManage says of a machine whose settings are there. */
  const at = (file: string) => {
    const text = info(UUID).replace(/^CfgFile=.*$/m, () => `CfgFile="${file.replaceAll(/["\\]/g, '\\$&')}"`);
    return natDns(async () => text, UUID);
  };

  it('are in the file that VirtualBox names, whatever it is called', async () => {
    const file = join(folder(), 'q"uote \\ 机.vbox');
    writeFileSync(file, SETTINGS);
    expect(await at(file)).toEqual(MODES);
  });

  it('are unknown where there is no file, a pipe, one that is too large, or none of VirtualBox’s', async () => {
    const path = folder();
    expect(await at(join(path, 'gone.vbox'))).toBeUndefined();
    execFileSync('mkfifo', [join(path, 'pipe.vbox')]);
    expect(await at(join(path, 'pipe.vbox'))).toBeUndefined();
    writeFileSync(join(path, 'large.vbox'), SETTINGS);
    truncateSync(join(path, 'large.vbox'), 9 * 1024 * 1024);
    expect(await at(join(path, 'large.vbox'))).toBeUndefined();
    writeFileSync(join(path, 'other.xml'), SETTINGS);
    expect(await at(join(path, 'other.xml'))).toBeUndefined();
    expect(await at('relative.vbox')).toBeUndefined();
  });

  it('are unknown where VBoxManage fails', async () => {
    const run = () => Promise.reject(new VBoxManageError(1, ''));
    expect(await natDns(run, UUID)).toBeUndefined();
  });
});
