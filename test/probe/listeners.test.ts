import { describe, expect, it } from 'vitest';
import { listeners } from '../../electron/probe/listeners.ts';
import { answer, fixture } from './support.ts';

describe('listeners', () => {
  const all = listeners.parse(answer(fixture('bookworm/listeners.txt')));

  it('knows which program holds a port', () => {
    expect(all.find((l) => l.port === 8080 && l.address === '0.0.0.0')?.processes).toMatchObject([
      { name: 'docker-proxy' },
    ]);
    expect(all.find((l) => l.port === 22 && l.address === '::')?.processes).toContainEqual(
      expect.objectContaining({ name: 'sshd' }),
    );
  });

  it('takes UDP sockets without a peer', () => {
    expect(all).toContainEqual(expect.objectContaining({ proto: 'udp', address: '10.0.2.15', port: 68 }));
  });

  it('cannot tell the program without root', () => {
    const got = listeners.parse(answer(fixture('bookworm-no-root/listeners.txt')));
    expect(got).toContainEqual({ proto: 'tcp', address: '0.0.0.0', port: 8080, processes: [] });
  });

  it('names each program once, without control characters', () => {
    const socket =
      '/proc/net/tcp:   0: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 77 1 x';
    const text = `@@sockets\n${socket}\n@@holders\n/proc/5/fd socket:[77]\n/proc/5/fd socket:[77]\n@@names\n/proc/5/comm:\u001b[31mevil\n@@end\n`;
    expect(listeners.parse(answer(text))[0]?.processes).toEqual([{ pid: 5, name: 'evil' }]);
  });

  it('does not take a list that was cut off for an empty one', () => {
    expect(() => listeners.parse(answer('@@sockets\n'))).toThrow(/cut off/);
  });
});
