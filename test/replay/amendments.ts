import type { Recording } from '../../electron/connect/recording.ts';

/** A change of a script after which it prints what it printed before. */
export interface Amendment {
  /** Text of the script as it was recorded; enough of it to be there but once. A pattern does not fit what stands there now. */
  was: string | RegExp;
  /** What stands there now; of a pattern's match, what is made of it. */
  now: string | ((...found: string[]) => string);
  /** Why the output is as before. */
  why: string;
}

const ASKED_AT_ONCE = 'a question without a label of ten letters is written as it was';
const BY_A_FUNCTION = 'said by a function of its own';
const DOCKER_ANSWERED = 'only for a daemon that does not answer, of which there was no recording';
const LAST_WORDS =
  "  case $s in\n  *ActiveState=failed*|*Result=exit-code*|*Result=start-limit-hit*|*ActiveState=activating*)\n    echo @@journal\n    journalctl -u docker.service -n 60 -o cat --no-pager 2>/dev/null | grep -iE 'fail|error|fatal|invalid|unable|cannot' | grep -vE 'level=info|Failed with result' | tail -n 12;;\n  esac\n";
const WITHOUT_JUMP = 'the same as long as nobody sets the clock meanwhile';

/**
 * Changes of scripts that do not make recordings worthless. A recording answers what was asked to the letter, so that no
 * script can change what it prints unnoticed; matched by purpose or order, an old answer would pass for a new one's. But
 * recording anew needs the lab and most of an hour, for a changed comment, too. Such a change is said here, to the letter as
 * well. What is listed goes when everything is recorded anew: a test fails on what no recording needs any more.
 */
export const AMENDMENTS: readonly Amendment[] = [
  {
    was: '-lt 9 ] || continue',
    now: '-lt 24 ] || { echo "@@left $ino"; continue; }',
    why: 'prints the same, and now names what there was no time for',
  },
  {
    was: '# hear PORT: sends the sentinel until we are told that it was heard. It takes the place of every sleep: what the tracer\n',
    now: '# hear PORT: sends the sentinel until we are told that this very one was heard. What comes in just as the time of a read in bash\n# ends is lost (seen on 5.2 in a slow guest, each eighth time), so it is said as often as the sentinel is heard.\n# It takes the place of every sleep: what the tracer\n',
    why: 'a comment',
  },
  {
    was: '  local c\n',
    now: '  local c said\n',
    why: 'a variable more',
  },
  {
    was: '    IFS= read -r -t 0.03 _\n    c=$?\n    [ $c = 0 ] && return 0\n    [ $c -le 128 ] && exit 0\n',
    now: '    IFS= read -r -t 0.03 said\n    c=$?\n    [ "$said" = "$1" ] && return 0\n    [ $c = 0 ] || [ $c -gt 128 ] || exit 0\n',
    why: 'it is what is asked of us, and not what is printed, that is now told once more where it got lost',
  },
  {
    was: 'start=$SECONDS\n',
    now: '# bash counts its SECONDS by the clock, which somebody may set meanwhile: a VM that was paused is set right when it goes on\nread -r start _ </proc/uptime\nT0=0\n',
    why: WITHOUT_JUMP,
  },
  {
    was: '  t=$((t / 1000))\n',
    now: '  t=$((t / 1000))\n  [ "$t" -ge "$T0" ] || t=$T0\n',
    why: WITHOUT_JUMP,
  },
  {
    was: 'begin() { now; T0=$t; }',
    now: 'begin() { T0=0; now; T0=$t; }',
    why: WITHOUT_JUMP,
  },
  {
    was: '  local limit=$(($1 + 2 * (SECONDS - start)))\n',
    now: '  local up limit\n  read -r up _ </proc/uptime\n  limit=$(($1 + 2 * (${up%.*} - ${start%.*})))\n',
    why: WITHOUT_JUMP,
  },
  {
    was: 'cd /proc/sys/net/ipv4 && for f in ip_default_ttl ip_local_port_range; do\n    read -r v <$f && echo "/proc/sys/net/ipv4/$f:$v"\n  done; echo "@@ip $0"',
    now: 'grep -sH "" /proc/sys/net/ipv4/ip_default_ttl /proc/sys/net/ipv4/ip_local_port_range\n  echo "@@ip $0"',
    why: 'the old one never printed anything; what the new one prints is what every container has that was not told otherwise',
  },
  {
    was: '/proc/sys/net/ipv4/ip_local_port_range\n  echo "@@ip $0"',
    now: '/proc/sys/net/ipv4/ip_local_port_range /proc/sys/net/ipv6/bindv6only\n  echo "@@ip $0"',
    why: 'what more would have been printed is 0 in every container that was not told otherwise',
  },
  {
    was: 'ip -j -d -6 rule show\nif command',
    now: 'ip -j -d -6 rule show\necho @@xfrm\nip xfrm policy 2>/dev/null\nif command',
    why: 'no IPsec policy was there, so that nothing more would have been printed but the section itself',
  },
  {
    was: 'fi\nif [ -n "$legacy" ]; then legacy=\n',
    now: 'fi\nif command -v ebtables-legacy >/dev/null; then\n  for t in broute nat filter; do\n    [ ! -d /sys/module/ebtable_$t ] || { echo "@@bridge $t"; ebtables-legacy -t $t -L --Lx; }\n  done\nfi\nif [ -n "$legacy" ]; then legacy=\n',
    why: 'no module of the old ebtables was loaded there',
  },
  {
    was: /(?<=priority -2147483648; (?:ip daddr [\d.]+ meta nftrace set 1(?: drop)?; )?)(?:ip [^;]+ meta nftrace set 1; )+(?=})/g,
    now: withOthersAway,
    why: 'other packets would not have been traced, either',
  },
  {
    was: "| tr '\\0' '\\n'\nsock=",
    now: "| tr '\\0' '\\n'\necho @@pull\njournalctl -u docker.service -u snap.docker.dockerd.service --since=-1h -n 2000 -o cat --no-pager 2>/dev/null | grep -E 'Not continuing with pull after error: |/images/create returned error: ' | tail -n 1 | sed 's,//[^/@]*@,//***@,g'\nsock=",
    why: 'no image had failed to be fetched, so that nothing more would have been printed but the section itself',
  },
  {
    was: '# dns INDEX udp|tcp SERVER QUERY',
    now: '# ask QUERY: its bytes in one write. bash writes a line at a time, and a label of ten letters, as of prometheus, begins with the\n# byte of a line break: over UDP half a question would go first.\nask() {\n  case $1 in\n  *\\\\x0a*) printf %b "$1" | dd obs=2048 status=none ;;\n  *) printf %b "$1" ;;\n  esac\n}\n\n# dns INDEX udp|tcp SERVER QUERY',
    why: ASKED_AT_ONCE,
  },
  { was: '    printf %b "$4" >&3\n', now: '    ask "$4" >&3\n', why: ASKED_AT_ONCE },
  { was: '    printf %b "$3" >&3\n', now: '    ask "$3" >&3\n', why: ASKED_AT_ONCE },
  {
    was: `echo @@no-docker\n${LAST_WORDS}`,
    now: 'echo @@no-docker\n  last_words\n',
    why: BY_A_FUNCTION,
  },
  {
    was: '  printf \'%s\\n\' "$s"\n}\nif [ -z "$up" ]',
    now: `  printf '%s\\n' "$s"\n}\n# what it said where it fails to start, or starts again and again\nlast_words() {\n${LAST_WORDS}}\nif [ -z "$up" ]`,
    why: BY_A_FUNCTION,
  },
  { was: "all=1') || { service; echo", now: "all=1') || { service; last_words; echo", why: DOCKER_ANSWERED },
  {
    was: '--no-trunc) || { service; echo',
    now: '--no-trunc) || { service; last_words; echo',
    why: DOCKER_ANSWERED,
  },
  {
    was: 'tail -n 3\n[ -r /proc/1/environ ] && echo @@root\necho @@ufw',
    now: "tail -n 3\n[ -r /proc/1/environ ] && echo @@root\necho @@cgroups\ngrep -rqsE '^IPAddress(Allow|Deny)=' /etc/systemd/system /etc/systemd/system.control /run/systemd/system /run/systemd/system.control /run/systemd/transient &&\n  systemctl show -p Id,ControlGroup,IPAddressAllow,IPAddressDeny '*.slice' 'docker-*.scope' docker.service snap.docker.dockerd.service 2>/dev/null\necho @@ufw",
    why: 'no unit kept addresses from anybody, so that nothing more would have been printed but the section itself',
  },
];

