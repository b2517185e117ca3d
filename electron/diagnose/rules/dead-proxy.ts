import { same, type Text } from '../../../shared/text.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import { daemonProxies } from '../../flow/settings.ts';
import { editDaemonJson } from '../edit-daemon-json.ts';
import { fromFact, fromFlow } from '../evidence.ts';
import { defineRule, type Finding } from '../rule.ts';
import { reachesOutside, startsIn, unseenDeaths } from '../select.ts';
import { thread } from '../sources.ts';

const PROXY_DOCS = {
  title: 'Docker: Use a proxy server with the Docker CLI',
  url: 'https://docs.docker.com/engine/cli/proxy/',
};

/** A container, or Docker itself, is told to use a proxy that does not answer: every program that obeys it gets nowhere. */
export const deadProxy = defineRule({
  id: 'dead-proxy',
  needs: ['docker'],
  causes: {
    'container-proxy-dead': {
      sources: [
        PROXY_DOCS,
        thread(
          'mailcow/mailcow-dockerized#5889',
          'Avoid http_proxy env from the system host injected to mailcow containers',
        ),
        thread(
          'docker/for-mac#981',
          'HTTP Proxy settings from preferences are injected as environment variables in containers',
        ),
      ],
    },
    'daemon-proxy-dead': {
      sources: [
        { title: 'Docker: Daemon proxy configuration', url: 'https://docs.docker.com/engine/daemon/proxy/' },
        thread(
          'moby/moby#35226',
          'proxyconnect tcp: dial tcp :0: getsockopt: connection refused when daemon running as ubuntu service',
        ),
      ],
    },
  },
  judge: ({ docker }, scene) => {
    const silent = unseenDeaths(scene).filter(
      // one who refuses is there; where nothing outside answers, the proxy's silence says nothing
      (f) =>
        f.kind === 'proxy' && (f.outcome === 'refused' || f.outcome === 'reset' || reachesOutside(f, scene)),
    );
    return silent.map((flow): Finding => {
      const { host, port } = flow.to;
      const at = `${host}:${port}`;
      const container = docker.containers.find((c) => startsIn(c.name, flow.from));
      const settings: [string, unknown][] = container
        ? Object.entries(container.proxyEnv)
        : Object.entries(daemonProxies(docker));
      const named = settings.filter(([, value]) => String(value).includes(host));
      const [variable = 'http_proxy', value = at] = named[0] ?? [];
      const setting = `${variable}=${value}`;
      const how: Text =
        flow.outcome === 'refused'
          ? { en: 'nobody listens there', 'zh-CN': '那里没有程序监听' }
          : { en: 'it does not answer', 'zh-CN': '它没有应答' };
      const common = { grade: 'inferred' as const, owner: 'administrator' as const, explains: [flow.id] };
      if (!container)
        return {
          id: 'daemon-proxy-dead',
          ...common,
          layer: 'daemon',
          title: {
            en: `Docker is told to use the proxy ${at}, and ${how.en}`,
            'zh-CN': `Docker 被配置使用代理 ${at}，但${how['zh-CN']}`,
          },
          says: {
            en: `The daemon's setting ${setting} sends every pull and push through ${at}, and ${how.en}: images can't be pulled (“proxyconnect tcp”). Running containers don't use it.`,
            'zh-CN': `守护进程的设置 ${setting} 让所有拉取和推送经由 ${at}，但${how['zh-CN']}：镜像无法拉取（“proxyconnect tcp”）。运行中的容器不使用它。`,
          },
          evidence: [fromFact('docker', same(setting)), fromFlow(flow)],
          fixes: [
            editDaemonJson({
              en: 'Name a proxy that answers, or none, then restart docker',
              'zh-CN': '指定可用的代理或去掉该设置，然后重启 docker',
            }),
          ],
        };
      const { name } = container;
      return {
        id: 'container-proxy-dead',
        ...common,
        layer: 'container',
        title: {
          en: `${name} is told to use the proxy ${at}, and ${how.en}`,
          'zh-CN': `${name} 被设置使用代理 ${at}，但${how['zh-CN']}`,
        },
        says: {
          en: `${name} has ${setting} in its environment, so its programs go to ${at} for everything but what no_proxy excepts, and ${how.en}. Without the proxy its network is not at fault. It comes from compose, docker run -e, the image, or "proxies" in ~/.docker/config.json of whoever made the container.`,
          'zh-CN': `${name} 的环境变量中有 ${setting}，因此其中的程序除 no_proxy 例外都会访问 ${at}，但${how['zh-CN']}。不经代理时其网络没有问题。该设置来自 compose、docker run -e、镜像，或创建者 ~/.docker/config.json 中的 "proxies"。`,
        },
        evidence: [fromFact('docker', same(`${name}: ${setting}`)), fromFlow(flow)],
        fixes: [
          {
            title: {
              en: `Make the container again without ${variable}`,
              'zh-CN': `去掉 ${variable} 后重新创建容器`,
            },
            commands: [
              `docker rm -f ${quoteWhereNeeded(name)}`,
              `docker run --name ${quoteWhereNeeded(name)} -e ${quoteWhereNeeded(variable)}= …`,
            ],
            undo: [],
            applies: 'told',
            warning: {
              en: 'An environment can’t be changed in a container that exists. With compose, change "environment" there.',
              'zh-CN': '已存在的容器无法修改环境变量。若使用 compose，请在其中修改 "environment"。',
            },
          },
        ],
      };
    });
  },
});
