import type { AnyAuthMethod, Prompt } from 'ssh2';
import type { AskAnswer, SecretQuestion } from './ask-secret.ts';

/** What servers call a password; what is called otherwise is asked for in the server's own words. */
const PASSWORD =
  /pass ?w|kennwort|contrase|mot de passe|senha|wachtwoord|парол|密码|密碼|口令|パスワード|암호/i;

/** What is a password by name only: a code that is good once, or a new one where the old has expired. */
const ANOTHER = /one.?time|\botp\b|oath|token|code|einmal|einweg|一次性|动态|動態|\bnew\b|retype|current/i;

interface Answers {
  password?: SecretQuestion | undefined;
  answer?: AskAnswer | undefined;
}

/**
 * The server asks, in as many rounds and prompts as it likes. The password goes to what asks for one, once; everything else is
 * asked of the person. Where nobody can be asked, the answer is empty.
 */
export function interactiveMethod(
  username: string,
  { password, answer }: Answers,
  alive: () => boolean,
): AnyAuthMethod {
  let given = false;
  const one = async (instructions: string, { prompt, echo = false }: Prompt): Promise<string> => {
    const wanted = (PASSWORD.test(prompt) && !ANOTHER.test(prompt)) || answer === undefined;
    if (!given && !echo && password && wanted) {
      given = true;
      return (await password.next(alive)) ?? '';
    }
    return (await answer?.({ instructions, prompt, echo })) ?? '';
  };
  const all = async (instructions: string, prompts: readonly Prompt[]): Promise<string[]> => {
    const answers: string[] = [];
    for (const prompt of prompts) answers.push(alive() ? await one(instructions, prompt) : '');
    return answers;
  };
  return {
    type: 'keyboard-interactive',
    username,
    prompt: (name, instructions, _lang, prompts, finish) => {
      const before = [name, instructions].filter((text) => text.trim() !== '').join('\n');
      const done = (answers: string[]) => {
        if (alive()) finish(answers);
      };
      all(before, prompts).then(done, () => done(prompts.map(() => '')));
    },
  };
}
