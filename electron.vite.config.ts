import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { filesBeside } from './build/beside.ts';
import { withoutSshNatives } from './build/ssh2-natives.ts';

// The same bundle runs in Electron (Node 24) and in the test double (whatever Node the tests have).
const target = 'node20';

export default defineConfig({
  main: {
    plugins: [filesBeside(), withoutSshNatives()],
    build: {
      target,
      outDir: 'out/main',
      emptyOutDir: true,
      minify: false,
      rollupOptions: {
        input: 'electron/main.ts',
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      target,
      outDir: 'out/preload',
      emptyOutDir: true,
      minify: false,
      // A sandboxed preload can require nothing but electron.
      externalizeDeps: false,
      rollupOptions: {
        input: 'electron/preload.ts',
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      target: 'chrome140',
      // electron-vite leaves it out, for Electron loads from the disk; but what is parsed before the first paint counts.
      minify: 'oxc',
      outDir: 'out/renderer',
      emptyOutDir: true,
      // The policy allows neither data: URLs nor inline scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: 'renderer/index.html',
        output: {
          // Schemas compile themselves unless they are told not to before the first is made, whatever is split off.
          codeSplitting: { groups: [{ name: 'schemas', test: /node_modules\/zod\/|renderer\/jitless/ }] },
        },
      },
    },
  },
});
