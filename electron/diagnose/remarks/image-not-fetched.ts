import type { Remarker } from '../remark.ts';

/**
 * Docker could not fetch an image lately: a container that needs it was never made, so that there is nothing to try, and all else
 * works. Which image it was, nobody in the guest knows.
 */
export const imageNotFetched: Remarker = ({ facts }) => {
  const failed = facts.docker.ok ? facts.docker.value.failedPull : null;
  if (!failed) return [];
  const at = failed.at.slice(11, 16);
  return [
    {
      code: 'image-not-fetched',
      says: {
        en: `At ${at} (UTC) Docker could not fetch an image: “${failed.reason}”. A container that needs it was not made, so it is not among what was tried.`,
        'zh-CN': `Docker 在 ${at}（UTC）未能拉取镜像：“${failed.reason}”。需要它的容器没有创建，因此不在测试之列。`,
      },
      next: {
        en: 'Its journal does not say which image: “docker pull IMAGE” in the VM says it again. Is it misspelt, private (“docker login”), or only on another computer? Else look at the registry, and at the proxy and the certificates of the daemon.',
        'zh-CN':
          '日志没有记录是哪个镜像：请在虚拟机中运行“docker pull 镜像名”重现。名称是否有误、镜像是否私有（docker login）、是否只存在于另一台电脑？否则请检查镜像仓库，以及守护进程的代理和证书。',
      },
      source: 'https://docs.docker.com/engine/daemon/troubleshoot/',
    },
  ];
};
