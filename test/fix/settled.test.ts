import { expect, it } from 'vitest';
import { fateOf } from '../../electron/fix/settled.ts';
import { fixedVerdict } from '../../electron/fix/verdict.ts';
import type { FlowResult } from '../../shared/flow.ts';
import { readScene } from '../lab-cases/scene-file.ts';

/** A database that is not running, asked for by the web server; and a guest with no name server. */
const stopped = readScene('container-db-stopped');
const nameless = readScene('dns-resolv-conf-empty');

const works = (flow: FlowResult): FlowResult => ({ ...flow, outcome: 'ok' });
const absent = stopped.bad.find(({ kind }) => kind === 'absent-mate') as FlowResult;
/** What can be tried once it runs: no scene of the fault has it. */
const found: FlowResult = {
  ...absent,
  id: 'shop-web-1→container-name:db:5432',
  kind: 'container-name',
  outcome: 'ok',
};

it('a flow that is tried again works or fails', () => {
  expect(fateOf(absent, [works(absent)])).toBe('works');
  expect(fateOf(absent, [absent, found])).toBe('fails');
});

it('what was about a mistake is gone where another flow from there works', () => {
  expect(fateOf(absent, [found])).toBe('gone');
  expect(fixedVerdict([absent], [found])).toMatchObject({ verdict: 'fixed' });
});

it('what was about a paused container is gone once it can be asked', () => {
  const { bad, flows } = readScene('container-paused');
  const frozen = bad.find(({ kind }) => kind === 'frozen-mate') as FlowResult;
  const asked: FlowResult = { ...frozen, id: 'another', kind: 'container-ip', outcome: 'ok' };
  expect(flows).toContain(frozen);
  expect(fateOf(frozen, [asked])).toBe('gone');
  expect(fateOf(frozen, [{ ...asked, from: { where: 'mac' } }])).toBe('gone');
  expect(fateOf(frozen, [{ ...asked, outcome: 'timeout' }])).toBe('fails');
  const elsewhere = { ...asked.to, container: 'box1' };
  expect(fateOf(frozen, [{ ...asked, from: { where: 'mac' }, to: elsewhere }])).toBe('fails');
});

it('nothing is gone where nothing works from there, as when its container died', () => {
  expect(fateOf(absent, [])).toBe('fails');
  expect(fateOf(absent, [{ ...found, outcome: 'timeout' }])).toBe('fails');
  expect(fateOf(absent, [{ ...found, from: { where: 'guest' } }])).toBe('fails');
  expect(fixedVerdict([absent], [])).toBeUndefined();
});

it('any other flow that could not be tried any more did not work', () => {
  const name = nameless.bad.find(({ kind }) => kind === 'internet-name') as FlowResult;
  const other = nameless.flows.find(
    ({ from, outcome, id }) => from.where === name.from.where && outcome === 'ok' && id !== name.id,
  ) as FlowResult;
  expect(fateOf(name, [other])).toBe('fails');
});

it('tells how many work and of how many nothing is left', () => {
  const servers = nameless.bad.filter(({ kind }) => kind === 'dns-server');
  const after = nameless.bad.filter(({ kind }) => kind !== 'dns-server').map(works);
  expect(servers.length).toBeGreaterThan(0);
  expect(fixedVerdict(nameless.bad, after)?.says.en).toBe(
    `Fixed: of ${nameless.bad.length} flows that failed, ${after.length} work now, and of ${servers.length} nothing is left to try.`,
  );
});
