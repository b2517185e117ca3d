import { expect } from 'vitest';
import { COMMAND_IDS, COMMANDS, type CommandInfo } from '../../shared/commands.ts';
import type { Lang } from '../../shared/text.ts';
import { test } from './app-test.ts';
import { NO_VIRTUALBOX, sheet } from './person.ts';

const MENUS: Record<Lang, string[]> = {
  en: ['Culprit', 'File', 'Edit', 'View', 'Diagnosis', 'Window', 'Help'],
  'zh-CN': ['Culprit', '文件', '编辑', '显示', '诊断', '窗口', '帮助'],
};

test.for([
  ['en', 'en-US'],
  ['zh-CN', 'zh-Hans-CN'],
] as const)('the application menu has every command, in %s', async ([lang, system], { open }) => {
  const app = await open({ platform: 'darwin', languages: [system] });
  const menu = await app.menu();
  expect(menu.filter((item) => item.menu === '').map(({ label }) => label)).toEqual(MENUS[lang]);
  for (const id of COMMAND_IDS) {
    const { title, accelerator }: CommandInfo = COMMANDS[id];
    const items = menu.filter((item) => item.id === id);
    expect(items.map((item) => [item.label, item.accelerator])).toEqual([[title[lang], accelerator]]);
  }
  // Whatever is there besides is a standard item, with a name in this language.
  const others = menu.filter((item) => item.menu !== '' && !(item.id in COMMANDS));
  expect(others.filter(({ role }) => role === undefined)).toEqual([]);
  expect(others.filter(({ label }) => label === '' || (lang === 'zh-CN' && /^[A-Z]/.test(label)))).toEqual(
    [],
  );
  for (const role of ['about', 'quit', 'close', 'copy', 'paste', 'minimize', 'togglefullscreen']) {
    expect(others.filter((item) => item.role === role)).toHaveLength(1);
  }
});

test('a command can be chosen when the window says so, and reaches it', async ({ open }) => {
  const app = await open({ env: NO_VIRTUALBOX });
  const { page } = app;
  const enabled = async () => (await app.menu()).filter((item) => item.enabled).map(({ id }) => id);
  await page.evaluate(() => {
    window.culprit.on('command', ({ command }) => {
      document.body.dataset.commands = `${document.body.dataset.commands ?? ''} ${command}`.trim();
    });
  });
  // Nothing is running, so there is nothing to stop.
  await expect.poll(enabled).toContain('palette');
  expect(await enabled()).not.toContain('stop');
  await app.order('clickMenu', 'stop');
  await app.clickMenu('palette');
  await sheet(page).waitFor();
  expect(await page.evaluate(() => document.body.dataset.commands)).toBe('palette');
  // What lies over the window has to go before anything else can be begun.
  await expect.poll(enabled).not.toContain('settings');
});
