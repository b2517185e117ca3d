import semver from 'semver';
import type { Fix } from '../../../shared/cause.ts';
import { packetEnds } from '../../../shared/journey-text.ts';
import type { Text } from '../../../shared/text.ts';
import type { Journey, RulePlace } from '../../../shared/trace.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import { DOCKER_ZONE, type FirewalldZone } from '../../probe/lib/firewalld-model.ts';
import { fromFact, fromJourney } from '../evidence.ts';
import { ownerOf } from '../owner.ts';
import { deathsByPlace } from '../places.ts';
import { defineRule, type Finding } from '../rule.ts';
import { DOCKER_FIREWALLS, thread } from '../sources.ts';

/** Docker puts its bridges into firewalld's zone `docker` since this version (moby/libnetwork#2548). */
const DOCKER_KNOWS_ZONES = '20.10.0';

interface Cut {
  bridge: string;
  place: RulePlace;
  journeys: Journey[];
}

/**
 * firewalld rejects what a Docker bridge forwards, because the bridge is in no zone that accepts: the case Culprit was
 * born from. Which of its causes it is, is told by Docker's version and by which bridge it is.
 */
export const firewalldZone = defineRule({
  id: 'firewalld-zone',
  needs: ['firewalld', 'docker'],
  causes: {
    'firewalld-docker-too-old': {
      sources: [
        thread('moby/libnetwork#2548', 'Add docker interfaces to firewalld docker zone'),
        thread('docker/docs#11883', 'Firewalld integration'),
      ],
      holds: 'Docker before 20.10.0',
    },
    'firewalld-interface-not-in-zone': {
      sources: [
        DOCKER_FIREWALLS,
        thread('moby/libnetwork#2548', 'Add docker interfaces to firewalld docker zone'),
        thread('docker/docs#11944', 'Update firewalld text'),
      ],
      holds: 'Docker 20.10.0 and later',
    },
    'firewalld-bridge-not-in-zone': {
      sources: [
        thread(
          'moby/moby#48375',
          'Docker bridge networks not automatically added to appropriate firewalld zone',
        ),
        thread(
          'moby/moby#52642',
          'Docker only half-restores network if bridge is assigned to another firewalld zone',
        ),
      ],
      holds: 'Docker 20.10.0 and later',
    },
  },
  judge: ({ firewalld, docker }, scene) => {
    if (!firewalld.running) return [];
    const bridges = new Map(docker.networks.flatMap((n) => (n.bridge ? [[n.bridge, n.name]] : [])));
    const zoneOf = (bridge: string) => firewalld.zones.find((z) => z.interfaces.includes(bridge));
    const version = semver.coerce(docker.info?.version)?.version;
    return cuts(scene.journeys, bridges).flatMap((cut) => {
      const zone = zoneOf(cut.bridge);
      // in an accepting zone the reason is another one: a policy, a rich rule; in Docker's, its target
      if (zone && (zone.target === 'ACCEPT' || zone.name === DOCKER_ZONE)) return [];
      const old = version !== undefined && semver.lt(version, DOCKER_KNOWS_ZONES);
      const isDefault = bridges.get(cut.bridge) === 'bridge';
      const id = old
        ? 'firewalld-docker-too-old'
        : isDefault
          ? 'firewalld-interface-not-in-zone'
          : 'firewalld-bridge-not-in-zone';
      const context = { zone, defaultZone: firewalld.defaultZone, version: version ?? '?', old };
      const zones = firewalld.zones;
      return [finding(id, cut, context, fixes(cut.bridge, zones, zone, firewalld.defaultZone))];
    });
  },
});

/** Journeys that firewalld ended, by the Docker bridge they came from or went to. */
function cuts(journeys: readonly Journey[], bridges: ReadonlyMap<string, string>): Cut[] {
  return deathsByPlace(journeys)
    .filter(({ place }) => ownerOf(place) === 'firewalld')
    .flatMap(({ place, journeys: dead }) => {
      const byBridge = new Map<string, Journey[]>();
      for (const journey of dead) {
        const stop = journey.stops.at(-1)?.packet;
        const bridge = [stop?.iif, stop?.oif].find((i) => i !== undefined && bridges.has(i));
        if (bridge) byBridge.set(bridge, [...(byBridge.get(bridge) ?? []), journey]);
      }
      return [...byBridge].map(([bridge, mine]) => ({ bridge, place, journeys: mine }));
    });
}

