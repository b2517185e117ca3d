import { join } from 'node:path';
import { DEFAULT_SETTINGS, Settings } from '../../../shared/app-state.ts';
import { JsonFile } from './json-file.ts';

/** What the person has set. A setting that a newer version knows, or an older one had, does not spoil the others. */
const SettingsFile = Settings.partial()
  .loose()
  .transform((found): Settings => {
    const known = Object.fromEntries(Object.entries(found).filter(([name]) => name in DEFAULT_SETTINGS));
    return { ...DEFAULT_SETTINGS, ...known };
  });

/** Opens the settings in the application's folder. */
export function openSettings(folder: string, log: (line: string) => void): Promise<JsonFile<Settings>> {
  return JsonFile.open(join(folder, 'settings.json'), SettingsFile, DEFAULT_SETTINGS, log);
}
