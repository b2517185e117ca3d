import { describe, expect, it } from 'vitest';
import { diagnoseScene } from '../../electron/diagnose/diagnose.ts';
import type { Finding, Rule, Scene } from '../../electron/diagnose/rule.ts';
import { verdictOf } from '../../electron/diagnose/verdict.ts';
import type { Cause } from '../../shared/cause.ts';
import { FOCUSES, isAbout } from '../../shared/focus.ts';
import { same } from '../../shared/text.ts';
import { FAULTS, HEALTHY_RECORDED } from '../lab-cases/cases.ts';
import { readScene } from '../lab-cases/scene-file.ts';

const root = { how: 'login' } as const;

describe('what hurts', () => {
  const cases = FAULTS.flatMap((c) => FOCUSES.map((focus) => ({ ...c, focus })));
  it.each(cases)('$fault, asked about $focus: $cause stays the root cause', ({ fault, cause, focus }) => {
    const scene = readScene(fault);
    const diagnosis = diagnoseScene(scene, undefined, focus);
    const asked = scene.bad.filter((flow) => isAbout(focus, flow)).map(({ id }) => id);
    const explains = (one: Cause | undefined) => asked.some((id) => one?.explains.includes(id));
    // Where what hurts has another reason, that one is told first
    const culprit = diagnosis.causes.find(({ id }) => id === cause);
    if (explains(culprit) || !diagnosis.causes.some(explains)) expect(diagnosis.causes[0]).toBe(culprit);
    expect(culprit).toBeDefined();
    const { verdict, says } = verdictOf(scene, diagnosis, root, focus);
    expect(verdict).toBe('problem');
    expect(says.en).toContain(diagnosis.causes[0]?.title.en);
  });

  /** Two faults at once: flows that fail, and who explains them. */
  function two(): { scene: Scene; rules: Rule[] } {
    const scene = readScene('ipt-docker-user-drop');
    const outward = scene.bad.filter((flow) => flow.to.what.startsWith('internet-'));
    const [port] = scene.flows.filter((flow) => flow.to.what === 'published-port');
    if (outward.length < 2 || !port) throw new Error('the scene has no such flows');
    const dead = { ...port, outcome: 'timeout' as const };
    const rule = (id: string, layer: Finding['layer'], explains: string[]): Rule => ({
      id,
      needs: [],
      causes: {},
      judge: () => [
        { id, layer, title: same(id), says: same(id), grade: 'inferred', evidence: [], fixes: [], explains },
      ],
    });
    const bad = [...outward, dead];
    const flows = scene.flows.map((flow) => bad.find(({ id }) => id === flow.id) ?? flow);
    return {
      scene: { ...scene, flows, bad },
      rules: [
        rule(
          'outward',
          'filter',
          outward.map(({ id }) => id),
        ),
        rule('port', 'port', [dead.id]),
      ],
    };
  }

  it('puts the cause that answers the complaint before one that explains more of other things', () => {
    const { scene, rules } = two();
    expect(diagnoseScene(scene, rules).causes.map(({ id }) => id)).toEqual(['outward', 'port']);
    const { causes } = diagnoseScene(scene, rules, 'published-port');
    expect(causes.map(({ id }) => id)).toEqual(['port', 'outward']);
    expect(diagnoseScene(scene, rules, 'no-internet').causes[0]?.id).toBe('outward');
  });

  it('never puts anything before what nothing works without', () => {
    const { scene, rules } = two();
    const [outward, port] = rules;
    if (!outward || !port) throw new Error('no rules');
    const daemon: Rule = {
      ...outward,
      judge: () => outward.judge({} as never, scene).map((f) => ({ ...f, layer: 'daemon' })),
    };
    expect(diagnoseScene(scene, [daemon, port], 'published-port').causes[0]?.id).toBe('outward');
  });

  it('says that the complaint was not found where the cause is another', () => {
    const { scene, rules } = two();
    const diagnosis = diagnoseScene(scene, rules.slice(0, 1), 'published-port');
    expect(verdictOf(scene, diagnosis, root, 'published-port').says.en).toBe(
      'What you asked about fails, and what was seen does not say why. Found besides: outward',
    );
    const flows = scene.flows.map((flow) =>
      isAbout('published-port', flow) ? { ...flow, outcome: 'ok' as const } : flow,
    );
    const fine = { ...scene, flows, bad: scene.bad.slice(0, -1) };
    expect(verdictOf(fine, diagnosis, root, 'published-port').says.en).toBe(
      'The published ports that were tried answer. Found besides: outward',
    );
  });

  it.each(HEALTHY_RECORDED)('%s: answers the complaint on a healthy machine', (fault) => {
    const scene = readScene(fault);
    const { verdict, says } = verdictOf(scene, diagnoseScene(scene), root, 'names');
    expect(verdict).toBe('healthy');
    expect(says.en).toMatch(/^Names resolve in the containers that were tried\. Everything/);
    expect(says['zh-CN']).toMatch(/^已测试的容器均能解析域名。/);
  });
});
