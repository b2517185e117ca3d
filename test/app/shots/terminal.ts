import type { OpenApp } from '../harness.ts';
import { verdict } from '../person.ts';
import type { Shot } from '../shot.ts';

/** Plays the sample through, so that there is a run to look at. */
async function sample({ page, order }: OpenApp, dock: 'right' | 'bottom' = 'right'): Promise<void> {
  await order('setBounds', { x: 0, y: 25, width: 1280, height: 800 });
  await page.evaluate(async (dock) => {
    const terminal = {
      open: true,
      dock,
      width: 440,
      height: 280,
      fontSize: 12,
      screenReader: false,
    } as const;
    await window.culprit.call('setSettings', { terminal });
    await window.culprit.call('startRun', { machine: 'sample' });
  }, dock);
  await page.getByText('Recorded VM').first().click();
  await page
    .locator('[data-pane]')
    .getByText(/exit 0/)
    .first()
    .waitFor({ timeout: 60_000 });
  await verdict(page).waitFor();
}

const COLOURS = [
  String.raw`cd "$(mktemp -d)"; export PS1='\[\e[1;32m\]dev@centos8\[\e[0m\]:\[\e[1;34m\]~/shop\[\e[0m\]$ '`,
  `mkdir src logs; touch Dockerfile compose.yaml; printf '#!/bin/sh\\n' > start.sh; chmod +x start.sh; ln -s src current`,
  'clear',
  'ls --color=always -l',
  `printf '\\e[31mred\\e[0m \\e[32mgreen\\e[0m \\e[33myellow\\e[0m \\e[34mblue\\e[0m \\e[35mmagenta\\e[0m \\e[36mcyan\\e[0m \\e[2mdim\\e[0m \\e[1mbold\\e[0m \\e[7m inverse \\e[0m \\e[90mgrey\\e[0m\\n'`,
  `printf '%s\\n' '容器无法访问外网 👩‍💻 https://docs.docker.com/network/'`,
];

async function localShell(app: OpenApp, dock: 'right' | 'bottom' = 'right'): Promise<void> {
  const { page } = app;
  await sample(app, dock);
  await page.getByRole('tab').nth(2).click();
  const rows = page.locator('.xterm-rows');
  await rows.getByText(/[$#]/).first().waitFor();
  for (const line of COLOURS) {
    await page.keyboard.insertText(line);
    await page.keyboard.press('Enter');
  }
  await rows.getByText('https://docs.docker.com').first().waitFor();
}

const BASH = { env: { SHELL: '/bin/bash', PROMPT_COMMAND: '' } };

/** The terminal's states. */
export const TERMINAL_SHOTS: Shot[] = [
  { name: 'terminal-run-log', steps: (app) => sample(app) },
  { name: 'terminal-run-log-bottom', steps: (app) => sample(app, 'bottom') },
  {
    name: 'terminal-find',
    steps: async (app) => {
      await sample(app);
      await app.page.getByRole('region', { name: /Commands of this run/ }).focus();
      await app.clickMenu('find');
      await app.page.waitForFunction(() => document.activeElement?.matches('search input') === true);
      await app.page.keyboard.insertText('docker');
    },
  },
  { name: 'terminal-local', open: BASH, steps: (app) => localShell(app) },
  { name: 'terminal-local-bottom', open: BASH, steps: (app) => localShell(app, 'bottom') },
  {
    name: 'terminal-paste',
    open: BASH,
    steps: async (app) => {
      await localShell(app);
      await app.page.evaluate(() => {
        const data = new DataTransfer();
        data.setData('text/plain', 'docker ps\ndocker network ls\nsudo nft list ruleset\n');
        document.activeElement?.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData: data, bubbles: true }),
        );
      });
      await app.page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'terminal-guest-sample',
    steps: async (app) => {
      await sample(app);
      await app.page.getByRole('tab').nth(1).click();
      await app.page.getByText('The sample has no shell').waitFor();
    },
  },
];
