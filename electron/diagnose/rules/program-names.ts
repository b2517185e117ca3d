import type { FlowResult } from '../../../shared/flow.ts';
import { same, type Text } from '../../../shared/text.ts';
import { fromFact, fromFlow } from '../evidence.ts';
import { defineRule, type Finding } from '../rule.ts';
import { man, thread } from '../sources.ts';

/**
 * Name servers answer, and programs find something else, or nothing: the C library is told not to ask them, or it asks for
 * another name first.
 */
export const programNames = defineRule({
  id: 'program-names',
  needs: ['resolver'],
  causes: {
    'nsswitch-without-dns': { sources: [man('nsswitch.conf(5)'), man('getent(1)')] },
    'search-domain-captures': {
      sources: [
        man('resolv.conf(5)'),
        thread('openshift/origin#17316', 'DNS resolution is failing'),
        thread('moby/moby#41819', 'ndots option in hosts /etc/resolv.conf breaks container name resolution'),
      ],
    },
  },
  judge: ({ resolver }, scene) => {
    const findings: Finding[] = [];
    const mute = scene.bad.filter((f) => f.kind === 'program-name');
    const answered = scene.flows.some(
      (f) => f.from.where === 'guest' && f.kind === 'dns-server' && f.outcome === 'ok',
    );
    const asks = /\b(dns|resolve)\b/.test(resolver.nsswitchHosts);
    if (mute.length > 0 && answered && resolver.nsswitchHosts !== '' && !asks)
      findings.push({
        id: 'nsswitch-without-dns',
        layer: 'machine',
        title: {
          en: `Programs of the VM never ask a name server: nsswitch.conf says “hosts: ${resolver.nsswitchHosts}”, without dns`,
          'zh-CN': `虚拟机中的程序从不查询 DNS 服务器：nsswitch.conf 为“hosts: ${resolver.nsswitchHosts}”，没有 dns`,
        },
        says: {
          en: `The name server of the VM answers when it is asked, but /etc/nsswitch.conf has “hosts: ${resolver.nsswitchHosts}”: the C library looks there only. Docker (dockerd pulls images by it) and all programs of the VM find no name; containers have a file of their own.`,
          'zh-CN': `虚拟机的 DNS 服务器有应答，但 /etc/nsswitch.conf 中写的是“hosts: ${resolver.nsswitchHosts}”：C 库只在其中查找。Docker（dockerd 拉取镜像时使用）和虚拟机的所有程序都找不到名称；容器有自己的文件。`,
        },
        grade: 'inferred',
        owner: 'administrator',
        evidence: [
          fromFact('resolver', same(`/etc/nsswitch.conf hosts: ${resolver.nsswitchHosts}`)),
          ...mute.map(fromFlow),
        ],
        fixes: [
          {
            title: { en: 'Have programs ask name servers as well', 'zh-CN': '让程序也查询 DNS 服务器' },
            commands: [
              'cp -a /etc/nsswitch.conf /etc/nsswitch.conf.bak',
              "sed -i 's/^hosts:.*/hosts: files dns/' /etc/nsswitch.conf",
            ],
            undo: ['mv /etc/nsswitch.conf.bak /etc/nsswitch.conf'],
            applies: 'at-once',
            applied: {
              edits: [
                { how: 'replace', path: '/etc/nsswitch.conf', begins: 'hosts:', line: 'hosts: files dns' },
              ],
              commands: [],
              undo: [],
            },
          },
        ],
        explains: mute.map((f) => f.id),
      });
    for (const flow of scene.bad.filter((f) => ['searched-name', 'searched-mate'].includes(f.kind)))
      findings.push(captured(flow));
    return findings;
  },
});

function captured(flow: FlowResult): Finding {
  const address = flow.resolved ?? '?';
  const { host, container } = flow.to;
  const meant: Text = container
    ? { en: `not ${container}`, 'zh-CN': `而不是 ${container}` }
    : { en: 'where nobody is of use', 'zh-CN': '而那里并无所需的服务' };
  return {
    id: 'search-domain-captures',
    layer: 'name',
    title: container
      ? {
          en: `A search domain captures the name of ${container}: ${host} is ${address}`,
          'zh-CN': `搜索域截获了 ${container} 的名称：${host} 解析为 ${address}`,
        }
      : {
          en: `A search domain captures names of the internet: ${host} is ${address}`,
          'zh-CN': `搜索域截获了互联网域名：${host} 解析为 ${address}`,
        },
    says: {
      en: `resolv.conf there has a search domain and an ndots option that make the C library ask for ${host} before the name itself. That domain answers to every name, with ${address}, ${meant.en}: so programs go there instead. Take the search domain or ndots away (--dns-search ., --dns-option ndots:1).`,
      'zh-CN': `该处的 resolv.conf 中有搜索域和 ndots 选项，使 C 库先查询 ${host} 再查询名称本身。该域对任何名称都应答 ${address}，${meant['zh-CN']}，程序因此走错地方。请去掉搜索域或 ndots（--dns-search .、--dns-option ndots:1）。`,
    },
    grade: 'inferred',
    owner: 'administrator',
    evidence: [fromFlow(flow), fromFact('resolver', same(`${host} -> ${address}`))],
    fixes: [],
    explains: [flow.id],
  };
}
