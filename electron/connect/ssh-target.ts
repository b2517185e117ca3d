import type { Client } from 'ssh2';
import type { AskAnswer, AskSecret } from './ask-secret.ts';
import type { Pin } from './host-keys.ts';
import type { TrustPlaces } from './host-trust.ts';
import type { Loss } from './lane-io.ts';
import type { SshSettings } from './ssh-settings.ts';

/** A host key that is unknown (`was` undefined) or another than the one known, which `where` has. */
export interface HostKeyQuestion {
  is: Pin;
  was: Pin | undefined;
  where?: string;
  /** known_hosts trusts a certificate authority for this host, which Culprit cannot check. */
  authority?: boolean;
}

/** Gives a person's word on a host key. */
export type AcceptHostKey = (key: HostKeyQuestion) => Promise<boolean>;

/** Where keys come from. */
export type KeySources = Pick<SshSettings, 'keys' | 'keysChosen' | 'onlyThese' | 'agents' | 'certificates'>;

export interface SshTarget extends TrustPlaces {
  host: string;
  port: number;
  user: string;
  /** The host to go through, which is logged in to first. */
  via?: SshTarget | undefined;
  /** The key of the person's choice, tried before all others. */
  identityFile?: string | undefined;
  /** The user's keys and agent; ssh's usual ones unless given. */
  sources?: KeySources | undefined;
  /** Asked after all keys failed, if the server takes passwords. */
  password?: AskSecret | undefined;
  /** Asked what the server asks in words of its own (a code, say). */
  answer?: AskAnswer | undefined;
  /** Asked when a key needs a passphrase and no other key let us in. */
  passphrase?: ((file: string, again: boolean) => Promise<string | undefined>) | undefined;
  /** How often a sign of life is asked for, in milliseconds; 3000 unless given. */
  keepAliveMs?: number | undefined;
  /** How often each secret may be asked for; once unless given. */
  tries?: number | undefined;
  /**
   * Asked before anything is sent that could be a secret; a key that is accepted is remembered. Without it an unknown
   * key is remembered at its first use, and a changed one refused.
   */
  acceptHostKey?: AcceptHostKey | undefined;
}

/** ssh2's client, let in; its `error` events are taken care of. */
export interface SshLink {
  client: Client;
  /** Resolves when it is closed, also when that was before anybody asked. */
  closed: Promise<void>;
  isOver(): boolean;
  /** Resolves with why it ended, when that is known. */
  readonly loss: Promise<Loss>;
}
