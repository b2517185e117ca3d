import { describe, expect, it } from 'vitest';
import { cgroups, listsFor, parseCgroups } from '../../electron/probe/cgroups.ts';
import { answer, fixture } from './support.ts';

const read = (version: string) => parseCgroups(fixture(`cgroups/systemd-${version}.txt`));
const PRIVATE = ['10.0.0.0/8', '127.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '::1/128'];

describe.each(['247', '252', '257'])('what systemctl of systemd %s shows', (version) => {
  const all = read(version);

  it('has the lists of a slice, and who is in it', () => {
    const slice = all.find(({ unit }) => unit === 'system.slice');
    expect(slice).toMatchObject({ path: '/system.slice', deny: ['0.0.0.0/0', '::/0'] });
    expect([...(slice?.allow ?? [])].sort()).toEqual(PRIVATE);
    const scopes = all.filter(({ unit }) => /^docker-[0-9a-f]{64}\.scope$/.test(unit));
    expect(scopes).toHaveLength(4);
    for (const { unit, path } of scopes) {
      expect(path).toBe(`/system.slice/${unit}`);
      expect(listsFor(all, unit)).toEqual([slice]);
    }
  });

  it('has what a service allows itself beside what its slice says', () => {
    const lists = listsFor(all, 'docker.service').map(({ unit }) => unit);
    expect(lists.sort()).toEqual(['docker.service', 'system.slice']);
    expect(all.find(({ unit }) => unit === 'docker.service')?.allow).toEqual(['203.0.113.10/32']);
  });

  it('has nothing of a unit that is not there, nor of who is elsewhere', () => {
    expect(all.map(({ unit }) => unit)).not.toContain('snap.docker.dockerd.service');
    expect(listsFor(all, 'snap.docker.dockerd.service')).toEqual([]);
    expect(listsFor(all, 'user-0.slice')).toEqual([]);
  });
});

it('takes no word for a prefix that systemd would not print', () => {
  const text =
    'Id=system.slice\nControlGroup=/system.slice\nIPAddressAllow=$(reboot) 10.0.0.0/8\nIPAddressDeny=any\n';
  expect(parseCgroups(text)).toEqual([
    { unit: 'system.slice', path: '/system.slice', allow: ['10.0.0.0/8'], deny: [] },
  ]);
  expect(parseCgroups(text.replace('Id=system.slice', 'Id=`reboot`'))).toEqual([]);
});

it('is empty where nobody keeps addresses from anybody', () => {
  expect(cgroups.parse(answer(fixture('bookworm/host.txt')))).toEqual([]);
});
