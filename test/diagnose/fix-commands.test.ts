import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { iptablesForShell } from '../../electron/diagnose/iptables-words.ts';
import { deleteRule, putBack } from '../../electron/diagnose/nft-rule.ts';
import { noNamespaces } from '../support/net.ts';

const inNamespace = (script: string): string =>
  execFileSync('unshare', ['-n', 'sh', '-ec', script], { encoding: 'utf8' });

describe.skipIf(noNamespaces() !== undefined)('commands of fixes, in the shell that runs them', () => {
  it.each(['$(touch /tmp/culprit-was-here)', 'it’s "quoted" \\ and `more`', "it's", 'a !b'])(
    'puts back to the letter a rule of iptables whose comment is %s',
    (comment) => {
      const saved = execFileSync(
        'unshare',
        [
          '-n',
          'sh',
          '-ec',
          'iptables -A FORWARD -m comment --comment "$1" ! -i lo -j DROP; iptables -S FORWARD',
          'sh',
          comment,
        ],
        { encoding: 'utf8' },
      );
      const spec = /^-A FORWARD (.*)$/m.exec(saved)?.[1] ?? '';
      const again = inNamespace(`iptables -I FORWARD 1 ${iptablesForShell(spec)}; iptables -S FORWARD`);
      expect(again).toBe(saved);
    },
  );

  it('deletes a rule of nft and puts it back at its place, whatever its words do in a shell', () => {
    const place = { family: 'inet', table: 't', chain: 'c' } as const;
    const rule = 'iifname "$(touch x);&" tcp dport { 80, 443 } drop comment "it\'s"';
    const rules = ['tcp dport 1 accept', rule, 'tcp dport 2 accept'];
    const list = 'nft -a list chain inet t c | sed "s/ # handle.*//"';
    const make = `nft 'table inet t { chain c { type filter hook forward priority 0; }; }'
      ${rules
        .map((one) => putBack(place, undefined, one))
        .reverse()
        .join('\n')}`;
    const [before, gone, after] = inNamespace(`${make}
      ${list}; echo @
      ${deleteRule(place, 777).replace('777', "$(nft -a list chain inet t c | sed -n 's/.*touch.*handle //p')")}
      ${list}; echo @
      ${putBack(place, 2, rule)}
      ${list}`).split('@\n');
    expect(gone).not.toContain('touch');
    expect(after).toBe(before);
  });
});
