import type { Text } from '../text.ts';
import { TARGET_WHY, USAGE_WHY } from '../trouble-why.ts';
import { NOTHING_RAN, type Sayings, said } from './sayings.ts';

const TRUST_RECORDING: Text = {
  en: 'Culprit would have to guess what is missing, so it does not open the file at all.',
  'zh-CN': 'Culprit 不会猜测缺失的内容，因此没有打开该文件。',
};

/** Wrong usage, and files that cannot be read or written. */
export const FILE_SAYINGS = {
  'bad-usage': (f) => ({
    what: USAGE_WHY[f.why](f.option ?? '', f.value ?? ''),
    meaning: NOTHING_RAN,
    next: {
      en: 'Run it with --help to see what it takes.',
      'zh-CN': '使用 --help 查看可用的参数。',
    },
  }),
  'bad-target': (f) => ({
    what: TARGET_WHY[f.why](f.target),
    meaning: {
      en: 'A target stands for “the internet”, so Culprit must know what to connect to before it starts.',
      'zh-CN': '目标代表“互联网”，因此 Culprit 必须在开始之前知道要连接到哪里。',
    },
    next: {
      en: 'Give it as http://HOST, https://HOST:PORT or tcp://HOST:PORT, or leave --target out to use the default set.',
      'zh-CN': '请写成 http://主机、https://主机:端口 或 tcp://主机:端口，或者去掉 --target 使用默认目标。',
    },
  }),
  'recording-unreadable': (f) => ({
    what: {
      en: `“${f.path}” is not a recording that can be read${said(f.detail).en}.`,
      'zh-CN': `“${f.path}”不是可以读取的录制文件${said(f.detail)['zh-CN']}。`,
    },
    meaning: NOTHING_RAN,
    next: {
      en: 'Check the path; recordings are made with --record FILE.',
      'zh-CN': '请检查路径；录制文件由 --record 文件 生成。',
    },
  }),
  'recording-cut-off': (f) => ({
    what: {
      en: `The recording “${f.path}” ends in the middle.`,
      'zh-CN': `录制文件“${f.path}”在中途断掉了。`,
    },
    meaning: TRUST_RECORDING,
    next: {
      en: 'Copy the file again from where it came from, or record it anew with --record FILE.',
      'zh-CN': '请从原处重新复制该文件，或用 --record 文件 重新录制。',
    },
  }),
  'recording-other-version': (f) => ({
    what: {
      en: `The recording “${f.path}” is of version “${f.found}”; this Culprit reads “${f.wanted}”.`,
      'zh-CN': `录制文件“${f.path}”的版本是“${f.found}”，而此版本的 Culprit 只能读取“${f.wanted}”。`,
    },
    meaning: TRUST_RECORDING,
    next: {
      en: 'Open it with the Culprit that made it, or record it anew with --record FILE.',
      'zh-CN': '请用生成它的 Culprit 版本打开，或用 --record 文件 重新录制。',
    },
  }),
  'recording-lacks-command': (f) => ({
    what: {
      en: `The recording has no answer for “${f.purpose.en}”.`,
      'zh-CN': `录制文件中没有“${f.purpose['zh-CN']}”的结果。`,
    },
    meaning: {
      en: 'It was made by another version of Culprit or of another course of events, and an answer must not be made up.',
      'zh-CN': '它由另一个版本的 Culprit 生成，或过程与这次不同；结果不能凭空捏造。',
    },
    next: {
      en: 'Record it anew with --record FILE.',
      'zh-CN': '请用 --record 文件 重新录制。',
    },
  }),
  'report-unwritable': (f) => ({
    what: {
      en: `“${f.path}” cannot be written${said(f.detail).en}.`,
      'zh-CN': `无法写入“${f.path}”${said(f.detail)['zh-CN']}。`,
    },
    meaning: {
      en: 'The result would have been lost at the end, so nothing was started.',
      'zh-CN': '否则结果会在最后丢失，因此没有开始运行。',
    },
    next: {
      en: 'Choose a file in a folder that exists and that you may write to.',
      'zh-CN': '请选择一个已存在且有写入权限的文件夹中的文件。',
    },
    inWindow: {
      meaning: { en: 'The report was not written.', 'zh-CN': '报告没有写入。' },
      next: {
        en: 'Export it again to a folder that you may write to.',
        'zh-CN': '请重新导出到一个有写入权限的文件夹。',
      },
    },
  }),
  'log-unreadable': (f) => ({
    what: {
      en: `The log “${f.path}” cannot be read${said(f.detail).en}.`,
      'zh-CN': `无法读取日志“${f.path}”${said(f.detail)['zh-CN']}。`,
    },
    meaning: NOTHING_RAN,
    next: {
      en: 'Check the path and whether you may read the file.',
      'zh-CN': '请检查路径，以及你是否有权读取该文件。',
    },
  }),
  'key-unreadable': (f) => ({
    what: {
      en: `The key “${f.file}” cannot be used${said(f.detail).en}.`,
      'zh-CN': `无法使用密钥“${f.file}”${said(f.detail)['zh-CN']}。`,
    },
    meaning: NOTHING_RAN,
    next: {
      en: 'Give --identity the path of a private key that you may read, or leave it out to use the SSH agent or a password.',
      'zh-CN': '请用 --identity 指定一个有读取权限的私钥，或去掉它以使用 SSH 代理或密码。',
    },
    inWindow: {
      next: {
        en: 'Choose a private key that you may read in the machine’s login settings, or none to use the SSH agent or a password.',
        'zh-CN': '请在这台机器的登录设置中选择一个有读取权限的私钥，或不选密钥以使用 SSH 代理或密码。',
      },
    },
  }),
} satisfies Sayings<
  | 'bad-usage'
  | 'bad-target'
  | 'recording-unreadable'
  | 'recording-cut-off'
  | 'recording-other-version'
  | 'recording-lacks-command'
  | 'report-unwritable'
  | 'log-unreadable'
  | 'key-unreadable'
>;
