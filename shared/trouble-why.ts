import type { Text } from './text.ts';

/** What is wrong with a command line; the fact `why` of `bad-usage`. */
export type UsageWhy =
  | 'unknown-option'
  | 'needs-value'
  | 'takes-no-value'
  | 'given-twice'
  | 'stray-argument'
  | 'nothing-chosen'
  | 'two-machines'
  | 'goes-only-with'
  | 'bad-port'
  | 'bad-language'
  | 'same-file'
  | 'unknown-tracer'
  | 'no-secret'
  | 'no-consent'
  | 'one-remedy';

/** What is wrong with a target; the fact `why` of `bad-target`. */
export type TargetWhy = 'not-a-url' | 'unknown-scheme' | 'no-port' | 'bad-host' | 'ipv6' | 'has-password';

type WhyText = (option: string, value: string) => Text;

/** A sentence for each way to get the command line wrong. */
export const USAGE_WHY: Record<UsageWhy, WhyText> = {
  'unknown-option': (option) => ({
    en: `There is no option ${option}.`,
    'zh-CN': `没有 ${option} 这个选项。`,
  }),
  'needs-value': (option) => ({ en: `${option} needs a value.`, 'zh-CN': `${option} 需要一个值。` }),
  'takes-no-value': (option) => ({ en: `${option} takes no value.`, 'zh-CN': `${option} 不接受值。` }),
  'given-twice': (option) => ({
    en: `${option} is given more than once.`,
    'zh-CN': `${option} 出现了不止一次。`,
  }),
  'stray-argument': (_, value) => ({
    en: `“${value}” belongs to no option.`,
    'zh-CN': `“${value}”不属于任何选项。`,
  }),
  'nothing-chosen': () => ({
    en: 'No machine is chosen.',
    'zh-CN': '没有选择机器。',
  }),
  'two-machines': (option) => ({
    en: `Only one machine can be diagnosed at a time, but several are chosen: ${option}.`,
    'zh-CN': `一次只能诊断一台机器，但选择了多台：${option}。`,
  }),
  'goes-only-with': (option, value) => ({
    en: `${option} makes sense only together with ${value}.`,
    'zh-CN': `${option} 只能与 ${value} 一起使用。`,
  }),
  'bad-port': (_, value) => ({
    en: `“${value}” is no port: a port is a whole number from 1 to 65535.`,
    'zh-CN': `“${value}”不是端口：端口是 1 到 65535 的整数。`,
  }),
  'bad-language': (_, value) => ({
    en: `Culprit does not speak “${value}”; it speaks en and zh-CN.`,
    'zh-CN': `Culprit 不支持“${value}”；支持的语言有 en 和 zh-CN。`,
  }),
  'same-file': (option, value) => ({
    en: `${option} would write to the same file, “${value}”.`,
    'zh-CN': `${option} 会写入同一个文件“${value}”。`,
  }),
  'unknown-tracer': (known, value) => ({
    en: `There is no tracer “${value}”; there are ${known}.`,
    'zh-CN': `没有名为“${value}”的跟踪方式；可用的有 ${known}。`,
  }),
  'no-consent': (option) => ({
    en: `${option} changes the VM and asks before it does, but there is no terminal to ask on. Give --yes to agree beforehand.`,
    'zh-CN': `${option} 会更改虚拟机并需要先征得同意，但没有可供询问的终端。加上 --yes 表示事先同意。`,
  }),
  'one-remedy': (option) => ({
    en: `Only one thing can be done at a time, but several are asked for: ${option}.`,
    'zh-CN': `一次只能执行一项操作，但给出了多项：${option}。`,
  }),
  'no-secret': (option) => ({
    en: `${option} wants a password, but the input ended before there was one.`,
    'zh-CN': `${option} 需要密码，但输入在此之前就结束了。`,
  }),
};

/** A sentence for each way in which a target cannot be used. */
export const TARGET_WHY: Record<TargetWhy, (target: string) => Text> = {
  'not-a-url': (target) => ({
    en: `The target “${target}” is no URL.`,
    'zh-CN': `目标“${target}”不是 URL。`,
  }),
  'unknown-scheme': (target) => ({
    en: `The target “${target}” begins with none of http://, https:// and tcp://.`,
    'zh-CN': `目标“${target}”不是以 http://、https:// 或 tcp:// 开头。`,
  }),
  'no-port': (target) => ({
    en: `The target “${target}” has no port that could be connected to.`,
    'zh-CN': `目标“${target}”没有可以连接的端口。`,
  }),
  'bad-host': (target) => ({
    en: `The target “${target}” names no host that could be connected to.`,
    'zh-CN': `目标“${target}”没有可以连接的主机名。`,
  }),
  ipv6: (target) => ({
    en: `The target “${target}” is an IPv6 address, which this version does not try yet.`,
    'zh-CN': `目标“${target}”是 IPv6 地址，此版本尚不支持。`,
  }),
  'has-password': () => ({
    en: 'The target carries a user name or password, which has no place in a report.',
    'zh-CN': '目标中包含用户名或密码，不应出现在报告中。',
  }),
};

/**
 * Why a connection that stood is there no more: the other side ended it, reset it or fell silent; this computer's network went,
 * or the host on the way; in the VM only our shell ended; this computer slept; the VM is paused or off, as VirtualBox says.
 */
export type LossWhy =
  | 'closed'
  | 'reset'
  | 'silent'
  | 'network'
  | 'jump'
  | 'shell'
  | 'slept'
  | 'paused'
  | 'off';

/** Why VirtualBox does not start a VM, where it is known: its driver, the processor, an adapter that it no longer has, vmnet. */
export type RefusedWhy = 'driver' | 'processor' | 'host-only' | 'vmnet';
