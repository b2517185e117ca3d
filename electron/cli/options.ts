import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Remedy } from '../../shared/machine.ts';
import type { Target } from '../../shared/target.ts';
import { LANGS, type Lang } from '../../shared/text.ts';
import { Trouble } from '../../shared/trouble.ts';
import type { UsageWhy } from '../../shared/trouble-why.ts';
import { defaultTargets, parseTarget } from '../flow/targets.ts';
import { BACKENDS } from '../trace/backends/registry.ts';

/** Who logs in, and how. */
export interface Login {
  user: string | undefined;
  identityFile: string | undefined;
  askPassword: boolean;
  askSudo: boolean;
}

/** The machine that the command line names. */
export type Chosen =
  | { kind: 'virtualbox'; wanted: string; login: Login; allowed: ReadonlySet<Remedy['kind']> }
  | { kind: 'ssh'; host: string; port: number | undefined; login: Login }
  | { kind: 'local' }
  | { kind: 'recording'; file: string }
  | { kind: 'sample' }
  /** No machine at all: a tracer's text, in a file or on the standard input (`-`). */
  | { kind: 'log'; file: string };

/** What is to be done in the machine, once it is known what is to blame. */
export type Wanted = { kind: 'trial' } | { kind: 'fix'; id: string } | { kind: 'undo'; run: string };

/** A command line that makes sense. */
export interface Options {
  lang: Lang;
  help: boolean;
  /** Undefined only with `help`. */
  chosen: Chosen | undefined;
  targets: Target[];
  json: boolean;
  report: string | undefined;
  record: string | undefined;
  /** Id of the one tracer to use. */
  traceBackend: string | undefined;
  /** Take a forward that was added for this run away again. */
  removeForward: boolean;
  remedy: Wanted | undefined;
  /** Consent was given beforehand. */
  yes: boolean;
}

const FLAGS = [
  'local',
  'sample',
  'ask-sudo',
  'ask-password',
  'start',
  'add-forward',
  'remove-forward',
  'trial',
  'yes',
  'json',
  'help',
] as const;
/** What in VirtualBox each of these allows to change. */
const ALLOWS: readonly (readonly [string, Remedy['kind']])[] = [
  ['start', 'start'],
  ['start', 'resume'],
  ['add-forward', 'add-forward'],
];
const VALUES = [
  'vm',
  'host',
  'port',
  'user',
  'identity',
  'recording',
  'report',
  'record',
  'lang',
  'log',
  'trace-backend',
  'fix',
  'undo',
] as const;
const CHOICES = ['vm', 'host', 'local', 'recording', 'sample', 'log'] as const;
/** What each of these options needs beside it. */
const GOES_WITH: Partial<Record<string, readonly (typeof CHOICES)[number][]>> = {
  port: ['host'],
  user: ['vm', 'host'],
  identity: ['vm', 'host'],
  'ask-password': ['vm', 'host'],
  'ask-sudo': ['vm', 'host'],
  start: ['vm'],
  'add-forward': ['vm'],
  'remove-forward': ['vm'],
  trial: ['vm', 'host', 'local'],
  fix: ['vm', 'host', 'local'],
  undo: ['vm', 'host', 'local'],
  record: ['vm', 'host', 'local'],
  report: ['vm', 'host', 'local', 'recording', 'sample'],
  'trace-backend': ['vm', 'host', 'local'],
  // A recording was made with its own targets: it has no answers for others.
  target: ['vm', 'host', 'local'],
};

function wrong(why: UsageWhy, option = '', value = ''): Trouble {
  return new Trouble('bad-usage', { why, option, value });
}

interface Given {
  flags: Set<string>;
  values: Map<string, string>;
  targets: string[];
}

/** Reads the arguments; parseArgs only splits them, so that each mistake gets our own sentence in both languages. */
function split(argv: readonly string[]): Given {
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    options: {
      ...Object.fromEntries(FLAGS.map((name) => [name, { type: 'boolean' as const }])),
      ...Object.fromEntries([...VALUES, 'target'].map((name) => [name, { type: 'string' as const }])),
    },
  });
  const given: Given = { flags: new Set(), values: new Map(), targets: [] };
  for (const token of tokens) {
    if (token.kind === 'positional') throw wrong('stray-argument', '', token.value);
    if (token.kind === 'option-terminator') continue;
    const { name, rawName, value } = token;
    if (FLAGS.some((flag) => flag === name)) {
      if (value !== undefined) throw wrong('takes-no-value', rawName);
      given.flags.add(name);
      continue;
    }
    const isTarget = name === 'target';
    if (!isTarget && !VALUES.some((known) => known === name)) throw wrong('unknown-option', rawName);
    // `--vm --json`: the next option was taken for the value. Whoever means it writes `--vm=--json`.
    if (!value || (!token.inlineValue && value.startsWith('-') && value !== '-'))
      throw wrong('needs-value', rawName);
    if (isTarget) given.targets.push(value);
    else if (given.values.has(name)) throw wrong('given-twice', rawName);
    else given.values.set(name, value);
  }
  return given;
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65535) throw wrong('bad-port', '--port', text);
  return port;
}

