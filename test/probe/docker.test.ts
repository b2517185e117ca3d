import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { docker, parseDocker } from '../../electron/probe/docker.ts';
import { DOCKER_SCRIPT } from '../../electron/probe/lib/docker-script.ts';
import { answer, fixture } from './support.ts';

describe('docker', () => {
  const all = parseDocker(answer(fixture('bookworm/docker.txt')));

  it('reads networks with their bridges', () => {
    expect(all.networks.find((n) => n.name === 'shop_default')).toMatchObject({
      driver: 'bridge',
      bridge: 'br-b774507bd857',
      subnets: [{ subnet: '172.18.0.0/16', gateway: '172.18.0.1' }],
      icc: true,
      internal: false,
    });
    expect(all.networks.find((n) => n.name === 'bridge')).toMatchObject({ bridge: 'docker0', mtu: 1500 });
    expect(all.networks.find((n) => n.name === 'host')?.bridge).toBeNull();
  });

  it('reads containers with addresses, ports and Compose names', () => {
    expect(all.containers.find((c) => c.name === 'shop-web-1')).toMatchObject({
      state: 'running',
      networkMode: 'shop_default',
      compose: { project: 'shop', service: 'web' },
      wantedPorts: [{ port: 80, proto: 'tcp', hostPort: 8080 }],
      attachments: [{ network: 'shop_default', ip: '172.18.0.3', gateway: '172.18.0.1' }],
    });
    expect(all.containers.find((c) => c.name === 'box1')).toMatchObject({
      networkMode: 'bridge',
      compose: null,
    });
    expect(all.containerCount).toBe(4);
  });

  // what dockerd 20.10.24 and 26.1.5 (Debian 12 and 13) wrote into the journal when "docker pull" failed
  it.each([
    [
      String.raw`time="2026-11-27T23:39:23.094055103Z" level=error msg="Handler for POST /v1.41/images/create returned error: Get \"https://registry-1.docker.io/v2/\": http: server gave HTTP response to HTTPS client"`,
      '2026-11-27T23:39:23Z',
      'Get "https://registry-1.docker.io/v2/": http: server gave HTTP response to HTTPS client',
    ],
    [
      'time="2026-11-27T23:41:53.727363623Z" level=error msg="Not continuing with pull after error: manifest unknown: that is so" spanID=b555e08e7e38f5c1 traceID=f886d9409b0f37974b669b8297d390af',
      '2026-11-27T23:41:53Z',
      'manifest unknown: that is so',
    ],
    [
      'time="2026-11-27T23:41:55.650164143Z" level=error msg="Handler for POST /v1.45/images/create returned error: toomanyrequests: that is so" spanID=24b8078703e97f9e traceID=d9b3f923385fdc54888c1455af0f35bf',
      '2026-11-27T23:41:55Z',
      'toomanyrequests: that is so',
    ],
  ])('reads the last image that could not be fetched: %s', (line, at, reason) => {
    const printed = fixture('bookworm/docker.txt').replace('@@socket', `@@pull\n${line}\n@@socket`);
    expect(parseDocker(answer(printed)).failedPull).toEqual({ at, reason });
    expect(all.failedPull).toBeNull();
  });

  it('says that Docker is not installed', () => {
    expect(() => parseDocker(answer('@@daemon-json\n@@service\n\n@@no-docker\n@@end\n'))).toThrow(
      /tool-missing/,
    );
  });

  it('says that a running daemon is silent', () => {
    const stderr = 'curl: (28) Operation timed out after 5001 milliseconds';
    expect(() => parseDocker(answer('@@daemon-json\n@@service\n@@silent\n', { stderr }))).toThrow(
      /failed: curl/,
    );
  });

  it('says that a daemon which is silent does not run while it is only just starting, and why it may not', () => {
    const stderr = 'curl: (28) Operation timed out after 9003 milliseconds with 0 bytes received';
    const starting = parseDocker(answer(fixture('bookworm-docker-starting/docker.txt'), { stderr }));
    expect(starting).toMatchObject({ running: false, unit: { active: 'activating' }, containers: [] });
    expect(starting.journal.at(-1)).toContain("ZONE_CONFLICT: 'docker0' already bound to 'public'");
  });

  it.each([
    ['{"dns": ["1.1.1.1"]}', null],
    ['{"dns": ["1.1.1.1",]}', /JSON/],
    ['[1]', /object/],
    ['', null],
  ])('judges daemon.json %s', (text, error) => {
    const stopped = `@@daemon-json\n${text}\n@@daemon-json-there\n@@service\nId=docker.service\nActiveState=failed\n\n@@end\n`;
    const got = parseDocker(answer(stopped)).daemonJson;
    if (error === null) expect(got?.error).toBeNull();
    else expect(got?.error).toMatch(error);
  });

  it('sums up a stopped daemon', () => {
    const stopped =
      '@@service\nId=docker.service\nLoadState=loaded\nActiveState=failed\nResult=exit-code\n\n@@end\n';
    expect(docker.summary(parseDocker(answer(stopped)))).toEqual({
      en: 'Docker is not running (failed, exit-code)',
      'zh-CN': 'Docker 未运行（failed, exit-code）',
    });
  });
});

describe("the filter of Docker's answers", () => {
  const program = /only_needed\(\) \{ awk '([^']*)'/.exec(DOCKER_SCRIPT)?.[1] ?? '';
  const filter = (json: string): unknown =>
    JSON.parse(execFileSync('awk', [program], { input: json, encoding: 'utf8' }));

  it('lets no secret out, however it is quoted', () => {
    const secret = 's3"cr\\et';
    const json = JSON.stringify({
      Name: '/a "b" \\',
      Path: secret,
      Args: [secret, '--token', secret],
      Config: {
        Env: [
          `DB_PASSWORD=${secret}`,
          'http_proxy=http://joe:s3cr@10.0.2.2:3128',
          'NO_PROXY=a,"b"',
          `X="http_proxy=${secret}`,
        ],
        Cmd: [secret],
        Healthcheck: { Test: ['CMD', secret] },
        Labels: {
          'com.docker.compose.service': 'web',
          'traefik.auth': secret,
          '"Env":["http_proxy=': secret,
        },
      },
      HostConfig: { LogConfig: { Config: { 'splunk-token': secret } }, Dns: ['1.1.1.1'] },
    });
    const out = filter(json);
    expect(JSON.stringify(out)).not.toMatch(/s3|cr\\\\\\\\et/);
    expect(out).toMatchObject({
      Name: '/a "b" \\',
      Args: ['', '', ''],
      Config: {
        Env: ['', 'http_proxy=http://***@10.0.2.2:3128', 'NO_PROXY=a,"b"', ''],
        Labels: { 'com.docker.compose.service': 'web', 'traefik.auth': '' },
      },
      HostConfig: { Dns: ['1.1.1.1'] },
    });
  });

  it('keeps numbers, switches and structure, compact or indented', () => {
    const value = {
      State: { Pid: 7, Status: 'running' },
      Ports: { '80/tcp': [{ HostIp: '', HostPort: '80' }], '81/tcp': null },
    };
    expect(filter(JSON.stringify(value))).toEqual(value);
    expect(filter(JSON.stringify([value], null, 4))).toEqual([value]);
  });
});
