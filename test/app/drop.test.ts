import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { test } from './app-test.ts';
import { drag } from './dragging.ts';
import { NO_VIRTUALBOX, newestRun, row, stateOf, verdictHeading } from './person.ts';

const LOG = fileURLToPath(new URL('../fixtures/trace/nft-1.0.6-three-flows.txt', import.meta.url));
const ASKS = 'Drop it to open this trace log';

test('a log that is dropped onto the window is opened, which says so while it is over it', async ({
  open,
}) => {
  const app = await open({ env: NO_VIRTUALBOX });
  const target = app.page.getByText(ASKS);
  await row(app.page, 'Recorded VM').waitFor();
  await drag(app, [LOG], 'dragEnter', 'dragOver');
  await target.waitFor();
  await drag(app, [LOG], 'dragCancel');
  await app.page.mouse.move(300, 300);
  await target.waitFor({ state: 'detached' });
  await drag(app, [LOG], 'dragEnter', 'dragOver', 'drop');
  expect(await verdictHeading(app.page)).toContain('A rule in ip filter DOCKER-USER drops');
  await target.waitFor({ state: 'detached' });
  expect(await newestRun(app)).toMatchObject({ machine: 'log', machineName: 'nft-1.0.6-three-flows.txt' });
});

test('several files are not taken, nor is anything while a sheet waits', async ({ open }) => {
  const app = await open({ env: NO_VIRTUALBOX });
  await row(app.page, 'Recorded VM').waitFor();
  await drag(app, [LOG, LOG], 'dragEnter', 'dragOver');
  await app.page.getByText('Drop one log at a time').waitFor();
  await drag(app, [LOG, LOG], 'drop');
  await app.page.getByText('Drop one log at a time').waitFor({ state: 'detached' });
  await app.page.getByRole('navigation').getByRole('button', { name: 'Add SSH Host…' }).click();
  await app.page.getByRole('dialog').waitFor();
  await drag(app, [LOG], 'dragEnter', 'dragOver', 'drop');
  expect((await stateOf(app)).runs).toEqual([]);
});

test('a script in the page can name no file', async ({ open }) => {
  const app = await open({ env: NO_VIRTUALBOX });
  const told = await app.page.evaluate((path) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['trace id'], path));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    return Promise.all([
      window.culprit.call('dropped' as never, path),
      window.culprit.call('openLog', { path }),
    ]);
  }, LOG);
  expect(told).toMatchObject([{ ok: false }, { ok: false }]);
  expect((await stateOf(app)).runs).toEqual([]);
});
