import { join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { net, protocol, session } from 'electron';

/** Our own scheme, and its one host. */
const SCHEME = 'app';
const HOST = 'bundle';
/** Where the window starts. */
export const START_PAGE = `${SCHEME}://${HOST}/index.html`;

/**
 * What the page may do. Styles may be inserted as elements, because xterm.js and React Aria do; scripts and everything
 * else come from the bundle only, and nothing is fetched from anywhere.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-elem 'self' 'unsafe-inline'",
  "style-src-attr 'none'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "worker-src 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Must run before the application is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Is this address a page of ours? `new URL('app://…').origin` is 'null' in Node, so its parts are compared. */
export function isOurPage(url: string): boolean {
  const { protocol: scheme, host } = URL.canParse(url) ? new URL(url) : { protocol: '', host: '' };
  return scheme === `${SCHEME}:` && host === HOST;
}

/** Serves the built window from `folder`, and nothing else, from now on; asks for no permission ever. */
export function servePages(folder: string): void {
  protocol.handle(SCHEME, async ({ url }) => {
    const file = isOurPage(url) ? fileIn(folder, new URL(url).pathname) : undefined;
    if (file === undefined) return new Response('', { status: 404, headers: HEADERS });
    try {
      const { body, headers } = await net.fetch(pathToFileURL(file).href);
      const type = headers.get('content-type') ?? 'application/octet-stream';
      return new Response(body, { headers: { ...HEADERS, 'content-type': type } });
    } catch {
      return new Response('', { status: 404, headers: HEADERS });
    }
  });
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
}

/** The file of a path of ours; undefined where the path is no file inside the folder. */
function fileIn(folder: string, path: string): string | undefined {
  try {
    const decoded = decodeURIComponent(path);
    if (decoded.includes('\0') || decoded.includes('\\')) return undefined;
    const file = resolve(join(folder, decoded));
    return file.startsWith(resolve(folder) + sep) ? file : undefined;
  } catch {
    return undefined;
  }
}
