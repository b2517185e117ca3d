import { expect, test } from 'vitest';
import { LANGS, same, type Text } from '../../shared/text.ts';
import { Trouble, type TroubleCode, type TroubleFacts } from '../../shared/trouble.ts';
import { troubleSentences, troubleText } from '../../shared/trouble-text.ts';

const address = { host: '127.0.0.1', port: 2222 };
const vm = { uuid: '5ad6a5b3', name: 'shop' };

/** Facts as each code really has them: at their fullest, and with as little as they may have. */
const CASES: { [C in TroubleCode]: TroubleFacts[C][] } = {
  'bad-usage': [{ why: 'nothing-chosen' }, { why: 'unknown-option', option: '--vn' }],
  'bad-target': [{ why: 'not-a-url', target: 'x' }],
  'recording-unreadable': [
    { path: 'a.recording', detail: 'ENOENT' },
    { path: 'a.recording', detail: { en: 'it is no recording', 'zh-CN': '不是录制文件' } },
  ],
  'recording-cut-off': [{ path: 'a.recording' }],
  'recording-other-version': [
    { path: 'a.recording', found: 'culprit.recording/9', wanted: 'culprit.recording/1' },
  ],
  'recording-lacks-command': [{ purpose: { en: 'The ruleset', 'zh-CN': '规则集' } }],
  'report-unwritable': [{ path: 'r.md', detail: 'EACCES' }],
  'log-unreadable': [{ path: 'trace.log', detail: 'ENOENT' }],
  'key-unreadable': [{ file: '/k', detail: 'ENOENT' }],
  'vboxmanage-missing': [{ tried: ['/a', '/b'] }, { tried: [] }],
  'vboxmanage-not-it': [
    { path: '/usr/bin/true', detail: 'no' },
    { path: '/x', detail: '' },
  ],
  'vboxmanage-failed': [
    { command: 'VBoxManage list vms', detail: 'E_FAIL' },
    { ...vm, detail: '' },
  ],
  'vm-unknown': [
    { wanted: 'shpo', near: ['shop'] },
    { wanted: 'x', near: [] },
  ],
  'vm-ambiguous': [{ wanted: 'shop', matches: ['shop {1}', 'shop {2}'] }],
  'vm-not-running': [
    { ...vm, state: 'stopping' },
    { ...vm, state: 'saved', command: 'VBoxManage startvm 5ad6a5b3 --type headless' },
  ],
  'vboxmanage-refused': [
    { ...vm, command: 'VBoxManage startvm 5ad6a5b3 --type headless', detail: 'E_FAIL' },
    { ...vm, command: 'VBoxManage startvm 5ad6a5b3 --type headless', detail: '' },
    ...(['driver', 'processor', 'host-only', 'vmnet'] as const).map((why) => ({
      ...vm,
      command: 'c',
      detail: '',
      why,
    })),
  ],
  'vm-changed': [vm],
  'ssh-not-up': [{ ...address, name: 'shop', seconds: 300 }],
  'vm-inaccessible': [{ ...vm, detail: 'E_ACCESSDENIED' }],
  'vm-no-forward': [
    { ...vm, nics: ['1: nat'], command: 'VBoxManage controlvm 5ad6a5b3 natpf1 "ssh,tcp,127.0.0.1,2222,,22"' },
    { ...vm, nics: ['1: bridged'] },
    { ...vm, nics: ['1: nat (cable unplugged)'], command: 'VBoxManage controlvm 5ad6a5b3 setlinkstate1 on' },
    { ...vm, nics: [] },
  ],
  'connect-refused': [address],
  'connect-timeout': [address],
  'connect-not-ssh': [
    { ...address, got: 'nothing' },
    { ...address, got: 'closed' },
    { ...address, got: 'HTTP/1.1 400' },
  ],
  'connect-failed': [{ ...address, detail: 'EHOSTUNREACH' }],
  'connect-nothing-common': [
    { ...address, option: 'HostKeyAlgorithms' },
    { ...address, option: 'Ciphers' },
  ],
  'ssh-config-refused': [{ name: 'web', detail: 'line 3: Bad configuration option: usekeychain' }],
  'ssh-config-unsupported': [
    { name: 'web', option: 'ProxyCommand' },
    { name: 'web', option: 'ProxyJump' },
  ],
  'auth-too-many': [{ ...address, user: 'dev', tried: ['ssh-agent'] }],
  'jump-failed': [{ ...address, detail: 'Connection refused' }],
  'host-key-revoked': [{ ...address, is: 'SHA256:abc', file: '/home/dev/.ssh/known_hosts:3' }],
  'auth-failed': [
    { ...address, user: 'dev', tried: ['/k'], unused: { at: '/k-cert.pub', detail: same('a certificate') } },
    { ...address, user: 'dev', tried: ['ssh-agent', 'password'] },
    { ...address, user: 'dev', tried: [] },
  ],
  'key-needs-passphrase': [{ file: '/k' }],
  'host-key-changed': [{ ...address, was: 'SHA256:a', is: 'SHA256:b', file: '/pins' }],
  'connection-lost': [
    {},
    { detail: 'reset' },
    { why: 'closed' },
    { why: 'closed', detail: 'Timeout, server not responding' },
    { why: 'reset' },
    { why: 'silent' },
    { why: 'network', detail: 'ENETDOWN' },
    { why: 'jump', detail: 'bastion:22' },
    { why: 'shell' },
    { why: 'slept', seconds: 600 },
    { why: 'paused', detail: 'paused' },
    { why: 'off', detail: 'aborted' },
  ],
  'no-session': [{ detail: 'no shell' }],
  'passphrase-wrong': [{ file: '/k' }],
  'machine-gone': [{ machine: 'vm:1' }],
  'too-many-hosts': [{ most: 200 }],
  'run-gone': [{ run: 'r' }],
  'run-unreadable': [{ run: 'r', path: '/runs/r' }],
  'run-goes-on': [{ run: 'r' }],
  'nothing-to-undo': [{ run: 'r' }],
  'undo-other-machine': [{ run: 'r', was: 'shop', is: 'other' }],
  'data-unwritable': [{ path: '/runs', detail: 'ENOSPC' }],
  'report-missing': [{ path: '/r.md' }, {}],
  'terminal-unavailable': [{ detail: 'ENOENT' }, { detail: '' }],
  'too-many-terminals': [{ most: 16 }],
  'local-shell-missing': [{ detail: 'Failed to load native module' }],
  'shell-cut-off': [{}],
  cancelled: [{}],
};

