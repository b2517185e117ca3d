import type { Cause } from '../../shared/cause.ts';
import type { FlowResult } from '../../shared/flow.ts';
import { type Focus, isAbout } from '../../shared/focus.ts';
import { joined, SENTENCES, type Text } from '../../shared/text.ts';
import { failed } from '../flow/telling.ts';
import type { Scene } from './rule.ts';

type Complaint = Exclude<Focus, 'everything'>;

/** What the person complained about works. */
const WORKS: Record<Complaint, Text> = {
  'no-internet': {
    en: 'The containers that were tried reach the internet.',
    'zh-CN': '已测试的容器均能访问互联网。',
  },
  names: { en: 'Names resolve in the containers that were tried.', 'zh-CN': '已测试的容器均能解析域名。' },
  'between-containers': {
    en: 'The containers that were tried reach each other.',
    'zh-CN': '已测试的容器之间均可互通。',
  },
  'published-port': {
    en: 'The published ports that were tried answer.',
    'zh-CN': '已测试的发布端口均有应答。',
  },
};

/** There was nothing of it to try. */
const UNTRIED: Record<Complaint, Text> = {
  'no-internet': {
    en: 'No container’s way to the internet could be tried.',
    'zh-CN': '无法测试任何容器访问互联网的情况。',
  },
  names: { en: 'No container’s names could be tried.', 'zh-CN': '无法测试任何容器的域名解析。' },
  'between-containers': {
    en: 'No traffic between containers could be tried.',
    'zh-CN': '无法测试任何容器之间的流量。',
  },
  'published-port': { en: 'No published port could be tried.', 'zh-CN': '无法测试任何发布端口。' },
};

/** It fails, and nothing that was found explains it. */
const UNEXPLAINED: Text = {
  en: 'What you asked about fails, and what was seen does not say why.',
  'zh-CN': '你所关心的问题确实存在，但现有证据不足以判断原因。',
};
const FOUND_BESIDES: Text = { en: 'Found besides:', 'zh-CN': '另外发现：' };
const NOTHING: Text = { en: '', 'zh-CN': '' };

/**
 * What is to be said of the complaint before a cause that is not about it; nothing where the cause answers it, and
 * where the cause is told without any failing flow, for it may well be what hurts.
 */
export function besideTheComplaint(scene: Scene, cause: Cause, focus: Focus): Text {
  if (focus === 'everything' || cause.explains.length === 0) return NOTHING;
  const about = scene.flows.filter((flow) => isAbout(focus, flow));
  if (about.some(({ id }) => cause.explains.includes(id))) return NOTHING;
  const bad = scene.bad.some((flow) => isAbout(focus, flow));
  const tried = about.filter(({ outcome }) => outcome !== 'skipped');
  if (bad) return joined([UNEXPLAINED, FOUND_BESIDES], SENTENCES);
  const answer = answered(tried, focus);
  return answer === NOTHING ? NOTHING : joined([answer, FOUND_BESIDES], SENTENCES);
}

/** Does what was tried of the complaint work? A failure that tells nothing is no reason to say that all is well. */
function answered(tried: readonly FlowResult[], focus: Complaint): Text {
  if (tried.length === 0) return UNTRIED[focus];
  return tried.some(failed) ? NOTHING : WORKS[focus];
}

/** What was tried on a healthy machine: nobody may read that everything works beside a flow that does not. */
export function whatWorks(tried: readonly FlowResult[]): Text {
  const n = tried.length;
  const quiet = tried.filter(failed).length;
  if (quiet === 0)
    return {
      en: `Everything that was tried works: ${n} flows from the guest and its containers.`,
      'zh-CN': `已测试的全部 ${n} 条流量（虚拟机及其容器）均正常。`,
    };
  const those = quiet === 1 ? 'The one that fails tells' : `The ${quiet} that fail tell`;
  return {
    en: `What has to work works: ${n - quiet} of ${n} flows from the guest and its containers. ${those} of no fault: echoes (ping) and services of the guest itself are often closed on purpose.`,
    'zh-CN': `应当正常的流量均正常：虚拟机及其容器的 ${n} 条流量中有 ${n - quiet} 条正常。失败的 ${quiet} 条不说明有故障：回显（ping）和虚拟机自身的服务常被有意关闭。`,
  };
}

/** The verdict on a healthy machine, with an answer to the complaint. */
export function complaintIsFine(tried: readonly FlowResult[], focus: Complaint): Text {
  const about = tried.filter((flow) => isAbout(focus, flow));
  return joined([answered(about, focus), whatWorks(tried)], SENTENCES);
}
