import { readFileSync } from 'node:fs';

/** How `--version` names itself: releases, those that distributions make, and one before its release. */
export const VERSIONS = [
  ...['6.1.16r140961', '6.1.38_Ubuntur153438', '6.1.50r161033', '7.0.6_BETA4r155176', '7.0.10r158379'],
  ...['7.0.20_Debianr163906', '7.1.4r165100', '7.2.16r174877'],
];

/** What a real VBoxManage printed, of this version; its folder says where that is from. */
export function fixture(name: string, version: '6.1' | '7.0' | '7.1' | '7.2.22' = '7.2.22'): string {
  return readFileSync(new URL(`../fixtures/vboxmanage-${version}/${name}`, import.meta.url), 'utf8');
}

/** A machine's showvminfo, with things in it replaced. */
export function info(uuid: string, changes: readonly (readonly [string, string])[] = []): string {
  const text = fixture('showvminfo-plain.txt').replaceAll('94932e1e-c1ed-498f-a3cb-16aa98a3afe4', uuid);
  return changes.reduce((changed, [from, to]) => changed.replace(from, () => to), text);
}
