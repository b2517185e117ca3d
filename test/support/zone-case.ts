import type { Cause } from '../../shared/cause.ts';
import type { Destination, FlowResult, Origin, Outcome } from '../../shared/flow.ts';
import { applyEvent, emptyRun, RUN_SCHEMA, type Run, type RunEvent } from '../../shared/run.ts';
import { same } from '../../shared/text.ts';
import type { Journey, Packet, RulePlace } from '../../shared/trace.ts';

/** docker0 taken out of firewalld's zone, as a run on Debian 12 tells it. */
const guest: Origin = { where: 'guest' };
const box1: Origin = {
  where: 'container',
  name: 'box1',
  network: 'bridge',
  pid: 1432,
  address: '172.17.0.2',
};
const byIp: Destination = {
  what: 'internet-ip',
  proto: 'tcp',
  host: '1.1.1.1',
  port: 80,
  label: '1.1.1.1:80',
};
const byName: Destination = {
  what: 'internet-name',
  proto: 'tcp',
  host: 'example.com',
  port: 80,
  label: 'example.com:80',
};

function flow(id: string, from: Origin, to: Destination, outcome: Outcome, detail: string): RunEvent {
  const result: FlowResult = { id, kind: to.what, from, to, outcome, ms: 12, detail, commandId: 'c3' };
  return { type: 'flow', t: 3000, flow: result };
}

const place: RulePlace = {
  family: 'inet',
  table: 'firewalld',
  chain: 'filter_FWD_public',
  hook: 'forward',
  priority: 10,
  baseChain: 'filter_FORWARD',
  handle: 147,
  position: 6,
  rule: 'reject with icmpx admin-prohibited',
  policy: false,
  backend: 'nft',
};

const packet: Packet = {
  iif: 'docker0',
  oif: 'enp0s3',
  src: '172.17.0.2',
  dst: '1.1.1.1',
  proto: 'tcp',
  sport: 53488,
  dport: 80,
  ipId: 8912,
  flags: 'syn',
  ttl: 63,
};

const journey: Journey = {
  id: 'j1',
  flowId: 'box1→1.1.1.1',
  direction: 'request',
  packet,
  stops: [
    {
      family: 'ip',
      table: 'filter',
      baseChain: 'FORWARD',
      hook: 'forward',
      priority: 0,
      packet,
      rules: [{ chain: 'FORWARD', text: '-i docker0 ! -o docker0 -j ACCEPT', handle: 31, verdict: 'accept' }],
      verdict: 'accept',
      policy: false,
    },
    {
      family: 'inet',
      table: 'firewalld',
      baseChain: 'filter_FORWARD',
      hook: 'forward',
      priority: 10,
      packet,
      rules: [
        {
          chain: 'filter_FORWARD',
          text: 'jump filter_FORWARD_ZONES',
          handle: 12,
          verdict: 'jump',
          target: 'filter_FORWARD_ZONES',
        },
        {
          chain: 'filter_FORWARD_ZONES',
          text: 'goto filter_FWD_public',
          handle: 98,
          verdict: 'goto',
          target: 'filter_FWD_public',
        },
        {
          chain: 'filter_FWD_public',
          text: 'reject with icmpx admin-prohibited',
          handle: 147,
          verdict: 'drop',
        },
      ],
      verdict: 'reject',
      policy: false,
    },
  ],
  end: 'rejected',
  at: place,
};

const cause: Cause = {
  id: 'firewalld-zone',
  title: {
    en: 'docker0 is in no firewalld zone that lets containers out',
    'zh-CN': 'docker0 不在允许容器访问外部的 firewalld 区域中',
  },
  says: {
    en: 'firewalld rejects what docker0 forwards, because docker0 is not in the zone docker.',
    'zh-CN': 'docker0 不在区域 docker 中，因此 firewalld 拒绝了它转发的流量。',
  },
  grade: 'traced',
  owner: 'firewalld',
  where: place,
  evidence: [
    {
      kind: 'journey',
      ref: 'j1',
      says: { en: 'The packet died at that rule.', 'zh-CN': '数据包在该规则处终止。' },
    },
  ],
  fixes: [
    {
      title: { en: 'Put docker0 into the zone docker', 'zh-CN': '把 docker0 加入区域 docker' },
      commands: ['firewall-cmd --permanent --zone=docker --add-interface=docker0', 'firewall-cmd --reload'],
      applies: 'at-once',
      undo: ['firewall-cmd --permanent --zone=docker --remove-interface=docker0', 'firewall-cmd --reload'],
    },
  ],
  explains: ['box1→1.1.1.1', 'box1→example.com'],
};

