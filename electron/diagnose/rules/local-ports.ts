import type { FlowResult } from '../../../shared/flow.ts';
import { same, type Text } from '../../../shared/text.ts';
import { quote } from '../../connect/quote.ts';
import { namespaceOf } from '../../probe/containers.ts';
import { fromFact, fromFlow } from '../evidence.ts';
import { defineRule, type Finding } from '../rule.ts';
import { startsIn } from '../select.ts';
import { IP_SYSCTL, man } from '../sources.ts';
import { sysctlFix } from '../sysctl-fix.ts';

const KEY = 'net.ipv4.ip_local_port_range';
/** What Linux begins with. */
const USUAL = '32768 60999';
/** connect(2): EADDRNOTAVAIL says so over TCP, EAGAIN over UDP. */
const NO_PORT = /cannot assign requested address|resource temporarily unavailable/i;

/** A place whose connections cannot even begin: the port that each of them is sent from is taken from a range with none left. */
export const localPorts = defineRule({
  id: 'local-ports',
  needs: ['docker', 'containers', 'sysctls'],
  causes: { 'no-local-port-left': { sources: [IP_SYSCTL, man('connect(2)')] } },
  judge: ({ docker, containers, sysctls }, scene) => {
    const refused = scene.bad.filter(({ detail }) => NO_PORT.test(detail));
    const inside = docker.containers.flatMap(({ id, name }): Finding[] => {
      const netns = namespaceOf(containers, id);
      const flows = refused.filter(({ from }) => startsIn(name, from));
      const range = rangeOf(netns?.sysctls[KEY]);
      if (!netns || !range) return [];
      const set = (value: string) => [`nsenter -t ${netns.pid} -n sysctl -w ${KEY}=${quote(value)}`];
      const now = { commands: set(USUAL), undo: set(range.text) };
      return finding(name, 'containers', range, flows, {
        ...now,
        title: TITLE,
        applies: 'at-once',
        trial: now,
        warning: {
          en: 'It holds until the container starts again: take --sysctl from how it is run, too.',
          'zh-CN': '仅在容器重新启动之前有效：还需从其运行参数中去掉相应的 --sysctl。',
        },
      });
    });
    const range = rangeOf(sysctls[KEY]);
    const own = refused.filter(({ from }) => from.where === 'guest');
    if (!range) return inside;
    const fix = sysctlFix(KEY, { from: range.text, to: USUAL }, { title: TITLE });
    return [...inside, ...finding('VM', 'sysctls', range, own, fix)];
  },
});

const TITLE: Text = { en: 'Give it the usual range of ports', 'zh-CN': '恢复通常的端口范围' };

interface PortRange {
  text: string;
  from: number;
  to: number;
}

/** `32768\t60999`, as /proc has it. */
function rangeOf(value: string | undefined): PortRange | undefined {
  const [, from, to] = /^(\d+)\s+(\d+)$/.exec(value ?? '') ?? [];
  return from && to ? { text: `${from} ${to}`, from: Number(from), to: Number(to) } : undefined;
}

function finding(
  who: string,
  ref: 'containers' | 'sysctls',
  range: PortRange,
  flows: readonly FlowResult[],
  fix: Finding['fixes'][number],
): Finding[] {
  if (flows.length === 0) return [];
  const { from, to, text } = range;
  const count = to - from + 1;
  const few = count < 1024;
  const ports: Text =
    count === 1
      ? { en: `the one port ${from}`, 'zh-CN': `仅有的端口 ${from}` }
      : { en: `the ${count} ports from ${from} to ${to}`, 'zh-CN': `${from} 至 ${to} 的 ${count} 个端口` };
  return [
    {
      id: 'no-local-port-left',
      layer: who === 'VM' ? 'kernel' : 'container',
      insteadOf: [
        ...['dns-udp-blocked', 'dns-tcp-blocked', 'resolver-dead', 'container-dns-wrong', 'nat-dns-dead'],
        ...(who === 'VM' ? ['machine-offline'] : []),
      ],
      title: {
        en: `${who === 'VM' ? 'The VM' : who} has no local port left to connect from: ${KEY} is ${text}`,
        'zh-CN': `${who === 'VM' ? '虚拟机' : who} 已没有可用于发起连接的本地端口：${KEY} 为 ${text}`,
      },
      says: {
        en: `Whatever connects takes a port of its own for it, out of ${KEY}; of ${ports.en} none was free, and the connection failed before any packet was sent. ${few ? 'So few are soon taken: a connection that ended keeps its port for a minute.' : 'Something in there holds very many connections, or opens them one after the other: “ss -tan” tells which.'} Whether a flow works is chance, then.`,
        'zh-CN': `每个发起的连接都要从 ${KEY} 中占用一个自己的端口；${ports['zh-CN']}当时全部被占用，连接在发出任何数据包之前就失败了。${few ? '端口这么少很快就会占满：已结束的连接还会占用端口约一分钟。' : '其中有程序保持着大量连接，或不断地新建连接：可用 “ss -tan” 查看。'}因此流量能否成功全凭运气。`,
      },
      grade: 'inferred',
      owner: 'administrator',
      evidence: [fromFact(ref, same(`${who}: ${KEY} = ${text}`)), ...flows.slice(0, 3).map(fromFlow)],
      fixes: few ? [fix] : [],
      explains: flows.map((f) => f.id),
    },
  ];
}
