import { readFileSync } from 'node:fs';

/** What a real VBoxManage 7.2.22 printed. */
export function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/vboxmanage-7.2.22/${name}`, import.meta.url), 'utf8');
}

/** A machine's showvminfo, with things in it replaced. */
export function info(uuid: string, changes: readonly (readonly [string, string])[] = []): string {
  const text = fixture('showvminfo-plain.txt').replaceAll('94932e1e-c1ed-498f-a3cb-16aa98a3afe4', uuid);
  return changes.reduce((changed, [from, to]) => changed.replace(from, () => to), text);
}
