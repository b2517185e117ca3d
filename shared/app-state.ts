import { z } from 'zod';
import type { Cause, Grade, Verdict } from './cause.ts';
import { FOCUSES, Focus } from './focus.ts';
import type { Remedy } from './machine.ts';
import type { RemedyPlan } from './remedy.ts';
import { LANGS, type Text } from './text.ts';
import type { TroubleCode } from './trouble.ts';
import type { VmNoteText } from './vm-note-text.ts';

export { FOCUSES, Focus };

/** `vm:<UUID>`, `ssh:<id>`, `sample`; and `log`, whose runs are of opened trace logs and which is in no list. */
export const MachineId = z.string().regex(/^(?:vm:[0-9a-f-]{36}|ssh:[a-z0-9]{8,32}|sample|log)$/);
export type MachineId = z.infer<typeof MachineId>;

/** Names a run's file: the time it began and a random tail. Nothing in it can leave a folder. */
export const RunId = z.string().regex(/^\d{8}T\d{6}Z-[0-9a-f]{8}$/);
export type RunId = z.infer<typeof RunId>;

/** An expected failure as a person reads it: what happened, what it means, what to do next. */
export interface TroubleView {
  code: TroubleCode | 'bug';
  what: Text;
  meaning: Text;
  next: Text;
}

/** What VirtualBox has wrong with a machine, as a person reads it, and the commands that mend it. */
export interface VmNoteView extends VmNoteText {
  commands?: string[];
}

/** Who logs in where; the secrets that go with it are elsewhere, and never here. */
export const Login = z.strictObject({
  /** Empty: as ssh_config says, else the name of the user of this computer. */
  user: z
    .string()
    .max(64)
    .regex(/^[^\s:@/\\\p{Cc}-][^\s:@/\\\p{Cc}]*$|^$/u),
  /** Absolute path, or `~/…`; undefined: the keys of ssh_config, the agent and the usual keys. */
  identityFile: z.string().min(1).max(1024).optional(),
});
export type Login = z.infer<typeof Login>;

/** An SSH host that the person adds. */
export const HostForm = z.strictObject({
  /** What it is called in the list; empty: the host. */
  name: z.string().max(80),
  host: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[\p{L}\p{N}_:%[\]][\p{L}\p{N}_.:%[\]-]*$/u),
  /** Undefined: as ssh_config says, else 22. */
  port: z.number().int().min(1).max(65535).optional(),
  login: Login,
});
export type HostForm = z.infer<typeof HostForm>;

/** The kinds of secret that the person can let the Keychain keep. */
export const SECRET_KINDS = ['login', 'sudo', 'passphrase'] as const;
export const SecretKind = z.enum(SECRET_KINDS);
export type SecretKind = z.infer<typeof SecretKind>;

/** A machine in the sidebar. */
export interface MachineItem {
  id: MachineId;
  kind: 'virtualbox' | 'ssh' | 'sample';
  /** From outside: may hold anything. Empty for the sample, which each language names. */
  name: string;
  /** VirtualBox's word: running, poweroff, saved, paused…; `ssh` hosts and the sample are `unknown`. */
  state: string;
  /** Where its SSH is (`127.0.0.1:2222`), or why it can't be reached. */
  reach: { ok: true; at: string } | { ok: false; trouble: TroubleView };
  /** What would help to reach it, as the command that does it. */
  remedy?: { kind: Remedy['kind']; command: string };
  /** What VirtualBox itself has wrong with it, or is easily mistaken. */
  notes?: VmNoteView[];
  /** There is a forward that Culprit added. */
  hasOwnForward?: boolean;
  login: Login;
  /** Kinds of secret that are remembered for it. */
  remembered: SecretKind[];
  focus: Focus;
  /** SSH hosts only: what the person entered. */
  host?: HostForm;
}

/** A host key that was accepted once. */
export interface HostKeyItem {
  /** A VM's UUID, or `host:port`. */
  id: string;
  keyType: string;
  fingerprint: string;
}

/** How the search for VirtualBox went; `looking` only before the first answer. */
export type VirtualBoxView =
  | { state: 'looking' }
  | { state: 'found' }
  | { state: 'trouble'; trouble: TroubleView };

