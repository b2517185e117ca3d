import { describe, expect, it } from 'vitest';
import { wayInCommand } from '../../../renderer/frame/way-in.ts';
import { Trouble } from '../../../shared/trouble.ts';
import { troubleSentences } from '../../../shared/trouble-text.ts';

const VM = { uuid: '94932e1e-c1ed-498f-a3cb-16aa98a3afe4', name: 'web' };

function view(facts: { nics: string[]; command?: string }) {
  const code = 'vm-no-forward';
  return { code, ...troubleSentences(new Trouble(code, { ...VM, ...facts }), 'window') } as const;
}

describe('the command that opens a way into a VM', () => {
  it('is the one that the failure’s sentence ends with', () => {
    const command = `VBoxManage controlvm ${VM.uuid} natpf1 "ssh,tcp,127.0.0.1,2222,,22"`;
    expect(wayInCommand(view({ nics: ['1: nat'], command }))).toEqual({ kind: 'forward', command });
  });

  it('plugs the cable in when that is what is missing', () => {
    expect(wayInCommand(view({ nics: ['1: nat (cable unplugged)'] }))).toEqual({
      kind: 'cable',
      command: `VBoxManage controlvm ${VM.uuid} setlinkstate1 on`,
    });
  });

  it('is none for a VM without NAT, and for other failures', () => {
    expect(wayInCommand(view({ nics: ['1: bridged'] }))).toBeUndefined();
    const command = 'VBoxManage controlvm x setlinkstate1 on';
    expect(wayInCommand({ ...view({ nics: [], command }), code: 'vm-inaccessible' })).toBeUndefined();
  });
});
