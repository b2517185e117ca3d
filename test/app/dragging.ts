import type { OpenApp } from './harness.ts';

type Step = 'dragEnter' | 'dragOver' | 'drop' | 'dragCancel';

/** Drags these files over the middle of the window, as the person does, up to the given step. */
export async function drag(
  { page }: Pick<OpenApp, 'page'>,
  files: string[],
  ...steps: Step[]
): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of steps) await cdp.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
  await cdp.detach();
}
