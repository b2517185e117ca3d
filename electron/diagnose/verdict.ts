import type { Verdict } from '../../shared/cause.ts';
import type { Focus } from '../../shared/focus.ts';
import { lastSeenText, lostText } from '../../shared/lost-text.ts';
import { joined, SENTENCES, type Text } from '../../shared/text.ts';
import { said } from '../../shared/trouble-text/sayings.ts';
import type { NoRootWhy, RootAccess } from '../connect/guest.ts';
import { failed } from '../flow/telling.ts';
import { besideTheComplaint, complaintIsFine, whatWorks } from './complaint.ts';
import type { Diagnosis } from './diagnose.ts';
import type { Scene } from './rule.ts';

interface Conclusion {
  verdict: Verdict;
  says: Text;
}

/**
 * The verdict in one sentence. `healthy` only when container traffic was really tried and all of it works; failing flows
 * without a cause are `cannot-tell`: nobody is accused on a guess.
 */
export function verdictOf(
  scene: Scene,
  diagnosis: Diagnosis,
  root: RootAccess,
  focus: Focus = 'everything',
): Conclusion {
  const [first] = diagnosis.causes;
  if (first)
    return {
      verdict: 'problem',
      says: joined([besideTheComplaint(scene, first, focus), first.title], SENTENCES),
    };
  const tried = scene.flows.filter((f) => f.outcome !== 'skipped');
  const inContainers = tried.filter((f) => f.from.where === 'container' || f.from.where === 'endpoint');
  const left = scene.facts.containers.ok ? scene.facts.containers.value.left : 0;
  if (scene.bad.length > 0)
    return cannotTell(failing(scene), ...lostOf(scene), notLookedInto(left), withoutRoot(root));
  if (!scene.facts.docker.ok && scene.facts.docker.reason === 'tool-missing') {
    return cannotTell({ en: 'There is no Docker in this guest.', 'zh-CN': '此虚拟机中没有 Docker。' });
  }
  if (!scene.facts.docker.ok && scene.facts.docker.reason !== 'no-root') return cannotTell(DOCKER_SILENT);
  if (inContainers.length === 0) {
    const nothing: Text = {
      en: 'No traffic of a container could be tried, so nothing is known about containers.',
      'zh-CN': '无法测试任何容器流量，因此对容器网络一无所知。',
    };
    return cannotTell(nothing, withoutRoot(root));
  }
  if (left > 0) return cannotTell(WHAT_WAS_TRIED_WORKS, notLookedInto(left));
  return {
    verdict: 'healthy',
    says: focus === 'everything' ? whatWorks(tried) : complaintIsFine(tried, focus),
  };
}

const DOCKER_SILENT: Text = {
  en: 'What was tried works, but Docker did not say which containers and networks there are, so nothing is known about them. See “Read the settings” for what it said instead.',
  'zh-CN':
    '已测试的流量均正常，但 Docker 没有说明有哪些容器和网络，因此对它们一无所知。它的回应见“读取设置”。',
};

function cannotTell(...parts: Text[]): Conclusion {
  return { verdict: 'cannot-tell', says: joined(parts, SENTENCES) };
}

const WHAT_WAS_TRIED_WORKS: Text = { en: 'What was tried works.', 'zh-CN': '已测试的流量均正常。' };

/** The traffic and the settings of such containers are not known. */
function notLookedInto(left: number): Text {
  if (left === 0) return { en: '', 'zh-CN': '' };
  return {
    en: `The VM was so slow that there was no time to look into ${left === 1 ? 'one container' : `${left} containers`}: let it come to rest, then diagnose again.`,
    'zh-CN': `虚拟机过慢，有 ${left} 个容器来不及查看：请待其空闲后重新诊断。`,
  };
}

function failing(scene: Scene): Text {
  const n = scene.flows.filter(failed).length;
  const of = scene.flows.filter((f) => f.outcome !== 'skipped').length;
  return {
    en: `${n} of ${of} flows fail, and what was seen does not say why.`,
    'zh-CN': `${of} 条流量中有 ${n} 条失败，但现有证据不足以判断原因。`,
  };
}

/** Where the first packet was lost that nothing explains, and what that leaves open. */
function lostOf({ journeys, bad }: Scene): Text[] {
  const lost = journeys.find((j) => bad.some(({ id }) => id === j.flowId) && lostText(j).length > 0);
  return lost ? [lastSeenText(lost), ...lostText(lost)] : [];
}

function withoutRoot(root: RootAccess): Text {
  if (root.how !== 'none') return { en: '', 'zh-CN': '' };
  const sudoSays = said(root.detail);
  const why: Record<NoRootWhy, Text> = {
    'no-sudo': {
      en: 'the VM has no sudo: log in as root, or install sudo',
      'zh-CN': '虚拟机没有 sudo：请以 root 登录，或安装 sudo',
    },
    'only-doas': {
      en: 'the VM has doas in place of sudo, which Culprit does not use: log in as root, or install sudo',
      'zh-CN': '虚拟机用 doas 代替 sudo，而 Culprit 不支持 doas：请以 root 登录，或安装 sudo',
    },
    'only-su': {
      en: 'the VM has no sudo, only su, which Culprit does not use: log in as root, or install sudo',
      'zh-CN': '虚拟机没有 sudo，只有 su，而 Culprit 不支持 su：请以 root 登录，或安装 sudo',
    },
    'not-allowed': {
      en: 'this user may not use sudo: log in as root, or as somebody who may',
      'zh-CN': '该用户无权使用 sudo：请以 root 或有权使用 sudo 的用户登录',
    },
    'password-needed': {
      en: 'sudo wants a password (--ask-sudo asks you for it)',
      'zh-CN': 'sudo 需要密码（--ask-sudo 会向您询问）',
    },
    'wrong-password': { en: 'the sudo password was wrong', 'zh-CN': 'sudo 密码错误' },
    requiretty: {
      en: 'sudo wants a terminal, which Culprit’s commands have none of (“Defaults !requiretty” in /etc/sudoers lets them be)',
      'zh-CN': 'sudo 要求终端，而 Culprit 的命令没有终端（在 /etc/sudoers 中设置“Defaults !requiretty”即可）',
    },
    failed: {
      en: `sudo does not work there${sudoSays.en}: log in as root, or mend it`,
      'zh-CN': `sudo 在那里无法使用${sudoSays['zh-CN']}：请以 root 登录，或修复 sudo`,
    },
    'not-root': { en: 'Culprit itself does not run as root here', 'zh-CN': 'Culprit 在此处没有以 root 运行' },
  };
  return {
    en: `Looking into containers, rules and packets needs root, and ${why[root.why].en}.`,
    'zh-CN': `查看容器、规则和数据包需要 root 权限，但${why[root.why]['zh-CN']}。`,
  };
}
