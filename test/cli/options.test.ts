import { describe, expect, test } from 'vitest';
import { readOptions, wantedLang } from '../../electron/cli/options.ts';
import { Trouble } from '../../shared/trouble.ts';

function why(...argv: string[]): unknown {
  try {
    readOptions(argv);
  } catch (error) {
    if (error instanceof Trouble && 'why' in error.facts) return error.facts.why;
    throw error;
  }
  return 'accepted';
}

describe('a command line that makes sense', () => {
  test('names a VM and who logs in', () => {
    const { chosen } = readOptions(['--vm', 'my "odd" VM', '--user', 'dev', '--identity=/k', '--ask-sudo']);
    const login = { user: 'dev', identityFile: '/k', askPassword: false, askSudo: true };
    expect(chosen).toEqual({ kind: 'virtualbox', wanted: 'my "odd" VM', login, allowed: new Set() });
  });

  test('allows what it says to be changed in VirtualBox, and nothing else', () => {
    const allowed = (...flags: string[]) => readOptions(['--vm', 'a', ...flags]).chosen;
    expect(allowed('--start')).toMatchObject({ allowed: new Set(['start', 'resume']) });
    expect(allowed('--add-forward')).toMatchObject({ allowed: new Set(['add-forward']) });
    expect(why('--host', 'h', '--add-forward')).toBe('goes-only-with');
    expect(why('--sample', '--start')).toBe('goes-only-with');
    expect(readOptions(['--vm', 'a', '--add-forward', '--remove-forward']).removeForward).toBe(true);
  });

  test('leaves the port to ssh’s configuration unless one is given', () => {
    expect(readOptions(['--host', 'h']).chosen).toMatchObject({ kind: 'ssh', host: 'h', port: undefined });
    expect(readOptions(['--host', 'h', '--port', '2222']).chosen).toMatchObject({ port: 2222 });
  });

  test('replaces the default targets by those it names, in their order', () => {
    const { targets } = readOptions([
      '--local',
      '--target',
      'http://10.1.2.3/',
      '--target',
      'https://a.example',
    ]);
    expect(targets.map(({ host, port, isName }) => [host, port, isName])).toEqual([
      ['10.1.2.3', 80, false],
      ['a.example', 443, true],
    ]);
    expect(readOptions(['--local']).targets.length).toBeGreaterThan(0);
  });

  test('may ask for help without a machine', () => {
    expect(readOptions(['--help'])).toMatchObject({ help: true, chosen: undefined });
  });

  test('may begin a value with a dash only behind an equals sign', () => {
    expect(readOptions(['--vm=-odd-']).chosen).toMatchObject({ wanted: '-odd-' });
  });
});

test.each([
  ['nothing-chosen', []],
  ['nothing-chosen', ['--json']],
  ['unknown-option', ['--vn', 'x']],
  ['unknown-option', ['-x']],
  ['unknown-option', ['--__proto__', 'x']],
  ['stray-argument', ['shop']],
  ['needs-value', ['--vm']],
  ['needs-value', ['--vm', '']],
  ['needs-value', ['--vm', '--json']],
  ['needs-value', ['--local', '--target']],
  ['takes-no-value', ['--local=yes']],
  ['given-twice', ['--vm', 'a', '--vm', 'b']],
  ['two-machines', ['--vm', 'a', '--local']],
  ['two-machines', ['--sample', '--recording', 'r']],
  ['goes-only-with', ['--vm', 'a', '--port', '22']],
  ['goes-only-with', ['--local', '--user', 'dev']],
  ['goes-only-with', ['--user', 'dev']],
  ['goes-only-with', ['--sample', '--target', 'http://1.1.1.1']],
  ['goes-only-with', ['--recording', 'r', '--record', 's']],
  ['bad-port', ['--host', 'h', '--port', '0']],
  ['bad-port', ['--host', 'h', '--port', '65536']],
  ['bad-port', ['--host', 'h', '--port', '22x']],
  ['bad-port', ['--host', 'h', '--port', '2e1']],
  ['bad-language', ['--local', '--lang', 'de']],
  ['same-file', ['--local', '--report', 'x', '--record', './x']],
  ['unknown-tracer', ['--local', '--trace-backend', 'magic']],
  ['goes-only-with', ['--sample', '--trace-backend', 'nft-table']],
  ['not-a-url', ['--local', '--target', 'example.com']],
  ['unknown-scheme', ['--local', '--target', 'ftp://example.com/']],
  ['has-password', ['--local', '--target', 'http://me:secret@example.com/']],
])('%s: %j', (reason, argv) => {
  expect(why(...argv)).toBe(reason);
});

test('the language is known even where the rest is wrong', () => {
  expect(wantedLang(['--nonsense', '--lang', 'zh-CN'])).toBe('zh-CN');
  expect(wantedLang(['--lang=zh-CN'])).toBe('zh-CN');
  expect(wantedLang(['--lang', 'de'])).toBe('en');
  expect(wantedLang([])).toBe('en');
});
