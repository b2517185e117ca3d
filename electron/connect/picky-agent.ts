import ssh2, {
  type BaseAgent,
  type IdentityCallback,
  type ParsedKey,
  type SignCallback,
  type SigningRequestOptions,
} from 'ssh2';

interface Choice {
  /** Public keys, as SSH sends them in base64, that go before all others. */
  first: ReadonlySet<string>;
  /** Are the others not to be tried at all? */
  only: boolean;
  /** Keys that were tried already; what this agent gives is added. A server counts every key as a failure. */
  tried: Set<string>;
}

/** A public key as SSH sends it. */
export function wireKey(key: ParsedKey): string {
  return key.getPublicSSH().toString('base64');
}

/** An ssh-agent of which only some keys are tried, those that the user named first. */
export class PickyAgent extends ssh2.BaseAgent {
  readonly #agent: BaseAgent;

  constructor(
    socket: string,
    private readonly choice: Choice,
  ) {
    super();
    this.#agent = ssh2.createAgent(socket);
  }

  override getIdentities(done: IdentityCallback): void {
    this.#agent.getIdentities((error, given) => {
      if (error) return done(error);
      // Kinds of key that ssh2 does not know (certificates, security keys) do not parse.
      const keys = (given ?? [])
        .map((key) => ssh2.utils.parseKey(key as Buffer))
        .flatMap((key) => (key instanceof Error ? [] : key));
      const { first, only, tried } = this.choice;
      const named = keys.filter((key) => first.has(wireKey(key)));
      const others = only ? [] : keys.filter((key) => !first.has(wireKey(key)));
      const chosen = [...named, ...others].filter((key) => !tried.has(wireKey(key)));
      for (const key of chosen) tried.add(wireKey(key));
      done(undefined, chosen);
    });
  }

  override sign(
    key: ParsedKey | Buffer | string,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    done?: SignCallback,
  ): void {
    if (typeof options === 'function') this.#agent.sign(key, data, options);
    else this.#agent.sign(key, data, options, done);
  }
}
