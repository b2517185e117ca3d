import type { Destination } from '../../../shared/flow.ts';
import type { Lang } from '../../../shared/text.ts';

interface FlowPhrases {
  summary(all: number, failing: number): string;
  none: string;
  to: string;
  notTried: string;
  kinds: Record<Destination['what'], string>;
  tries(ok: number, of: number): string;
  said: string;
  nothingSaid: string;
  time: string;
  inTimeline: string;
  showPath: string;
  onlyFailing: string;
  table: string;
  details: string;
}

/** What the matrix of flows says. */
export const FLOW_PHRASES: Record<Lang, FlowPhrases> = {
  en: {
    summary: (all, failing) => {
      const tried = all === 1 ? 'one flow' : `${all} flows`;
      if (failing === 0) return `${tried}, all work`;
      return failing === 1 ? `${tried}, one fails` : `${tried}, ${failing} fail`;
    },
    none: 'No traffic was tried.',
    to: 'To',
    notTried: 'not tried',
    kinds: {
      'internet-ip': 'Internet by IP',
      'internet-name': 'Internet by name',
      gateway: 'Gateway',
      'dns-server': 'DNS',
      'container-ip': 'Container by IP',
      'container-name': 'Container by name',
      'published-port': 'Published port',
    },
    tries: (ok, of) => `${ok} of ${of} tries worked`,
    said: 'What the tool said',
    nothingSaid: 'The tool said nothing.',
    time: 'Time',
    inTimeline: 'Show in timeline',
    showPath: 'Show its packet',
    onlyFailing: 'Only what fails',
    table: 'Who reaches what; arrow keys move between cells',
    details: 'Details',
  },
  'zh-CN': {
    summary: (all, failing) =>
      failing === 0 ? `${all} 条流量，全部正常` : `${all} 条流量，${failing} 条失败`,
    none: '没有测试任何流量。',
    to: '目标',
    notTried: '未测试',
    kinds: {
      'internet-ip': '按 IP 访问互联网',
      'internet-name': '按域名访问互联网',
      gateway: '网关',
      'dns-server': 'DNS',
      'container-ip': '按 IP 访问容器',
      'container-name': '按名称访问容器',
      'published-port': '发布的端口',
    },
    tries: (ok, of) => `${of} 次中成功 ${ok} 次`,
    said: '工具的输出',
    nothingSaid: '工具没有输出。',
    time: '用时',
    inTimeline: '在时间线中显示',
    showPath: '显示其数据包',
    onlyFailing: '仅显示失败',
    table: '连通情况；用方向键在单元格之间移动',
    details: '详细信息',
  },
};
