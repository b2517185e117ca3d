import { randomBytes } from 'node:crypto';
import type { Focus, HostForm, Login, MachineItem } from '../../../shared/app-state.ts';
import type { Machine } from '../../../shared/machine.ts';
import type { NatDns } from '../../../shared/nat-dns.ts';
import { Trouble } from '../../../shared/trouble.ts';
import type { VmNote } from '../../../shared/vm-note.ts';
import { sshIsUp } from '../../connect/ssh-up.ts';
import { USUAL_PORT } from '../../discover/free-port.ts';
import { callText, forwardRemovals, remedyFor } from '../../discover/remedy.ts';
import { type Surroundings, vmNotes } from '../../discover/vm-notes.ts';
import type { SshWay } from '../../door/door.ts';
import { BOOT_S } from '../../door/open-way.ts';
import { wayOfHost, wayOfVm } from '../../door/ssh-doors.ts';
import type { State } from '../state.ts';
import type { Book, MachineEntry } from '../store/book.ts';
import type { JsonFile } from '../store/json-file.ts';
import { troubleView } from '../trouble-view.ts';
import { machineItems, SAMPLE_ID } from './items.ts';
import type { Secrets } from './secrets.ts';
import type { Found, VirtualBoxWatch } from './virtualbox-watch.ts';

const MOST_HOSTS = 200;

/** A machine that can be diagnosed, with what is known of it. */
export type Known =
  | { kind: 'virtualbox'; item: MachineItem; vm: Machine; notes: readonly VmNote[] }
  | { kind: 'ssh'; item: MachineItem; form: HostForm }
  | { kind: 'sample'; item: MachineItem };

/** The machines there are, and what the person set for each. */
export class Machines {
  #vms: readonly Machine[] = [];
  #around: Surroundings | undefined;
  #port = USUAL_PORT;

  constructor(
    private readonly state: State,
    private readonly book: JsonFile<Book>,
    private readonly secrets: Secrets,
    private readonly watch: Pick<VirtualBoxWatch, 'refresh' | 'change' | 'stateOf' | 'natDnsOf'>,
  ) {}

  /** What VirtualBox has now; after a trouble its machines are as they were, for VBoxManage may only be slow. */
  found(found: Found): void {
    if ('machines' in found) {
      this.#vms = found.machines;
      this.#around = found.around;
      this.#port = found.port;
    } else if (found.trouble.code === 'vboxmanage-missing') this.#vms = [];
    this.state.set({
      virtualbox:
        'machines' in found ? { state: 'found' } : { state: 'trouble', trouble: troubleView(found.trouble) },
    });
    this.show();
  }

  /** Lets the window have the list as it is. */
  show(): void {
    const remembered = (id: string) => this.secrets.kinds(id);
    this.state.set({
      vboxmanage: this.book.value.vboxmanage ?? null,
      machines: machineItems(this.#vms, this.book.value, remembered, this.#port, this.#around),
    });
  }

  /** The machine of this id, looked for again when it was not there or not reachable. Throws Trouble `machine-gone`. */
  async find(id: string): Promise<Known> {
    const known = this.#find(id);
    if (known?.item.reach.ok) return known;
    if (id.startsWith('vm:')) await this.watch.refresh();
    const again = this.#find(id);
    if (again) return again;
    throw new Trouble('machine-gone', { machine: id });
  }

  #find(id: string): Known | undefined {
    const item = this.state.value.machines.find((one) => one.id === id);
    if (!item) return undefined;
    if (id === SAMPLE_ID) return { kind: 'sample', item };
    const form = this.book.value.hosts.find((host) => host.id === id)?.form;
    if (form) return { kind: 'ssh', item, form };
    const vm = this.#vms.find(({ uuid }) => id === `vm:${uuid}`);
    const notes = vm && this.#around ? vmNotes(vm, this.#around) : [];
    return vm && { kind: 'virtualbox', item, vm, notes };
  }

