import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sshNames } from '../../electron/connect/ssh-names.ts';
import { sshRoute } from '../../electron/connect/ssh-route.ts';
import { readSettings, sshSettings } from '../../electron/connect/ssh-settings.ts';

const dir = mkdtempSync(join(tmpdir(), 'culprit-ssh-config-'));
afterAll(() => rmSync(dir, { recursive: true }));
const home = userInfo().homedir;

/** A configuration of its own; gives its path. */
function config(text: string, name = 'config'): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}

describe("a host's settings, as ssh reads them", () => {
  it('has the first value of every line that fits, patterns and exclusions counted', async () => {
    mkdirSync(join(dir, 'more'), { recursive: true });
    config('Host web\n  Port 2200\n  IdentityFile "~/my keys/%r@%n"\n', 'more/a.conf');
    const configFile = config(`
Include ${dir}/more/*.conf
Host web w*b !webmail
  HostName %h.example.org
  Port 2201
  User deploy
  IdentitiesOnly yes
  IdentityAgent "~/Library/Group Containers/t/agent.sock"
  UserKnownHostsFile ~/.ssh/known_hosts ~/.ssh/more
Host *
  User nobody
`);
    const web = await sshSettings('web', {}, { configFile });
    expect(web).toMatchObject({
      host: 'web.example.org',
      port: 2200,
      user: 'deploy',
      keys: [join(home, 'my keys', 'deploy@web')],
      keysChosen: true,
      onlyThese: true,
      agents: [join(home, 'Library/Group Containers/t/agent.sock')],
    });
    expect(web.knownHosts.name).toBe('[web.example.org]:2200');
    expect(web.knownHosts.files.slice(0, 2)).toEqual([
      join(home, '.ssh/known_hosts'),
      join(home, '.ssh/more'),
    ]);
    expect(await sshSettings('webmail', {}, { configFile })).toMatchObject({
      host: 'webmail',
      port: 22,
      user: 'nobody',
      keysChosen: false,
      onlyThese: false,
    });
  });

  it('gives way to what the person chose', async () => {
    const configFile = config('Host web\n  User deploy\n  Port 2200\n');
    const given = { user: 'root', port: 22 };
    expect(await sshSettings('web', given, { configFile })).toMatchObject(given);
  });

  it('takes no agent where the configuration wants none, and the one that a variable names', () => {
    const text = (agent: string) => `host x\nhostname x\nport 22\nuser me\nidentityagent ${agent}\n`;
    expect(readSettings('x', text('none')).agents).toEqual([]);
    process.env.CULPRIT_TEST_AGENT = '/tmp/own.sock';
    expect(readSettings('x', text('$CULPRIT_TEST_AGENT')).agents).toEqual(['/tmp/own.sock']);
    delete process.env.CULPRIT_TEST_AGENT;
  });

  it('is refused in the words of ssh when it is wrong, and a name that is none before ssh sees it', async () => {
    const configFile = config('Host web\n  UseTheForce yes\n');
    await expect(sshSettings('web', {}, { configFile })).rejects.toMatchObject({
      code: 'ssh-config-refused',
      facts: { detail: expect.stringMatching(/config.*line 2.*usetheforce/i) },
    });
    const ran = join(dir, 'ran');
    const runs = config(`Match exec "touch ${ran}; echo %n >&2"\n  User x\n`);
    for (const name of ['-oProxyCommand=x', 'a;b', '$(id)', 'a b', '']) {
      await expect(sshSettings(name, {}, { configFile: runs })).rejects.toMatchObject({
        code: 'ssh-config-refused',
      });
    }
    expect(() => rmSync(ran)).toThrow('ENOENT');
  });
});

describe('the way to a host', () => {
  const hosts = (route: { host: string; port: number; user: string }[]) =>
    route.map(({ user, host, port }) => `${user}@${host}:${port}`);

  it('goes over its jump hosts, the first of which may have one of its own', async () => {
    const configFile = config(`
Host *
  User me
Host inner
  ProxyJump ops@bastion:2222,[fd00::1]:23
Host bastion
  HostName bastion.example.org
  ProxyJump gate
Host direct
  ProxyJump none
`);
    expect(hosts(await sshRoute('inner', {}, { configFile }))).toEqual([
      'me@gate:22',
      'ops@bastion.example.org:2222',
      'me@fd00::1:23',
      'me@inner:22',
    ]);
    expect(hosts(await sshRoute('direct', {}, { configFile }))).toEqual(['me@direct:22']);
  });

  it('is refused where it leads in a circle, or is a program', async () => {
    const configFile = config('Host a\n ProxyJump b\nHost b\n ProxyJump a\nHost c\n ProxyCommand nc %h %p\n');
    await expect(sshRoute('a', {}, { configFile })).rejects.toMatchObject({
      code: 'ssh-config-unsupported',
      facts: { option: 'ProxyJump' },
    });
    await expect(sshRoute('c', {}, { configFile })).rejects.toMatchObject({
      code: 'ssh-config-unsupported',
      facts: { name: 'c', option: 'ProxyCommand' },
    });
  });
});

describe('the names of a configuration', () => {
  it('are those of its Host lines, those of included files at their place, and no patterns', async () => {
    mkdirSync(join(dir, 'd'), { recursive: true });
    config('host=inner "quoted name"\n', 'd/10-a');
    config(`HOST late\nInclude ${dir}/names\n`, 'd/20-b');
    config('Host hidden\n', 'd/.off');
    const file = config(
      'Host web web-2 # mail\n Port 1\nInclude d/[0-9]*\nHost * !x db?\nHostName no\nhost last web\n#Host no\n',
      'names',
    );
    expect(await sshNames(file)).toEqual(['web', 'web-2', 'inner', 'quoted name', 'late', 'last']);
  });

  it('are none where there is no configuration, and a pattern that is none matches nothing', async () => {
    expect(await sshNames(join(dir, 'nowhere'))).toEqual([]);
    expect(await sshNames(config('Include d/[z-a]\nHost ok\n', 'odd'))).toEqual(['ok']);
  });
});
