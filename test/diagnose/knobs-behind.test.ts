import { describe, expect, it } from 'vitest';
import { diagnoseScene } from '../../electron/diagnose/diagnose.ts';
import type { Scene } from '../../electron/diagnose/rule.ts';
import { ufwWords } from '../../electron/diagnose/ufw-words.ts';
import { readScene } from '../lab-cases/scene-file.ts';
import { altered, container, diedAt, ending, fact, fromContainer } from './altered-scene.ts';

const ids = (scene: Scene) => diagnoseScene(scene).causes.map(({ id }) => id);
const OUT = (f: Scene['flows'][number]) => fromContainer('shop-web-1')(f) && f.kind === 'internet-ip';

/** The chain of the rule on ARP in a scene. */
function arpChain(scene: Scene, family: 'arp' | 'bridge') {
  const found = fact(scene, 'ruleset').chains.find((c) => c.family === family && c.name === 'INPUT');
  if (!found) throw new Error(`no INPUT of ${family}`);
  return found;
}

describe('ARP', () => {
  it('works for a container that gets out, whatever flags and rules there are', () => {
    for (const fault of ['arp-off-on-bridge', 'arp-arptables-drop', 'ebtables-arp-drop']) {
      const scene = altered(fault, (s) => ending(s, OUT, 'ok'));
      expect(ids(scene).filter((id) => id.startsWith('arp-'))).toEqual([]);
    }
  });

  it('is not off at a bridge by what another bridge has', () => {
    const scene = altered('arp-off-on-bridge', (s) => {
      for (const i of fact(s, 'interfaces')) {
        if (i.kind !== 'bridge') continue;
        i.flags = i.name === 'docker0' ? [...i.flags, 'NOARP'] : i.flags.filter((f) => f !== 'NOARP');
      }
    });
    expect(ids(scene)).not.toContain('arp-off');
  });

  it.each(['arp', 'bridge'] as const)(
    'is not dropped by a rule of %s behind one that accepts it',
    (family) => {
      const fault = family === 'arp' ? 'arp-arptables-drop' : 'ebtables-arp-drop';
      const scene = altered(fault, (s) => {
        const { rules } = arpChain(s, family);
        const [drop] = rules;
        if (!drop) throw new Error('no rule');
        const accept = drop.expr.map((e) => ('drop' in e ? { accept: null } : e));
        rules.unshift({ ...drop, expr: accept, text: 'accept', handle: 99 });
      });
      expect(ids(scene)).not.toContain('arp-filter-drop');
    },
  );

  it('is not dropped by a rule about somebody else, nor by one that can’t be checked', () => {
    const about = (address: string) =>
      altered('arp-arptables-drop', (s) => {
        const text = JSON.stringify(arpChain(s, 'arp').rules).replaceAll('172.18.0.3', address);
        arpChain(s, 'arp').rules = JSON.parse(text);
      });
    expect(ids(about('172.18.0.99'))).not.toContain('arp-filter-drop');
    const limited = altered('arp-arptables-drop', (s) =>
      arpChain(s, 'arp').rules[0]?.expr.unshift({ limit: { rate: 1, per: 'second' } }),
    );
    expect(ids(limited)).not.toContain('arp-filter-drop');
  });

  it('is dropped by a policy, too', () => {
    const scene = altered('arp-arptables-drop', (s) => {
      const chain = arpChain(s, 'arp');
      chain.rules = [];
      if (chain.base) chain.base.policy = 'drop';
    });
    expect(ids(scene)[0]).toBe('arp-filter-drop');
  });
});

describe('ufw', () => {
  it('denies by default only where the chain is its own', () => {
    const without = altered('ufw-input-deny', (s) => {
      for (const c of fact(s, 'ruleset').chains)
        c.rules = c.rules.filter((r) => !r.text.includes('jump ufw-'));
    });
    expect(ids(without)[0]).toBe('netfilter-drop');
  });

  it.each([
    ['-A ufw-user-input -s 172.18.0.0/16 -j DROP', '', 'deny from 172.18.0.0/16 to any'],
    [
      '-A ufw-user-forward -s 172.18.0.0/16 -p tcp -m tcp --dport 80 -j REJECT --reject-with tcp-reset',
      'route ',
      'reject proto tcp from 172.18.0.0/16 to any port 80',
    ],
    [
      '-A ufw-user-output -d 203.0.113.0/24 -p udp -m multiport --dports 53,123 -j DROP',
      '',
      'deny out proto udp from any to 203.0.113.0/24 port 53,123',
    ],
    [
      '-A ufw-user-forward -i docker0 -o ens3 -j DROP',
      'route ',
      'deny in on docker0 out on ens3 from any to any',
    ],
  ])('%s', (rule, route, rest) => {
    expect(ufwWords(rule)).toEqual({ route, rest });
  });

  it('is not given words for what it did not make', () => {
    expect(ufwWords('-A ufw-user-input -m time --timestart 08:00 -j DROP')).toBeUndefined();
    expect(ufwWords('-A ufw-user-input -p tcp -j ACCEPT')).toBeUndefined();
    expect(ufwWords('-A FORWARD -s 172.18.0.0/16 -j DROP')).toBeUndefined();
  });
});

