import { randomBytes } from 'node:crypto';
import type { NoRootWhy, RootAccess } from './guest.ts';
import type { LaneWire } from './lane-wire.ts';
import { quote } from './quote.ts';
import { bootLine, FIRST_LINE } from './runner-sh.ts';

type NoRoot = Extract<RootAccess, { how: 'none' }>;

/** Where there is no sudo: says on stderr what else could make us root. */
const WHAT_ELSE = 'command -v sudo >/dev/null||for e in doas su;do command -v $e&&break;done >&2';

/** Gives the password that sudo asks for; undefined when there is none. */
export type AskPassword = () => Promise<string | undefined>;

/** sudo said no. Never reaches the callers of a guest: it becomes `guest.root`. */
export class SudoRefusal extends Error {
  constructor(readonly root: NoRoot) {
    super(root.why);
  }
}

/**
 * Turns a fresh user shell into a fresh root shell; without `askPassword` only where sudo asks for none. The password
 * is written only to sudo's standard input, and only after sudo printed a prompt that nobody else can know. A second
 * prompt means that it was wrong: never retried. Throws `SudoRefusal`.
 */
export function enterSudo(wire: LaneWire, askPassword: AskPassword | undefined): Promise<void> {
  const [nonce, prompt, ready] = [0, 0, 0].map(() => randomBytes(16).toString('hex')) as [
    string,
    string,
    string,
  ];
  const ask = askPassword === undefined ? '-n' : `-S -p ${quote(prompt)}`;
  const inner = `printf "\\n%s\\n" ${ready}; ${FIRST_LINE}`;
  const line = `${WHAT_ELSE}; exec sudo ${ask} /bin/sh -c ${quote(inner)} culprit "$$" "$PPID"`;
  return new Promise((resolve, reject) => {
    let out = '';
    let err = '';
    let asked = false;
    const answer = async () => {
      const password = await askPassword?.();
      if (password === undefined) refuse('password-needed');
      // A line feed would make a second line, which is the shell's.
      else wire.write(`${password.split('\n')[0]}\n`);
    };
    const refuse = (why: NoRootWhy) => {
      reject(new SudoRefusal({ how: 'none', why, detail: clean(err, prompt) }));
      return true;
    };
    wire.take(
      (chunk) => {
        out += chunk.toString('latin1');
        if (!out.includes(`\n${ready}\n`)) return false;
        resolve();
        return true;
      },
      (chunk) => {
        err += chunk.toString('utf8');
        const prompts = err.split(prompt).length - 1;
        if (prompts >= 2) return refuse('wrong-password');
        if (prompts === 1 && !asked) {
          asked = true;
          answer().catch(reject);
        }
        return false;
      },
      (trouble) => {
        if (trouble.code === 'cancelled' || wire.linkLost) reject(trouble);
        else refuse(whyNot(err, asked));
      },
    );
    wire.write(`${bootLine(nonce)}\n${line}\n${nonce}\n`);
  });
}

/** Reads sudo's own message (LC_ALL=C), that of sudo-rs, too. `asked`: it had our password when it said so. */
export function whyNot(stderr: string, asked: boolean): NoRootWhy {
  if (/sudo: (?:command )?not found/.test(stderr)) {
    const [, other] = /^\/\S*\/(doas|su)$/m.exec(stderr) ?? [];
    return other === undefined ? 'no-sudo' : other === 'doas' ? 'only-doas' : 'only-su';
  }
  if (/must have a tty/.test(stderr)) return 'requiretty';
  if (/not in the sudoers file|not allowed to|may not run sudo|I'm afraid I can't do that/.test(stderr))
    return 'not-allowed';
  if (asked && /incorrect (?:password|authentication)|try again|Authentication failure/i.test(stderr))
    return 'wrong-password';
  if (/password is required|no password was provided|authentication is required/.test(stderr))
    return 'password-needed';
  return 'failed';
}

function clean(stderr: string, prompt: string): string {
  const lines = stderr.replaceAll(prompt, '').split('\n');
  return lines
    .filter((line) => line.trim() !== '')
    .slice(-2)
    .join(' ')
    .trim()
    .slice(0, 300);
}
