import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { expect, onTestFinished } from 'vitest';
import { oneLine } from '../../../electron/probe/lib/answer.ts';
import { visibleLine } from '../../../shared/visible.ts';
import { vboxManage } from '../../lab/vbox/vbox.ts';
import { bookworm, describeLab } from '../../lab-cases/suite.ts';
import { test } from '../app-test.ts';
import { answerSheet, row, sheet, tool, verdict, verdictHeading } from '../person.ts';
import { labOptions } from './lab-app.ts';

const MARKUP = '<img src=x onerror=pwned()>';
/**
 * What VirtualBox takes for a name: markup, quotes, right-to-left override, Markdown, and long. (It takes a terminal's
 * escape too, but can't read its own file any more then: such a machine is one that can't be opened.)
 */
const VM = `${MARKUP} "q' \u202egnp\u202c [a](javascript:b) \`c\` | ${'long'.repeat(20)}`;
/** What Docker takes for a network, and iptables for a comment. */
const NETWORK = `${MARKUP} \u202egnp \u001b[31m \`n\` | [n](javascript:n)`;
const COMMENT = `</pre>${MARKUP} \u202egnp \u001b[31m \`c\``;
const shell = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

describeLab('hostile names, which real programs take', () => {
  test('are shown as text in every pane and in the report', async ({ open }) => {
    const lab = await bookworm();
    await lab.reset();
    const rename = (name: string) => vboxManage(lab.port, 'modifyvm', lab.uuid, '--name', name);
    await rename(VM);
    onTestFinished(async () => {
      await rename('docker-vm');
    });
    const made = await lab.ssh(
      [
        `docker network create ${shell(NETWORK)}`,
        `docker network connect ${shell(NETWORK)} box1`,
        `iptables -I DOCKER-USER -i docker0 ! -o docker0 -m comment --comment ${shell(COMMENT)} -j DROP`,
      ].join(' && '),
    );
    expect(made.code, made.stderr).toBe(0);
    const options = labOptions(lab);
    const app = await open(options);
    const { page } = app;
    const name = visibleLine(VM);

    const vm = row(page, new RegExp(`^<img.*:${lab.port}\\b`));
    await vm.click();
    expect(await vm.textContent()).toContain(name);
    expect(await page.getByRole('banner').getByRole('heading').textContent()).toBe(name);
    expect(await page.getByRole('main').textContent()).toContain(name);
    await page.getByRole('main').getByRole('button', { name: 'Log In As…' }).click();
    expect(await sheet(page).textContent()).toContain(name);
    await sheet(page).getByRole('textbox', { name: 'User' }).fill('root');
    await sheet(page).getByRole('textbox', { name: /key/i }).fill(lab.keyPath);
    await sheet(page).getByRole('button', { name: 'Save' }).click();
    await tool(page, 'Diagnose').click();
    await answerSheet(page, `Before the first diagnosis of ${name}`, 'Diagnose');
    await answerSheet(page, `Is this really ${name}?`, 'Trust This Key');

    await verdictHeading(page);
    expect(await verdict(page).textContent()).toContain(visibleLine(COMMENT));
    const flows = page.getByRole('region', { name: 'Who reaches what', exact: true });
    expect(await flows.textContent()).toContain(visibleLine(oneLine(NETWORK)));
    await page.getByRole('textbox', { name: 'Search' }).fill('began');
    await page.getByRole('button', { name: /Diagnosis of .* began/ }).click();
    expect(await page.getByRole('region', { name: 'Timeline' }).textContent()).toContain(name);
    await app.clickMenu('palette');
    expect(await sheet(page).textContent()).toContain(name);
    await page.keyboard.press('Escape');

    const filePath = join(options.dataFolder, '..', 'report.md');
    await app.answer('showSaveDialog', { canceled: false, filePath });
    await tool(page, 'Export…').click();
    await page.getByText('The report was exported.').waitFor({ state: 'attached' });
    const report = await readFile(filePath, 'utf8');
    expect(report).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202a-\u202e]/);
    const shown = new MarkdownIt({ html: true, linkify: true }).render(report);
    expect(shown).not.toMatch(/<img|<a |javascript:b"|<\/pre><img/);
    expect(shown).toContain('&lt;img src=x onerror=pwned()&gt;');

    // Nothing in the page was made of them.
    expect(await page.locator('img, script:not([src]), a[href^="javascript"]').count()).toBe(0);
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  });
});
