import type { FlowKind } from '../kind.ts';
import { absentMate } from './absent-mate.ts';
import { containerIp } from './container-ip.ts';
import { containerName } from './container-name.ts';
import { dnsServer } from './dns-server.ts';
import { frozenMate } from './frozen-mate.ts';
import { gateway } from './gateway.ts';
import { guestService } from './guest-service.ts';
import { hairpin } from './hairpin.ts';
import { internetIcmp } from './internet-icmp.ts';
import { internetIp } from './internet-ip.ts';
import { internetName } from './internet-name.ts';
import { internetPage } from './internet-page.ts';
import { internetUdp } from './internet-udp.ts';
import { pinnedName } from './pinned-name.ts';
import { programName } from './program-name.ts';
import { proxy } from './proxy.ts';
import { publishedPort } from './published-port.ts';
import { searchedMate } from './searched-mate.ts';
import { searchedName } from './searched-name.ts';

/** Every kind of traffic that is tried. */
export const FLOW_KINDS: readonly FlowKind[] = [
  internetIp,
  internetName,
  internetPage,
  internetUdp,
  internetIcmp,
  gateway,
  dnsServer,
  containerIp,
  containerName,
  publishedPort,
  proxy,
  pinnedName,
  hairpin,
  absentMate,
  frozenMate,
  programName,
  searchedName,
  searchedMate,
  guestService,
];
