import { expect, it } from 'vitest';
import { diagnoseScene } from '../../electron/diagnose/diagnose.ts';
import type { Scene } from '../../electron/diagnose/rule.ts';
import { namespaceOf } from '../../electron/probe/containers.ts';
import { altered, container, ending, fact, fromContainer, fromGuest } from './altered-scene.ts';

const FAULT = 'container-local-port-one';
const KEY = 'net.ipv4.ip_local_port_range';
const causes = (change: (scene: Scene) => unknown = () => undefined) =>
  diagnoseScene(altered(FAULT, change)).causes;

const inside = (scene: Scene) => {
  const found = namespaceOf(fact(scene, 'containers'), container(scene, 'box1').id);
  if (!found) throw new Error('it was not looked into');
  return found;
};

it('is told by what the connection itself said, and not where it said anything else', () => {
  expect(causes()[0]).toMatchObject({ id: 'no-local-port-left' });
  const silent = (s: Scene) => {
    const box = fromContainer('box1');
    ending(s, (f) => box(f) && f.outcome !== 'ok', 'timeout');
  };
  expect(causes(silent).map(({ id }) => id)).not.toContain('no-local-port-left');
});

it('changes the range where it is small, and points at who holds so many ports where it is not', () => {
  const [fix] = causes()[0]?.fixes ?? [];
  expect(fix?.commands[0]).toMatch(
    /^nsenter -t \d+ -n sysctl -w net\.ipv4\.ip_local_port_range='32768 60999'$/,
  );
  expect(fix?.undo[0]).toContain("'40000 40000'");
  const [wide] = causes((s) => Object.assign(inside(s).sysctls, { [KEY]: '32768\t60999' }));
  expect(wide?.fixes).toEqual([]);
  expect(wide?.says.en).toContain('ss -tan');
});

it('is told of the VM itself, too', () => {
  const [cause] = causes((s) => {
    Object.assign(fact(s, 'sysctls'), { [KEY]: '40000\t40001' });
    s.flows = s.flows.filter((f) => !fromContainer('box1')(f));
    // bash 5.2, LC_ALL=C
    const detail = 'connect: Cannot assign requested address';
    ending(s, (f) => fromGuest(f) && f.kind === 'internet-ip', 'unreachable', { detail });
  });
  expect(cause).toMatchObject({ id: 'no-local-port-left', owner: 'administrator' });
  expect(cause?.fixes[0]?.applied?.edits).toHaveLength(1);
});
