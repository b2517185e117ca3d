import { fileURLToPath } from 'node:url';
import { _electron } from 'playwright-core';
import { findElectron } from '../../build/desktop.mjs';
import { electronOrders } from './electron-orders.ts';
import type { Driven, OpenOptions } from './harness.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Why Electron can't run here; undefined when it can. */
export function noElectron(): string | undefined {
  return findElectron(root) === undefined
    ? 'Electron’s runtime is not installed (npx install-electron)'
    : undefined;
}

/** Runs the built main in Electron itself, by Playwright. */
export async function startElectron(options: OpenOptions & { dataFolder: string }): Promise<Driven> {
  const { languages, theme, dataFolder, size } = options;
  const [language = 'en-US'] = languages ?? [];
  const electron = await _electron.launch({
    executablePath: findElectron(root) ?? '',
    args: [
      root,
      // A Keychain in which nothing is kept.
      '--use-mock-keychain',
      `--lang=${language}`,
      ...(process.platform === 'darwin' ? ['-AppleLanguages', `(${language})`] : []),
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    env: {
      ...definedOnly({ ...process.env, CULPRIT_SSH_CONFIG: '/dev/null', ...options.env }),
      CULPRIT_DATA: dataFolder,
    },
    colorScheme: theme ?? 'light',
  });
  const child = electron.process();
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const exited = new Promise<number | null>((resolve) => {
    child.on('exit', resolve);
  });
  await electron.evaluate(electronOrders);
  const order = ((name: string, input?: unknown) =>
    electron.evaluate(
      (_electron, [name, input]) => {
        const { culpritOrders } = globalThis as unknown as {
          culpritOrders: Record<string, (input: unknown) => unknown>;
        };
        return culpritOrders[name as string]?.(input);
      },
      [name, input] as const,
    )) as Driven['order'] & ((name: '_record', input: object) => Promise<unknown>);
  const page = await electron.firstWindow();
  page.on('pageerror', (error) => void order('_record', { what: 'pageerror', details: [String(error)] }));
  page.on(
    'console',
    (message) => void order('_record', { what: 'console', details: [message.type(), message.text()] }),
  );
  if (size !== undefined) await order('setBounds', { x: 0, y: 25, ...size });
  return {
    page,
    order,
    exited,
    kill: (signal) => void child.kill(signal),
    output: () => output,
    release: async () => {},
  };
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  const known = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(known);
}
