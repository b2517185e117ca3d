import { join } from 'node:path';
import { expect, it } from 'vitest';
import { asOfSuite, giveaways } from './scrub.ts';

it('has a machine on another port look like its suite’s own, and leaves other numbers alone', () => {
  const of = (port: number) =>
    `{"id":"c0ffee00-1ab0-4000-8000-00000000${port}","to":"127.0.0.1:${port + 1000} (web)","ports":[${port},${port + 2000}],"others":[12522,25220,22,3000]}`;
  expect(asOfSuite(of(2522), { suite: 'bookworm', port: 2522 })).toBe(of(2512));
  expect(asOfSuite(of(2512), { suite: 'bookworm', port: 2512 })).toBe(of(2512));
  expect(asOfSuite(of(2533), { suite: 'trixie', port: 2533 })).toBe(of(2513));
});

it.each([
  ['a private key', '-----BEGIN OPENSSH PRIVATE KEY-----'],
  ['a public key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5'],
  ['a password’s hash', 'root:$y$j9T$abcdefghijklmnopqrstuv$xyz:19000'],
  ['a token', 'ghp_abcdefghijklmnopqrstuvwxyz0123456789'],
  ['credentials in an address', 'HTTP_PROXY=http://me:secret@10.0.2.2:3128'],
  ['an authorization', '{"auths":{"r.example":{"auth": "bWU6c2VjcmV0"}}}'],
  ['a person’s home', '/Users/ada/vms'],
  ['the path of this project', join(import.meta.dirname, '../..', 'electron')],
])('tells %s', (what, text) => {
  expect(giveaways(`{"stdout":"… ${text} …"}`)).toContain(what);
});

it('has nothing against what every guest has', () => {
  const text =
    '/root /home/dev http://1.1.1.1/ tcp://8.8.8.8:53 http://[::1]:80/ ssh-ed25519 $1$2 authorization debian';
  expect(giveaways(text)).toEqual([]);
});
