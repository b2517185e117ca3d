import { join } from 'node:path';
import { z } from 'zod';
import { MachineId, SECRET_KINDS, type SecretKind } from '../../../shared/app-state.ts';
import type { Keychain } from '../host.ts';
import { JsonFile } from '../store/json-file.ts';

const SecretsFile = z.strictObject({
  version: z.literal(1),
  sealed: z.record(MachineId, z.partialRecord(z.enum(SECRET_KINDS), z.string())),
});
type SecretsFile = z.infer<typeof SecretsFile>;

/** What is sealed: with whose secret it is, so that nobody can hand one machine's secret to another by editing the file. */
const Sealed = z.strictObject({ machine: z.string(), kind: z.enum(SECRET_KINDS), secret: z.string() });

/** Secrets that the person lets the Keychain keep. Without a Keychain nothing is ever kept. */
export class Secrets {
  private constructor(
    private readonly file: JsonFile<SecretsFile>,
    private readonly keychain: Keychain | undefined,
    private readonly log: (line: string) => void,
  ) {}

  static async open(
    folder: string,
    keychain: Keychain | undefined,
    log: (line: string) => void,
  ): Promise<Secrets> {
    const path = join(folder, 'secrets.json');
    const empty: SecretsFile = { version: 1, sealed: {} };
    return new Secrets(await JsonFile.open(path, SecretsFile, empty, log, { backup: false }), keychain, log);
  }

  /** Kinds that are remembered for a machine. */
  kinds(machine: string): SecretKind[] {
    const sealed = this.file.value.sealed[machine];
    return SECRET_KINDS.filter((kind) => sealed?.[kind] !== undefined);
  }

  /** The secret, or undefined; one that can't be opened any more is forgotten. */
  async get(machine: string, kind: SecretKind): Promise<string | undefined> {
    const sealed = this.file.value.sealed[machine]?.[kind];
    if (sealed === undefined || this.keychain === undefined) return undefined;
    try {
      const opened = Sealed.parse(JSON.parse(await this.keychain.open(sealed)));
      if (opened.machine === machine && opened.kind === kind) return opened.secret;
      this.log(`the secret ${kind} of ${machine} is another's`);
    } catch {
      // The error may quote what it could not read.
      this.log(`the secret ${kind} of ${machine} cannot be opened`);
    }
    await this.forget(machine, kind);
    return undefined;
  }

  /** Never rejects: a secret that can't be kept is asked for again next time. */
  async remember(machine: string, kind: SecretKind, secret: string): Promise<void> {
    if (this.keychain === undefined) return;
    try {
      const sealed = await this.keychain.seal(JSON.stringify({ machine, kind, secret }));
      await this.#set(machine, { ...this.file.value.sealed[machine], [kind]: sealed });
    } catch {
      // The login itself worked. The error may quote what it could not seal.
      this.log(`the secret ${kind} of ${machine} cannot be kept`);
    }
  }

  async forget(machine: string, kind: SecretKind): Promise<void> {
    const { [kind]: gone, ...rest } = this.file.value.sealed[machine] ?? {};
    if (gone !== undefined) await this.#set(machine, rest);
  }

  async forgetAll(machine: string): Promise<void> {
    if (this.kinds(machine).length > 0) await this.#set(machine, {});
  }

  flush(): Promise<void> {
    return this.file.flush();
  }

  #set(machine: string, kept: Partial<Record<SecretKind, string>>): Promise<void> {
    const { [machine]: _, ...others } = this.file.value.sealed;
    const some = Object.keys(kept).length > 0;
    return this.file.set({ version: 1, sealed: some ? { ...others, [machine]: kept } : others });
  }
}
