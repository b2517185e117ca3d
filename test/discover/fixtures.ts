import { readFileSync } from 'node:fs';

/** What a real VBoxManage printed, of this version; its folder says where that is from. */
export function fixture(name: string, version: '6.1' | '7.0' | '7.1' | '7.2.22' = '7.2.22'): string {
  return readFileSync(new URL(`../fixtures/vboxmanage-${version}/${name}`, import.meta.url), 'utf8');
}

/** A machine's showvminfo, with things in it replaced. */
export function info(uuid: string, changes: readonly (readonly [string, string])[] = []): string {
  const text = fixture('showvminfo-plain.txt').replaceAll('94932e1e-c1ed-498f-a3cb-16aa98a3afe4', uuid);
  return changes.reduce((changed, [from, to]) => changed.replace(from, () => to), text);
}
