import ssh2, {
  type IdentityCallback,
  type ParsedKey,
  type SignCallback,
  type SigningRequestOptions,
} from 'ssh2';
import type { SecretQuestion } from './ask-secret.ts';
import { type LockedFile, openKey } from './ssh-keys.ts';

/** A private key under a passphrase, which is asked for when the key is needed, and as often as the question allows. */
export class LockedKey {
  #key: ParsedKey | undefined;
  /** No passphrase opened it. */
  wrong = false;

  constructor(
    readonly file: LockedFile,
    readonly question: SecretQuestion,
  ) {}

  /** The key; undefined when there is no passphrase, or when the connection did not live until it came. */
  async open(alive: () => boolean): Promise<ParsedKey | undefined> {
    while (this.#key === undefined) {
      const answer = await this.question.next(alive);
      if (answer === undefined) {
        this.wrong = this.question.spent;
        return undefined;
      }
      const parsed = openKey(this.file.locked, answer);
      if (!(parsed instanceof Error)) this.#key = parsed;
    }
    return this.#key;
  }
}

/** A locked key whose public half is known: its passphrase is asked for only when the server would take the key. */
export class LockedKeyAgent extends ssh2.BaseAgent {
  constructor(
    private readonly locked: LockedKey,
    private readonly shown: ParsedKey,
    private readonly alive: () => boolean,
  ) {
    super();
  }

  override getIdentities(done: IdentityCallback): void {
    done(undefined, [this.shown]);
  }

  override sign(
    _shown: unknown,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    done?: SignCallback,
  ): void {
    const { hash } = typeof options === 'function' ? {} : options;
    const told = typeof options === 'function' ? options : done;
    const sign = async () => {
      const key = await this.locked.open(this.alive);
      const signed = key?.sign(data, hash);
      if (Buffer.isBuffer(signed)) told?.(undefined, signed);
      else told?.(signed ?? new Error('no passphrase'));
    };
    sign().catch((error: Error) => told?.(error));
  }
}
