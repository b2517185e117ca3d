import { describe, expect, it } from 'vitest';
import type { Scene } from '../../../electron/diagnose/rule.ts';
import { insightOf } from '../../../renderer/run/path/insight.ts';
import { layoutOf } from '../../../renderer/run/path/layout.ts';
import { merged } from '../../../renderer/run/path/merge.ts';
import { type Path, pathOf, type Station } from '../../../renderer/run/path/path-model.ts';
import { same } from '../../../shared/text.ts';
import type { Journey, Stop } from '../../../shared/trace.ts';
import { readScene, sceneNames } from '../../lab-cases/scene-file.ts';

function paths(scene: Scene): Path[] {
  return scene.journeys.map((journey) =>
    pathOf(
      journey,
      scene.flows.find(({ id }) => id === journey.flowId),
    ),
  );
}

const all = sceneNames().flatMap((fault) => paths(readScene(fault)).map((path) => ({ fault, path })));

function pathIn(fault: string, wanted: (journey: Journey) => boolean): Path {
  const path = paths(readScene(fault)).find(({ journey }) => wanted(journey));
  if (path === undefined) throw new Error(`no such journey in ${fault}`);
  return path;
}

const isDead = ({ end }: Journey) => end === 'dropped' || end === 'rejected';
const short = (station: Station) => {
  const name =
    station.what === 'chains'
      ? `${station.hook} ${station.stops.map(({ table }) => table).join('+')}`
      : station.what === 'hook'
        ? station.hook
        : station.what;
  return `${name} ${station.fate}`;
};

describe('the path of every packet of the lab’s faults', () => {
  it('is a good many, of every end', () => {
    expect(all.length).toBeGreaterThan(60);
    expect(new Set(all.map(({ path }) => path.journey.end))).toEqual(
      new Set(['delivered', 'dropped', 'rejected', 'lost']),
    );
  });

  it.each(all)('$fault: $path.journey.id', ({ path: { journey, stations } }) => {
    expect(stations[0]?.what).toBe('start');
    expect(stations.at(-1)?.what).toBe('end');
    const fates = stations.map(({ fate }) => fate);
    const until = fates.findIndex((fate) => fate !== 'passed');
    if (journey.end === 'delivered') {
      expect(until).toBe(-1);
    } else {
      expect(fates[until]).toBe(isDead(journey) ? 'died' : 'lost');
      expect(new Set(fates.slice(until + 1))).toEqual(
        until === fates.length - 1 ? new Set() : new Set(['unreached']),
      );
    }
    const seen = stations.flatMap((station) => (station.what === 'chains' ? station.stops : []));
    expect(seen.slice(0, journey.stops.length)).toEqual(journey.stops);
  });
});