/**
 * The rules that mark packets, behind the one that lets all others go. Written out, and not asked of `nftOthers`: a change there must
 * not pass for what was recorded.
 */
function withOthersAway(rules: string): string {
  const [from, to] = [new Set<string>(), new Set<string>()];
  const words = (addresses: string) => addresses.match(/[\d.]+/g) ?? [];
  const among = (all: ReadonlySet<string>) =>
    all.size === 1 ? [...all].join() : `{ ${[...all].join(', ')} }`;
  for (const [, source, destination] of rules.matchAll(
    /(?:^|; )(?:ip saddr (\{[^}]*\}|[\d.]+) )?(?:ip daddr (\{[^}]*\}|[\d.]+) )?/g,
  )) {
    for (const address of words(source ?? '')) from.add(address);
    for (const address of source ? [] : words(destination ?? '')) to.add(address);
  }
  const others = [
    ...(from.size > 0 ? [`ip saddr != ${among(from)}`] : []),
    ...(to.size > 0 ? [`ip daddr != ${among(to)}`] : []),
  ];
  return `${others.join(' ')} accept; ${rules}`;
}

/** A script as an amendment leaves it: as it is where the change was made before it was recorded. */
export function amendedBy(script: string, { was, now }: Amendment): string {
  if (typeof now === 'string' && script.includes(now)) return script;
  return script.replaceAll(was, (...found) => (typeof now === 'string' ? now : now(...found)));
}

/** The recording as if its scripts had been changed before it was made. */
export function amended(recording: Recording, amendments: readonly Amendment[]): Recording {
  const amend = (script: string) => amendments.reduce(amendedBy, script);
  return {
    ...recording,
    entries: recording.entries.map((entry) => ({ ...entry, script: amend(entry.script) })),
  };
}
