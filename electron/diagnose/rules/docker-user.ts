import type { Fix } from '../../../shared/cause.ts';
import type { Text } from '../../../shared/text.ts';
import type { Journey, RulePlace } from '../../../shared/trace.ts';
import { iptablesChain } from '../../probe/lib/iptables-save.ts';
import { chainOf, deathAt, ruleText, toolOf } from '../death.ts';
import { fromFact } from '../evidence.ts';
import { deathsByPlace } from '../places.ts';
import { defineRule, type Finding } from '../rule.ts';
import { DOCKER_IPTABLES, thread } from '../sources.ts';

/**
 * A rule in DOCKER-USER, the one chain of Docker's that is left to people. Its usual faults: an allow-list that forgets
 * the answers to what containers ask, and the recipe of ufw-docker, which closes every published port until it is opened.
 */
export const dockerUser = defineRule({
  id: 'docker-user',
  needs: ['iptables'],
  causes: {
    'docker-user-drop': {
      sources: [
        DOCKER_IPTABLES,
        thread('moby/moby#22054', 'Docker network bypasses Firewall, no option to disable'),
      ],
    },
    'docker-user-drops-answers': { sources: [DOCKER_IPTABLES] },
    'ufw-docker-drop': {
      sources: [
        thread('chaifeng/ufw-docker#119', 'ufw blocks docker'),
        thread('chaifeng/ufw-docker#69', 'Make the published port of a container public'),
        thread('moby/moby#4737', 'docker and ufw serious problems'),
      ],
      holds: 'ufw with the rules of ufw-docker in /etc/ufw/after.rules',
    },
  },
  judge: ({ iptables }, scene) =>
    deathsByPlace(scene.journeys)
      .filter(({ place }) => place.chain === 'DOCKER-USER' || place.chain.startsWith('ufw-docker'))
      .map(({ place, journeys }): Finding => {
        const rules = iptablesChain(iptables.tables, 'filter', 'DOCKER-USER', place.backend)?.rules ?? [];
        const ofUfw = rules.find(({ text }) => text.endsWith('-j ufw-user-forward'));
        if (ofUfw) return ufwDocker(place, journeys, ofUfw.text);
        // what a published port answers is no answer to a container, and no rule for known connections need come first
        const asks = ({ flowId }: Journey) => {
          const where = scene.flows.find(({ id }) => id === flowId)?.from.where;
          return where === 'container' || where === 'endpoint';
        };
        return journeys.every((j) => j.direction === 'reply' && asks(j))
          ? answers(place, journeys)
          : closed(place, journeys);
      }),
});

function closed(place: RulePlace, journeys: Journey[]): Finding {
  return {
    ...deathAt(place, journeys),
    id: 'docker-user-drop',
    insteadOf: ['netfilter-drop'],
    title: {
      en: 'A rule in DOCKER-USER drops the packets',
      'zh-CN': 'DOCKER-USER 中的一条规则丢弃了数据包',
    },
    says: {
      en: `A rule in ${chainOf(place)} throws the packets away: ${ruleText(place)}. Docker asks this chain before its own rules and never changes it: whoever runs this machine put the rule there.`,
      'zh-CN': `${chainOf(place)} 中的一条规则丢弃了数据包：${ruleText(place)}。Docker 会先于自己的规则查询该链，且从不修改它：这条规则是本机管理者设置的。`,
    },
  };
}

function answers(place: RulePlace, journeys: Journey[]): Finding {
  const death = deathAt(place, journeys);
  const accept = 'DOCKER-USER -m conntrack --ctstate RELATED,ESTABLISHED -j RETURN';
  const fix: Fix = {
    title: {
      en: 'Let the answers to known connections through first',
      'zh-CN': '先放行已建立连接的应答',
    },
    commands: [`${toolOf(place)} -I ${accept}`],
    undo: [`${toolOf(place)} -D ${accept}`],
    applies: 'at-once',
    trial: 'itself',
  };
  return {
    ...death,
    id: 'docker-user-drops-answers',
    insteadOf: ['netfilter-drop'],
    title: {
      en: 'A rule in DOCKER-USER drops the answers to what containers ask',
      'zh-CN': 'DOCKER-USER 中的一条规则丢弃了返回给容器的应答',
    },
    says: {
      en: `Containers' packets get out, but a rule in ${chainOf(place)} drops what comes back: ${ruleText(place)}. It was meant to keep strangers from published ports; without a rule for RELATED,ESTABLISHED before it, it hits every answer from the internet as well.`,
      'zh-CN': `容器的数据包能够发出，但 ${chainOf(place)} 中的一条规则丢弃了返回的应答：${ruleText(place)}。它本意是限制外部访问发布端口；由于之前没有放行 RELATED,ESTABLISHED 的规则，来自互联网的所有应答也被丢弃。`,
    },
    fixes: [fix, ...death.fixes],
  };
}

function ufwDocker(place: RulePlace, journeys: Journey[], jump: string): Finding {
  const port = journeys[0]?.stops.at(-1)?.packet.dport;
  const proto = journeys[0]?.packet.proto === 'udp' ? 'udp' : 'tcp';
  const allow = `allow proto ${proto} from any to any port ${port}`;
  const why: Text = {
    en: `A rule of ufw-docker's recipe (/etc/ufw/after.rules) in ${chainOf(place)} drops what comes in from outside: ${ruleText(place)}. Where that recipe is installed, a published port stays shut until ufw opens the container's own port, ${port}, with a route rule; “ufw allow” does not do it.`,
    'zh-CN': `ufw-docker 的规则（/etc/ufw/after.rules）在 ${chainOf(place)} 中丢弃了来自外部的数据包：${ruleText(place)}。安装该规则后，发布的端口默认关闭，需用 ufw 的 route 规则开放容器自身的端口 ${port}；“ufw allow”不起作用。`,
  };
  return {
    ...deathAt(place, journeys),
    id: 'ufw-docker-drop',
    insteadOf: ['netfilter-drop'],
    title: {
      en: 'ufw-docker’s rules in DOCKER-USER keep the published port shut',
      'zh-CN': 'ufw-docker 在 DOCKER-USER 中的规则关闭了发布端口',
    },
    says: why,
    owner: 'ufw',
    evidence: [
      ...deathAt(place, journeys).evidence,
      fromFact('iptables', {
        en: `DOCKER-USER is ufw's: ${jump}`,
        'zh-CN': `DOCKER-USER 由 ufw 管理：${jump}`,
      }),
    ],
    fixes:
      port === undefined
        ? []
        : [
            {
              title: {
                en: `Open port ${port} of containers in ufw`,
                'zh-CN': `在 ufw 中开放容器端口 ${port}`,
              },
              commands: [`ufw route ${allow}`],
              undo: [`ufw route delete ${allow}`],
              applies: 'at-once',
            },
          ],
  };
}
