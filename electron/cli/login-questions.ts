import type { Lang } from '../../shared/text.ts';
import type { Stop, StopQuestions } from '../door/ssh-target.ts';
import { CLI_PHRASES } from './phrases.ts';
import type { Asker } from './secret.ts';

/** On a terminal a person may mistype. */
const TRIES = 3;

interface Tools {
  asker: Asker;
  /** Keeps the progress line away while a question waits. */
  asking<T>(ask: () => Promise<T>): Promise<T>;
  lang: Lang;
  signal: AbortSignal;
  /** `--ask-password` was given. */
  askPassword: boolean;
}

/**
 * What a login asks on the command line. Without a terminal there is nobody to ask: the machine's password comes from the standard
 * input, and an unknown host key is remembered at its first use.
 */
export function loginQuestions(
  stop: Stop,
  { asker, asking, lang, signal, askPassword }: Tools,
): StopQuestions {
  const say = CLI_PHRASES[lang];
  const at = `${stop.user}@${stop.label}`;
  const { line } = asker;
  const password = () => asking(() => asker.ask('login', say.password(at), signal));
  if (line === undefined) return askPassword && stop.last ? { password } : {};
  const typed = async (prompt: string, echo: boolean) => asking(() => line(prompt, echo, signal));
  return {
    tries: TRIES,
    passphrase: async (file) => (await typed(say.passphrase(file), false)) || undefined,
    acceptHostKey: async ({ is, was, where = '', authority }) => {
      const host = `${stop.host}:${stop.port}`;
      const facts = was
        ? say.hostKeyChanged(host, was.sha256, `${is.type} ${is.sha256}`, where)
        : say.hostKeyNew(host, `${is.type} ${is.sha256}`);
      const answer = await typed(
        `${facts} ${authority ? `${say.hostKeyAuthority} ` : ''}${say.yesOrNo}`,
        true,
      );
      return /^(?:yes|是)$/i.test(answer.trim());
    },
    ...(askPassword && {
      password,
      answer: ({ instructions, prompt, echo }) => typed(`${at}: ${instructions} ${prompt}`, echo),
    }),
  };
}
