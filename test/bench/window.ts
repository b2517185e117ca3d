/**
 * How the window fares with a run of EVENTS events (100,000 unless given), made of the sample's own: the time until it is
 * open, the time of each frame while its timeline is scrolled, the heap, and
 * how much code the first paint needs: `npm run bench:window -- [EVENTS]`.
 *
 * The built renderer runs in headless Chromium; a small page script stands in for preload and sends the events in the
 * lists that main sends.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { abridge } from '../../electron/app/runs/abridge.ts';
import { OUTCOME_TYPES } from '../../electron/app/runs/run-reader.ts';
import { type AppState, DEFAULT_SETTINGS } from '../../shared/app-state.ts';
import { manyEvents } from './window/many-events.ts';

/** What the script in the page measures. */
interface Opened {
  /** Until the verdict and the first rows are there. */
  seen: number;
  /** Until all of it can be scrolled. */
  ms: number;
  decoding: number;
  longest: number;
}
interface Frames {
  smooth: number[];
  jumps: number[];
}

/** As main sends them. */
const LIST = 2000;
const ROUNDS = 5;
const RUN = '20260101T000000Z-00000001';
const wanted = Number(process.argv[2] ?? 100_000);
const root = join(import.meta.dirname, '../../out/renderer');
const script = readFileSync(join(import.meta.dirname, 'window/page.js'), 'utf8');

const events = await manyEvents(wanted);
const outcome = events.filter(({ type }) => OUTCOME_TYPES.has(type));
const lists: string[] = [];
for (let at = 0; at < events.length; at += LIST)
  lists.push(JSON.stringify(abridge(events.slice(at, at + LIST), at)));

const state: AppState = {
  version: '0',
  platform: 'darwin',
  lang: 'en',
  settings: { ...DEFAULT_SETTINGS, terminal: { ...DEFAULT_SETTINGS.terminal, open: false } },
  virtualbox: { state: 'found' },
  vboxmanage: null,
  machines: [
    {
      id: 'sample',
      kind: 'sample',
      name: '',
      state: 'unknown',
      reach: { ok: true, at: '' },
      login: { user: '' },
      remembered: [],
      focus: 'everything',
    },
  ],
  runs: [
    {
      id: RUN,
      machine: 'sample',
      machineName: 'bench',
      at: '2026-01-01T00:00:00Z',
      focus: 'everything',
      state: 'done',
    },
  ],
  prompts: [],
  canRemember: false,
};

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

function serve(path: string, response: ServerResponse): void {
  const list = /^\/lists\/(\d+)$/.exec(path)?.[1];
  try {
    const body =
      list === undefined ? readFileSync(join(root, normalize(path))) : (lists[Number(list)] ?? '{}');
    response.setHeader('content-type', TYPES[extname(path)] ?? 'application/json');
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}

function line(name: string, values: readonly number[], unit: string): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(0);
  return `${name}: best ${at(0)}, median ${at(0.5)}, 95 % ${at(0.95)}, 99 % ${at(0.99)}, worst ${at(1)} ${unit} (${sorted.length})`;
}

const server = createServer((request, response) =>
  serve(new URL(request.url ?? '/', 'http://x').pathname, response),
);
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--enable-precise-memory-info'],
});
const seen: number[] = [];
const opened: number[] = [];
const decoding: number[] = [];
const busy: number[] = [];
const heaps: number[] = [];
let frames: Frames = { smooth: [], jumps: [] };
try {
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on('pageerror', (error) => process.stderr.write(`${error.stack ?? error.message}\n`));
    const stand = JSON.stringify({ state, run: RUN, outcome, lists: lists.length, list: LIST });
    await page.addInitScript(`{ const stand = ${stand};\n${script} }`);
    await page.goto(`http://127.0.0.1:${port}/index.html`);
    await page.waitForFunction('window.opened !== undefined', undefined, { timeout: 60_000 });
    const times = await page.evaluate<Opened>('window.opened');
    seen.push(times.seen);
    opened.push(times.ms);
    decoding.push(times.decoding);
    busy.push(times.longest);
    if (round === ROUNDS - 1) frames = await page.evaluate<Frames>('scrollThrough()');
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    heaps.push(usedSize / 1e6);
    await page.close();
  }
} finally {
  await browser.close();
  server.close();
}
const page = readFileSync(join(root, 'index.html'), 'utf8');
const scripts = [...page.matchAll(/(?:src|href)="\.?\/?([^"]+\.js)"/g)].map(([, path = '']) =>
  join(root, path),
);
const code = scripts.reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0) / 1000;
const size = lists.reduce((sum, list) => sum + list.length, 0) / 1e6;
const slow = [...frames.smooth, ...frames.jumps].filter((ms) => Math.round(ms) > 50).length;
console.log(`the first paint needs ${code.toFixed(0)} kB of gzipped JavaScript`);
console.log(`a run of ${events.length} events, ${size.toFixed(0)} MB as the window gets it`);
console.log(line('open, until the verdict and the first rows are seen', seen, 'ms'));
console.log(line('open, until all of it can be scrolled', opened, 'ms'));
console.log(line('  of which decoding its events', decoding, 'ms'));
console.log(line('  longest at a stretch', busy, 'ms'));
console.log(line('frames while scrolling', frames.smooth, 'ms'));
console.log(line('frames while jumping to and fro', frames.jumps, 'ms'));
console.log(`frames above 50 ms: ${slow}`);
console.log(line('heap after opening', heaps, 'MB'));
