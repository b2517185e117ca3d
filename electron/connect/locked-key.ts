import ssh2 from 'ssh2';
import type { SecretQuestion } from './ask-secret.ts';
import type { KeyFile } from './ssh-keys.ts';

type Locked = Extract<KeyFile, { problem: 'passphrase' }>;

/** A private key under a passphrase, which is asked for when the key is needed, and as often as the question allows. */
export class LockedKey {
  #passphrase: string | undefined;
  /** No passphrase opened it. */
  wrong = false;

  constructor(
    readonly file: Locked,
    readonly question: SecretQuestion,
  ) {}

  /** Its passphrase, checked here; undefined when there is none, or when the connection did not live until it came. */
  async open(alive: () => boolean): Promise<string | undefined> {
    while (this.#passphrase === undefined) {
      const answer = await this.question.next(alive);
      if (answer === undefined) {
        this.wrong = this.question.spent;
        return undefined;
      }
      const parsed = ssh2.utils.parseKey(this.file.locked, answer);
      if (!(parsed instanceof Error)) this.#passphrase = answer;
    }
    return this.#passphrase;
  }
}
