import { describe, expect, it } from 'vitest';
import { readRecording } from '../../electron/connect/recording-file.ts';
import { containers, namespaceOf, parseContainers } from '../../electron/probe/containers.ts';
import { readProcSocket } from '../../electron/probe/lib/proc-net.ts';
import { answer, fixture } from './support.ts';

describe('containers', () => {
  const text = fixture('bookworm/containers.txt');
  const all = parseContainers(answer(text));
  const web = all.containers.find((c) => c.id.startsWith('0752ad8cb2fe'));

  it('finds every container and its network namespace', () => {
    expect(all.containers).toHaveLength(4);
    expect(new Set(all.containers.map((c) => c.netns)).size).toBe(4);
    expect(all.containers.every((c) => !c.hostNetwork)).toBe(true);
  });

  it('knows addresses, routes and listeners inside', () => {
    const inside = namespaceOf(all, web?.id ?? '');
    expect(inside?.interfaces.find((i) => i.name === 'eth0')?.addresses).toContainEqual(
      expect.objectContaining({ address: '172.18.0.2', prefix: 16 }),
    );
    expect(inside?.routes).toContainEqual(
      expect.objectContaining({ dst: '0.0.0.0/0', gateway: '172.18.0.1' }),
    );
    expect(inside?.listeners).toContainEqual({ proto: 'tcp', address: '::', port: 80 });
    expect(inside?.listeners.some((l) => l.address === '127.0.0.11')).toBe(true);
  });

  it('reads its resolver', () => {
    expect(web?.resolver).toMatchObject({ servers: ['127.0.0.11'], options: ['ndots:0'] });
  });

  it('reads the settings of its own network namespace (the bundled sample, Debian 12)', async () => {
    const { entries } = await readRecording('electron/sample/docker0-out-of-zone.recording');
    const asked = entries.find(({ script }) => script.includes('@@namespaces'));
    const { namespaces } = parseContainers(answer(asked?.answer?.stdout ?? ''));
    expect(namespaces).toHaveLength(4);
    for (const { sysctls } of namespaces) expect(sysctls['net.ipv4.ip_default_ttl']).toBe('64');
  });

  it('tells whether [::] takes no IPv4 there (a guest with such a container, Debian 12)', async () => {
    const { entries } = await readRecording(
      'test/recordings/bookworm/container-listens-on-ipv6-only.recording.gz',
    );
    const asked = entries.find(({ script }) => script.includes('@@namespaces'));
    const { namespaces } = parseContainers(answer(asked?.answer?.stdout ?? ''));
    expect(namespaces.map(({ sysctls }) => sysctls['net.ipv6.bindv6only']).sort()).toEqual([
      '0',
      '0',
      '0',
      '1',
    ]);
  });

  it("marks a container in the VM's own namespace and two that share one", () => {
    const shared = parseContainers(
      answer(
        '@@pids\naa 5\nbb 6\ncc 7\n@@namespaces\n100 /proc/1/ns/net\n100 /proc/5/ns/net\n 200 /proc/6/ns/net\n200 /proc/7/ns/net\n',
      ),
    );
    expect(shared.containers.map((c) => [c.hostNetwork, c.netns])).toEqual([
      [true, 100],
      [false, 200],
      [false, 200],
    ]);
    expect(shared.namespaces).toEqual([]);
  });

  it('has none where no container runs', () => {
    expect(
      parseContainers(answer('@@pids\n@@namespaces\n100 /proc/1/ns/net\n@@sockets\n@@resolv\n@@end\n')),
    ).toEqual({
      containers: [],
      namespaces: [],
      left: 0,
    });
  });

  it('counts what there was no time for, which is neither empty nor gone', () => {
    const late = text.replace(/^@@ip (\d+)[\s\S]*?(?=^@@ip)/m, '@@left $1\n');
    const some = parseContainers(answer(late));
    expect([all.left, some.left]).toEqual([0, 1]);
    expect(some.namespaces).toHaveLength(all.namespaces.length - 1);
    expect(some.containers).toHaveLength(all.containers.length);
    expect(containers.summary(some).en).toContain('no time');
  });
});

describe('sockets in /proc', () => {
  const line = (file: string, local: string, state: string) =>
    `/proc/7/net/${file}:   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000 0 0 77 1`;

  it.each([
    [line('tcp', '0B00007F:9C5D', '0A'), { proto: 'tcp', address: '127.0.0.11', port: 40029 }],
    [line('udp', '00000000:0035', '07'), { proto: 'udp', address: '0.0.0.0', port: 53 }],
    [line('tcp6', '00000000000000000000000000000000:0050', '0A'), { proto: 'tcp', address: '::', port: 80 }],
    [
      line('tcp6', '0000000000000000FFFF0000020012AC:0050', '0A'),
      { proto: 'tcp', address: '172.18.0.2', port: 80 },
    ],
    [
      line('tcp6', '000080FE00000000FF0042026A0B8AFE:0050', '0A'),
      { proto: 'tcp', address: 'fe80::242:ff:fe8a:b6a', port: 80 },
    ],
    [line('tcp', '00000000:0050', '01'), null],
    [line('tcp', '00000000:0050', '07'), null],
    ['/proc/7/net/tcp: nonsense', null],
  ])('reads %s', (text, socket) => {
    expect(readProcSocket(text)).toEqual(socket === null ? null : { ...socket, inode: 77 });
  });
});
