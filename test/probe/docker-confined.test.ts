import { expect, it } from 'vitest';
import { toContainer } from '../../electron/probe/lib/docker-model.ts';
import { fixture } from './support.ts';

const [bare = {}, ...others] = fixture('docker-confined/containers.jsonl')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Record<string, unknown>);
const all = [bare, ...others.map((HostConfig) => ({ ...bare, HostConfig }))].map(toContainer);

it.each([
  ['--cap-drop ALL', 0, false, []],
  ['--cap-drop NET_RAW, and a seccomp profile', 1, false, ['seccomp']],
  ['--cap-drop ALL --cap-add NET_RAW, unconfined', 2, true, []],
  ['--privileged, which no --cap-drop holds against', 3, true, []],
  ['the profile that every container has', 4, true, []],
])('knows what may be done under %s', (_, i, rawSockets, profiles) => {
  expect(all[i]).toMatchObject({ rawSockets, profiles });
});

it('names a profile of AppArmor, and of a file of seccomp nothing', () => {
  const under = (...SecurityOpt: string[]) =>
    toContainer({ ...bare, HostConfig: { ...(bare.HostConfig as object), SecurityOpt } }).profiles;
  expect(under('apparmor=no-net', 'no-new-privileges')).toEqual(['apparmor=no-net']);
  expect(under('apparmor:old-words')).toEqual(['apparmor=old-words']);
  expect(under('seccomp={"a":\n"secret"}')).toEqual(['seccomp']);
});