function readTraceBackend(id: string | undefined): string | undefined {
  if (id === undefined || BACKENDS.some((backend) => backend.id === id)) return id;
  throw wrong('unknown-tracer', BACKENDS.map((backend) => backend.id).join(', '), id);
}

function readChosen({ flags, values, targets }: Given): Chosen | undefined {
  const chosen = CHOICES.filter((name) => flags.has(name) || values.has(name));
  if (chosen.length > 1) throw wrong('two-machines', chosen.map((name) => `--${name}`).join(', '));
  for (const [option, partners] of Object.entries(GOES_WITH)) {
    const isGiven = option === 'target' ? targets.length > 0 : flags.has(option) || values.has(option);
    if (partners === undefined || !isGiven) continue;
    if (partners.some((partner) => chosen[0] === partner)) continue;
    throw wrong('goes-only-with', `--${option}`, partners.map((partner) => `--${partner}`).join(' / '));
  }
  const login: Login = {
    user: values.get('user'),
    identityFile: values.get('identity'),
    askPassword: flags.has('ask-password'),
    askSudo: flags.has('ask-sudo'),
  };
  switch (chosen[0]) {
    case 'vm':
      return {
        kind: 'virtualbox',
        wanted: values.get('vm') ?? '',
        login,
        allowed: new Set(ALLOWS.flatMap(([flag, kind]) => (flags.has(flag) ? [kind] : []))),
      };
    case 'host':
      return { kind: 'ssh', host: values.get('host') ?? '', port: readPort(values.get('port')), login };
    case 'local':
      return { kind: 'local' };
    case 'recording':
      return { kind: 'recording', file: values.get('recording') ?? '' };
    case 'sample':
      return { kind: 'sample' };
    case 'log':
      return { kind: 'log', file: values.get('log') ?? '' };
    case undefined:
      return undefined;
  }
}

const REMEDIES = ['trial', 'fix', 'undo'] as const;

function readRemedy({ flags, values }: Given): Wanted | undefined {
  const given = REMEDIES.filter((name) => flags.has(name) || values.has(name));
  if (given.length > 1) throw wrong('one-remedy', given.map((name) => `--${name}`).join(', '));
  if (given.length === 0 && flags.has('yes'))
    throw wrong('goes-only-with', '--yes', REMEDIES.map((name) => `--${name}`).join(' / '));
  // What an undo does is not a diagnosis: there is nothing to record and no report
  if (given[0] === 'undo')
    for (const name of ['record', 'report'])
      if (values.has(name)) throw wrong('one-remedy', `--undo, --${name}`);
  switch (given[0]) {
    case 'trial':
      return { kind: 'trial' };
    case 'fix':
      return { kind: 'fix', id: values.get('fix') ?? '' };
    case 'undo':
      return { kind: 'undo', run: values.get('undo') ?? '' };
    case undefined:
      return undefined;
  }
}

/** The language that the arguments ask for, so that even a sentence about wrong arguments is in it. */
export function wantedLang(argv: readonly string[]): Lang {
  const at = argv.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const value = argv[at] === '--lang' ? argv[at + 1] : argv[at]?.slice('--lang='.length);
  return LANGS.find((lang) => lang === value) ?? 'en';
}

/** Reads a command line. Throws `Trouble` `bad-usage` or `bad-target`. */
export function readOptions(argv: readonly string[]): Options {
  const given = split(argv);
  const { flags, values } = given;
  const langText = values.get('lang') ?? 'en';
  const lang = LANGS.find((known) => known === langText);
  if (lang === undefined) throw wrong('bad-language', '--lang', langText);
  const chosen = readChosen(given);
  const help = flags.has('help');
  const report = values.get('report');
  const record = values.get('record');
  if (report !== undefined && record !== undefined && resolve(report) === resolve(record)) {
    throw wrong('same-file', '--record', record);
  }
  if (chosen === undefined && !help) throw wrong('nothing-chosen');
  const targets = given.targets.length > 0 ? given.targets.map(parseTarget) : defaultTargets();
  return {
    lang,
    help,
    chosen,
    targets,
    json: flags.has('json'),
    report,
    record,
    traceBackend: readTraceBackend(values.get('trace-backend')),
    removeForward: flags.has('remove-forward'),
    remedy: readRemedy(given),
    yes: flags.has('yes'),
  };
}
