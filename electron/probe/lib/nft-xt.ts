type Expr = Record<string, unknown>[];

/** What older iptables-nft (1.8.7) keeps as a match of its own, as nft's text has it: `tcp dport 80`, `udp sport != 1-1024`, `icmp type echo-request`. */
const ASKED =
  /^(?:(tcp|udp) (dport|sport) (!= )?(\d{1,5})(?:-(\d{1,5}))?|(icmp) (type) (!= )?([a-z-]+))(?: |$)/;
/** From what such a match stands behind to where a rule goes on with what it does. */
const BETWEEN =
  /(?:^| )meta l4proto (?:tcp|udp|icmp) (.*?) ?(?=counter |drop$|accept$|reject|return$|jump |goto |$)/;

/**
 * The expressions of a rule, with the one match that only iptables knows put into nft's own terms. nft 0.9.8 has
 * `{"xt": null}` for it in JSON, and says in its text what it asks for. What is not understood to its end stays as it is.
 */
export function withPorts(expr: Expr, text: string): Expr {
  const at = expr.findIndex((statement) => 'xt' in statement && statement.xt === null);
  if (at < 0 || expr.filter((statement) => 'xt' in statement).length > 1) return expr;
  let rest = BETWEEN.exec(text)?.[1] ?? '';
  const matches: Record<string, unknown>[] = [];
  while (rest !== '') {
    const found = ASKED.exec(rest);
    if (!found) return expr;
    const [all, ports, end, unlike, from, to, icmp, , unlikeType, type] = found;
    const right = to === undefined ? (type ?? Number(from)) : { range: [Number(from), Number(to)] };
    const payload = { protocol: ports ?? icmp, field: end ?? 'type' };
    matches.push({ match: { op: (unlike ?? unlikeType) ? '!=' : '==', left: { payload }, right } });
    rest = rest.slice(all.length);
  }
  return matches.length === 0 ? expr : [...expr.slice(0, at), ...matches, ...expr.slice(at + 1)];
}
