import type { TroubleView } from '../../shared/app-state.ts';

/** The command that opens a way into a VM, if the failure names one. */
export function wayInCommand({
  code,
  next,
}: TroubleView): { kind: 'forward' | 'cable'; command: string } | undefined {
  if (code !== 'vm-no-forward') return undefined;
  const command = /\bVBoxManage controlvm [^\n]+$/.exec(next.en)?.[0];
  if (command === undefined) return undefined;
  return { kind: command.includes(' setlinkstate') ? 'cable' : 'forward', command };
}
