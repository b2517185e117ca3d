import type { Lang } from '../../../shared/text.ts';

interface HostPhrases {
  addTitle: string;
  editTitle: (name: string) => string;
  lead: string;
  name: string;
  nameHint: string;
  host: string;
  hostPlaceholder: string;
  port: string;
  user: string;
  userPlaceholder: string;
  key: string;
  keyPlaceholder: string;
  choose: string;
  add: string;
  save: string;
  cancel: string;
  loginTitle: (name: string) => string;
  loginLead: string;
  forgets: string;
  badName: string;
  badHost: string;
  badPort: string;
  badUser: string;
  badKey: string;
  removeTitle: (name: string) => string;
  removeBody: string;
  remove: string;
  deleteTitle: string;
  deleteBody: (name: string, when: string) => string;
  deleteKept: string;
  delete: string;
}

/** Sheets about hosts, logins and what is deleted. */
export const HOST_PHRASES: Record<Lang, HostPhrases> = {
  en: {
    addTitle: 'Add an SSH host',
    editTitle: (name) => `Edit ${name}`,
    lead: 'Any Linux machine with containers that you can log in to with SSH. Its name in ~/.ssh/config is enough: what is left empty is as it says there, jump hosts included.',
    name: 'Name',
    nameHint: 'What it is called in the list; the host when left empty.',
    host: 'Host',
    hostPlaceholder: 'A name of ssh_config, or an address',
    port: 'Port',
    user: 'User',
    userPlaceholder: 'As in ssh_config, or on this computer',
    key: 'Private key',
    keyPlaceholder: 'As in ssh_config; agent, usual keys',
    choose: 'Choose…',
    add: 'Add Host',
    save: 'Save',
    cancel: 'Cancel',
    loginTitle: (name) => `Log in to ${name} as…`,
    loginLead: 'Remembered for this machine. A password is asked for when it is needed.',
    forgets: 'Another user or key makes Culprit forget the passwords it remembers for this machine.',
    badName: 'At most 80 characters.',
    badHost: 'A host name or an IP address, without user, port or “ssh://”.',
    badPort: '1 to 65535.',
    badUser: 'A user name: no spaces, “:”, “@” or slashes.',
    badKey: 'The whole path: it begins with “/” or “~/”.',
    removeTitle: (name) => `Remove ${name} from the list?`,
    removeBody:
      'Its login and remembered passwords are forgotten. Its runs stay. The machine itself is not touched.',
    remove: 'Remove',
    deleteTitle: 'Delete this run?',
    deleteBody: (name, when) => `The diagnosis of ${name}, ${when}, with everything that it recorded.`,
    deleteKept: 'Reports that you exported stay.',
    delete: 'Delete',
  },
  'zh-CN': {
    addTitle: '添加 SSH 主机',
    editTitle: (name) => `编辑 ${name}`,
    lead: '任何可以用 SSH 登录、运行着容器的 Linux 机器。只需填写它在 ~/.ssh/config 中的名称：留空的内容（包括跳板机）均以其中的设置为准。',
    name: '名称',
    nameHint: '列表中显示的名称；留空则使用主机名。',
    host: '主机',
    hostPlaceholder: 'ssh_config 中的名称，或地址',
    port: '端口',
    user: '用户',
    userPlaceholder: '与 ssh_config 或本机相同',
    key: '私钥',
    keyPlaceholder: 'ssh_config 指定的密钥、代理和常用密钥',
    choose: '选取…',
    add: '添加主机',
    save: '存储',
    cancel: '取消',
    loginTitle: (name) => `登录 ${name} 的身份`,
    loginLead: '会为这台机器记住。需要密码时会询问。',
    forgets: '更换用户或密钥后，Culprit 会忘记为这台机器记住的密码。',
    badName: '最多 80 个字符。',
    badHost: '主机名或 IP 地址，不含用户、端口或“ssh://”。',
    badPort: '1 到 65535。',
    badUser: '用户名不能包含空格、“:”、“@”或斜杠。',
    badKey: '请填写完整路径，以“/”或“~/”开头。',
    removeTitle: (name) => `要从列表中移除 ${name} 吗？`,
    removeBody: '它的登录信息和记住的密码会被忘记，诊断记录会保留，机器本身不受影响。',
    remove: '移除',
    deleteTitle: '要删除这条诊断记录吗？',
    deleteBody: (name, when) => `${name} 在 ${when} 的诊断及其记录的全部内容。`,
    deleteKept: '已导出的报告会保留。',
    delete: '删除',
  },
};
