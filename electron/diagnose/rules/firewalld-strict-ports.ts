import type { Fix } from '../../../shared/cause.ts';
import { quote } from '../../connect/quote.ts';
import type { Firewalld } from '../../probe/firewalld.ts';
import { chainOf, deathAt, ruleText } from '../death.ts';
import { fromFact } from '../evidence.ts';
import { RELOADS } from '../firewalld-words.ts';
import { type DeathPlace, deathsByPlace } from '../places.ts';
import { defineRule, type Finding } from '../rule.ts';
import { firewalldMan } from '../sources.ts';

/** What was addressed to another port or machine at first: firewalld 2.3 sends it to a chain of its own when it is strict. */
const DNAT_CHAIN = /^filter_(INPUT|FORWARD|OUTPUT)_dnat$/;
const FORWARDED = 'filter_FORWARD_dnat';
const SETTING = 'StrictForwardPorts';
const CONF = '/etc/firewalld/firewalld.conf';

/** firewalld is told to forward no ports but its own, and Docker published one without it. */
export const firewalldStrictPorts = defineRule({
  id: 'firewalld-strict-ports',
  needs: ['firewalld'],
  causes: {
    'firewalld-strict-forward-ports': {
      sources: [
        firewalldMan('firewalld.conf'),
        {
          title: 'firewalld: Strict Filtering of Docker Containers',
          url: 'https://firewalld.org/2024/11/strict-forward-ports',
        },
      ],
      holds: 'firewalld 2.3.0 and later, nftables backend',
    },
  },
  judge: ({ firewalld }, scene) => {
    const ends = deathsByPlace(scene.journeys).filter(
      ({ place }) => place.table === 'firewalld' && DNAT_CHAIN.test(place.chain),
    );
    const forwarded = ends.find(({ place }) => place.chain === FORWARDED);
    const fixes = [...forwardPort(firewalld, forwarded), notStrict()];
    // One setting with the same fixes is told once, in the words of the first: that of forwarded packets says most
    const inOrder = forwarded ? [forwarded, ...ends.filter((end) => end !== forwarded)] : ends;
    return inOrder.map((end) => finding(firewalld, end, fixes));
  },
});

function finding(firewalld: Firewalld, { place, journeys }: DeathPlace, fixes: Fix[]): Finding {
  const death = deathAt(place, journeys);
  return {
    ...death,
    id: 'firewalld-strict-forward-ports',
    // Whatever zone the bridge is in: this chain is asked first
    insteadOf: [
      'netfilter-drop',
      'firewalld-interface-not-in-zone',
      'firewalld-bridge-not-in-zone',
      'firewalld-docker-too-old',
    ],
    owner: 'firewalld',
    title: {
      en: `firewalld forwards only its own ports (${SETTING}), and Docker published this one`,
      'zh-CN': `firewalld 只转发自己的端口（${SETTING}），而该端口由 Docker 发布`,
    },
    says: {
      en: `${SETTING} is yes in firewalld.conf: what somebody else than firewalld translated to another address is rejected in ${chainOf(place)}: ${ruleText(place)}. Docker translates each published port itself, so none is reachable until a forward port of firewalld's says the same.`,
      'zh-CN': `firewalld.conf 中 ${SETTING} 为 yes：凡不是由 firewalld 自己转换目标地址的流量，都在 ${chainOf(place)} 中被拒绝：${ruleText(place)}。Docker 自行转换每个已发布端口，因此在 firewalld 有相同的转发端口之前，这些端口均不可达。`,
    },
    evidence: [
      ...death.evidence,
      fromFact('firewalld', {
        en: `${SETTING}=${firewalld.conf[SETTING] ?? '?'}`,
        'zh-CN': `${SETTING}=${firewalld.conf[SETTING] ?? '?'}`,
      }),
    ],
    fixes,
  };
}

/** The same translation as Docker's, by firewalld, which lets through what it translates itself. */
function forwardPort({ zones, defaultZone }: Firewalld, forwarded: DeathPlace | undefined): Fix[] {
  const [journey] = forwarded?.journeys ?? [];
  if (!journey) return [];
  const asked = journey.packet;
  const sent = journey.stops.at(-1)?.packet ?? asked;
  const zone = zones.find(({ interfaces }) => interfaces.includes(asked.iif ?? ''))?.name ?? defaultZone;
  const port = `port=${asked.dport}:proto=${asked.proto}:toport=${sent.dport}:toaddr=${sent.dst}`;
  const change = (verb: string) => `firewall-cmd --zone=${quote(zone)} --${verb}-forward-port=${quote(port)}`;
  return [
    {
      title: { en: 'Have firewalld forward this port', 'zh-CN': '让 firewalld 转发该端口' },
      commands: [change('add')],
      undo: [change('remove')],
      applies: 'at-once',
      trial: 'itself',
      warning: {
        en: 'Until firewalld is reloaded, and as long as the container keeps its address: give it a fixed one and do it again with --permanent.',
        'zh-CN':
          '仅在 firewalld 重新加载之前且容器地址不变时有效：请为容器指定固定地址，并加上 --permanent 再执行一次。',
      },
    },
  ];
}

function notStrict(): Fix {
  const set = (from: string, to: string) => [
    `sed -i 's/^${SETTING}=${from}/${SETTING}=${to}/' ${CONF}`,
    'firewall-cmd --reload',
  ];
  return {
    title: { en: 'Let Docker publish ports', 'zh-CN': '允许 Docker 发布端口' },
    commands: set('yes', 'no'),
    undo: set('no', 'yes'),
    applies: 'told',
    warning: {
      en: `Every published port is reachable then. ${RELOADS.en}`,
      'zh-CN': `之后所有已发布端口都可达。${RELOADS['zh-CN']}`,
    },
  };
}