describe('the path of a packet', () => {
  it('dies in the chain that rejects it, after the one of the same hook that accepted it', () => {
    const path = pathIn('fw-docker0-not-in-zone', isDead);
    expect(path.stations.map(short)).toEqual([
      'start passed',
      'device passed',
      'prerouting firewalld passed',
      'prerouting nat passed',
      'prerouting firewalld passed',
      'prerouting firewalld passed',
      'route passed',
      'forward filter passed',
      'forward firewalld died',
      'postrouting unreached',
      'device unreached',
      'end unreached',
    ]);
  });

  it('is lost at the route when no hook after prerouting saw it', () => {
    const path = pathIn('sysctl-ip-forward-0', ({ end, drop }) => end === 'lost' && !drop);
    expect(path.stations.map(short)).toEqual([
      'start passed',
      'device passed',
      'prerouting nat passed',
      'route lost',
      'end unreached',
    ]);
  });

  it('leaves by its device and is lost beyond it when all hooks let it pass', () => {
    const path = pathIn('ipt-masquerade-missing', ({ end }) => end === 'lost');
    expect(path.stations.map(short).slice(-3)).toEqual([
      'postrouting nat passed',
      'device passed',
      'end lost',
    ]);
  });

  it('is lost to the kernel, before the route or at the device that it was to leave by', () => {
    const base = { packets: 2, tries: 2 };
    const journey = readScene('rp-filter-asymmetric').journeys.find(
      ({ drop }) => drop?.reason === 'IP_RPFILTER',
    );
    if (journey === undefined) throw new Error('no such journey');
    const last = pathOf(journey).stations.slice(-2);
    expect(last).toMatchObject([
      { what: 'kernel', fate: 'lost', drop: { reason: 'IP_RPFILTER' } },
      { what: 'end', fate: 'unreached' },
    ]);
    const queued = pathOf({ ...journey, drop: { ...base, reason: 'QDISC_DROP', oif: 'br0' } });
    expect(queued.stations.slice(-3)).toMatchObject([
      { what: 'device', side: 'out', device: 'br0', fate: 'passed' },
      { what: 'kernel', fate: 'lost' },
      { what: 'end', fate: 'unreached' },
    ]);
    expect(insightOf(queued)?.en).toContain('No rule ended it: the kernel dropped it: QDISC_DROP');
  });

  it('has no route between the ports of a bridge', () => {
    const path = pathIn('nft-bridge-drop', isDead);
    expect(path.stations.map(short).slice(0, 4)).toEqual([
      'start passed',
      'device passed',
      'prerouting nat passed',
      'forward l2 died',
    ]);
  });

  it('shows a hook at which it was seen though no chain told of it', () => {
    const path = pathIn('host-nat-dns-dead', ({ stops, end }) => stops.length === 0 && end === 'delivered');
    expect(path.stations.map(short)).toEqual(['start passed', 'device passed', 'input passed', 'end passed']);
  });

  it('carries its new source where it leaves', () => {
    const path = pathIn('host-offline', ({ nat }) => nat !== undefined);
    expect(path.stations.find((s) => s.what === 'device' && s.side === 'out')).toMatchObject({
      as: '10.0.2.15',
    });
  });

  it('dies at the known rule even when the tracer missed its chain', () => {
    const { journey, flow } = pathIn('fw-docker0-not-in-zone', isDead);
    const blind = pathOf({ ...journey, stops: journey.stops.slice(0, -1) }, flow);
    const died = blind.stations.find(({ fate }) => fate === 'died');
    expect(died).toMatchObject({
      what: 'chains',
      hook: 'forward',
      stops: [{ table: 'firewalld', rules: [{ handle: journey.at?.handle }] }],
    });
  });

  it('is drawn with IPv6 addresses and names of any length', () => {
    const { journey } = pathIn('ipt-docker-user-drop', isDead);
    const src = 'fd00:dead:beef::2';
    const path = pathOf({ ...journey, packet: { ...journey.packet, src, iif: 'x'.repeat(300) } });
    expect(path.stations[0]).toMatchObject({ what: 'start', address: src });
    const { stations, width } = layoutOf(path.stations, 600);
    expect(Math.max(...stations.map((s) => s.x + s.width / 2))).toBeLessThanOrEqual(width);
  });
});

describe('merging what there is no room for', () => {
  it.each(all)('$fault: $path.journey.id keeps every chain it passed, in order', ({ path: { stations } }) => {
    const chains = (list: readonly Station[]): Stop[] =>
      list.flatMap((station) => (station.what === 'chains' ? station.stops : []));
    for (let most = 2; most <= stations.length; most += 1) {
      const fewer = merged(stations, most);
      expect(chains(fewer)).toEqual(chains(stations));
      expect(fewer.at(-1)).toBe(stations.at(-1));
      expect(fewer.filter(({ fate }) => fate === 'died')).toEqual(
        stations.filter(({ fate }) => fate === 'died'),
      );
    }
    expect(merged(stations, stations.length)).toEqual(stations);
  });

  it('merges far from where the packet died first', () => {
    const { stations } = pathIn('fw-docker0-not-in-zone', isDead);
    expect(merged(stations, stations.length - 1).map(short)).toContain(
      'prerouting firewalld+nat+firewalld+firewalld passed',
    );
    expect(merged(stations, 8).map(short)).toContain('forward filter passed');
  });
});

describe('the insight under the picture', () => {
  const says = (path: Path) => insightOf(path)?.en;

  it('says that an accept ends only its own chain', () => {
    expect(says(pathIn('fw-docker0-not-in-zone', isDead))).toBe(
      'Accepted at priority 0, rejected at +10 on the same hook: an accept ends only its own chain.',
    );
  });

  it('says that a policy decided, not a rule', () => {
    expect(says(pathIn('ipt-forward-flushed-policy-drop', isDead))).toContain('policy did');
  });

  it('says that it was an answer that died', () => {
    expect(says(pathIn('ipt-docker-user-allowlist-kills-replies', isDead))).toContain('the answer that died');
  });

  it('says that no rule ended what the route swallowed', () => {
    expect(says(pathIn('route-blackhole', ({ end }) => end === 'lost'))).toMatch(/no rule ended it/i);
  });

  it('says that a container’s own address left untranslated', () => {
    expect(says(pathIn('ipt-masquerade-missing', ({ end }) => end === 'lost'))).toContain('172.18.0.3');
  });

  it('says nothing where the tracer missed something, or nothing is wrong', () => {
    const path = pathIn('fw-docker0-not-in-zone', isDead);
    expect(
      says({ ...path, journey: { ...path.journey, gap: same('the monitor lost events') } }),
    ).toBeUndefined();
    for (const { path } of all.filter(({ path }) => path.journey.end === 'delivered'))
      expect(says(path)).toBeUndefined();
  });
});
