import { same, type Text } from '../../../shared/text.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { defineRule, type Finding } from '../rule.ts';
import { startsIn } from '../select.ts';
import { man, thread } from '../sources.ts';
import { lostForNames } from '../spread.ts';

/** No name server is named at all: then the C library asks the machine itself, where nobody answers. */
export const noNameServer = defineRule({
  id: 'no-name-server',
  needs: ['resolver', 'docker', 'containers'],
  causes: {
    'no-name-server': {
      sources: [
        man('resolv.conf(5)'),
        thread('moby/libnetwork#924', 'Support host with only a loopback nameserver in `/etc/resolv.conf`'),
        thread(
          'containerd/containerd#10539',
          "The host /etc/resolv.conf is empty, and the container's /etc/resolv.conf is configured with the default nameserver 8.8.8.8, like docker",
        ),
      ],
    },
  },
  judge: ({ resolver, docker, containers }, scene) => {
    const asked = (starts: (from: (typeof scene.bad)[number]['from']) => boolean) =>
      lostForNames(scene, (f) => starts(f.from));
    const finding = (
      who: Text,
      file: string,
      fact: 'resolver' | 'containers',
      flows: typeof scene.bad,
    ): Finding => ({
      id: 'no-name-server',
      layer: fact === 'resolver' ? 'machine' : 'name',
      insteadOf: ['resolver-dead', 'nat-dns-dead', 'container-dns-wrong', 'container-dns-stub'],
      title: {
        en: `${who.en} names no name server (resolv.conf)`,
        'zh-CN': `${who['zh-CN']}没有指定任何 DNS 服务器（resolv.conf）`,
      },
      says: {
        en: `${file} has no nameserver line, so programs ask 127.0.0.1, where nobody answers: no name resolves although addresses can be reached. With VirtualBox NAT the server is 10.0.2.3; whatever writes the file (DHCP, systemd-resolved, resolvconf, Docker) left it out.`,
        'zh-CN': `${file} 中没有 nameserver 行，因此程序会询问 127.0.0.1，而那里无人应答：虽能访问 IP，却无法解析任何名称。使用 VirtualBox NAT 时服务器是 10.0.2.3；写入该文件的程序（DHCP、systemd-resolved、resolvconf、Docker）没有写上它。`,
      },
      grade: 'inferred',
      owner: 'administrator',
      evidence: [fromFact(fact, same(`${file}: nameserver -`)), ...someFlows(flows)],
      fixes:
        fact === 'resolver'
          ? [
              {
                title: { en: 'Name VirtualBox NAT’s server', 'zh-CN': '指定 VirtualBox NAT 的 DNS 服务器' },
                commands: [
                  'cp -a /etc/resolv.conf /etc/resolv.conf.bak',
                  "echo 'nameserver 10.0.2.3' >>/etc/resolv.conf",
                ],
                undo: ['mv /etc/resolv.conf.bak /etc/resolv.conf'],
                applies: 'at-once',
                applied: {
                  edits: [{ how: 'append', path: '/etc/resolv.conf', line: 'nameserver 10.0.2.3' }],
                  commands: [],
                  undo: [],
                },
                warning: {
                  en: 'Containers take it over when they are restarted.',
                  'zh-CN': '容器重启后才会使用新设置。',
                },
                containersRestart: true,
              },
            ]
          : [],
      explains: flows.map((f) => f.id),
    });
    const own = asked((from) => from.where === 'guest');
    const vm =
      resolver.servers.length === 0 && own.length > 0
        ? [finding({ en: 'The VM', 'zh-CN': '虚拟机' }, '/etc/resolv.conf', 'resolver', own)]
        : [];
    const inside = docker.containers.flatMap((container) => {
      const net = containers.containers.find((c) => c.id === container.id);
      const mine = asked((from) => startsIn(container.name, from));
      if (!net?.resolver || net.hostNetwork || net.resolver.servers.length > 0 || mine.length === 0)
        return [];
      return [finding(same(container.name), `/etc/resolv.conf in ${container.name}`, 'containers', mine)];
    });
    return [...vm, ...inside];
  },
});
