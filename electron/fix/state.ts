import type { GuestChange } from '../../shared/remedy.ts';
import { type Answer, type Command, MAX_COMMAND_MS } from '../connect/guest.ts';
import { difference, incomplete, parts, SNAPSHOT } from '../residue.ts';

/** What a fix may change in a guest, in one command: all that a run could leave behind, links, routes, queues, containers. */
export const STATE: Command = {
  purpose: { en: 'The state that a change may touch', 'zh-CN': '更改可能涉及的状态' },
  asRoot: true,
  timeoutMs: MAX_COMMAND_MS,
  script: SNAPSHOT.script.replace(
    'echo @@end\n',
    `inside() {
  ip -o link | sed 's/^[0-9]*: //; s/@[^:]*:/:/'
  ip -4 route show table all; ip -6 route show; ip rule
  ip neigh show nud permanent
  tc qdisc show
}
echo @@network
inside 2>/dev/null
echo @@docker
# One call for all: each takes its time on a guest that is busy
docker inspect -f '{{.State.Pid}} {{.Name}} {{.State.Status}}{{range $k, $v := .NetworkSettings.Networks}} {{$k}}{{end}}' $(docker ps -aq 2>/dev/null) 2>/dev/null |
  while read -r pid name how; do
    echo "$name $how"
    [ "$pid" = 0 ] || nsenter -t "$pid" -n sh -c 'ip -o link; ip route; ip rule; nft list ruleset; tc qdisc show' 2>/dev/null |
      sed "s/^[0-9]*: //; s/@[^:]*:/:/; s|^|$name: |"
  done
echo @@end
`,
  ),
};

const SECTIONS = ['rules', 'sysctls', 'interfaces', 'network', 'docker'];

/** Names that Docker makes anew whenever a container starts, and link-local routes, which come when the link is ready. */
const PASSING = /\bveth[0-9a-f]+|^\/proc\/sys\/net\/.*\/(veth|cpt)|^fe80::/;

function steadyLines(answer: Answer): string[] {
  const all = parts(answer);
  return SECTIONS.flatMap((name) => all.get(name) ?? [])
    .filter((line) => !PASSING.test(line))
    .map((line) =>
      line
        .replace(/ (expires|refcnt|used|age|hoplimit) \S+/g, '')
        .replace(/,LOWER_UP|,NO-CARRIER|NO-CARRIER,/g, '')
        .replace(/ state (UP|DOWN|UNKNOWN|LOWERLAYERDOWN)/, ''),
    );
}

/** Compares two answers to STATE. */
export function guestChange(before: Answer, after: Answer): GuestChange {
  const reason = incomplete(before) ?? incomplete(after);
  if (reason) return { checked: false, reason, lines: [], counts: [] };
  const now = steadyLines(after);
  const lines = difference(steadyLines(before), now);
  return { checked: true, lines, counts: lines.map((line) => countOf(line, now)) };
}

function countOf(line: string, state: readonly string[]): number {
  return state.filter((one) => one.trim() === line.slice(2)).length;
}

/** What of a change no longer stands in the guest; empty where it can be taken back as it was made. */
export function noLongerStands({ lines, counts }: GuestChange, now: Answer): string[] {
  const state = steadyLines(now);
  // a brace says nothing
  return lines.filter((line, i) => /\w/.test(line) && countOf(line, state) !== counts[i]);
}

/** What an undo did not put back, or did besides: its change held against that of the fix. */
export function notPutBack(fix: GuestChange, undo: GuestChange): string[] {
  const turned = (line: string) => `${line.startsWith('+') ? '-' : '+'}${line.slice(1)}`;
  const wanted = new Set(fix.lines.map(turned));
  return [
    ...undo.lines.filter((line) => !wanted.has(line)),
    ...fix.lines.filter((line) => !undo.lines.includes(turned(line))),
  ];
}
