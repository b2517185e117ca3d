import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Connects (the options are in argv) in a process whose crypto has no more ciphers and groups than that of Electron, which is
 * BoringSSL, and prints what `echo` says there, or the code and detail of the trouble.
 */
const HAS =
  /^(?:aes-?(?:128|192|256)-(?:cbc|ctr|ecb|gcm|ofb)|des-(?:cbc|ecb|ede|ede-cbc|ede3-cbc)|rc2-cbc|rc4)$/i;
const { getCiphers, createCipheriv, createDecipheriv, createDiffieHellmanGroup } = crypto;
const known = (name: string) => {
  if (!HAS.test(name)) throw new Error(`Unknown cipher ${name}`);
  return name;
};
crypto.getCiphers = () => getCiphers().filter((name) => HAS.test(name));
crypto.createCipheriv = ((name: string, ...rest: [never, never]) =>
  createCipheriv(known(name), ...rest)) as typeof createCipheriv;
crypto.createDecipheriv = ((name: string, ...rest: [never, never]) =>
  createDecipheriv(known(name), ...rest)) as typeof createDecipheriv;
crypto.createDiffieHellmanGroup = ((name: string) => {
  if (/^modp[12]$/.test(name)) throw new Error(`Unknown group ${name}`);
  return createDiffieHellmanGroup(name);
}) as typeof createDiffieHellmanGroup;
syncBuiltinESMExports();

const { connectSsh } = await import('../../electron/connect/ssh-guest.ts');
const { Trouble } = await import('../../shared/trouble.ts');
try {
  const guest = await connectSsh(JSON.parse(process.argv[2] ?? '{}'));
  const { stdout } = await guest.exec({ purpose: { en: 'x', 'zh-CN': 'x' }, script: 'echo hello' });
  process.stdout.write(stdout);
  await guest.close();
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  process.stdout.write(`${error.code} ${JSON.stringify(error.facts)}\n`);
}
