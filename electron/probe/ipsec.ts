import type { Answer } from '../connect/guest.ts';
import { lines, needTool, sections } from './lib/answer.ts';
import { IP_COMMAND } from './lib/ip-command.ts';
import { defineProbe } from './probe.ts';

/** A policy of IPsec: what the kernel does with packets between these prefixes before it lets them pass. */
export interface IpsecPolicy {
  /** Prefixes: `172.18.0.0/16`. */
  src: string;
  dst: string;
  /** What else a packet must have, as ip prints it (`proto tcp dport 80`), or ''. */
  more: string;
  dir: 'in' | 'out' | 'fwd';
  /** `block` throws packets away; `allow` wants them in a tunnel where it has templates, and lets them pass where it has none. */
  action: 'allow' | 'block';
  priority: number;
  /** The tunnels that it wants packets to come or go by: `src 192.0.2.1 dst 198.51.100.7`. */
  templates: string[];
}

/** Nothing but words that ip itself could have printed: they come back in a command. */
const SELECTOR = /^src ([\da-f.:/]+) dst ([\da-f.:/]+)((?: [\w.:/-]+)*)\s*$/;
const DIRECTION = /^\s+dir (in|out|fwd) (?:action (block) )?priority (\d+)/;
const TEMPLATE = /^\s+tmpl (src \S+ dst \S+)/;

/**
 * Reads `ip xfrm policy` (iproute2 5.9, 6.1 and 6.15; it knows no JSON for it). Policies of single sockets, which IKE daemons
 * give their own, are left out.
 */
export function parseIpsecPolicies(text: readonly string[]): IpsecPolicy[] {
  const all: IpsecPolicy[] = [];
  let selector: Pick<IpsecPolicy, 'src' | 'dst' | 'more'> | undefined;
  for (const line of text) {
    if (line.startsWith('src ')) {
      const [, src, dst, more = ''] = SELECTOR.exec(line) ?? [];
      selector = src !== undefined && dst !== undefined ? { src, dst, more: more.trim() } : undefined;
      continue;
    }
    const [, dir, action = 'allow', priority] = DIRECTION.exec(line) ?? [];
    if (dir !== undefined && selector)
      all.push({
        ...selector,
        dir: dir as IpsecPolicy['dir'],
        action: action as IpsecPolicy['action'],
        priority: Number(priority),
        templates: [],
      });
    if (/^\s+socket /.test(line)) selector = undefined;
    // a template is that of the policy before it
    const [, template] = TEMPLATE.exec(line) ?? [];
    if (template !== undefined && selector) all.at(-1)?.templates.push(template);
  }
  return all;
}

function parse(answer: Answer): IpsecPolicy[] {
  needTool(answer, 'ip');
  return parseIpsecPolicies(lines(sections(answer.stdout).get('xfrm')));
}

/** The VM's IPsec policies, which end packets as firewall rules do, and stand in no ruleset. */
export const ipsec = defineProbe({
  id: 'ipsec',
  command: IP_COMMAND,
  parse,
  summary: (all) => ({ en: `${all.length} policies`, 'zh-CN': `${all.length} 条策略` }),
});