  /**
   * Carries out what was offered with this command, and waits for the machine's SSH server where that opens the way. Throws
   * Troubles `machine-gone`, `vm-changed`, `vboxmanage-refused` and `ssh-not-up`.
   */
  async openWay(id: string, command: string): Promise<void> {
    const vm = this.#vm(id);
    const remedy = remedyFor(vm, this.#port);
    if (remedy === undefined || callText(remedy.call) !== command) {
      await this.watch.refresh();
      throw new Trouble('vm-changed', { name: vm.name });
    }
    await this.watch.change([remedy.call], vm.name);
    const now = this.#find(id);
    if (now?.kind === 'virtualbox' && now.item.reach.ok) await sshIsUp(wayOfVm(now.vm), BOOT_S);
  }

  /** Takes away the forwards that Culprit added to it. Throws Troubles `machine-gone` and `vboxmanage-refused`. */
  async closeWay(id: string): Promise<void> {
    const vm = this.#vm(id);
    await this.watch.change(forwardRemovals(vm), vm.name);
  }

  /** VirtualBox's word for the state of a VM now; undefined when it does not say. */
  stateOf({ uuid }: Machine, signal: AbortSignal): Promise<string | undefined> {
    return this.watch.stateOf(uuid, signal);
  }

  /** The DNS modes of a VM's NAT, where they can be had; never rejects. */
  natDnsOf({ uuid }: Machine): Promise<NatDns[] | undefined> {
    return this.watch.natDnsOf(uuid);
  }

  #vm(id: string): Machine {
    const known = this.#find(id);
    if (known?.kind !== 'virtualbox') throw new Trouble('machine-gone', { machine: id });
    return known.vm;
  }

  /** Has VBoxManage looked for at this place first; undefined: at its usual places only. */
  async setVBoxManage(path: string | undefined): Promise<void> {
    const { vboxmanage: _, ...rest } = this.book.value;
    await this.book.set(path === undefined ? rest : { ...rest, vboxmanage: path });
    this.show();
    await this.watch.refresh();
  }

  async addHost(form: HostForm): Promise<string> {
    const { hosts } = this.book.value;
    if (hosts.length >= MOST_HOSTS) throw new Trouble('too-many-hosts', { most: MOST_HOSTS });
    const id = `ssh:${randomBytes(6).toString('hex')}`;
    await this.#save({ hosts: [...hosts, { id, form }] });
    return id;
  }

  /** Secrets stay with the account that they belong to. */
  async editHost(id: string, form: HostForm): Promise<void> {
    const before = this.#host(id);
    if (before.host !== form.host || before.port !== form.port) await this.secrets.forgetAll(id);
    await this.#forgetOthers(id, before.login, form.login);
    await this.#save({
      hosts: this.book.value.hosts.map((host) => (host.id === id ? { id, form } : host)),
    });
  }

  async removeHost(id: string): Promise<void> {
    this.#host(id);
    await this.secrets.forgetAll(id);
    const { [id]: _, ...machines } = this.book.value.machines;
    await this.#save({ hosts: this.book.value.hosts.filter((host) => host.id !== id), machines });
  }

  async setLogin(id: string, login: Login): Promise<void> {
    const host = this.book.value.hosts.find((one) => one.id === id);
    if (host) return this.editHost(id, { ...host.form, login });
    await this.#forgetOthers(id, this.#entry(id).login ?? { user: '' }, login);
    await this.#set(id, { login });
  }

  setFocus(id: string, focus: Focus): Promise<void> {
    return this.#set(id, { focus });
  }

  announced(id: string): boolean {
    return this.#entry(id).announced === true;
  }

  setAnnounced(id: string): Promise<void> {
    return this.#set(id, { announced: true });
  }

  async forgetSecret(id: string, kind: MachineItem['remembered'][number]): Promise<void> {
    await this.secrets.forget(id, kind);
    this.show();
  }

  #host(id: string): HostForm {
    const host = this.book.value.hosts.find((one) => one.id === id);
    if (!host) throw new Trouble('machine-gone', { machine: id });
    return host.form;
  }

  #entry(id: string): MachineEntry {
    return this.book.value.machines[id] ?? {};
  }

  async #set(id: string, entry: MachineEntry): Promise<void> {
    if (!this.state.value.machines.some((one) => one.id === id)) {
      throw new Trouble('machine-gone', { machine: id });
    }
    const { machines } = this.book.value;
    await this.#save({ machines: { ...machines, [id]: { ...this.#entry(id), ...entry } } });
  }

  async #forgetOthers(id: string, before: Login, after: Login): Promise<void> {
    if (before.user !== after.user) {
      await this.secrets.forget(id, 'login');
      await this.secrets.forget(id, 'sudo');
    }
    if (before.identityFile !== after.identityFile) await this.secrets.forget(id, 'passphrase');
  }

  async #save(changed: Partial<Book>): Promise<void> {
    const written = this.book.set({ ...this.book.value, ...changed });
    this.show();
    await written;
  }
}

/** The way to a machine's SSH server. Throws the Troubles of `wayToSsh`. */
export function wayTo(known: Exclude<Known, { kind: 'sample' }>): SshWay {
  if (known.kind === 'virtualbox') return wayOfVm(known.vm);
  return wayOfHost(known.form.host, known.form.port, known.form.name);
}
