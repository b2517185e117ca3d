import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import type { Recording } from '../../electron/connect/recording.ts';
import { cacheDir } from '../lab/paths.ts';
import { findSuite } from '../lab/suites.ts';
import { uuidOf } from '../lab/vbox/vbox.ts';

/** A lab machine has its ssh, and two more ports of the guest, at these distances from its port. */
const FORWARDS = [0, 1000, 2000];

/** What tells this lab machine from others of its suite, its id and its ports, as if it were the suite's own. */
export function asOfSuite(text: string, { suite, port }: { suite: string; port: number }): string {
  const own = findSuite(suite).port;
  if (port === own) return text;
  return text
    .replaceAll(uuidOf(port), uuidOf(own))
    .replace(/\b\d{4,5}\b/g, (digits) =>
      FORWARDS.includes(Number(digits) - port) ? String(Number(digits) - port + own) : digits,
    );
}

/** The recording as if the suite's own machine had been diagnosed. Only its head is about this computer. */
export function recordedOfSuite(recording: Recording, lab: { suite: string; port: number }): Recording {
  return { ...recording, machine: JSON.parse(asOfSuite(JSON.stringify(recording.machine), lab)) };
}

/** What must be in no recording, wherever it was made. */
const NEVER: Record<string, RegExp> = {
  'a private key': /PRIVATE KEY-----/,
  'a public key': /\b(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\w+) AAAA/,
  'a password’s hash': /\$(?:y|gy|1|2[aby]|5|6|7)\$[./\w$,=]{20,}/,
  'a token': /\b(?:gh[pousr]_\w{20}|xox[abp]-\w{10}|AKIA[0-9A-Z]{16}|eyJ\w{10,}\.eyJ\w{10,})/,
  'credentials in an address': /\b[a-z]+:\/\/[^\s/:@'"\\]+:[^\s/@'"\\$]+@/,
  'an authorization': /\b(?:Bearer|Basic) [\w+/=.-]{16,}|"auth":\s*"[^"]/,
  'a person’s home': /\/(?:home\/(?!dev\b|nosudo\b)|Users\/)\w+/,
};

/** What is this computer's or this user's own, with the words for it. */
function ownNames(): [string, string][] {
  const secrets = Object.entries(process.env).filter(
    ([name, value = '']) => /TOKEN|SECRET|PASSWORD|API_?KEY/i.test(name) && value.length >= 8,
  );
  return [
    ['this computer’s name', hostname()],
    ['this user’s home', homedir()],
    ['the path of this project', join(import.meta.dirname, '../..')],
    ['the path of the lab', cacheDir()],
    ...secrets.map(([name, value = '']): [string, string] => [`the value of ${name}`, value]),
  ];
}

/** A name as short as `debian`, and root's home, are the guest's as well. */
const isTelling = (name: string) => name.length > 6;

/** What is in the text that must not leave this computer, in words; empty where nothing is. */
export function giveaways(text: string): string[] {
  const never = Object.entries(NEVER).filter(([, pattern]) => pattern.test(text));
  const own = ownNames().filter(([, name]) => isTelling(name) && text.includes(name));
  return [...never, ...own].map(([what]) => what);
}
