import type { FactReason } from '../../shared/run.ts';
import type { Text } from '../../shared/text.ts';
import type { Answer, Command } from '../connect/guest.ts';

/** What a probe learnt, or why it could not. */
export type Fact<T> =
  | { ok: true; value: T; commandId: string }
  | { ok: false; reason: FactReason; detail: Text; commandId: string };

/** Thrown by a parser: the guest answered, and there is no fact in it. */
export class NoFact extends Error {
  constructor(
    readonly reason: FactReason,
    readonly detail: Text,
  ) {
    super(`${reason}: ${detail.en}`);
  }
}

/**
 * A read-only question and the parser of its answer. `parse` throws `NoFact` where the guest lacks a tool or refuses;
 * any other exception counts as `unreadable`, never as a crash of the run.
 */
export interface Probe<Id extends string, T> {
  readonly id: Id;
  /** Probes that name the same object share one round trip. */
  readonly command: Command;
  /** Worth asking as an ordinary user when root is refused: part of the answer, or all for a member of group docker. */
  readonly alsoWithoutRoot?: boolean;
  parse(answer: Answer): T;
  /** One line for people. */
  summary(value: T): Text;
}

/** Keeps the literal id and the fact's type of a probe. */
export function defineProbe<const Id extends string, T>(probe: Probe<Id, T>): Probe<Id, T> {
  return probe;
}
