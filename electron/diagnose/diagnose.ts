import type { Cause } from '../../shared/cause.ts';
import { type Focus, isAbout } from '../../shared/focus.ts';
import { CLAUSES, joined, same, type Text } from '../../shared/text.ts';
import { placeKey } from './places.ts';
import type { Scene } from './rule.ts';
import { type Finding, LAYERS, type Layer, type Rule } from './rule.ts';
import { RULES } from './rules/registry.ts';
import { spread } from './spread.ts';

/** A rule that could not conclude, for the report. */
export interface Note {
  rule: string;
  outcome: 'cannot-tell' | 'rule-broke';
  says: Text;
}

export interface Diagnosis {
  /** The root cause first. */
  causes: Cause[];
  notes: Note[];
  /** Failing flows that no cause explains. */
  unexplained: string[];
}

/**
 * Runs every rule over the scene. A rule that breaks is told as such; it never ends the run and never accuses. `focus`
 * changes the order of causes only.
 */
export function diagnoseScene(
  scene: Scene,
  rules: readonly Rule[] = RULES,
  focus: Focus = 'everything',
): Diagnosis {
  const notes: Note[] = [];
  const findings = rules.flatMap((rule) => apply(rule, scene, notes));
  const kept = spread(once(withoutBetterSaid(findings, scene)), scene);
  const explained = new Set(kept.flatMap((f) => f.explains));
  return {
    causes: toCauses(kept.sort(byImportance(scene, complaint(scene, focus)))),
    notes,
    unexplained: scene.bad.filter((f) => !explained.has(f.id)).map((f) => f.id),
  };
}

/** Findings as they are told: without what only their ranking needs. */
export function toCauses(findings: readonly Finding[]): Cause[] {
  return findings.map(({ layer: _, insteadOf: __, lastResort: ___, ...cause }) => cause);
}

function apply(rule: Rule, scene: Scene, notes: Note[]): Finding[] {
  const missing = rule.needs.flatMap((id) => {
    const fact = scene.facts[id];
    if (fact.ok || fact.reason === 'does-not-apply') return [];
    const { en, 'zh-CN': zh } = fact.detail;
    return [{ en: `${id}: ${en}`, 'zh-CN': `${id}：${zh}` }];
  });
  if (missing.length > 0) {
    // Where all is well nobody needs to hear what could not be looked at
    if (scene.bad.length > 0)
      notes.push({ rule: rule.id, outcome: 'cannot-tell', says: joined(missing, CLAUSES) });
    return [];
  }
  const values = Object.fromEntries(
    rule.needs.flatMap((id) => {
      const fact = scene.facts[id];
      return fact.ok ? [[id, fact.value]] : [];
    }),
  );
  if (Object.keys(values).length < rule.needs.length) return [];
  try {
    return rule.judge(values as never, scene);
  } catch (error) {
    notes.push({
      rule: rule.id,
      outcome: 'rule-broke',
      says: same(error instanceof Error ? error.message : String(error)),
    });
    return [];
  }
}

/** Drops a finding where another says the same better: about the same rule, or about all of its flows that tell something. */
function withoutBetterSaid(findings: Finding[], scene: Scene): Finding[] {
  const telling = new Set(scene.bad.map(({ id }) => id));
  const covers = (better: Finding, other: Finding) => {
    if (!better.insteadOf?.includes(other.id)) return false;
    if (other.where && better.where) return placeKey(better.where) === placeKey(other.where);
    const counted = other.explains.filter((id) => telling.has(id));
    return (counted.length > 0 ? counted : other.explains).every((id) => better.explains.includes(id));
  };
  const explained = new Set(findings.flatMap((f) => (f.lastResort ? [] : f.explains)));
  return findings.filter(
    (other) =>
      !findings.some((better) => better !== other && covers(better, other)) &&
      !(other.lastResort && other.explains.every((id) => explained.has(id))),
  );
}

/** One setting can end packets at several places: what has the same title and is mended by the same change is told once. */
function once(findings: readonly Finding[]): Finding[] {
  const told = new Map<unknown, Finding>();
  for (const finding of findings) {
    const { id, title, fixes } = finding;
    const changes = fixes.map(({ commands }) => commands);
    const key = changes.length > 0 ? JSON.stringify([id, title, changes]) : finding;
    const first = told.get(key);
    if (!first) told.set(key, finding);
    else
      told.set(key, {
        ...first,
        evidence: [...first.evidence, ...finding.evidence],
        explains: [...new Set([...first.explains, ...finding.explains])],
      });
  }
  return [...told.values()];
}

/** The failing flows that the person complains about. */
function complaint(scene: Scene, focus: Focus): ReadonlySet<string> {
  return new Set(scene.bad.filter((flow) => isAbout(focus, flow)).map(({ id }) => id));
}

/** Whatever lies here is before all else: nothing works without it, whatever hurts. */
const FOUNDATIONS: readonly Layer[] = ['machine', 'daemon'];

/**
 * What answers the complaint goes first, among those what explains most of what the VM itself did not try only to compare
 * with, among those what packets were seen to die of, among those what lies earliest on the way. A consequence of a root cause
 * explains no flow that the root cause does not, so it stays behind it; a last resort is behind all.
 */
function byImportance(scene: Scene, complained: ReadonlySet<string>): (a: Finding, b: Finding) => number {
  const suffered = new Set(
    scene.bad.filter(({ from, to }) => from.where !== 'guest' || to.container).map(({ id }) => id),
  );
  const weight = ({ explains }: Finding) => explains.filter((id) => suffered.has(id)).length;
  const answers = ({ explains, layer }: Finding) =>
    FOUNDATIONS.includes(layer) || explains.some((id) => complained.has(id)) ? 0 : 1;
  return (a, b) =>
    Number(a.lastResort ?? false) - Number(b.lastResort ?? false) ||
    answers(a) - answers(b) ||
    weight(b) - weight(a) ||
    Number(b.grade === 'traced') - Number(a.grade === 'traced') ||
    LAYERS.indexOf(a.layer) - LAYERS.indexOf(b.layer);
}
