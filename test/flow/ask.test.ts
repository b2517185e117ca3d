import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { dnsQuery, printfEscapes } from '../../electron/flow/dns.ts';

/** What a name server gets first, asked as flows are. */
async function heard(name: string): Promise<Buffer> {
  const script = readFileSync(new URL('../../electron/flow/try.sh', import.meta.url), 'utf8');
  const server = createSocket('udp4').bind(0, '127.0.0.1');
  await once(server, 'listening');
  const first = once(server, 'message') as Promise<[Buffer]>;
  const question = `${script}\nask "$1" >"/dev/udp/127.0.0.1/$2"`;
  execFile('bash', ['-c', question, 'ask', printfEscapes(dnsQuery(name)), `${server.address().port}`]);
  const [message] = await first;
  server.close();
  return message;
}

it.each(['web', 'prometheus', 'postgresql.shop-web-1'])('asks for %s in one packet', async (name) => {
  expect([...(await heard(name))]).toEqual([...dnsQuery(name)]);
});
