import { describe, expect, it } from 'vitest';
import { checkHost, checkLogin } from '../../../renderer/frame/sheets/host-form.ts';

const typed = { name: '', host: 'build.local', port: '22', user: '', identityFile: '' };

function wrong(other: Partial<typeof typed>): string[] {
  const checked = checkHost({ ...typed, ...other });
  return checked.ok ? [] : [...checked.wrong].toSorted();
}

describe('an SSH host as it was typed', () => {
  it('needs no more than a host, and loses the blanks around it', () => {
    expect(checkHost({ ...typed, host: ' build.local ', identityFile: ' ~/.ssh/id_ed25519 ' })).toEqual({
      ok: true,
      value: {
        name: '',
        host: 'build.local',
        port: 22,
        login: { user: '', identityFile: '~/.ssh/id_ed25519' },
      },
    });
  });

  it('leaves an empty port to ssh’s configuration', () => {
    const checked = checkHost({ ...typed, port: ' ' });
    expect(checked.ok && checked.value).toEqual({ name: '', host: 'build.local', login: { user: '' } });
  });

  it.each([
    [{ host: '' }, ['host']],
    [{ host: 'ssh://build.local' }, ['host']],
    [{ host: '-oProxyCommand=x' }, ['host']],
    [{ port: '0' }, ['port']],
    [{ port: '65536' }, ['port']],
    [{ port: '22a' }, ['port']],
    [{ user: 'a b' }, ['user']],
    [{ user: '-x' }, ['user']],
    [{ identityFile: 'id_ed25519' }, ['identityFile']],
    [{ name: 'x'.repeat(81) }, ['name']],
    [{ host: '', port: 'x', user: '@' }, ['host', 'port', 'user']],
  ])('%j is told apart field by field', (other, fields) => {
    expect(wrong(other)).toEqual(fields);
  });

  it('takes IPv6 and other scripts', () => {
    expect(wrong({ host: 'fe80::1%en0' })).toEqual([]);
    expect(wrong({ host: '主机.local', name: '构建机' })).toEqual([]);
  });
});

describe('a login as it was typed', () => {
  it('does not look at the host', () => {
    expect(checkLogin({ ...typed, host: '', port: '', user: 'dev' })).toEqual({
      ok: true,
      value: { user: 'dev' },
    });
  });
});
