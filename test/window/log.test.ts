import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { described, openLog } from '../../electron/log.ts';

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('lines are added with their time, readable by nobody else, and cannot act', () => {
  const file = join(scratch(), 'logs/culprit.log');
  openLog(file)('one');
  openLog(file)('two \u001b[2J\u202e');
  const [first, second] = readFileSync(file, 'utf8').split('\n');
  expect(first).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z one$/);
  expect(second).toMatch(/two \\u001b\[2J\\u202e$/);
  expect(statSync(file).mode & 0o077).toBe(0);
});

test('a full file becomes the old one', () => {
  const file = join(scratch(), 'culprit.log');
  writeFileSync(file, 'x'.repeat(1_000_001));
  openLog(file)('new');
  expect(readFileSync(file, 'utf8')).toMatch(/ new\n$/);
  expect(statSync(file).size).toBeLessThan(100);
  expect(statSync(`${file}.old`).size).toBe(1_000_001);
});

test('a place that cannot be written to is no reason to break', () => {
  const notAFolder = join(scratch(), 'file');
  writeFileSync(notAFolder, '');
  expect(() => openLog(join(notAFolder, 'logs/culprit.log'))('lost')).not.toThrow();
});

test('whatever is thrown can be told', () => {
  expect(described(new TypeError('odd'))).toMatch(/TypeError: odd\n\s+at /);
  expect(described('odd')).toBe('odd');
  expect(described(undefined)).toBe('undefined');
});
