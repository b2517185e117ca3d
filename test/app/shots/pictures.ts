import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/app-state.ts';
import type { Shot } from '../shot.ts';
import { openRunOf, scrollTo } from './looking.ts';
import { withRuns } from './place.ts';

/** With the terminal hidden, so that the run has the room. */
async function withRoom(dataFolder: string) {
  const options = await withRuns(dataFolder);
  const settings: Settings = {
    ...DEFAULT_SETTINGS,
    terminal: { ...DEFAULT_SETTINGS.terminal, open: false },
  };
  await writeFile(join(dataFolder, 'settings.json'), JSON.stringify(settings));
  return options;
}

/** The README's pictures. */
export const SHOTS: Shot[] = [
  {
    name: 'verdict',
    theme: 'light',
    prepare: withRoom,
    steps: (app) => openRunOf(app, 'docker-vm'),
  },
  {
    name: 'path-and-flows',
    theme: 'dark',
    prepare: withRoom,
    steps: async (app) => {
      await openRunOf(app, 'docker-vm');
      await scrollTo(app.page, 'path');
    },
  },
  {
    name: 'timeline-zh',
    theme: 'light',
    open: { languages: ['zh-CN'] },
    prepare: withRoom,
    steps: async (app) => {
      await openRunOf(app, 'docker-vm');
      await scrollTo(app.page, 'timeline');
    },
  },
];
