import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nftTable } from '../../electron/trace/backends/nft-table.ts';
import { traceMini } from '../support/mini-trace.ts';
import { MiniNet, noNamespaces, until } from '../support/net.ts';

const why = noNamespaces();
const DROP =
  'table inet guard { chain forward { type filter hook forward priority 5; tcp dport 80 drop; }; }';

describe.skipIf(why !== undefined)('nft-table on real packets', () => {
  let net: MiniNet;
  beforeAll(async () => {
    net = await MiniNet.up();
  });
  afterAll(() => net.down());

  const tables = () => net.in(net.guest, 'nft list tables');
  /** Our tables, by the number of the keeper that each is called after. */
  const keepers = () => [...tables().matchAll(/culprit_(\d+)/g)].map(([, pid]) => Number(pid));

  it('follows a packet out and its answer back, and leaves no table', async () => {
    const { journeys, ...how } = await traceMini(net, nftTable);
    expect(how).toEqual({ gap: '', broke: '', outcome: 'ok' });
    expect(journeys.map((j) => [j.direction, j.end])).toEqual([
      ['request', 'delivered'],
      ['reply', 'delivered'],
    ]);
    expect(tables()).toBe('table ip nat\n');
  });

  it('names the rule that drops', async () => {
    net.nft(DROP);
    const { journeys } = await traceMini(net, nftTable);
    net.nft('delete table inet guard');
    expect(journeys[0]).toMatchObject({ end: 'dropped', at: { table: 'guard', handle: 2 } });
  });

  it('is gone when it is stopped half-way', async () => {
    net.nft(DROP);
    const stop = new AbortController();
    const run = traceMini(net, nftTable, { signal: stop.signal });
    await until(() => keepers().length === 1);
    stop.abort();
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    net.nft('delete table inet guard');
    await until(() => tables() === 'table ip nat\n');
  });

  it('takes away what a keeper left that somebody killed, and not what another one holds', async () => {
    net.nft(DROP);
    const broken = traceMini(net, nftTable);
    await until(() => keepers().length === 1);
    process.kill(keepers()[0] ?? 0, 'SIGKILL');
    expect(await broken).toMatchObject({
      broke: 'died',
      gap: expect.stringMatching(/ended early|never started/),
    });
    const [left] = keepers();
    expect(left).toBeGreaterThan(0);
    const other = spawn('sleep', ['60'], { env: { PATH: process.env.PATH, CULPRIT_MARK: '1' } });
    net.nft(`table inet culprit_${other.pid} { chain x { }; }`);
    await traceMini(net, nftTable);
    const now = keepers();
    other.kill();
    net.nft(`delete table inet guard; delete table inet culprit_${other.pid}`);
    expect(now).toEqual([other.pid]);
  });
});
