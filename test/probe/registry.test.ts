import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PROBES } from '../../electron/probe/registry.ts';

const scripts = [...new Map(PROBES.map((p) => [p.command.script, p.command.purpose.en]))];

it('lists every probe of the folder', () => {
  const files = readdirSync(new URL('../../electron/probe/', import.meta.url))
    .filter((f) => f.endsWith('.ts'))
    .map((f) => f.slice(0, -3));
  const rest = ['probe', 'registry', 'gather'];
  expect(files.filter((f) => !rest.includes(f)).sort()).toEqual(PROBES.map((p) => p.id).sort());
});

it.each(scripts.map(([script, purpose]) => [purpose, script]))('is POSIX sh: %s', (_, script) => {
  const checked = spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' });
  expect(checked.stderr).toBe('');
});

it.each(scripts.map(([script, purpose]) => [purpose, script]))('only reads: %s', (_, script) => {
  const writes =
    />(?!&1|\/dev\/null)|\b(modprobe|sysctl -w|tee|rm|mv|kill|restart|reload|add|delete|flush|set-)\b/;
  const statements = script.replace(/awk '[^']*'/g, '').replace(/^ *(conf=|for t in ).*$/gm, '');
  expect(statements.split('\n').filter((l) => writes.test(l.replace(/'[^']*'/g, '')))).toEqual([]);
});
