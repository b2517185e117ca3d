import { ITEMS, joined, same, type Text } from '../../shared/text.ts';
import { type Answer, MAX_COMMAND_MS } from '../connect/guest.ts';
import { lines, notInstalled, oneLine, sections } from './lib/answer.ts';
import { type EbtablesChain, readEbtables } from './lib/ebtables-list.ts';
import { type IptablesTable, readIptablesSave } from './lib/iptables-save.ts';
import { CUT_OFF, NO_LEGACY_TABLES } from './lib/phrases.ts';
import { script } from './lib/script.ts';
import { defineProbe, NoFact } from './probe.ts';

/**
 * Asks each backend only if the kernel has it loaded, because asking loads it. The file names of Debian tell which
 * program speaks to which backend; elsewhere the target of the link does.
 */
const SCRIPT = script(`
nft= legacy=
if command -v iptables-nft-save >/dev/null; then nft=nft-
elif command -v iptables-save >/dev/null; then
  case $(readlink -f "$(command -v iptables-save)") in *nft*) nft=plain;; *) legacy=plain;; esac
else exit 127
fi
if [ -n "$nft" ] && { [ -d /sys/module/nf_tables ] || grep -qs /nf_tables.ko "/lib/modules/$(uname -r)/modules.builtin"; }; then
  [ $nft = plain ] && nft=
  echo @@nft4
  iptables-\${nft}save -c
  echo @@nft6
  ip6tables-\${nft}save -c
fi
if command -v ebtables-legacy >/dev/null; then
  for t in broute nat filter; do
    [ ! -d /sys/module/ebtable_$t ] || { echo "@@bridge $t"; ebtables-legacy -t $t -L --Lx; }
  done
fi
if [ -n "$legacy" ]; then legacy=
elif command -v iptables-legacy-save >/dev/null; then legacy=legacy-
else echo @@end; exit 0
fi
t=; read -r t 2>/dev/null </proc/net/ip_tables_names
[ -z "$t" ] || { echo @@legacy4; iptables-\${legacy}save -c; }
t=; read -r t 2>/dev/null </proc/net/ip6_tables_names
[ -z "$t" ] || { echo @@legacy6; ip6tables-\${legacy}save -c; }
echo @@end
`);

export interface Iptables {
  /** Tables of both backends and families; a backend that is not loaded has none. */
  tables: IptablesTable[];
  /** Chains of the old ebtables, which no nftables listing shows; the new one's are in the ruleset. */
  bridge: EbtablesChain[];
}

function parse(answer: Answer): Iptables {
  if (answer.code === 127) throw notInstalled('iptables');
  const parts = sections(answer.stdout);
  if (!parts.has('end')) throw new NoFact('unreadable', CUT_OFF);
  const tables = (['nft', 'legacy'] as const).flatMap((backend) =>
    ([4, 6] as const).flatMap((family) =>
      readIptablesSave(lines(parts.get(`${backend}${family}`)), backend, family),
    ),
  );
  if (tables.length === 0 && answer.stderr.trim() !== '')
    throw new NoFact('failed', same(oneLine(answer.stderr)));
  const bridge = ['broute', 'nat', 'filter'].flatMap((t) => readEbtables(lines(parts.get(`bridge ${t}`))));
  return { tables, bridge };
}

/** Rules as iptables writes them, of the nf_tables and the legacy backend. */
export const iptables = defineProbe({
  id: 'iptables',
  command: {
    purpose: { en: 'Rules as iptables writes them', 'zh-CN': 'iptables 格式的规则' },
    script: SCRIPT,
    asRoot: true,
    timeoutMs: MAX_COMMAND_MS,
  },
  parse,
  summary: ({ tables }) => {
    const count = (backend: string) =>
      tables
        .filter((t) => t.backend === backend)
        .reduce((sum, t) => sum + t.chains.reduce((n, c) => n + c.rules.length, 0), 0);
    const rules = count('nft');
    const legacy: Text = tables.some((t) => t.backend === 'legacy')
      ? { en: `${count('legacy')} legacy rules`, 'zh-CN': `${count('legacy')} 条 legacy 规则` }
      : NO_LEGACY_TABLES;
    return joined([{ en: `${rules} rules`, 'zh-CN': `${rules} 条规则` }, legacy], ITEMS);
  },
});