interface Context {
  zone: FirewalldZone | undefined;
  defaultZone: string;
  version: string;
  old: boolean;
}

function finding(id: string, { bridge, place, journeys }: Cut, context: Context, fixes: Fix[]): Finding {
  const fate = context.zone?.name ?? context.defaultZone;
  const where: Text = context.zone
    ? { en: `is in zone ${fate}`, 'zh-CN': `位于区域 ${fate}` }
    : {
        en: `is in no zone and falls to the default zone ${fate}`,
        'zh-CN': `不属于任何区域，落入默认区域 ${fate}`,
      };
  const why: Text = context.old
    ? {
        en: `Docker ${context.version} does not tell firewalld about its bridges; Docker does so from ${DOCKER_KNOWS_ZONES} on.`,
        'zh-CN': `Docker ${context.version} 不会把网桥告知 firewalld；自 ${DOCKER_KNOWS_ZONES} 起 Docker 才会这样做。`,
      }
    : {
        en: `Docker ${context.version} puts its bridges into the zone docker, which accepts; ${bridge} has been taken out of it, or was never in it.`,
        'zh-CN': `Docker ${context.version} 会把网桥放入接受流量的 docker 区域；${bridge} 已被移出，或从未加入。`,
      };
  const rule = `${place.family} ${place.table} ${place.chain}`;
  return {
    id,
    layer: 'filter',
    insteadOf: ['netfilter-drop'],
    title: {
      en: `firewalld rejects what ${bridge} forwards: it is not in Docker's zone`,
      'zh-CN': `firewalld 拒绝 ${bridge} 转发的流量：它不在 Docker 的区域中`,
    },
    says: {
      en: `The interface ${bridge} ${where.en}, whose rules in ${rule} end with “${place.rule}”, so firewalld rejects the packets that containers send through it, although Docker's own rules accept them. ${why.en}`,
      'zh-CN': `接口 ${bridge} ${where['zh-CN']}，该区域在 ${rule} 中的规则以“${place.rule}”结尾，因此尽管 Docker 自己的规则放行，firewalld 仍拒绝容器经由它发送的数据包。${why['zh-CN']}`,
    },
    grade: 'traced',
    owner: 'firewalld',
    where: place,
    evidence: [
      ...journeys.slice(0, 3).map((j) =>
        fromJourney(j, {
          en: `${packetEnds(j.packet)} died at ${rule}${place.handle === undefined ? '' : ` handle ${place.handle}`}: ${place.rule}`,
          'zh-CN': `${packetEnds(j.packet)} 止于 ${rule}${place.handle === undefined ? '' : ` handle ${place.handle}`}：${place.rule}`,
        }),
      ),
      fromFact('firewalld', { en: `${bridge} ${where.en}`, 'zh-CN': `${bridge} ${where['zh-CN']}` }),
      fromFact('docker', { en: `Docker ${context.version}`, 'zh-CN': `Docker ${context.version}` }),
    ],
    fixes,
    explains: journeys.map((j) => j.flowId),
  };
}

/** Into Docker's zone where there is one, else into firewalld's own accepting one; now and for good. */
function fixes(
  bridge: string,
  zones: FirewalldZone[],
  zone: FirewalldZone | undefined,
  fallback: string,
): Fix[] {
  const target = zones.some((z) => z.name === DOCKER_ZONE) ? DOCKER_ZONE : 'trusted';
  const both = (command: string) => [`firewall-cmd ${command}`, `firewall-cmd --permanent ${command}`];
  const change = `--zone=${target} --change-interface=${quoteWhereNeeded(bridge)}`;
  const back =
    zone && zone.name !== fallback
      ? `--zone=${quoteWhereNeeded(zone.name)} --change-interface=${quoteWhereNeeded(bridge)}`
      : `--zone=${target} --remove-interface=${quoteWhereNeeded(bridge)}`;
  return [
    {
      title: {
        en: `Put ${bridge} into firewalld's zone ${target}`,
        'zh-CN': `把 ${bridge} 放入 firewalld 的 ${target} 区域`,
      },
      commands: both(change),
      undo: both(back).toReversed(),
      applies: 'at-once',
      trial: { commands: both(change).slice(0, 1), undo: both(back).slice(0, 1) },
    },
  ];
}
