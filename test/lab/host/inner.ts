/**
 * Runs inside the private network namespace of one machine: the internet stand-in, QEMU, and the inner end
 * of the relay. Talks with the daemon outside over unix sockets, which cross network namespaces, and ends
 * with QEMU when the daemon closes its standard input.
 */
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { files, type HostConfig } from './config.ts';
import { type Mac, PUBLIC, RESOLVER, serveInternet } from './internet.ts';
import { Link } from './link.ts';

const runDir = process.argv[2] ?? '';
const config = JSON.parse(readFileSync(files.config(runDir), 'utf8')) as HostConfig;
const mac: Mac = { dns: true, net: true };

function sh(command: string, ...args: string[]): void {
  execFileSync('sh', ['-ec', command, 'sh', ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
}

function setUpNamespace(): void {
  const resolvConf = join(runDir, 'resolv.conf');
  writeFileSync(resolvConf, `nameserver ${RESOLVER}\n`);
  sh('mount --bind "$1" "$(readlink -f /etc/resolv.conf)"; ip link set lo up', resolvConf);
  for (const address of PUBLIC) sh('ip addr add "$1/32" dev lo', address);
  writeFileSync('/proc/sys/net/ipv4/ping_group_range', '0 2147483647'); // slirp's ping sockets
}

/** The first line of a relayed connection is the port on 127.0.0.1 where QEMU forwards it. */
function serveRelay(): void {
  const server = createServer({ allowHalfOpen: true }, (outside) => {
    outside.once('data', (head: Buffer) => {
      outside.pause();
      const end = head.indexOf(10);
      const guest = connect({ host: '127.0.0.1', port: Number(head.subarray(0, end)), allowHalfOpen: true });
      if (end + 1 < head.length) guest.write(head.subarray(end + 1));
      new Link(outside, guest).release();
    });
  });
  server.listen(files.inner(runDir));
}

/** Outside addresses become unreachable, as with the Mac's Wi-Fi off. */
function setNet(on: boolean): void {
  if (mac.net === on) return;
  mac.net = on;
  for (const address of PUBLIC) sh(`ip addr ${on ? 'add' : 'del'} "$1/32" dev lo`, address);
}

function startQemu(): void {
  const qemu = spawn('setpriv', ['--pdeathsig', 'KILL', 'nice', '-n', '5', ...config.qemu], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  writeFileSync(files.alive(runDir), String(qemu.pid));
  const end = () => qemu.kill('SIGTERM');
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  const words = createInterface({ input: process.stdin });
  words.on('line', (word) => {
    if (word.startsWith('dns-')) mac.dns = word === 'dns-on';
    else setNet(word === 'net-on');
  });
  words.on('close', end);
  qemu.on('exit', (code) => {
    rmSync(files.alive(runDir), { force: true });
    process.exit(code ?? 1);
  });
}

setUpNamespace();
serveInternet(mac);
serveRelay();
startQemu();
