import { expect, it } from 'vitest';
import { placeText } from '../shared/place-text.ts';
import type { RulePlace } from '../shared/trace.ts';

/** As `nft-netdev-bridge-drop` died on the lab's bookworm machine (nft 1.0.6). */
const PLACE: RulePlace = {
  family: 'netdev',
  table: 'guard',
  chain: 'inward',
  hook: 'ingress',
  device: 'docker0',
  priority: 0,
  baseChain: 'inward',
  handle: 3,
  position: 1,
  rule: 'tcp dport vmap @ports',
  policy: false,
  backend: 'nft',
};

it('names the device of a hook that every device has for itself', () => {
  expect(placeText(PLACE, 'en')).toBe(
    'netdev guard inward, rule 1, handle 3 (hook ingress of docker0, priority 0)',
  );
  expect(placeText(PLACE, 'zh-CN')).toBe(
    'netdev guard inward，第 1 条规则，句柄 3（docker0 的钩子 ingress，优先级 0）',
  );
  const { device: _, ...other } = PLACE;
  expect(placeText(other, 'en')).toContain('(hook ingress, priority 0)');
});
