import { type FlowKind, planned } from '../kind.ts';
import { lookUp } from '../script.ts';

/**
 * A name of the internet as a program of the guest finds it, through the C library: nsswitch.conf, /etc/hosts and the
 * search list have a say in it, which the questions that are sent to name servers don't show.
 */
export const programName: FlowKind = {
  id: 'program-name',
  plan: (world) =>
    world.targets
      .filter((t) => t.isName)
      .slice(0, 1)
      .map(({ host }) =>
        planned(
          'program-name',
          { where: 'guest' },
          { what: 'internet-name', proto: 'udp', host, port: 0, label: `${host} (getent)` },
          lookUp(host),
        ),
      ),
};
