import { describe, expect, it } from 'vitest';
import { defaultTargets, parseTarget } from '../../electron/flow/targets.ts';

describe('targets', () => {
  it('reads addresses and names, with the port of the scheme or its own', () => {
    expect(parseTarget('http://203.0.113.10/big')).toMatchObject({
      host: '203.0.113.10',
      isName: false,
      port: 80,
    });
    expect(parseTarget('https://registry.example.org')).toMatchObject({ isName: true, port: 443 });
    expect(parseTarget('tcp://10.1.2.3:5432')).toMatchObject({ host: '10.1.2.3', port: 5432 });
  });

  it.each([
    'example.com',
    'ftp://example.com',
    'tcp://example.com',
    'http://[::1]/',
    'http://u:p@example.com/',
    'http://a$(id)/',
    '',
  ])('refuses %j with a Trouble', (text) => {
    expect(() => parseTarget(text)).toThrow(expect.objectContaining({ code: 'bad-target' }));
  });

  it('has defaults by address and by name', () => {
    expect(defaultTargets().map((t) => t.isName)).toContain(true);
    expect(defaultTargets().map((t) => t.isName)).toContain(false);
  });
});
