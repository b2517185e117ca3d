import { describe, expect, it } from 'vitest';
import { iptables } from '../../electron/probe/iptables.ts';
import { iptablesChain, readIptablesSave } from '../../electron/probe/lib/iptables-save.ts';
import { answer, fixture } from './support.ts';

describe('iptables', () => {
  const { tables } = iptables.parse(answer(fixture('bookworm/iptables.txt')));

  it('reads policies, and rules in their order', () => {
    const forward = iptablesChain(tables, 'filter', 'FORWARD');
    expect(forward?.policy).toBe('DROP');
    expect(forward?.rules.slice(0, 2).map((r) => [r.position, r.text])).toEqual([
      [1, '-A FORWARD -j DOCKER-USER'],
      [2, '-A FORWARD -j DOCKER-ISOLATION-STAGE-1'],
    ]);
    expect(forward?.rules[0]).toMatchObject({ packets: 55, bytes: 3227 });
    expect(iptablesChain(tables, 'filter', 'DOCKER-USER')?.policy).toBeNull();
  });

  it('keeps the backends apart', () => {
    const got = iptables.parse(
      answer(
        '@@nft4\n@@nft6\n@@legacy4\n*filter\n:FORWARD ACCEPT [1:2]\n[0:0] -A FORWARD -j DROP\nCOMMIT\n@@end\n',
      ),
    );
    expect(got.tables).toMatchObject([{ backend: 'legacy', family: 4, table: 'filter' }]);
    expect(iptables.summary(got)).toEqual({
      en: '0 rules, 1 legacy rules',
      'zh-CN': '0 条规则，1 条 legacy 规则',
    });
  });

  it('says that iptables is missing, or that the listing was cut off', () => {
    expect(() => iptables.parse(answer('', { code: 127 }))).toThrow(/tool-missing/);
    expect(() => iptables.parse(answer('@@nft4\n*filter\n'))).toThrow(/cut off/);
  });

  it('reads names with blanks, and skips what is no rule', () => {
    const text = [
      '# x',
      '*filter',
      ':my chain - [0:0]',
      '-A "my chain" -m comment --comment "a -A b" -j DROP',
      '\u001b[31m',
      'COMMIT',
    ];
    expect(readIptablesSave(text, 'nft', 6)[0]?.chains).toEqual([
      {
        name: 'my chain',
        policy: null,
        rules: [
          { position: 1, text: '-A "my chain" -m comment --comment "a -A b" -j DROP', packets: 0, bytes: 0 },
        ],
      },
    ]);
  });
});
