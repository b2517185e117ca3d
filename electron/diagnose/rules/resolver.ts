import type { FlowResult } from '../../../shared/flow.ts';
import type { NatDns } from '../../../shared/nat-dns.ts';
import { same, type Text } from '../../../shared/text.ts';
import { deadServers, isSix, natServer, noWay } from '../dead-server.ts';
import { fromFact, fromFlow } from '../evidence.ts';
import { resolvConfFix } from '../resolv-conf-fix.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { man, thread, VIRTUALBOX_NAT } from '../sources.ts';
import { lostForNames } from '../spread.ts';

/** Names don't resolve because the VM's own name server is dead, and with it its containers'. */
export const resolver = defineRule({
  id: 'resolver',
  needs: ['resolver'],
  causes: {
    'resolver-dead': {
      sources: [
        man('resolv.conf(5)'),
        thread('moby/moby#49665', 'DNS resolution not working inside containers'),
        thread(
          'moby/moby#46968',
          'Erroneously filtering out non-local IPv6 DNS servers when using user-defined networks',
        ),
      ],
    },
    'nat-dns-dead': {
      sources: [
        thread('hashicorp/vagrant#1843', 'DNS resolution fails after changing networks'),
        thread('hashicorp/vagrant#3079', 'NAT VirtualBox Provider Bug'),
        VIRTUALBOX_NAT,
      ],
      holds: 'VirtualBox with its network mode NAT',
    },
  },
  judge: ({ resolver: own }, scene) => {
    const { fromGuest } = deadServers(scene);
    return fromGuest.length > 0 ? [guestServer(fromGuest, own.linkTarget, scene)] : [];
  },
});

function guestServer(dead: FlowResult[], link: string | null, scene: Scene): Finding {
  const servers = [...new Set(dead.map((f) => f.to.host))].join(', ');
  const nat = dead.every((f) => f.to.host === natServer(scene));
  const explains = lostForNames(scene, () => true);
  const whose: Text = nat
    ? {
        en: `${servers} is VirtualBox NAT's own DNS proxy, which passes questions on to the Mac's servers: it goes dead when the Mac changes networks or a VPN comes or goes. Have the VM ask for its network anew: VBoxManage controlvm NAME setlinkstate1 off, then on. ${natMode(scene.natDns).en}`,
        'zh-CN': `${servers} 是 VirtualBox NAT 自带的 DNS 代理，它把查询转给 Mac 的 DNS 服务器：Mac 切换网络或 VPN 变化时它可能失效。请让虚拟机重新获取网络配置：VBoxManage controlvm NAME setlinkstate1 off，然后 on。${natMode(scene.natDns)['zh-CN']}`,
      }
    : {
        en: `/etc/resolv.conf${link ? ` (${link})` : ''} of the VM names ${servers}, which does not answer${noWay(dead).en}; Docker passes the same server on to containers${dead.every(isSix) ? ', or 8.8.8.8 in its place where they have no IPv6' : ''}.`,
        'zh-CN': `虚拟机的 /etc/resolv.conf${link ? `（${link}）` : ''} 指定的 ${servers} 没有应答${noWay(dead)['zh-CN']}；Docker 会把同一服务器交给容器使用${dead.every(isSix) ? '，对没有 IPv6 的容器则改用 8.8.8.8' : ''}。`,
      };
  return {
    id: nat ? 'nat-dns-dead' : 'resolver-dead',
    layer: 'machine',
    title: nat
      ? {
          en: `VirtualBox NAT's DNS ${servers} does not answer`,
          'zh-CN': `VirtualBox NAT 的 DNS ${servers} 没有应答`,
        }
      : {
          en: `The VM's name server ${servers} does not answer (resolv.conf)`,
          'zh-CN': `虚拟机的 DNS 服务器 ${servers} 没有应答（resolv.conf）`,
        },
    says: {
      en: `Addresses can be reached and names can't: not even the VM itself gets an answer from its DNS server. ${whose.en}`,
      'zh-CN': `IP 可达但名称无法解析：连虚拟机自身也得不到其 DNS 服务器的应答。${whose['zh-CN']}`,
    },
    grade: 'inferred',
    owner: nat ? 'virtualbox' : 'administrator',
    evidence: [
      ...dead.slice(0, 2).map(fromFlow),
      fromFact('resolver', same(`nameserver ${servers}`)),
      ...scene.flows
        .filter((f) => f.kind === 'internet-ip' && f.from.where === 'guest')
        .slice(0, 1)
        .map(fromFlow),
    ],
    fixes: nat ? [] : [resolvConfFix(servers, scene)],
    explains: explains.map((f) => f.id),
  };
}

/** Which DNS mode the VM's NAT has, as far as it is known, and what changing it would do. */
function natMode(adapters: readonly NatDns[] | undefined): Text {
  // with NAT on several adapters nobody knows here through which of them the questions go
  const [nat, ...others] = adapters ?? [];
  if (nat === undefined || others.length > 0)
    return {
      en: 'Up to VirtualBox 7.0, modifyvm NAME --natdnshostresolver1 on makes it follow the Mac; later versions take that option and ignore it.',
      'zh-CN':
        '在 VirtualBox 7.0 及更早版本中，modifyvm NAME --natdnshostresolver1 on 可使其跟随 Mac 的设置；更新的版本接受该选项但会忽略它。',
    };
  const { slot, proxy, hostResolver } = nat;
  const resolver = `--natdnshostresolver${slot}`;
  if (hostResolver)
    return {
      en: `The VM's settings have ${resolver} on already, with which VirtualBox up to 7.0 asks as the Mac does, and which later versions ignore: where that does not help, turn the VM off and start it again.`,
      'zh-CN': `该虚拟机的设置中 ${resolver} 已经打开：7.0 及更早版本的 VirtualBox 会据此像 Mac 一样查询，更新的版本会忽略它。若仍无效，请关闭虚拟机后重新启动。`,
    };
  const mode = proxy ? `--natdnsproxy${slot} on` : `--natdnsproxy${slot} off, ${resolver} off`;
  const change = `modifyvm NAME ${proxy ? `--natdnsproxy${slot} off ` : ''}${resolver} on`;
  return {
    en: `The VM's settings have ${mode}. Up to VirtualBox 7.0, ${change} (with the VM off) makes it follow the Mac; later versions take these options and ignore them.`,
    'zh-CN': `该虚拟机的设置为 ${mode}。在 VirtualBox 7.0 及更早版本中，关闭虚拟机后执行 ${change} 可使其跟随 Mac 的设置；更新的版本接受这些选项但会忽略它们。`,
  };
}
