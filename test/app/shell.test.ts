import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { isReply } from './app-reply.ts';
import { test } from './app-test.ts';
import { inElectron } from './harness.ts';

/** Asks main as a script in the page could. */
function ask(page: Page, name: unknown, input?: unknown): Promise<unknown> {
  return page.evaluate(
    ([name, input]) => window.culprit.call(name as never, input).catch((error) => `rejected: ${error}`),
    [name, input] as const,
  );
}

describe('the page', () => {
  test('has neither Node nor anything of the pipe to main', async ({ open }) => {
    const { page } = await open();
    const found = await page.evaluate(() =>
      [
        'require',
        'process',
        'module',
        'Buffer',
        'global',
        '__dirname',
        '__doubleSend',
        '__doubleRequire',
        'makeCodec',
      ].filter((name) => name in window),
    );
    expect(found).toEqual([]);
    expect(await page.evaluate(() => window.isSecureContext)).toBe(true);
  });

  test('gets a bridge with two functions that it cannot change', async ({ open }) => {
    const { page } = await open();
    const bridge = await page.evaluate(() => {
      const tried = [
        () => Object.assign(window, { culprit: {} }),
        () => Object.assign(window.culprit, { call: () => {} }),
        () => Object.assign(window.culprit, { more: 1 }),
        () => Object.defineProperty(window, 'culprit', { value: {} }),
      ].map((change) => {
        try {
          change();
          return 'changed';
        } catch (error) {
          return (error as Error).name;
        }
      });
      return { names: Object.keys(window.culprit).sort(), frozen: Object.isFrozen(window.culprit), tried };
    });
    expect(bridge).toEqual({
      names: ['call', 'on'],
      frozen: true,
      tried: ['TypeError', 'TypeError', 'TypeError', 'TypeError'],
    });
  });

  test('runs and loads nothing that is not in the bundle', async ({ open }) => {
    const app = await open();
    app.tolerated.push(/Content Security Policy|TrustedHTML|ERR_FAILED/i);
    const blocked = await app.page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          const seen = new Set<string>();
          document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
            seen.add(effectiveDirective);
            if (seen.size === 6) resolve([...seen].sort());
          });
          const add = (tag: string, attributes: Record<string, string>, text = '') => {
            const element = document.createElement(tag);
            for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
            element.append(text);
            document.body.append(element);
          };
          add('p', { style: 'color: red' });
          add('img', { src: 'https://example.com/x.png' });
          add('iframe', { src: 'https://example.com/' });
          add('link', { rel: 'stylesheet', href: 'https://example.com/x.css' });
          fetch('https://example.com/').catch(() => {});
          add('link', { rel: 'modulepreload', href: 'https://example.com/x.js' });
        }),
    );
    expect(blocked).toEqual([
      'connect-src',
      'frame-src',
      'img-src',
      'script-src-elem',
      'style-src-attr',
      'style-src-elem',
    ]);
    const markup = await app.page.evaluate(() => {
      try {
        document.body.innerHTML = '<img src=x onerror="window.pwned=1">';
        return 'inserted';
      } catch (error) {
        return (error as Error).name;
      }
    });
    expect(markup).toBe('TypeError');
    expect(await app.page.evaluate(() => 'pwned' in window)).toBe(false);
  });

  test('is served with the policy on every answer, and nothing from outside its folder', async ({ open }) => {
    const app = await open();
    app.tolerated.push(/status of 404/);
    const { page } = app;
    const answers = new Map<string, { status: number; policy: string | undefined }>();
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      const policy = response.headers()['content-security-policy'];
      answers.set(pathname, { status: response.status(), policy });
    });
    await page.reload();
    const outside = [
      '/..%2f..%2fpackage.json',
      '/%2e%2e/main/main.js',
      '/..%5cmain',
      '/%00',
      '/assets',
      '/%',
      '/nope',
    ];
    await page.evaluate(async (paths) => {
      for (const path of paths) {
        const image = new Image();
        const over = new Promise((resolve) => image.addEventListener('error', resolve));
        image.src = path;
        await over;
      }
    }, outside);
    expect(answers.size).toBeGreaterThan(outside.length);
    for (const [path, { status, policy }] of answers) {
      expect(policy, path).toMatch(/default-src 'none'.*script-src 'self'/);
      expect(policy, path).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
      const isOurs = path === '/index.html' || /^\/assets\/[^/]+$/.test(path);
      expect(status, path).toBe(isOurs ? 200 : 404);
    }
  });

  test('leads nowhere else and opens nothing', async ({ open }) => {
    const app = await open();
    app.tolerated.push(/Content Security Policy|Not allowed to load local resource/i);
    const { page } = app;
    const before = page.url();
    await page.evaluate(() => Object.assign(window, { marked: true }));
    const ways = [
      () => location.assign('https://example.com/'),
      () => location.replace('file:///etc/passwd'),
      () => location.assign('javascript:window.pwned=1'),
      () => void window.open('https://example.com/'),
      () => void window.open('about:blank'),
      () => {
        const link = Object.assign(document.createElement('a'), {
          href: 'https://example.com/',
          target: '_blank',
        });
        document.body.append(link);
        link.click();
      },
      () => {
        const form = Object.assign(document.createElement('form'), {
          action: 'https://example.com/',
          method: 'post',
        });
        document.body.append(form);
        form.submit();
      },
    ];
    for (const way of ways) await page.evaluate(way);
    // An answer of main's comes after what the page asked for before it.
    await ask(page, 'state');
    expect(page.url()).toBe(before);
    expect(await page.evaluate(() => 'marked' in window && !('pwned' in window))).toBe(true);
    expect(await app.order('windows')).toHaveLength(1);
    expect(await app.did('openExternal')).toEqual([]);
    for (const [url, decided] of await app.did('window-open')) expect([url, decided]).toEqual([url, 'deny']);
    for (const [url, decided] of await app.did('will-navigate'))
      expect([url, decided]).toEqual([url, 'denied']);
  });

  test('is denied every permission', async ({ open, skip }) => {
    const app = await open();
    if (inElectron) skip('Electron asks the handlers itself');
    for (const name of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'fullscreen',
      'openExternal',
      'usb',
    ]) {
      expect(await app.order('permission', name)).toEqual({ requested: false, checked: false });
    }
  });
});

