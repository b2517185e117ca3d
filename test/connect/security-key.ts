import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';

/**
 * Writes the private key file of a FIDO security key, as `ssh-keygen -t ed25519-sk` does with one plugged in: OpenSSH reads it, and
 * its agent takes it. Gives the path.
 */
export function securityKey(path: string): string {
  const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const shown = Buffer.concat(['sk-ssh-ed25519@openssh.com', Buffer.from(x, 'base64url'), 'ssh:'].map(field));
  const touch = Buffer.from([1]);
  const handle = field(randomBytes(64));
  const secret = [Buffer.alloc(8, 1), shown, touch, handle, field(''), field('me')];
  const length = secret.reduce((sum, { length }) => sum + length, 0);
  const padding = Buffer.from(Array.from({ length: (8 - (length % 8)) % 8 }, (_, n) => n + 1));
  const whole = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    ...['none', 'none', ''].map(field),
    Buffer.from([0, 0, 0, 1]),
    field(shown),
    field(Buffer.concat([...secret, padding])),
  ]);
  const lines = whole.toString('base64').replace(/.{70}/g, '$&\n');
  const text = `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines}\n-----END OPENSSH PRIVATE KEY-----\n`;
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

/** A string of SSH's wire format. */
function field(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
