import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { app } from './app.ts';

type Handler = (request: Request) => Response | Promise<Response>;

const schemes = new Set<string>();
const handlers = new Map<string, Handler>();

export const protocol = {
  registerSchemesAsPrivileged(list: { scheme: string; privileges?: object }[]) {
    if (app.isReady()) throw new Error('schemes are registered before app is ready');
    for (const { scheme } of list) schemes.add(scheme);
  },
  handle(scheme: string, handler: Handler) {
    if (handlers.has(scheme)) throw new Error(`'${scheme}' is handled already`);
    handlers.set(scheme, handler);
  },
};

/** The handler of an address of one of main's own schemes. */
export function handlerOf(url: string): Handler | undefined {
  return handlers.get(new URL(url).protocol.slice(0, -1));
}

// Chromium takes only schemes it knows for secure ones with an origin: `app://bundle/x` is `https://bundle.app.double/x` there.

/** The address in the browser of an address of main's. */
export function inBrowser(url: string): string {
  const { protocol: scheme, host, pathname, search, hash } = new URL(url);
  const name = scheme.slice(0, -1);
  return schemes.has(name) ? `https://${host}.${name}.double${pathname}${search}${hash}` : url;
}

/** The address as main knows it. */
export function inMain(url: string): string {
  return url.replace(/^https:\/\/([^/]+?)\.([a-z0-9+-]+)\.double(?=[/?#]|$)/, '$2://$1');
}

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

export const net = {
  async fetch(url: string): Promise<Response> {
    const file = new URL(url);
    if (file.protocol !== 'file:') throw new Error('the double fetches files only');
    const body = await readFile(file).catch(() => {
      throw new Error('net::ERR_FILE_NOT_FOUND');
    });
    const type = TYPES[extname(file.pathname)] ?? 'application/octet-stream';
    return new Response(new Uint8Array(body), { headers: { 'content-type': type } });
  },
};
