import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { attachDrops } from '../../electron/trace/drops/attach.ts';
import { parseKernelEvents } from '../../electron/trace/drops/kernel-events.ts';
import { type OwnedDrop, ownedDrops } from '../../electron/trace/drops/whose.ts';
import type { Traced } from '../../electron/trace/journeys.ts';
import { dropText } from '../../shared/drop-text.ts';
import { Journey, type KernelDrop } from '../../shared/trace.ts';

/** What watch.sh printed in the lab's bookworm (Linux 6.1), where shop-web-1 (172.18.0.3) was to reach 203.0.113.10. */
const read = (name: string) =>
  readFileSync(join(import.meta.dirname, '../fixtures/trace/kfree-skb', `${name}.txt`), 'utf8');
const owned = (text: string) => ownedDrops(parseKernelEvents(text));

const WEB = '172.18.0.3';
const FAR = '203.0.113.10';
const BRIDGE = 'br-33d94de59271';

const flow: Traced = {
  spec: {
    id: 'web→i',
    kind: 'internet-ip',
    from: { where: 'container', name: 'shop-web-1', network: 'shop_default', pid: 1, address: WEB },
    to: { what: 'internet-ip', proto: 'tcp', host: FAR, port: 80, label: `${FAR}:80` },
  },
  sources: [WEB],
  destinations: [FAR],
};
const reply: Journey = {
  id: 'web→i reply',
  flowId: 'web→i',
  direction: 'reply',
  packet: { iif: 'ens3', src: FAR, dst: '10.0.2.15', proto: 'tcp', sport: 80, dport: 40_914 },
  stops: [],
  end: 'lost',
  last: { hook: 'prerouting', iif: 'ens3' },
};

describe('whose packet the kernel dropped', () => {
  it('reverse path filtering: by the look-ups right before, with the way back', () => {
    expect(owned(read('rp-filter'))).toEqual([
      {
        src: FAR,
        dst: WEB,
        drop: { reason: 'IP_RPFILTER', function: 'ip_rcv_finish_core', iif: 'ens3', backBy: 'tun8' },
      },
    ]);
  });

  it('a queue: the packet that came in, was routed, and was to leave by the device', () => {
    const drops = owned(read('netem'));
    expect(drops).toHaveLength(2);
    for (const { src, dst, drop } of drops) {
      expect([src, dst]).toEqual([FAR, WEB]);
      expect(drop).toMatchObject({
        reason: 'QDISC_DROP',
        function: '__dev_queue_xmit',
        iif: 'ens3',
        oif: BRIDGE,
      });
    }
  });

  it('a route that bars the way, for which the kernel has no reason to say', () => {
    for (const { src, drop } of owned(read('blackhole'))) {
      expect(src).toBe(WEB);
      expect(drop).toEqual({ function: 'ip_error', iif: BRIDGE, route: 'blackhole' });
    }
    expect(owned(read('blackhole'))).toHaveLength(2);
  });

  it.each([
    [-11, 'none'],
    [-113, 'unreachable'],
    [-13, 'prohibit'],
  ])('a look-up that ends in %d: %s', (errno, route) => {
    const drops = owned(read('blackhole').replaceAll('err -22', `err ${errno}`));
    expect(drops.map(({ drop }) => drop.route)).toEqual([route, route]);
  });

  it('forwarding that is off; the late answer to an earlier try is nobody’s', () => {
    const drops = owned(read('ip-forward-0'));
    expect(drops.map(({ src, drop }) => [src, drop.reason])).toEqual([
      [WEB, 'IP_INADDRERRORS'],
      [WEB, 'IP_INADDRERRORS'],
    ]);
  });

  it('a tc filter: what the container sent before it got anywhere', () => {
    const drops = owned(read('tc-ingress'));
    expect(drops.length).toBeGreaterThan(5);
    for (const { src, drop } of drops) {
      expect(src).toBe(WEB);
      expect(drop).toEqual({
        reason: 'TC_INGRESS',
        function: '__netif_receive_skb_core',
        iif: 'veth9332449',
      });
    }
  });

  it('a signature that the listener wants, and that was not there', () => {
    const drops = owned(read('tcp-md5'));
    expect(drops).toHaveLength(2);
    for (const { src, dst, drop } of drops)
      expect([src, dst, drop.reason]).toEqual(['172.18.0.2', '172.18.0.3', 'TCP_MD5NOTFOUND']);
  });

  it.each(['healthy', 'healthy-closing'])('%s: packets that did their duty are nobody’s', (name) => {
    expect(parseKernelEvents(read(name)).flatMap(({ events }) => events)).toContainEqual(
      expect.objectContaining({ what: 'drop' }),
    );
    expect(owned(read(name))).toEqual([]);
  });

  it('is nobody’s where a device handed over several packets at once', () => {
    const text = read('netem').replace(
      /(.*netif_receive_skb: dev=ens3 skbaddr=)\w+( len=44\n)/g,
      '$&$1deadbeef$2',
    );
    expect(owned(text)).toEqual([]);
  });

  it('is nobody else’s where a line before it is missing, whichever that is', () => {
    for (const name of ['rp-filter', 'netem', 'blackhole']) {
      const whole = owned(read(name)).map((d) => JSON.stringify(d));
      const lines = read(name).split('\n');
      lines.slice(0, 250).forEach((line, i) => {
        if (line.includes('kfree_skb: ')) return;
        for (const { src, dst } of owned(lines.toSpliced(i, 1).join('\n')))
          expect(whole.some((d) => d.includes(src) && d.includes(dst))).toBe(true);
      });
    }
  });

  it('is nobody’s across a gap', () => {
    const cut = (name: string) => read(name).replace(/^.*kfree_skb: /gm, '--\n$&');
    expect([...owned(cut('netem')), ...owned(cut('rp-filter')), ...owned(cut('tc-ingress'))]).toEqual([]);
  });

  it('never says more of a text that is cut anywhere', () => {
    const text = read('netem');
    const whole = owned(text);
    for (let end = 0; end < text.length; end += 7) {
      const drops = owned(text.slice(0, end));
      expect(drops.length).toBeLessThanOrEqual(whole.length);
      for (const { src, dst } of drops) expect([src, dst]).toEqual([FAR, WEB]);
    }
  });

  // Linux 6.18, where 172.17.0.2 behind the port c0 of br0 was to reach 203.0.113.10
  it.each([
    ['nft-ingress', 'ingress', 'c0'],
    ['nft-bridge', 'bridge prerouting', 'c0'],
    ['nft-prerouting', 'prerouting', 'c0'],
    ['nft-forward', 'forward', 'br0'],
  ])('%s: netfilter, at the hook that its caller stands for', (name, hook, iif) => {
    const drops = owned(read(name));
    expect(drops.length).toBeGreaterThanOrEqual(2);
    for (const { src, dst, drop, netfilter } of drops) {
      expect([src, dst, drop.iif]).toEqual(['172.17.0.2', FAR, iif]);
      expect(netfilter).toEqual({ hook });
    }
  });

  it('netfilter is told by its function where there are no reasons', () => {
    const old = read('nft-forward')
      .replace(/ rx_sk=.* reason: \w+/g, ' protocol=2048')
      .replace(/^ => nft_do_chain\w*\n/gm, '');
    expect(owned(old).map(({ netfilter }) => netfilter?.hook)).toContain('forward');
  });

  it('takes a reason that it never heard of as it is, also a number', () => {
    for (const reason of ['SOMETHING_NEW', '0x1d3']) {
      const drops = owned(read('netem').replaceAll('QDISC_DROP', reason));
      expect(drops.map(({ drop }) => drop.reason)).toEqual([reason, reason]);
    }
  });

  it('does without reasons, as before Linux 5.17', () => {
    const drops = owned(read('rp-filter').replace(/ reason: \w+/g, ''));
    expect(drops[0]?.drop).toEqual({ function: 'ip_rcv_finish_core', iif: 'ens3', backBy: 'tun8' });
  });
});