/** A run in the list of recent runs. */
export interface RunItem {
  id: RunId;
  machine: MachineId;
  /** For a log the file's name. */
  machineName: string;
  /** ISO 8601, UTC. */
  at: string;
  focus: Focus;
  /** `broken-off`: Culprit was ended while it ran. `unreadable`: the file is damaged from its first line on. */
  state: 'running' | 'done' | 'cancelled' | 'failed' | 'broken-off' | 'unreadable';
  verdict?: Verdict;
  /** Title of the root cause, or the verdict's sentence. */
  says?: Text;
  grade?: Grade;
  owner?: Cause['owner'];
  /** Milliseconds from its first to its last event. */
  ms?: number;
  /** Where its report was last exported to. */
  exported?: string;
}

export const DOCKS = ['right', 'bottom'] as const;

/** What the person has set; `patch` of it comes back from the window. */
export const Settings = z.strictObject({
  lang: z.enum(['system', ...LANGS]),
  /** Language of reports; `app`: as the window. */
  reportLang: z.enum(['app', ...LANGS]),
  theme: z.enum(['system', 'light', 'dark']),
  sidebar: z.strictObject({ open: z.boolean(), width: z.number().int().min(160).max(480) }),
  terminal: z.strictObject({
    open: z.boolean(),
    dock: z.enum(DOCKS),
    /** Pixels, of its width on the right and of its height at the bottom. */
    width: z.number().int().min(240).max(2400),
    height: z.number().int().min(120).max(1600),
    fontSize: z.number().int().min(9).max(24),
    /** VoiceOver can read what the terminal prints. */
    screenReader: z.boolean(),
  }),
});
export type Settings = z.infer<typeof Settings>;

export const DEFAULT_SETTINGS: Settings = {
  lang: 'system',
  reportLang: 'app',
  theme: 'system',
  sidebar: { open: true, width: 232 },
  terminal: { open: true, dock: 'right', width: 400, height: 260, fontSize: 12, screenReader: false },
};

/** A question that main asks; the window shows it as a sheet. Closing the sheet is always safe. */
export type Prompt = {
  id: string;
  machineName: string;
} /** `again`: the one before was wrong. `once`: a host on the way asks; its secrets are not remembered. */ & (
  | { kind: 'password'; user: string; host: string; again: boolean; once?: boolean }
  | { kind: 'sudo'; user: string; again: boolean }
  | { kind: 'passphrase'; file: string; again: boolean; once?: boolean }
  /** What the server asks in words of its own, a code perhaps; `echo`: the answer may be seen while it is typed. */
  | { kind: 'answer'; user: string; host: string; instructions: string; ask: string; echo: boolean }
  /** `authority`: known_hosts trusts a certificate authority for the host, which Culprit cannot check. */
  | { kind: 'host-key-unknown'; host: string; keyType: string; fingerprint: string; authority?: boolean }
  /** `where`: the file that has the key known before. */
  | { kind: 'host-key-changed'; host: string; keyType: string; was: string; is: string; where?: string }
  /** Before the first run on a machine: what a run puts into the guest for some seconds, and whom it contacts. */
  | { kind: 'first-run'; targets: string[] }
  /** Before anything is changed in a guest: what, exactly. */
  | { kind: 'remedy'; plan: RemedyPlan }
);

export const PromptAnswer = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('cancel') }),
  z.strictObject({ action: z.literal('accept') }),
  z.strictObject({ action: z.literal('secret'), secret: z.string().min(1).max(1024), remember: z.boolean() }),
]);
export type PromptAnswer = z.infer<typeof PromptAnswer>;

/** All that the window shows but the run's events, which come by themselves. */
export interface AppState {
  version: string;
  /** macOS here, or what the tests run on. */
  platform: string;
  /** The language in force, and the system's own wish. */
  lang: (typeof LANGS)[number];
  settings: Settings;
  virtualbox: VirtualBoxView;
  /** The VBoxManage that the person chose; null: it is looked for. */
  vboxmanage: string | null;
  machines: MachineItem[];
  runs: RunItem[];
  prompts: Prompt[];
  /** Can secrets be remembered (is there a Keychain)? */
  canRemember: boolean;
}
