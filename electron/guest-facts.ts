import type { Facts } from './probe/registry.ts';

/** The versions that a colleague asks for first, by name; what is not known is left out. */
export function guestFacts(facts: Facts): Record<string, string> {
  const system = facts.system.ok ? facts.system.value : undefined;
  const versions = facts.versions.ok ? facts.versions.value : undefined;
  const docker = facts.docker.ok ? facts.docker.value : undefined;
  const firewalld = facts.firewalld.ok ? facts.firewalld.value : undefined;
  const all: Record<string, string | null | undefined> = {
    os: system?.osName,
    kernel: system?.kernel,
    hostname: system?.hostname,
    docker: docker?.info?.version ?? (docker && !docker.running ? 'not running' : undefined),
    firewalld: firewalld?.running ? (firewalld.version ?? 'running') : undefined,
    iptables: versions?.iptables && `${versions.iptables.version} (${versions.iptables.backend})`,
    nftables: versions?.nft,
    systemd: versions?.systemd?.toString(),
  };
  return Object.fromEntries(Object.entries(all).flatMap(([key, value]) => (value ? [[key, value]] : [])));
}
