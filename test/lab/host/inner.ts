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
import { files, type HostConfig, MAC_SIDES } from './config.ts';
import { type Mac, PUBLIC, RESOLVER, serveInternet } from './internet.ts';
import { Link } from './link.ts';

const runDir = process.argv[2] ?? '';
const config = JSON.parse(readFileSync(files.config(runDir), 'utf8')) as HostConfig;
const mac = Object.fromEntries(MAC_SIDES.map((side) => [side, true])) as Mac;

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

/**
 * Runs QEMU until it ends, and again from the snapshot `load NAME` asks for. A QEMU of its own for each snapshot:
 * `loadvm` in a running one does not turn its TSC back (cpu_ticks_prev in softmmu/cpu-timers.c), so the guest would see
 * its clock jump by as long as QEMU has run, which leaves tasks without a processor for half a minute.
 */
function runQemu(snapshot?: string): void {
  const load = snapshot ? ['-loadvm', snapshot] : [];
  const qemu = spawn('setpriv', ['--pdeathsig', 'KILL', 'nice', '-n', '5', ...config.qemu, ...load], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  writeFileSync(files.alive(runDir), String(qemu.pid));
  end = () => qemu.kill('SIGTERM');
  qemu.on('exit', (code) => {
    const next = wanted;
    wanted = undefined;
    if (next) return runQemu(next);
    rmSync(files.alive(runDir), { force: true });
    process.exit(code ?? 1);
  });
}

let wanted: string | undefined;
let end: () => void = () => undefined;

function obey(word: string): void {
  const side = MAC_SIDES.find((one) => word === `${one}-on` || word === `${one}-off`);
  if (side === 'net') setNet(word === 'net-on');
  else if (side) mac[side] = word === `${side}-on`;
  else {
    wanted = word.slice('load '.length);
    end();
  }
}

function stop(): void {
  wanted = undefined;
  end();
}

setUpNamespace();
serveInternet(mac);
serveRelay();
runQemu(config.snapshot);
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
createInterface({ input: process.stdin }).on('line', obey).on('close', stop);
