import type { Rule } from '../rule.ts';
import { barredRoute } from './barred-route.ts';
import { bridgeLink } from './bridge-link.ts';
import { connectionTableFull } from './connection-table-full.ts';
import { dockerNotRunning } from './docker-not-running.ts';
import { dockerRulesMissing } from './docker-rules-missing.ts';
import { firewalldAfterDocker } from './firewalld-after-docker.ts';
import { firewalldZone } from './firewalld-zone.ts';
import { forwardingOff } from './forwarding-off.ts';
import { machineOffline } from './machine-offline.ts';
import { masqueradeMissing } from './masquerade-missing.ts';
import { netfilterDrop } from './netfilter-drop.ts';
import { networkOption } from './network-option.ts';
import { noDefaultRoute } from './no-default-route.ts';
import { portBoundElsewhere } from './port-bound-elsewhere.ts';
import { publishedPort } from './published-port.ts';
import { queueDrop } from './queue-drop.ts';
import { resolver } from './resolver.ts';
import { reversePath } from './reverse-path.ts';
import { subnetOverlap } from './subnet-overlap.ts';
import { wrongNeighbour } from './wrong-neighbour.ts';

/** Every rule; their order does not matter. */
export const RULES: readonly Rule[] = [
  firewalldZone,
  firewalldAfterDocker,
  netfilterDrop,
  dockerNotRunning,
  dockerRulesMissing,
  networkOption,
  masqueradeMissing,
  reversePath,
  queueDrop,
  forwardingOff,
  barredRoute,
  noDefaultRoute,
  subnetOverlap,
  bridgeLink,
  wrongNeighbour,
  connectionTableFull,
  machineOffline,
  resolver,
  publishedPort,
  portBoundElsewhere,
];
