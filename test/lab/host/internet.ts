import { createSocket } from 'node:dgram';
import { createServer as createHttp, type IncomingMessage } from 'node:http';
import { createServer, type Socket } from 'node:net';
import type { MacSide } from './config.ts';
import { answer } from './dns.ts';

/** Addresses of the stand-in for the internet. */
export const PUBLIC = ['203.0.113.10', '1.1.1.1', '8.8.8.8', '8.8.4.4', '9.9.9.9'];
/** The "Mac's" own resolver: what the NAT's DNS (10.0.2.3) asks. */
export const RESOLVER = '127.0.0.77';

/** What works on the "Mac's" side. */
export type Mac = Record<MacSide, boolean>;

function silent(mac: Mac, address: string, over: 'dns-udp' | 'dns-tcp'): boolean {
  return !mac.dns || !mac[over] || (!mac.net && address !== RESOLVER);
}

function tryAnswer(query: Buffer, mac: Mac): Buffer | undefined {
  try {
    return answer(query, mac['dns-v4']);
  } catch {
    return undefined; // no DNS query
  }
}

/** DNS on UDP port 53 of one address. */
function dnsUdp(mac: Mac, address: string): void {
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    if (silent(mac, address, 'dns-udp')) return;
    const reply = tryAnswer(query, mac);
    if (reply) socket.send(reply, from.port, from.address);
  });
  socket.on('error', (error) => console.error('dns', address, error.message));
  socket.bind(53, address);
}

/** DNS on TCP port 53 of one address (two bytes of length before each message). */
function dnsTcp(mac: Mac, address: string): void {
  const server = createServer((client: Socket) => {
    if (silent(mac, address, 'dns-tcp')) return client.resetAndDestroy();
    let seen = Buffer.alloc(0);
    client.setTimeout(10_000, () => client.destroy());
    client.on('error', () => client.destroy());
    client.on('data', (chunk: Buffer) => {
      seen = Buffer.concat([seen, chunk]);
      if (seen.length < 2 || seen.length < 2 + seen.readUInt16BE(0)) return;
      const reply = tryAnswer(seen.subarray(2), mac);
      if (!reply) return client.destroy();
      const length = Buffer.alloc(2);
      length.writeUInt16BE(reply.length);
      client.end(Buffer.concat([length, reply]));
    });
    return client;
  });
  server.listen(53, address);
}

const SHORT = 'lab internet ok\n';

/** What a request gets: example.com serves as much as the real one, which with its headers fills a packet. */
function pageFor({ url, headers }: IncomingMessage): string {
  if (url?.includes('big')) return 'x'.repeat(200_000);
  return headers.host === 'example.com' ? SHORT.padEnd(1256, '.') : SHORT;
}

/** HTTP on one port of every address: a short page, that of example.com, and 200 kB for `/big`. */
function web(mac: Mac, port: number): void {
  const server = createHttp((request, response) => {
    const body = pageFor(request);
    request.resume().on('end', () => {
      response.writeHead(200, {
        'content-type': 'text/plain',
        'content-length': body.length,
        connection: 'close',
      });
      response.end(body);
    });
  });
  server.on('connection', (client) => {
    if (!mac.net) client.resetAndDestroy();
  });
  server.listen(port, '0.0.0.0');
}

/** Starts every service of the stand-in in this network namespace. */
export function serveInternet(mac: Mac): void {
  for (const address of [...PUBLIC, RESOLVER, '127.0.0.1']) {
    dnsUdp(mac, address);
    dnsTcp(mac, address);
  }
  for (const port of [80, 443, 8099]) web(mac, port);
}
