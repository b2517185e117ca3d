import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writePlist } from '../../build/info-plist.mjs';
import { FUSE_SENTINEL, type MacArch, machO } from './mac-files.ts';

/** Some of the languages that Electron brings. */
const LANGUAGES = ['en', 'de', 'fr', 'zh_CN', 'zh_TW'];
const HELPERS = ['', ' (GPU)', ' (Plugin)', ' (Renderer)'];
const FRAMEWORKS = ['Electron Framework', 'Mantle', 'ReactiveObjC', 'Squirrel'];

/** Electron's fuses as it ships them: version 1, nine of them, each on (1) or off (0). */
const FUSES = Buffer.concat([Buffer.from(FUSE_SENTINEL), Buffer.from([1, 9]), Buffer.from('101100011')]);

function put(file: string, content: string | Buffer, mode = 0o644): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  chmodSync(file, mode);
}

function plist(file: string, dictionary: Record<string, unknown>): void {
  mkdirSync(dirname(file), { recursive: true });
  writePlist(file, dictionary);
}

function link(target: string, file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  symlinkSync(target, file);
}

function identity(name: string, id: string): Record<string, unknown> {
  return {
    CFBundleExecutable: name,
    CFBundleName: 'Electron',
    CFBundleDisplayName: name,
    CFBundleIdentifier: id,
    CFBundlePackageType: 'APPL',
    CFBundleVersion: '45.4.1',
    CFBundleShortVersionString: '45.4.1',
    LSMinimumSystemVersion: '13.0',
  };
}

function framework(folder: string, name: string, arch: MacArch): void {
  const isElectron = name === 'Electron Framework';
  const version = join(folder, 'Versions/A');
  const code = machO(arch, 'library');
  put(join(version, name), isElectron ? Buffer.concat([code, FUSES, Buffer.alloc(64)]) : code, 0o755);
  plist(join(version, 'Resources/Info.plist'), { CFBundleExecutable: name, CFBundlePackageType: 'FMWK' });
  link('A', join(folder, 'Versions/Current'));
  for (const inside of [name, 'Resources']) link(`Versions/Current/${inside}`, join(folder, inside));
  if (!isElectron) return;
  for (const language of LANGUAGES) put(join(version, `Resources/${language}.lproj/locale.pak`), language);
  put(join(version, 'Libraries/libffmpeg.dylib'), code, 0o755);
  put(join(version, 'Helpers/chrome_crashpad_handler'), machO(arch, 'program'), 0o755);
  for (const inside of ['Libraries', 'Helpers']) link(`Versions/Current/${inside}`, join(folder, inside));
}

/**
 * Lays out what Electron's download for a Mac has inside, with headers instead of code, for electron-builder's
 * `electronDist`. The layout and the keys of its Info.plist are those of Electron 45.
 */
export function makeStubElectron(folder: string, arch: MacArch): void {
  const contents = join(folder, 'Electron.app/Contents');
  const program = machO(arch, 'program');
  plist(join(contents, 'Info.plist'), {
    ...identity('Electron', 'com.github.Electron'),
    CFBundleIconFile: 'electron.icns',
    NSPrincipalClass: 'AtomApplication',
    NSHighResolutionCapable: true,
    NSCameraUsageDescription: 'This app needs access to the camera',
    NSMicrophoneUsageDescription: 'This app needs access to the microphone',
    NSBluetoothAlwaysUsageDescription: 'This app needs access to Bluetooth',
    NSAudioCaptureUsageDescription: 'This app needs access to audio capture',
  });
  put(join(contents, 'PkgInfo'), 'APPL????');
  put(join(contents, 'MacOS/Electron'), program, 0o755);
  put(join(contents, 'Resources/electron.icns'), 'icns');
  for (const language of LANGUAGES) {
    mkdirSync(join(contents, `Resources/${language}.lproj`), { recursive: true });
  }
  for (const kind of HELPERS) {
    const name = `Electron Helper${kind}`;
    const helper = join(contents, `Frameworks/${name}.app/Contents`);
    plist(join(helper, 'Info.plist'), identity(name, 'com.github.Electron.helper'));
    put(join(helper, 'MacOS', name), program, 0o755);
  }
  for (const name of FRAMEWORKS) framework(join(contents, `Frameworks/${name}.framework`), name, arch);
}
