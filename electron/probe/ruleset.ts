import { type Answer, MAX_COMMAND_MS } from '../connect/guest.ts';
import { complaint, endedWith, needTool, readJson, sections } from './lib/answer.ts';
import { buildRuleset, NftListing, type Ruleset } from './lib/nft-model.ts';
import { readChainDevices, readRuleTexts } from './lib/nft-text.ts';
import { script } from './lib/script.ts';
import { defineProbe, NoFact } from './probe.ts';

/** No nf_tables in the kernel means no rules; merely asking would load the module, so nft is not started then. */
const SCRIPT = script(`
command -v nft >/dev/null || exit 127
if [ ! -d /sys/module/nf_tables ] && ! grep -qs /nf_tables.ko "/lib/modules/$(uname -r)/modules.builtin"; then
  echo @@not-loaded; exit 0
fi
echo @@json
nft -j -a list ruleset || exit 1
echo
echo @@text
nft -a list ruleset
`);

function parse(answer: Answer): Ruleset {
  needTool(answer, 'nft');
  const parts = sections(answer.stdout);
  if (parts.has('not-loaded')) return { tables: [], chains: [], sets: [], ruleCount: 0, withoutText: 0 };
  const json = parts.get('json')?.trim() ?? '';
  if (json === '') throw new NoFact('failed', complaint(answer, endedWith(answer, 'nft')));
  const listing = readJson(json, NftListing, 'nft -j list ruleset');
  const text = parts.get('text') ?? '';
  const ruleset = buildRuleset(listing.nftables, readRuleTexts(text));
  const devices = readChainDevices(text);
  for (const { family, table, name, base } of ruleset.chains)
    if (base?.devices.length === 0) base.devices = devices.get(`${family} ${table} ${name}`) ?? [];
  return ruleset;
}

/** Every nftables table, native or made by iptables-nft, with each rule's JSON and text. */
export const ruleset = defineProbe({
  id: 'ruleset',
  command: {
    purpose: { en: 'The nftables ruleset', 'zh-CN': 'nftables 规则集' },
    script: SCRIPT,
    asRoot: true,
    timeoutMs: MAX_COMMAND_MS,
    maxBytes: 32 * 1024 * 1024,
  },
  parse,
  summary: (r) => {
    const base = r.chains.filter((c) => c.base !== null).length;
    return {
      en: `${r.tables.length} tables, ${r.chains.length} chains (${base} on hooks), ${r.ruleCount} rules`,
      'zh-CN': `${r.tables.length} 个表，${r.chains.length} 条链（${base} 条挂在钩子上），${r.ruleCount} 条规则`,
    };
  },
});
