import type { Text } from '../../shared/text.ts';

/** Texts that are taken for a tracer's, by how a line of them begins. */
const OTHERS = {
  'nft-json': /^\{"(?:trace|metainfo|nftables|add|delete|insert|replace)"/,
  rules:
    /^(?:table (?:ip|ip6|inet|arp|bridge|netdev) \S+ \{|\*(?:filter|nat|mangle|raw|security)$|Chain \S+ \()/,
  // classic pcap, and pcapng: as far as they are characters
  tcpdump: /^(?:\d\d:\d\d:\d\d\.\d{6} (?:\S+ +\S+ +)?IP6? |\ufffd\u00f2\ufffd|.{0,4}M<\+\x1a)/,
  journal: /^LPKSHHRH/,
} as const;

/** A text that is not a tracer's. */
export type OtherText = keyof typeof OTHERS;

/** What a line is of that no tracer printed. */
export function otherText(line: string): OtherText | undefined {
  return (Object.keys(OTHERS) as OtherText[]).find((name) => OTHERS[name].test(line));
}

const LOOKED_FOR: Text = {
  en: 'Culprit reads what “nft monitor trace”, “xtables-monitor --trace” and iptables’ TRACE and LOG targets print (“IN=… OUT=… SRC=…”), also from syslog, dmesg and journalctl.',
  'zh-CN':
    'Culprit 能读取 nft monitor trace、xtables-monitor --trace 以及 iptables 的 TRACE 和 LOG 目标的输出（“IN=… OUT=… SRC=…”），来自 syslog、dmesg 和 journalctl 的也可以。',
};

const INSTEAD: Record<OtherText, Text> = {
  'nft-json': {
    en: 'It is JSON of nft: leave out “-j”.',
    'zh-CN': '这是 nft 的 JSON 输出：请去掉 -j。',
  },
  rules: {
    en: 'It lists rules; what packets did is not in it.',
    'zh-CN': '其中列出的是规则，没有数据包的经过。',
  },
  tcpdump: {
    en: 'It is a capture: that shows packets, and no rule that they met.',
    'zh-CN': '这是抓包结果：只有数据包，没有它们遇到的规则。',
  },
  journal: {
    en: 'It is the journal’s own file: “journalctl -k --file FILE > trace.log” makes a text of it.',
    'zh-CN': '这是 journal 自身的文件：用 journalctl -k --file FILE > trace.log 转成文本。',
  },
};

/** What to say of a log in which there was no packet: what was looked for, what it seems to be, how to make one. */
export function nothingRead(lines: number, seems?: OtherText): { what: Text; meaning: Text; next: Text } {
  const instead = seems && INSTEAD[seems];
  return {
    what: {
      en: `No packet was found in this log: none of its ${lines} lines is of a tracer that Culprit reads.`,
      'zh-CN': `此日志中没有找到数据包：全部 ${lines} 行都不是 Culprit 能读取的跟踪输出。`,
    },
    meaning: instead
      ? { en: `${instead.en} ${LOOKED_FOR.en}`, 'zh-CN': `${instead['zh-CN']}${LOOKED_FOR['zh-CN']}` }
      : LOOKED_FOR,
    next: {
      en: 'To make such a log, mark the packets in the machine (“iptables -t raw -I PREROUTING -p tcp --dport 80 -j TRACE”), try again, and keep what “xtables-monitor --trace” prints; with iptables-legacy, what “dmesg -w” does. Then delete the rule (“-D” for “-I”).',
      'zh-CN':
        '要得到这样的日志：在机器中标记数据包（iptables -t raw -I PREROUTING -p tcp --dport 80 -j TRACE），再试一次，并保存 xtables-monitor --trace 的输出；使用 iptables-legacy 时则保存 dmesg -w 的输出。之后删除该规则（把 -I 换成 -D）。',
    },
  };
}
