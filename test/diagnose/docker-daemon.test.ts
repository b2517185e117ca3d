import { describe, expect, it } from 'vitest';
import { diagnoseScene } from '../../electron/diagnose/diagnose.ts';
import { readScene } from '../lab-cases/scene-file.ts';
import { altered, fact, withFact } from './altered-scene.ts';

const stopped = readScene('docker-daemon-stopped');
const saying = (...journal: string[]) =>
  diagnoseScene(
    withFact(stopped, 'docker', {
      journal,
      unit: {
        id: 'docker.service',
        loaded: true,
        active: 'failed',
        sub: 'failed',
        result: 'exit-code',
        exitStatus: 1,
        restarts: 3,
        unitFile: 'enabled',
        activeSince: null,
      } as never,
    }),
  ).causes[0];

/** What dockerd printed on machines of people who asked in these threads. */
const SAID: [string, string][] = [
  [
    'docker-zone-conflict',
    `failed to start daemon: Error initializing network controller: Error creating default "bridge" network: Failed to program NAT chain: ZONE_CONFLICT: 'docker0' already bound to a zone`,
  ],
  [
    'docker-config-conflict',
    'unable to configure the Docker daemon with file /etc/docker/daemon.json: the following directives are specified both as a flag and in the configuration file: hosts: (from flag: [fd://], from file: [unix:///var/run/docker.sock])',
  ],
  [
    'docker-config-unknown-key',
    "unable to configure the Docker daemon with file /etc/docker/daemon.json: the following directives don't match any configuration option: default-ulimits",
  ],
  [
    'docker-no-address-pool',
    'Error starting daemon: Error initializing network controller: Error creating default "bridge" network: could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network',
  ],
  [
    'docker-iptables-unusable',
    'failed to start daemon: Error initializing network controller: error obtaining controller instance: failed to register "bridge" driver: failed to create NAT chain DOCKER: iptables failed: iptables --wait -t nat -N DOCKER: iptables v1.8.10 (legacy): can\'t initialize iptables table `nat\': Table does not exist (do you need to insmod?)',
  ],
  [
    'docker-iptables-unusable',
    'failed to start daemon: Error initializing network controller: error obtaining controller instance: failed to register "bridge" driver: unable to insert jump to DOCKER rule in FORWARD chain:  (iptables failed: iptables --wait -I FORWARD -m set --match-set docker-ext-bridges-v4 dst -j DOCKER: Warning: Extension set revision 0 not supported, missing kernel module?',
  ],
  [
    'docker-iptables-unusable',
    'iptables v1.8.11 (nf_tables):  RULE_APPEND failed (No such file or directory): rule in chain PREROUTING',
  ],
  [
    'docker-forwarding-off',
    `failed to start daemon: Error initializing network controller: error creating default "bridge" network: IPv4 forwarding is disabled: check your host's firewalling and set sysctl net.ipv4.ip_forward=1, or disable this check using daemon option --ip-forward=false`,
  ],
];

describe('docker-start-failure', () => {
  it.each(SAID)('%s, told by dockerd’s last words', (id, words) => {
    const cause = saying('systemd: something before', words);
    expect(cause).toMatchObject({ id, grade: 'inferred', owner: 'docker' });
    expect(cause?.evidence[0]?.says.en).toBe(words);
    expect(cause?.says.en).not.toMatch(/undefined/);
  });

  it('names what the conflict is about, and what to run', () => {
    const cause = saying(SAID[0]?.[1] ?? '');
    expect(cause?.says.en).toContain('docker0');
    expect(cause?.fixes[0]?.commands.join('\n')).toContain('--remove-interface=docker0');
  });

  it('goes by the newest words, and leaves those it does not know to docker-not-running', () => {
    expect(saying(SAID[3]?.[1] ?? '', SAID[0]?.[1] ?? '')?.id).toBe('docker-zone-conflict');
    expect(saying('failed to start daemon: something new')?.id).toBe('docker-not-running');
    expect(saying()?.id).toBe('docker-not-running');
  });

  it('does not say that containers have no network where they run on without the daemon', () => {
    const told = (value: Record<string, unknown>) => {
      const scene = withFact(stopped, 'docker', { daemonJson: { text: '', error: null, value } });
      return diagnoseScene(scene).causes[0]?.says.en;
    };
    expect(told({})).toContain('no container has a network');
    expect(told({ 'live-restore': true })).toContain('with live-restore they run on');
  });

  it('says nothing of a daemon that runs, whatever its log once held', () => {
    const healthy = withFact(readScene('healthy-baseline'), 'docker', {
      journal: SAID.map(([, words]) => words),
    });
    expect(diagnoseScene(healthy).causes).toEqual([]);
  });
});

describe('a daemon without a free address range', () => {
  const fixes = (dst: string) =>
    diagnoseScene(
      altered('docker-no-address-pool', (s) => {
        const { routes } = fact(s, 'routes');
        const [route] = routes.filter((r) => r.dst === '172.16.0.0/12');
        if (route) routes.push({ ...route, dst });
      }),
    ).causes[0]?.fixes;
  const base = (dst: string) => JSON.stringify(fixes(dst)?.[0]?.applied?.edits ?? []);

  it('gets one that no route covers', () => {
    expect(base('10.8.0.0/24')).toContain('10.213.0.0/16');
    expect(base('10.0.0.0/8')).toBe('[]');
  });

  it('gets its bridge made by hand where a VPN covers all', () => {
    expect(fixes('0.0.0.0/1')).toMatchObject([{ applies: 'told' }]);
    expect(fixes('0.0.0.0/1')?.[0]?.commands).toContain('ip link add docker0 type bridge');
  });
});
