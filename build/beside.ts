import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { Plugin } from 'vite';

/** `new URL('./x.sh', import.meta.url)`, with a literal relative path. */
const BESIDE = /new URL\(\s*'(\.{1,2}\/[^']+)'\s*,\s*import\.meta\.url\s*,?\s*\)/g;

/**
 * The engine reads scripts, the sample and package.json beside its sources, by `new URL('./x', import.meta.url)`. In a
 * bundle that place is gone: this puts each such file into the bundle's assets and points the URL there.
 */
export function filesBeside(): Plugin {
  return {
    name: 'culprit:files-beside',
    async transform(code, id) {
      if (id.includes('/node_modules/') || !code.includes('import.meta.url')) return null;
      const paths = new Set([...code.matchAll(BESIDE)].map(([, path = '']) => path));
      if (code.replace(BESIDE, '').includes('import.meta.url')) {
        this.error(`${id}: import.meta.url is only understood as new URL('./literal', import.meta.url)`);
      }
      const references = new Map<string, string>();
      for (const path of paths) {
        const file = resolve(dirname(id), path);
        this.addWatchFile(file);
        const name = basename(file);
        references.set(path, this.emitFile({ type: 'asset', name, source: await readFile(file) }));
      }
      const bundled = code.replace(
        BESIDE,
        (_, path: string) => `new URL(import.meta.ROLLUP_FILE_URL_${references.get(path)})`,
      );
      return { code: bundled, map: null };
    },
  };
}
