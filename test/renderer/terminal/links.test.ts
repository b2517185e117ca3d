import { describe, expect, it } from 'vitest';
import { linkPlan } from '../../../renderer/terminal/links.ts';

describe('a link in a terminal', () => {
  it('opens when its text is its address', () => {
    const url = 'https://docs.docker.com/network/';
    expect(linkPlan(url, url)).toEqual({ do: 'open', url });
    expect(linkPlan('http://127.0.0.1:8080', 'http://127.0.0.1:8080/')).toEqual({
      do: 'open',
      url: 'http://127.0.0.1:8080/',
    });
  });

  it.each([
    ['other words', 'https://example.com/', 'the manual'],
    ['another address', 'https://evil.example/', 'https://example.com/'],
    ['nothing', 'https://example.com/', ''],
  ])('is asked about when it shows %s', (_, target, text) => {
    expect(linkPlan(target, text)).toEqual({ do: 'ask', url: target, why: 'other-text' });
  });

  it.each([
    ['a user before the host', 'https://github.com@evil.example/'],
    ['letters that look like others', 'https://аpple.com/'],
    ['such letters spelled in ASCII', 'https://xn--pple-43d.com/'],
    ['a character that turns the direction', 'https://example.com/\u202egpj.exe'],
  ])('is asked about when it has %s', (_, target) => {
    expect(linkPlan(target, target)).toMatchObject({ do: 'ask', why: 'odd' });
  });

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ssh://root@host',
    'x-apple.systempreferences:',
    'app://bundle/index.html',
    'not a link',
    '',
    `https://example.com/${'a'.repeat(3000)}`,
    // grows beyond what may be opened once it is spelled as an address
    `https://example.com/${'网'.repeat(900)}`,
  ])('leads nowhere when it is %s', (target) => {
    expect(linkPlan(target, target)).toEqual({ do: 'nothing' });
  });
});
