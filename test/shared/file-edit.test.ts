import { describe, expect, it } from 'vitest';
import { edited } from '../../shared/file-edit.ts';
import { lineDiff } from '../../shared/line-diff.ts';

const path = '/etc/x';
const diff = (a: string | null, b: string | null) => lineDiff(a, b).map(({ mark, text }) => mark + text);

describe('edits', () => {
  it('of JSON keep the order, the indent and what they do not concern', () => {
    const text = '{\n\t"b": 1,\n\t"a": {"x": [1]}\n}\n';
    expect(edited(text, { how: 'set-key', path, key: 'bip', value: '192.168.200.1/24' })).toBe(
      '{\n\t"b": 1,\n\t"a": {\n\t\t"x": [\n\t\t\t1\n\t\t]\n\t},\n\t"bip": "192.168.200.1/24"\n}\n',
    );
    expect(edited(text, { how: 'remove-key', path, key: 'a' })).toBe('{\n\t"b": 1\n}\n');
    expect(edited(null, { how: 'set-key', path, key: 'mtu', value: 1400 })).toBe('{\n  "mtu": 1400\n}\n');
  });

  it.each(['{"a": 1', '[1]', 'null', '{"b": 1}'])('of JSON that does not fit are none: %s', (text) => {
    expect(edited(text, { how: 'remove-key', path, key: 'a' })).toBeUndefined();
  });

  it('append a line, also to a file without an end of line and to none', () => {
    const edit = { how: 'append', path, line: 'z' } as const;
    expect([edited('a', edit), edited('a\n', edit), edited(null, edit)]).toEqual(['a\nz\n', 'a\nz\n', 'z\n']);
  });

  it('replace every line that begins so by one, and refuse where there is none', () => {
    const edit = { how: 'replace', path, begins: 'nameserver ', line: 'nameserver 10.0.2.3' } as const;
    expect(edited('search x\nnameserver 1.2.3.4\noptions a\nnameserver 5.6.7.8\n', edit)).toBe(
      'search x\nnameserver 10.0.2.3\noptions a\n',
    );
    expect(edited('search x\n', edit)).toBeUndefined();
  });
});

describe('a diff', () => {
  it('shows what goes and comes, with two lines around it', () => {
    expect(diff('1\n2\n3\n4\n5\n6\n7\n', '1\n2\n3\n4x\n5\n6\n7\n')).toEqual([
      ' 2',
      ' 3',
      '-4',
      '+4x',
      ' 5',
      ' 6',
    ]);
    expect(diff(null, 'a\nb\n')).toEqual(['+a', '+b']);
    expect(diff('a\nb\n', null)).toEqual(['-a', '-b']);
    expect(diff('a\n', 'a\n')).toEqual([]);
  });
});
