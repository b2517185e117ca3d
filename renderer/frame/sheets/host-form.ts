import { HostForm, Login } from '../../../shared/app-state.ts';

/** What stands in the fields, as typed. */
export interface Typed {
  name: string;
  host: string;
  port: string;
  user: string;
  identityFile: string;
}

export type FieldName = keyof Typed;
/** The form, or the fields that are wrong. */
export type Checked<T> = { ok: true; value: T } | { ok: false; wrong: ReadonlySet<FieldName> };

/** An absolute path or one from the home folder; empty is none. */
const KEY_PATH = /^(?:~?\/.+)?$/;

function loginOf({ user, identityFile }: Typed): Record<string, unknown> {
  const path = identityFile.trim();
  return { user: user.trim(), ...(path === '' ? {} : { identityFile: path }) };
}

function wrongFields(issues: readonly { path: readonly PropertyKey[] }[], typed: Typed): Set<FieldName> {
  const names = issues.map(({ path }) => path.at(-1)).filter((name) => name !== 'login');
  const wrong = new Set(names as FieldName[]);
  if (!KEY_PATH.test(typed.identityFile.trim())) wrong.add('identityFile');
  return wrong;
}

/** Empty: as ssh's configuration says. */
function portOf(text: string): { port?: number } {
  if (text === '') return {};
  return { port: /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN };
}

/** Checks a host as main will. */
export function checkHost(typed: Typed): Checked<HostForm> {
  const given = {
    name: typed.name.trim(),
    host: typed.host.trim(),
    ...portOf(typed.port.trim()),
    login: loginOf(typed),
  };
  const parsed = HostForm.safeParse(given);
  const wrong = wrongFields(parsed.error?.issues ?? [], typed);
  return parsed.success && wrong.size === 0 ? { ok: true, value: parsed.data } : { ok: false, wrong };
}

/** Checks a login as main will. */
export function checkLogin(typed: Typed): Checked<Login> {
  const parsed = Login.safeParse(loginOf(typed));
  const wrong = wrongFields(parsed.error?.issues ?? [], typed);
  return parsed.success && wrong.size === 0 ? { ok: true, value: parsed.data } : { ok: false, wrong };
}
