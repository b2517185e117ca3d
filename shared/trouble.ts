import type { Text } from './text.ts';
import type { LossWhy, RefusedWhy, TargetWhy, UsageWhy } from './trouble-why.ts';

interface Address {
  host: string;
  port: number;
}

/** What a tool said, as it is; or what we say ourselves. */
export type Said = string | Text;

/**
 * Expected failures are data: a code, and the facts that belong to it. A bug stays an ordinary exception.
 * `trouble-text.ts` holds the sentences for each code, in each language. Facts are shown to people: never put a secret
 * in one.
 */
export interface TroubleFacts {
  // usage and files
  'bad-usage': { why: UsageWhy; option?: string; value?: string };
  'bad-target': { why: TargetWhy; target: string };
  'recording-unreadable': { path: string; detail: Said };
  'recording-cut-off': { path: string };
  'recording-other-version': { path: string; found: string; wanted: string };
  'recording-lacks-command': { purpose: Text; script?: string };
  'report-unwritable': { path: string; detail: Said };
  'log-unreadable': { path: string; detail: string };
  'key-unreadable': { file: string; detail: Said };
  // discover
  'vboxmanage-missing': { tried: readonly string[] };
  /** What was chosen as VBoxManage is something else. */
  'vboxmanage-not-it': { path: string; detail: string };
  'vboxmanage-failed': { command?: string; uuid?: string; name?: string; detail: string };
  'vm-unknown': { wanted: string; near: readonly string[] };
  'vm-ambiguous': { wanted: string; matches: readonly string[] };
  /** `command` starts it, or lets it go on. */
  'vm-not-running': { uuid: string; name: string; state: string; command?: string };
  'vm-inaccessible': { uuid: string; name: string; detail: string };
  /** `nics` as "1: nat (cable unplugged)"; `command` plugs that in, or adds a forward. */
  'vm-no-forward': { uuid: string; name: string; nics: readonly string[]; command?: string };
  /** A change that the person asked for. */
  'vboxmanage-refused': { name: string; command: string; detail: string; why?: RefusedWhy };
  /** What was on screen when the person asked for it no longer fits. */
  'vm-changed': { name: string };
  /** It runs, and its SSH server did not answer within `seconds`. */
  'ssh-not-up': Address & { name: string; seconds: number };
  // connect
  'connect-refused': Address;
  'connect-timeout': Address;
  /** What came instead of SSH's greeting, or `nothing`, or `closed`. */
  'connect-not-ssh': Address & { got: string };
  'connect-failed': Address & { detail: string };
  /** The server allows nothing that Culprit knows of what this option of sshd_config lists. */
  'connect-nothing-common': Address & {
    option: 'KexAlgorithms' | 'HostKeyAlgorithms' | 'Ciphers' | 'MACs';
  };
  /** `unused`: what may be what the server wants (a file, or `ssh-agent`), and what it is that Culprit cannot use it. */
  'auth-failed': Address & { user: string; tried: readonly string[]; unused?: { at: string; detail: Text } };
  /** The server hung up before everything was tried. */
  'auth-too-many': Address & { user: string; tried: readonly string[] };
  /** From the host on the way there is no way on; `detail` is its word. */
  'jump-failed': Address & { detail: string };
  'key-needs-passphrase': { file: string; detail?: string };
  /** Fingerprints, and the file in which the old one is remembered. */
  'host-key-changed': Address & { was: string; is: string; file: string };
  /** `file` (with the line) says that this key must not be trusted. */
  'host-key-revoked': Address & { is: string; file: string };
  /** `detail`: the other side's words, an error's code, the host on the way, or VirtualBox's word for the state. */
  'connection-lost': { why?: LossWhy; detail?: string; seconds?: number };
  'no-session': { detail: string };
  /** Tried too often with another passphrase. */
  'passphrase-wrong': { file: string };
  /** ssh itself, asked what its configuration says of a host, refused in these words. */
  'ssh-config-refused': { name: string; detail: string };
  /** The configuration wants a way that only ssh itself can go. */
  'ssh-config-unsupported': { name: string; option: 'ProxyCommand' | 'ProxyJump' };
  // the window
  'machine-gone': { machine: string };
  'too-many-hosts': { most: number };
  'run-gone': { run: string };
  'run-unreadable': { run: string; path: string };
  'run-goes-on': { run: string };
  'data-unwritable': { path: string; detail: string };
  'report-missing': { path?: string };
  'terminal-unavailable': { detail: Said };
  'too-many-terminals': { most: number };
  /** A shell on this computer needs a part that is not there for this system. */
  'local-shell-missing': { detail: string };
  'shell-cut-off': Record<never, never>;
  // trials and fixes
  'nothing-to-undo': { run: string };
  'undo-other-machine': { run: string; was: string; is: string };
  // run
  cancelled: Record<never, never>;
}

export type TroubleCode = keyof TroubleFacts;

/** Facts may be left out only where none of them is required. */
type Rest<C extends TroubleCode> =
  Record<never, never> extends TroubleFacts[C]
    ? [facts?: TroubleFacts[C], options?: { cause?: unknown }]
    : [facts: TroubleFacts[C], options?: { cause?: unknown }];

/** An expected failure on its way to a person. */
export class Trouble<C extends TroubleCode = TroubleCode> extends Error {
  override readonly name = 'Trouble';
  readonly facts: TroubleFacts[C];
  constructor(
    readonly code: C,
    ...[facts, options]: Rest<C>
  ) {
    super(code, options);
    this.facts = facts ?? ({} as TroubleFacts[C]);
  }
}
