import type { Rule } from '../rule.ts';
import { acceptQueue } from './accept-queue.ts';
import { adapterDown } from './adapter-down.ts';
import { addressFilter } from './address-filter.ts';
import { addressTwice } from './address-twice.ts';
import { arpFilter } from './arp-filter.ts';
import { arpSilenced } from './arp-silenced.ts';
import { badQueue } from './bad-queue.ts';
import { barredRoute } from './barred-route.ts';
import { bridgeAddress } from './bridge-address.ts';
import { bridgeInVrf } from './bridge-in-vrf.ts';
import { bridgeLink } from './bridge-link.ts';
import { bridgeNetfilter } from './bridge-netfilter.ts';
import { bridgePort } from './bridge-port.ts';
import { bridgePortOptions } from './bridge-port-options.ts';
import { capturedRoute } from './captured-route.ts';
import { changedOnTheWay } from './changed-on-the-way.ts';
import { conditionalDrop } from './conditional-drop.ts';
import { connectionTableFull } from './connection-table-full.ts';
import { containerDetour } from './container-detour.ts';
import { containerInterface } from './container-interface.ts';
import { containerLink } from './container-link.ts';
import { containerOwnRules } from './container-own-rules.ts';
import { containerResolver } from './container-resolver.ts';
import { containerRoutes } from './container-routes.ts';
import { containerState } from './container-state.ts';
import { daemonDns } from './daemon-dns.ts';
import { deadForward } from './dead-forward.ts';
import { deadProxy } from './dead-proxy.ts';
import { defaultBridgeNames } from './default-bridge-names.ts';
import { deviceFilter } from './device-filter.ts';
import { directAccess } from './direct-access.ts';
import { diskFull } from './disk-full.ts';
import { divertingFilter } from './diverting-filter.ts';
import { dnsOneWay } from './dns-one-way.ts';
import { dockerNotRunning } from './docker-not-running.ts';
import { dockerRulesMissing } from './docker-rules-missing.ts';
import { dockerStartFailure } from './docker-start-failure.ts';
import { dockerUser } from './docker-user.ts';
import { dropBehind } from './drop-behind.ts';
import { embeddedDns } from './embedded-dns.ts';
import { firewalldAfterDocker } from './firewalld-after-docker.ts';
import { firewalldDirect } from './firewalld-direct.ts';
import { firewalldPolicy } from './firewalld-policy.ts';
import { firewalldStrictPorts } from './firewalld-strict-ports.ts';
import { firewalldZone } from './firewalld-zone.ts';
import { forwardMissesPort } from './forward-misses-port.ts';
import { forwardPolicy } from './forward-policy.ts';
import { forwardPolicyLeft } from './forward-policy-left.ts';
import { forwardingOff } from './forwarding-off.ts';
import { ingressFilter } from './ingress-filter.ts';
import { ipsecPolicy } from './ipsec-policy.ts';
import { kernelDrop } from './kernel-drop.ts';
import { listensElsewhere } from './listens-elsewhere.ts';
import { localPorts } from './local-ports.ts';
import { loopbackDown } from './loopback-down.ts';
import { loopbackRouting } from './loopback-routing.ts';
import { loopbackServer } from './loopback-server.ts';
import { machineOffline } from './machine-offline.ts';
import { masqueradeMissing } from './masquerade-missing.ts';
import { mtuBlackHole } from './mtu-black-hole.ts';
import { nameAnswers } from './name-answers.ts';
import { neighbourTableFull } from './neighbour-table-full.ts';
import { netfilterDrop } from './netfilter-drop.ts';
import { networkMode } from './network-mode.ts';
import { networkOption } from './network-option.ts';
import { networksOverlap } from './networks-overlap.ts';
import { noDefaultRoute } from './no-default-route.ts';
import { noNameServer } from './no-name-server.ts';
import { nothingListens } from './nothing-listens.ts';
import { otherTable } from './other-table.ts';
import { pinnedNames } from './pinned-names.ts';
import { portBoundElsewhere } from './port-bound-elsewhere.ts';
import { portNotPublished } from './port-not-published.ts';
import { portNotTranslated } from './port-not-translated.ts';
import { programNames } from './program-names.ts';
import { publishedPort } from './published-port.ts';
import { resolver } from './resolver.ts';
import { reversePath } from './reverse-path.ts';
import { sameMac } from './same-mac.ts';
import { separateNetworks } from './separate-networks.ts';
import { sharedNetwork } from './shared-network.ts';
import { subnetOverNat } from './subnet-over-nat.ts';
import { subnetOverlap } from './subnet-overlap.ts';
import { translatedElsewhere } from './translated-elsewhere.ts';
import { ufwRule } from './ufw-rule.ts';
import { wayBack } from './way-back.ts';
import { wrongDefaultRoute } from './wrong-default-route.ts';
import { wrongNeighbour } from './wrong-neighbour.ts';

/** Every rule; their order does not matter. */
export const RULES: readonly Rule[] = [
  firewalldZone,
  firewalldAfterDocker,
  netfilterDrop,
  dropBehind,
  dockerNotRunning,
  dockerRulesMissing,
  networkOption,
  masqueradeMissing,
  reversePath,
  ingressFilter,
  forwardingOff,
  barredRoute,
  noDefaultRoute,
  subnetOverlap,
  bridgeLink,
  wrongNeighbour,
  connectionTableFull,
  machineOffline,
  resolver,
  containerResolver,
  publishedPort,
  portBoundElsewhere,
  conditionalDrop,
  defaultBridgeNames,
  directAccess,
  dockerStartFailure,
  dockerUser,
  firewalldDirect,
  firewalldPolicy,
  firewalldStrictPorts,
  forwardPolicy,
  forwardPolicyLeft,
  networksOverlap,
  portNotPublished,
  portNotTranslated,
  separateNetworks,
  adapterDown,
  bridgeAddress,
  bridgeNetfilter,
  containerLink,
  containerOwnRules,
  containerRoutes,
  containerDetour,
  containerState,
  deadForward,
  deadProxy,
  diskFull,
  dnsOneWay,
  embeddedDns,
  loopbackRouting,
  loopbackDown,
  loopbackServer,
  mtuBlackHole,
  nameAnswers,
  neighbourTableFull,
  networkMode,
  sharedNetwork,
  noNameServer,
  nothingListens,
  listensElsewhere,
  localPorts,
  otherTable,
  pinnedNames,
  badQueue,
  subnetOverNat,
  wrongDefaultRoute,
  capturedRoute,
  changedOnTheWay,
  translatedElsewhere,
  wayBack,
  bridgeInVrf,
  deviceFilter,
  divertingFilter,
  containerInterface,
  bridgePort,
  acceptQueue,
  addressFilter,
  addressTwice,
  bridgePortOptions,
  sameMac,
  forwardMissesPort,
  programNames,
  ipsecPolicy,
  kernelDrop,
  arpSilenced,
  arpFilter,
  daemonDns,
  ufwRule,
];
