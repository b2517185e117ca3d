import type { Rule } from '../rule.ts';
import { barredRoute } from './barred-route.ts';
import { bridgeLink } from './bridge-link.ts';
import { conditionalDrop } from './conditional-drop.ts';
import { connectionTableFull } from './connection-table-full.ts';
import { defaultBridgeNames } from './default-bridge-names.ts';
import { directAccess } from './direct-access.ts';
import { dockerNotRunning } from './docker-not-running.ts';
import { dockerRulesMissing } from './docker-rules-missing.ts';
import { dockerStartFailure } from './docker-start-failure.ts';
import { dockerUser } from './docker-user.ts';
import { firewalldAfterDocker } from './firewalld-after-docker.ts';
import { firewalldDirect } from './firewalld-direct.ts';
import { firewalldPolicy } from './firewalld-policy.ts';
import { firewalldZone } from './firewalld-zone.ts';
import { forwardPolicy } from './forward-policy.ts';
import { forwardingOff } from './forwarding-off.ts';
import { gatewayHidden } from './gateway-hidden.ts';
import { machineOffline } from './machine-offline.ts';
import { masqueradeMissing } from './masquerade-missing.ts';
import { netfilterDrop } from './netfilter-drop.ts';
import { networkOption } from './network-option.ts';
import { networksOverlap } from './networks-overlap.ts';
import { noDefaultRoute } from './no-default-route.ts';
import { portBoundElsewhere } from './port-bound-elsewhere.ts';
import { portNotPublished } from './port-not-published.ts';
import { portNotTranslated } from './port-not-translated.ts';
import { publishedPort } from './published-port.ts';
import { queueDrop } from './queue-drop.ts';
import { resolver } from './resolver.ts';
import { reversePath } from './reverse-path.ts';
import { separateNetworks } from './separate-networks.ts';
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
  conditionalDrop,
  defaultBridgeNames,
  directAccess,
  dockerStartFailure,
  dockerUser,
  firewalldDirect,
  firewalldPolicy,
  forwardPolicy,
  gatewayHidden,
  networksOverlap,
  portNotPublished,
  portNotTranslated,
  separateNetworks,
];