describe('a call', () => {
  const RUBBISH: [what: string, name: unknown, input?: unknown][] = [
    ['an unknown name', 'rootShell'],
    ['a name that every object has', 'constructor'],
    ['another', '__proto__'],
    ['another', 'hasOwnProperty'],
    ['a name that is no text', 7],
    ['a name that is nothing', null],
    ['a name that pretends to be text', { toString: 'state' }],
    ['an input where none belongs', 'state', { of: 'secrets' }],
    ['no input where one belongs', 'startRun'],
    ['a path for a run', 'watchRun', { run: '../../../etc/passwd' }],
    ['a command line for a machine', 'startRun', { machine: 'vm:$(reboot)' }],
    ['one key too many', 'stopRun', { run: '20260101T000000Z-00000000', command: 'reboot' }],
    [
      'a number that is none',
      'resizeTerminal',
      { terminal: 't1', cols: Number.NaN, rows: Number.POSITIVE_INFINITY },
    ],
    ['text that has no end', 'copyText', { text: 'x'.repeat(5_000_001) }],
    ['a list that has no end', 'setEnabled', { commands: Array.from({ length: 100_000 }, () => 'reboot') }],
    ['a link to a file', 'openLink', { url: 'file:///etc/passwd' }],
    ['a link that runs', 'openLink', { url: 'javascript:alert(1)' }],
    [
      'an option instead of a host',
      'addHost',
      { name: '', host: '-oProxyCommand=reboot', port: 22, login: { user: '' } },
    ],
  ];

  test('that is rubbish gets a sentence in each language, and nothing breaks', async ({ open }) => {
    const app = await open();
    for (const [what, name, input] of RUBBISH) {
      const reply = await ask(app.page, name, input);
      expect(reply, what).toMatchObject({ ok: false, trouble: { code: 'bug' } });
      const { trouble } = reply as { trouble: Record<string, { en: string; 'zh-CN': string }> };
      for (const sentence of ['what', 'meaning', 'next']) {
        expect(trouble[sentence]?.en, what).toMatch(/\.$/);
        expect(trouble[sentence]?.['zh-CN'], what).toMatch(/。$/);
      }
    }
    expect(isReply(await ask(app.page, 'state'))).toBe(true);
    expect(await app.did('openExternal')).toEqual([]);
    expect(await app.did('copied')).toEqual([]);
    const log = await app.log();
    // What was sent may hold a secret: the log says where it was wrong, not what it was.
    expect(log).not.toMatch(/reboot|passwd|xxxx/);
  });

  test('changes no prototype', async ({ open }) => {
    const { page } = await open();
    const reply = await page.evaluate(async () => {
      await window.culprit.call('setSettings', JSON.parse('{"__proto__": {"theme": "dark"}}'));
      return window.culprit.call('state', undefined);
    });
    expect(reply).toMatchObject({ ok: true, value: { settings: { theme: 'system' } } });
  });

  test('with what cannot be sent is refused in the page', async ({ open }) => {
    const { page } = await open();
    const said = await page.evaluate(() =>
      window.culprit.call('copyText', { text: () => 'x' }).catch((error) => String(error)),
    );
    expect(said).toMatch(/could not be cloned/);
    expect(isReply(await ask(page, 'state'))).toBe(true);
  });

  test('that fails as expected keeps its code and its sentences', async ({ open }) => {
    const { page } = await open();
    expect(await ask(page, 'watchRun', { run: '20260101T000000Z-00000000' })).toMatchObject({
      ok: false,
      trouble: { code: 'run-gone', what: { en: expect.stringMatching(/\.$/) } },
    });
    expect(await ask(page, 'removeHost', { machine: 'ssh:abcdefgh' })).toMatchObject({
      ok: false,
      trouble: { code: 'machine-gone' },
    });
  });

  test('from any page or frame but the window’s own is refused', async ({ open, skip }) => {
    const app = await open();
    if (inElectron) skip('nothing in Electron lets a test call as somebody else');
    expect(await app.order('callAs', {})).toMatchObject({ value: { ok: true } });
    const foreign = [
      { url: 'https://example.com/index.html' },
      { url: 'app://other/index.html' },
      { url: 'app://bundle.example.com/' },
      { url: 'file:///index.html' },
      { url: 'about:blank' },
      { url: '' },
      { framed: true },
      { gone: true },
      { stranger: true },
    ];
    for (const from of foreign) {
      expect(await app.order('callAs', from), JSON.stringify(from)).toMatchObject({
        error: expect.stringContaining('refused'),
      });
    }
    expect((await app.log()).match(/refused a call/g)).toHaveLength(foreign.length);
  });
});
