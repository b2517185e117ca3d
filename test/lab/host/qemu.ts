import type { Image } from '../build/recipe.ts';
import { files } from './config.ts';

/** The QEMU command of a machine in `dir`. A snapshot loads only in a QEMU that was started like this one. */
export function qemuCommand(dir: string, image: Image, disk: string, accel: string[]): string[] {
  const format = disk.endsWith('.raw') ? 'raw' : 'qcow2';
  const command = [
    'qemu-system-x86_64',
    ...accel,
    '-m',
    '1024',
    '-smp',
    '2',
    '-display',
    'none',
    '-monitor',
    'none',
  ];
  command.push('-kernel', image.kernel, '-initrd', image.initrd);
  // Emulated CPUs fail the kernel's test of their TSCs, and the HPET it takes instead makes everything several times slower
  command.push(
    '-append',
    'root=/dev/vda rw console=ttyS0 mitigations=off tsc=reliable quiet systemd.show_status=false',
  );
  command.push('-drive', `file=${disk},if=virtio,format=${format},cache=unsafe`);
  command.push('-device', 'virtio-rng-pci,addr=0x8', '-serial', `file:${files.console(dir)}`);
  command.push('-netdev', 'user,id=n0,ipv6=off', '-qmp', `unix:${files.qmp(dir)},server=on,wait=off`);
  command.push('-device', 'virtio-net-pci,netdev=n0,id=nic0,addr=0x3,mac=08:00:27:12:34:56');
  return command;
}
