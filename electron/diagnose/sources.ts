/** A document or a thread that a piece of knowledge comes from. */
export interface Source {
  title: string;
  url: string;
}

/** What is to be said of a cause before it is ever seen. */
export interface Knowledge {
  sources: readonly [Source, ...Source[]];
  /** The versions that it holds for, where it is not all of them. */
  holds?: string;
}

/** An issue or a pull request on GitHub, such as `moby/moby#12294`, with its title. */
export function thread(ref: string, title: string): Source {
  const [repository, number] = ref.split('#');
  return { title: `${ref}: ${title}`, url: `https://github.com/${repository}/issues/${number}` };
}

/** A manual page of Linux, such as `ip-route(8)`. */
export function man(page: string): Source {
  const [, name, section] = /^(.+)\((\d)\)$/.exec(page) ?? [];
  return { title: page, url: `https://man7.org/linux/man-pages/man${section}/${name}.${section}.html` };
}

/** What more than one rule goes by. */
export const IP_SYSCTL: Source = {
  title: 'Linux: IP sysctl',
  url: 'https://docs.kernel.org/networking/ip-sysctl.html',
};
export const DOCKER_IPTABLES: Source = {
  title: 'Docker: Docker with iptables',
  url: 'https://docs.docker.com/engine/network/firewall-iptables/',
};
export const DOCKER_FIREWALLS: Source = {
  title: 'Docker: Packet filtering and firewalls',
  url: 'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
};
export const DOCKER_BRIDGE: Source = {
  title: 'Docker: Bridge network driver',
  url: 'https://docs.docker.com/engine/network/drivers/bridge/',
};
export const DOCKER_PORTS: Source = {
  title: 'Docker: Port publishing and mapping',
  url: 'https://docs.docker.com/engine/network/port-publishing/',
};
export const DOCKER_DAEMON: Source = {
  title: 'Docker: Troubleshooting the Docker daemon',
  url: 'https://docs.docker.com/engine/daemon/troubleshoot/',
};
export const VIRTUALBOX_NAT: Source = {
  title: 'VirtualBox: Fine tuning the NAT engine',
  url: 'https://docs.oracle.com/cd/E97728_01/F12469/html/changenat.html',
};