/** Every kind of event that a run can have, in the order in which a run has them. */
export const ZONE_EVENTS: readonly RunEvent[] = [
  {
    type: 'started',
    t: 0,
    schema: RUN_SCHEMA,
    culprit: '0.1.0',
    at: '2026-11-22T14:00:00.000Z',
    machine: { kind: 'virtualbox', id: '5ad6a5b3-65e2-4e36-8dcb-76cbd1a31c0e', name: 'shop' },
    targets: ['http://1.1.1.1/', 'http://example.com/'],
  },
  { type: 'step-began', t: 1, step: 'connect' },
  { type: 'step-ended', t: 400, step: 'connect', ms: 399 },
  { type: 'step-began', t: 401, step: 'probe' },
  {
    type: 'command',
    t: 402,
    id: 'c1',
    purpose: { en: 'The whole ruleset', 'zh-CN': '完整的规则集' },
    script: 'nft -j -a list ruleset',
    asRoot: true,
  },
  {
    type: 'command',
    t: 403,
    id: 'c2',
    purpose: { en: 'The ufw rules', 'zh-CN': 'ufw 规则' },
    script: 'ufw status',
    asRoot: true,
  },
  {
    type: 'answer',
    t: 800,
    id: 'c1',
    code: 0,
    stdout: '{"nftables": []}\n',
    stderr: '',
    timedOut: false,
    truncated: false,
    ms: 398,
  },
  {
    type: 'answer',
    t: 801,
    id: 'c2',
    code: 127,
    stdout: '',
    stderr: 'sh: ufw: not found\n',
    timedOut: false,
    truncated: false,
    ms: 20,
  },
  {
    type: 'fact',
    t: 802,
    probe: 'ruleset',
    commandId: 'c1',
    ok: true,
    summary: { en: '5 tables, 212 rules', 'zh-CN': '5 个表，212 条规则' },
  },
  {
    type: 'fact',
    t: 803,
    probe: 'ufw',
    commandId: 'c2',
    ok: false,
    reason: 'tool-missing',
    detail: same('ufw: not found'),
  },
  { type: 'guest', t: 804, facts: { kernel: '6.1.0-56-cloud-amd64', docker: '20.10.24' } },
  { type: 'step-ended', t: 2000, step: 'probe', ms: 1599 },
  { type: 'step-began', t: 2001, step: 'flow' },
  {
    type: 'command',
    t: 2002,
    id: 'c3',
    purpose: { en: 'Who reaches what', 'zh-CN': '测试连通情况' },
    script: "nsenter -t 1432 -n sh -c '…'",
    asRoot: true,
  },
  flow('guest→1.1.1.1', guest, byIp, 'ok', 'connected'),
  flow('guest→example.com', guest, byName, 'ok', 'connected'),
  flow('box1→1.1.1.1', box1, byIp, 'prohibited', 'No route to host'),
  flow('box1→example.com', box1, byName, 'prohibited', 'No route to host'),
  { type: 'step-ended', t: 4000, step: 'flow', ms: 1999 },
  {
    type: 'tracer',
    t: 4001,
    backend: 'nft',
    whyNot: [
      { backend: 'legacy', why: { en: 'no logger is bound to IPv4', 'zh-CN': '没有日志记录器绑定到 IPv4' } },
    ],
  },
  { type: 'journey', t: 5000, journey },
  {
    type: 'rule-note',
    t: 6000,
    rule: 'mtu',
    outcome: 'cannot-tell',
    says: { en: 'no large transfer was tried', 'zh-CN': '没有测试大流量传输' },
  },
  { type: 'cause', t: 6001, cause },
  {
    type: 'verdict',
    t: 6002,
    verdict: 'problem',
    says: {
      en: 'firewalld keeps containers off the network.',
      'zh-CN': 'firewalld 阻断了容器的网络。',
    },
  },
  {
    type: 'residue',
    t: 7000,
    residue: { checked: true, rules: [], sysctls: [], interfaces: [], processes: [] },
  },
  { type: 'ended', t: 7001, how: 'done' },
];

/** The run that these events tell. */
export function runOf(events: readonly RunEvent[]): Run {
  return events.reduce(applyEvent, emptyRun());
}
