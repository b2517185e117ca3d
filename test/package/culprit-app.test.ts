import { lstatSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { readPlist } from '../../build/info-plist.mjs';
import { test as appTest } from '../app/app-test.ts';
import { type Archive, extract, readAsar, sha256 } from './asar.ts';
import { codeFor, fusesOn, type MacArch } from './mac-files.ts';
import { ARCHS, filesUnder, rehearse, root } from './rehearse.ts';

const HELPERS = [
  'Culprit Helper',
  ...['GPU', 'Plugin', 'Renderer'].map((kind) => `Culprit Helper (${kind})`),
];

let folder: string;
let applications: Record<MacArch, string>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'culprit-package-'));
  // Whatever it might want to download, it can't.
  for (const mirror of ['ELECTRON_MIRROR', 'ELECTRON_BUILDER_BINARIES_MIRROR']) {
    vi.stubEnv(mirror, 'http://127.0.0.1:9/');
  }
  applications = await rehearse(folder);
  vi.unstubAllEnvs();
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(ARCHS)('Culprit.app for %s', (arch) => {
  let contents: string;
  let info: Record<string, unknown>;
  let archive: Archive;
  beforeAll(() => {
    contents = join(applications[arch], 'Contents');
    info = readPlist(join(contents, 'Info.plist'));
    archive = readAsar(join(contents, 'Resources/app.asar'));
  });

  test('says who it is', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(info).toMatchObject({
      CFBundleName: 'Culprit',
      CFBundleExecutable: 'Culprit',
      CFBundleIdentifier: 'app.culprit.mac',
      CFBundlePackageType: 'APPL',
      CFBundleShortVersionString: version,
      LSApplicationCategoryType: 'public.app-category.developer-tools',
      LSMinimumSystemVersion: '13.0',
      NSPrincipalClass: 'AtomApplication',
    });
    const icon = readFileSync(join(contents, 'Resources', String(info.CFBundleIconFile)));
    expect(icon.equals(readFileSync(join(root, 'build/icon.icns')))).toBe(true);
  });

  test('asks for the local network and nothing else, in both languages', () => {
    const asks = Object.keys(info).filter((key) => key.endsWith('UsageDescription'));
    expect(asks).toEqual(['NSLocalNetworkUsageDescription']);
    expect(info).not.toHaveProperty('NSAppTransportSecurity');
    expect(info.CFBundleLocalizations).toEqual(['en', 'zh_CN']);
    const question = (language: string) =>
      readPlist(join(contents, `Resources/${language}.lproj/InfoPlist.strings`))
        .NSLocalNetworkUsageDescription;
    expect(question('en')).toBe(info.NSLocalNetworkUsageDescription);
    expect(question('zh_CN')).toMatch(/虚拟机/);
  });

  test('brings Chromium’s words in these languages only', () => {
    const words = filesUnder(join(contents, 'Frameworks/Electron Framework.framework/Versions/A/Resources'));
    expect(words.filter((path) => path.endsWith('.pak'))).toEqual([
      'en.lproj/locale.pak',
      'zh_CN.lproj/locale.pak',
    ]);
  });

  test('has programs and helpers of its own name that can be started', () => {
    const programs = [
      join(contents, 'MacOS/Culprit'),
      ...HELPERS.map((name) => join(contents, `Frameworks/${name}.app/Contents/MacOS`, name)),
    ];
    for (const program of programs) {
      expect(statSync(program).mode & 0o111, program).toBe(0o111);
      expect(codeFor(readFileSync(program)), program).toBe(arch);
    }
    for (const name of HELPERS) {
      const helper = readPlist(join(contents, `Frameworks/${name}.app/Contents/Info.plist`));
      expect(helper.CFBundleExecutable).toBe(name);
      expect(helper.CFBundleIdentifier).toMatch(/^app\.culprit\.mac\.helper/);
    }
    const current = join(contents, 'Frameworks/Electron Framework.framework/Versions/Current');
    expect(lstatSync(current).isSymbolicLink()).toBe(true);
  });

  test('locks what Electron leaves open', () => {
    const framework = join(contents, 'Frameworks/Electron Framework.framework/Electron Framework');
    expect(fusesOn(framework)).toEqual([
      'cookieEncryption',
      'asarIntegrity',
      'onlyLoadAppFromAsar',
      'wasmTrapHandlers',
    ]);
  });

  test('would start: its archive is the one that Info.plist vouches for, whole', () => {
    expect(info.ElectronAsarIntegrity).toEqual({
      'Resources/app.asar': { algorithm: 'SHA256', hash: archive.sha256 },
    });
    const wrong = archive.files.filter((file) => sha256(file.content) !== file.sha256);
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test('holds all that was built, as it was built', () => {
    const packed = new Map(archive.files.map(({ path, content }) => [path, content]));
    for (const part of ['main', 'preload', 'renderer']) {
      const built = filesUnder(join(root, 'out', part));
      const inside = [...packed.keys()].filter((path) => path.startsWith(`out/${part}/`));
      expect(inside.sort()).toEqual(built.map((path) => `out/${part}/${path}`));
      for (const path of inside) {
        expect(packed.get(path)?.equals(readFileSync(join(root, path))), path).toBe(true);
      }
    }
    const { main, type } = JSON.parse(String(packed.get('package.json'))) as { main: string; type: string };
    expect(type).toBe('module');
    const entry = String(packed.get(main));
    const beside = [...entry.matchAll(/new URL\("\.\/(beside\/[^"]+)"/g)].map(
      ([, path]) => `out/main/${path}`,
    );
    expect(beside.length).toBeGreaterThan(4);
    for (const path of ['out/preload/preload.cjs', 'out/renderer/index.html', ...beside]) {
      expect(packed.has(path), path).toBe(true);
    }
  });

  test('holds nothing else: no sources, no tests, no other package', () => {
    const allowed = [
      /^package\.json$/,
      /^out\/(main|preload|renderer)\//,
      /^node_modules\/node-pty\/(LICENSE|package\.json)$/,
      /^node_modules\/node-pty\/lib\/[\w/]+\.js$/,
      new RegExp(`^node_modules/node-pty/prebuilds/darwin-${arch}/(pty\\.node|spawn-helper)$`),
    ];
    const paths = archive.files.map(({ path }) => path);
    expect(paths.filter((path) => !allowed.some((pattern) => pattern.test(path)))).toEqual([]);
    expect(paths.filter((path) => /\.(tsx?|map|md)$|\.test\.|package-lock/.test(path))).toEqual([]);
    const resources = filesUnder(join(contents, 'Resources')).filter(
      (path) => !path.startsWith('app.asar.unpacked/'),
    );
    expect(resources).toEqual([
      'app.asar',
      'en.lproj/InfoPlist.strings',
      'icon.icns',
      'zh_CN.lproj/InfoPlist.strings',
    ]);
  });

  test('keeps machine code outside the archive, for this processor alone', () => {
    const code = archive.files.filter(({ content }) => codeFor(content) !== undefined);
    expect(code.map(({ path, isUnpacked }) => ({ path, isUnpacked }))).toEqual(
      ['pty.node', 'spawn-helper'].map((name) => ({
        path: `node_modules/node-pty/prebuilds/darwin-${arch}/${name}`,
        isUnpacked: true,
      })),
    );
    const files = filesUnder(applications[arch]).map((path) => join(applications[arch], path));
    const others = files.filter(
      (file) => ![undefined, arch].includes(codeFor(readFileSync(file)) as MacArch),
    );
    expect(others).toEqual([]);
    const unpacked = join(
      contents,
      `Resources/app.asar.unpacked/node_modules/node-pty/prebuilds/darwin-${arch}`,
    );
    expect(filesUnder(unpacked)).toEqual(['pty.node', 'spawn-helper']);
    expect(statSync(join(unpacked, 'spawn-helper')).mode & 0o777).toBe(0o755);
  });
});

appTest(
  'what is in the archive, and nothing beside it, diagnoses the sample',
  async ({ open }) => {
    const extracted = join(folder, 'extracted');
    extract(readAsar(join(applications.arm64, 'Contents/Resources/app.asar')), extracted);
    vi.stubEnv('CULPRIT_MAIN', join(extracted, 'out/main/main.js'));
    onTestFinished(() => void vi.unstubAllEnvs());
    const app = await open({ platform: 'darwin' });
    await app.page.locator('#root > *').first().waitFor();
    const verdict = await app.page.evaluate(async () => {
      const { culprit } = window;
      const started = await culprit.call('startRun', { machine: 'sample' });
      if (!started.ok) return started;
      return new Promise((resolve) => {
        culprit.on('runEvents', ({ events }) => {
          const told = events.find(({ type }) => ['verdict', 'trouble', 'ended'].includes(type));
          if (told !== undefined) resolve(told);
        });
        void culprit.call('watchRun', started.value);
      });
    });
    expect(verdict).toMatchObject({ verdict: 'problem' });
    await app.close();
    expect(await app.exited).toBe(0);
  },
  120_000,
);
