import { same } from '../../../shared/text.ts';
import { EMBEDDED_DNS } from '../../flow/kinds/container-name.ts';
import { failed } from '../../flow/telling.ts';
import { namespaceOf } from '../../probe/containers.ts';
import { lostForDockerNames, unansweredByDocker } from '../docker-names.ts';
import { fromFact, fromFlow, someFlows } from '../evidence.ts';
import { restartContainer } from '../restart-container.ts';
import { defineRule, type Finding } from '../rule.ts';
import { reachesOutside, startsIn } from '../select.ts';
import { DOCKER_BRIDGE, thread } from '../sources.ts';

/**
 * Docker's own name server, 127.0.0.11: it can't be reached in the container (nobody listens, or the rules that lead port
 * 53 to it are gone), or those that it asks do not answer.
 */
export const embeddedDns = defineRule({
  id: 'embedded-dns',
  needs: ['docker', 'containers', 'resolver'],
  causes: {
    'embedded-dns-unreachable': {
      sources: [
        thread(
          'moby/libnetwork#1938',
          'Firewalld installation on a docker container will make embedded dns unusable',
        ),
        thread('docker/for-linux#179', 'Embedded DNS not resolving hostname'),
        DOCKER_BRIDGE,
      ],
      holds: 'Docker 1.10 and later, networks other than the default bridge',
    },
    'embedded-dns-upstream-dead': {
      sources: [
        thread('docker/for-linux#392', '`127.0.0.11` fails to resolve'),
        { title: 'Docker: Networking (DNS services)', url: 'https://docs.docker.com/engine/network/' },
      ],
      holds: 'Docker 1.10 and later, networks other than the default bridge',
    },
  },
  judge: ({ docker, containers, resolver }, scene) => {
    return unansweredByDocker(scene).flatMap((flow): Finding[] => {
      const container = docker.containers.find((c) => startsIn(c.name, flow.from));
      const inside = container && namespaceOf(containers, container.id);
      if (!container || !inside) return [];
      const { name } = container;
      const names = lostForDockerNames(name, scene);
      const port = inside.listeners.find((l) => l.address === EMBEDDED_DNS)?.port;
      const evidence = [fromFlow(flow), ...someFlows(names.filter((f) => f !== flow)).slice(0, 2)];
      const explains = names.map((f) => f.id);
      // the kernel itself refuses: nobody is at port 53
      if (/connection refused/i.test(flow.detail))
        return [
          {
            id: 'embedded-dns-unreachable',
            layer: 'name',
            insteadOf: ['resolver-dead', 'nat-dns-dead'],
            title: {
              en: `Docker's name server ${EMBEDDED_DNS} can't be reached in ${name}`,
              'zh-CN': `${name} 内无法访问 Docker 的 DNS 服务器 ${EMBEDDED_DNS}`,
            },
            says:
              port === undefined
                ? {
                    en: `${name} asks ${EMBEDDED_DNS} for every name, and in its network namespace nobody listens there: Docker's own name server is gone from it. Docker opens it when the container starts.`,
                    'zh-CN': `${name} 的所有名称都向 ${EMBEDDED_DNS} 查询，但其网络命名空间内无人监听：Docker 自己的 DNS 服务器已不在其中。Docker 会在容器启动时打开它。`,
                  }
                : {
                    en: `${name} asks ${EMBEDDED_DNS} for every name. Docker's name server listens in its network namespace on port ${port}, and the nat rules there that lead port 53 to it (DOCKER_OUTPUT) are missing: something in the container flushed iptables. Docker sets them when the container starts.`,
                    'zh-CN': `${name} 的所有名称都向 ${EMBEDDED_DNS} 查询。Docker 的 DNS 服务器在其网络命名空间内监听端口 ${port}，但把 53 端口引向它的 nat 规则（DOCKER_OUTPUT）已丢失：容器内有程序清空了 iptables。Docker 会在容器启动时设置这些规则。`,
                  },
            grade: 'inferred',
            owner: 'administrator',
            evidence: [fromFact('containers', same(`${name}: ${EMBEDDED_DNS}:${port ?? '-'}`)), ...evidence],
            fixes: [restartContainer(name)],
            explains,
          },
        ];
      const known = scene.flows.filter((f) => startsIn(name, f.from) && f.kind === 'container-name');
      const own = scene.flows.filter((f) => f.from.where === 'guest' && f.kind === 'dns-server');
      const answers = own.some((f) => f.outcome === 'ok' && f.to.proto === 'udp');
      if (!answers || !reachesOutside(flow, scene) || known.some(failed)) return [];
      const given = container.dns.length > 0;
      const servers = (given ? container.dns : ['?']).join(', ');
      return [
        {
          id: 'embedded-dns-upstream-dead',
          layer: 'name',
          insteadOf: ['resolver-dead'],
          title: given
            ? {
                en: `${name} was given the name server ${servers}, which does not answer`,
                'zh-CN': `${name} 被指定使用 DNS 服务器 ${servers}，但它没有应答`,
              }
            : {
                en: `Docker's name server in ${name} asks servers that do not answer`,
                'zh-CN': `${name} 内 Docker 的 DNS 服务器所询问的上游没有应答`,
              },
          says: given
            ? {
                en: `${name} reaches addresses on the internet, and names of other containers resolve; for all other names Docker's ${EMBEDDED_DNS} asks ${servers}, as --dns (or "dns" in compose or daemon.json) says, and gets no answer. The VM's own server ${resolver.servers.join(', ')} does answer.`,
                'zh-CN': `${name} 能访问互联网 IP，其他容器的名称也能解析；其余名称由 Docker 的 ${EMBEDDED_DNS} 按 --dns（或 compose、daemon.json 中的 "dns"）询问 ${servers}，但没有应答。虚拟机自身的服务器 ${resolver.servers.join('、')} 有应答。`,
              }
            : {
                en: `${name} reaches addresses on the internet, and the VM's name server ${resolver.servers.join(', ')} answers the VM. Docker's ${EMBEDDED_DNS} asks those servers that the VM's resolv.conf named when the container started: they were others, or answer only to the VM.`,
                'zh-CN': `${name} 能访问互联网 IP，虚拟机的 DNS 服务器 ${resolver.servers.join('、')} 也能应答虚拟机。Docker 的 ${EMBEDDED_DNS} 询问的是容器启动时虚拟机 resolv.conf 中的服务器：当时是别的服务器，或只应答虚拟机。`,
              },
          grade: 'inferred',
          owner: given ? 'administrator' : 'docker',
          evidence: [
            ...(given ? [fromFact('docker', same(`${name}: HostConfig.Dns ${servers}`))] : []),
            fromFact('resolver', same(`nameserver ${resolver.servers.join(', ')}`)),
            ...evidence,
          ],
          fixes: given
            ? []
            : [
                restartContainer(name, {
                  en: 'It then takes over the servers that resolv.conf names now.',
                  'zh-CN': '之后它会采用 resolv.conf 现在指定的服务器。',
                }),
              ],
          explains,
        },
      ];
    });
  },
});