const all = Object.entries(CASES).flatMap(([code, cases]) =>
  cases.map((facts) => new Trouble(code as TroubleCode, facts)),
);

test.each(all)('$code says what happened, what it means and what to do next, in each language', (trouble) => {
  const { what, meaning, next } = troubleSentences(trouble);
  const window = troubleSentences(trouble, 'window');
  for (const lang of LANGS) {
    for (const sentence of [what[lang], meaning[lang], next[lang], window.meaning[lang], window.next[lang]]) {
      expect(sentence).not.toMatch(/undefined|\[object|“”|\(\)|（）| {2}|: ?\./);
      if (lang === 'zh-CN') expect(sentence).toMatch(/\p{Script=Han}/u);
      else expect(sentence).not.toMatch(/\p{Script=Han}/u);
    }
    // What happened and what it means end as sentences do; what to do next may end in a command.
    for (const sentence of [what[lang], meaning[lang]])
      expect(sentence).toMatch(lang === 'en' ? /[.]$/ : /。$/);
    expect(troubleText(trouble)[lang]).toContain(next[lang]);
  }
});

test('a VM whose cable is unplugged is told to be plugged in, not to get another forward', () => {
  const [, , unplugged] = CASES['vm-no-forward'];
  if (unplugged === undefined) throw new Error('no such case');
  expect(troubleSentences(new Trouble('vm-no-forward', unplugged)).next.en).toContain('setlinkstate1 on');
});

test('our own words in brackets are in the language of the sentence, a tool’s are as they are', () => {
  const what = (detail: string | Text) =>
    troubleSentences(new Trouble('recording-unreadable', { path: 'a', detail }), 'window').what;
  expect(what({ en: 'it is no recording', 'zh-CN': '不是录制文件' })).toEqual({
    en: '“a” is not a recording that can be read (it is no recording).',
    'zh-CN': '“a”不是可以读取的录制文件（不是录制文件）。',
  });
  expect(what('ENOENT')['zh-CN']).toContain('（ENOENT）');
  expect(what(' ')['zh-CN']).not.toContain('（');
});
