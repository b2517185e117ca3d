import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
/** `new URL('./x.sh', import.meta.url)`, with a literal relative path. */
const BESIDE = /new URL\(\s*'(\.{1,2}\/[^']+)'\s*,\s*import\.meta\.url\s*,?\s*\)/g;

/**
 * The engine reads scripts, the sample and package.json beside its sources, by `new URL('./x', import.meta.url)`. In a
 * bundle that place is gone: this copies each such file to `beside/` and points the URL there. All chunks must lie in the
 * folder that has `beside/`.
 */
export function filesBeside(): Plugin {
  return {
    name: 'culprit:files-beside',
    // On the text as it was written, before a compiler changes it.
    enforce: 'pre',
    async transform(code, id) {
      if (!/\/electron\/.+\.ts$/.test(id) || !code.includes('import.meta.url')) return null;
      if (code.replace(BESIDE, '').includes('import.meta.url')) {
        this.error(`${id}: import.meta.url is only understood as new URL('./literal', import.meta.url)`);
      }
      const copyOf = (path: string) => {
        const file = resolve(dirname(id), path);
        return { file, name: `beside/${relative(root, file)}` };
      };
      for (const path of new Set([...code.matchAll(BESIDE)].map(([, path = '']) => path))) {
        const { file, name } = copyOf(path);
        this.addWatchFile(file);
        this.emitFile({ type: 'asset', fileName: name, source: await readFile(file) });
      }
      const bundled = code.replace(
        BESIDE,
        (_, path: string) => `new URL('./${copyOf(path).name}', import.meta.url)`,
      );
      return { code: bundled, map: null };
    },
  };
}