describe('a journey that was lost', () => {
  const attach = (drops: readonly OwnedDrop[], journeys: readonly Journey[] = [reply]) =>
    attachDrops(journeys, [flow], drops, 2);
  const twice = owned(read('netem'));

  it('gets what happened to its packets, with how often', () => {
    const [journey] = attach(twice);
    expect(journey?.drop).toMatchObject({ reason: 'QDISC_DROP', packets: 2, tries: 2 });
    expect(() => Journey.parse(journey)).not.toThrow();
  });

  it('gets nothing that happened only once, or to others', () => {
    expect(attach(twice.slice(1))).toEqual([reply]);
    expect(attach(twice.map((d) => ({ ...d, dst: '172.18.0.2' })))).toEqual([reply]);
  });

  it('is lost after all where it was dropped on its way out', () => {
    expect(attach(twice, [{ ...reply, end: 'delivered' }])[0]?.end).toBe('lost');
  });

  it('stays as it is where its answer came, whatever else was dropped', () => {
    const request: Journey = { ...reply, id: 'web→i request', direction: 'request', end: 'delivered' };
    const dropped = twice.map((d) => ({ ...d, src: WEB, dst: FAR }));
    expect(attach(dropped, [request])).toEqual([request]);
  });

  it('gets that netfilter dropped it, where no rule was told; another end is none of its business', () => {
    const far = owned(read('nft-forward')).map((d) => ({ ...d, src: WEB }));
    const lost: Journey = { ...reply, id: 'web→i request', direction: 'request' };
    const [journey] = attach(far, [lost]);
    expect(journey).toMatchObject({ end: 'lost', netfilter: { hook: 'forward', tries: 2 } });
    expect(journey?.drop).toBeUndefined();
    expect(() => Journey.parse(journey)).not.toThrow();
    const arrived: Journey = { ...lost, end: 'delivered' };
    expect(attach(far, [arrived])).toEqual([arrived]);
    expect(attach(far, [])).toMatchObject([{ stops: [], end: 'lost', netfilter: { hook: 'forward' } }]);
  });

  it('is told though no chain ever saw it', () => {
    const far = owned(read('tc-ingress')).map((d) => ({ ...d, dst: FAR }));
    expect(attach(far, [])).toMatchObject([
      {
        id: 'web→i request',
        end: 'lost',
        packet: { src: WEB, dst: FAR, proto: 'tcp', dport: 80 },
        last: { hook: 'ingress', iif: 'veth9332449' },
      },
    ]);
  });
});

describe('in words', () => {
  const drop: KernelDrop = {
    reason: 'IP_RPFILTER',
    function: 'ip_rcv_finish_core',
    iif: 'ens3',
    backBy: 'tun8',
    packets: 3,
    tries: 3,
  };

  it('says what, where, and how often', () => {
    expect(dropText(drop).en).toBe(
      'the kernel dropped it: IP_RPFILTER (ip_rcv_finish_core); came in by ens3; the route back to its sender is by tun8; so it went with 3 packets in 3 tries',
    );
    expect(dropText(drop)['zh-CN']).toMatch(/内核丢弃了它：IP_RPFILTER/);
  });

  it('names a function where there is no reason, and makes names harmless', () => {
    const { reason: _, ...old } = drop;
    expect(dropText({ ...old, iif: 'a\u202eb', backBy: 'a\u202eb' }).en).not.toContain('\u202e');
    expect(dropText(old).en).toContain('dropped it: ip_rcv_finish_core;');
  });
});