describe('name servers of daemon.json', () => {
  it('are not to blame where the container was given others, or one of them answers', () => {
    const given = altered('docker-daemon-dns-wrong', (s) => {
      for (const c of fact(s, 'docker').containers) c.dns = ['192.0.2.99'];
    });
    expect(ids(given)).not.toContain('daemon-dns-dead');
    const answers = altered('docker-daemon-dns-wrong', (s) =>
      ending(s, (f) => f.to.host === '192.0.2.53', 'ok', { detail: '203.0.113.10' }),
    );
    expect(ids(answers)).not.toContain('daemon-dns-dead');
  });
});

describe('firewalld', () => {
  it('has a zone by source only where that is what caught the packet', () => {
    const scene = altered('fw-source-in-drop-zone', (s) => {
      for (const zone of fact(s, 'firewalld').zones) zone.sources = zone.sources.map(() => '192.0.2.0/24');
    });
    expect(ids(scene)).not.toContain('firewalld-source-zone');
  });

  it('is one cause, though its zone ends what is forwarded and what is for the VM at two places', () => {
    const { causes } = diagnoseScene(readScene('fw-source-in-drop-zone'));
    expect(causes.map(({ id }) => id)).toEqual(['firewalld-source-zone']);
    const [cause] = causes;
    const places = new Set(cause?.evidence.flatMap(({ kind, ref }) => (kind === 'journey' ? [ref] : [])));
    expect(places.size).toBeGreaterThan(3);
  });

  it('of version 2 ends packets of such a zone where zones are told apart, in no chain of the zone', () => {
    // firewalld 2.3.1 on Debian 13
    const at = (rule: string) =>
      diedAt(
        altered('fw-source-in-drop-zone', () => {}),
        {
          chain: 'filter_FORWARD_POLICIES',
          rule,
        },
      );
    expect(ids(at('ip saddr 172.18.0.0/16 drop'))[0]).toBe('firewalld-source-zone');
    expect(ids(at('ip saddr 198.51.100.0/24 drop'))).not.toContain('firewalld-source-zone');
  });

  it('has the wrong target in Docker’s zone, not the bridge out of it', () => {
    const scene = altered('fw-docker0-not-in-zone', (s) => {
      const zone = fact(s, 'firewalld').zones.find(({ name }) => name === 'docker');
      if (!zone) throw new Error('no zone docker');
      zone.interfaces.push('docker0');
      zone.target = 'DROP';
    });
    const [cause] = diagnoseScene(diedAt(scene, { chain: 'filter_FWD_docker', rule: 'drop' })).causes;
    expect(cause?.id).toBe('firewalld-zone-target');
    expect(cause?.fixes[0]?.commands[0]).toContain('--set-target=');
  });
});

describe('the policy of FORWARD', () => {
  it('is of the other iptables only where Docker’s rules are not in that one', () => {
    const scene = altered('legacy-forward-policy-drop', (s) => {
      const legacy = fact(s, 'iptables').tables.find((t) => t.backend === 'legacy' && t.family === 4);
      legacy?.chains.push({ name: 'DOCKER', policy: null, rules: [] });
    });
    expect(ids(scene)[0]).toBe('forward-policy-drop');
  });

  it('takes a published port whose ACCEPT is gone, and names that rule', () => {
    const [cause] = diagnoseScene(readScene('ipt-docker-accept-removed')).causes;
    expect(cause?.fixes[0]?.commands[0]).toMatch(
      /^iptables -I DOCKER -d 172\.18\.0\.\d+\/32 ! -i br-\w+ -o br-\w+ -p tcp -m tcp --dport 80 -j ACCEPT$/,
    );
    const unpublished = altered('ipt-docker-accept-removed', (s) => {
      container(s, 'shop-web-1').publishedPorts = [];
    });
    expect(ids(unpublished)).not.toContain('port-accept-missing');
    const there = altered('ipt-docker-accept-removed', (s) => {
      const chains = fact(s, 'iptables').tables.flatMap((t) => (t.table === 'filter' ? t.chains : []));
      const text = `-A ${cause?.fixes[0]?.commands[0]?.replace('iptables -I ', '')}`;
      for (const c of chains)
        if (c.name === 'DOCKER') c.rules.push({ position: 9, text, packets: 0, bytes: 0 });
    });
    expect(ids(there)[0]).toBe('forward-policy-drop');
  });
});

describe('a container on no network', () => {
  it('is told from one that was made without', () => {
    const none = altered('container-disconnected', (s) => {
      container(s, 'shop-web-1').networkMode = 'none';
    });
    expect(ids(none)[0]).toBe('container-network-none');
  });
});
