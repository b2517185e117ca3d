import { createPrivateKey, type KeyObject } from 'node:crypto';

/**
 * A PKCS#8 key (`BEGIN PRIVATE KEY`, as OpenSSL and cloud consoles write them), which ssh2 can't read, in a format that it can;
 * undefined when the text is something else, or the passphrase is not the right one.
 */
export function openPkcs8(text: Buffer, passphrase?: string): Buffer | undefined {
  const head = text.toString('latin1', 0, 200).trimStart();
  if (!/^-----BEGIN (?:ENCRYPTED )?PRIVATE KEY-----/.test(head)) return undefined;
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: text, format: 'pem', ...(passphrase !== undefined && { passphrase }) });
  } catch {
    return undefined;
  }
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return Buffer.from(key.export({ type: 'pkcs1', format: 'pem' }));
    case 'ec':
      return Buffer.from(key.export({ type: 'sec1', format: 'pem' }));
    case 'ed25519':
      return openSshEd25519(key);
    default:
      return undefined;
  }
}

/** OpenSSH's own format, the only one there is for this kind. */
function openSshEd25519(key: KeyObject): Buffer {
  const { d = '', x = '' } = key.export({ format: 'jwk' });
  const [secret, shown] = [Buffer.from(d, 'base64url'), Buffer.from(x, 'base64url')];
  const type = Buffer.from('ssh-ed25519');
  const pub = Buffer.concat([field(type), field(shown)]);
  const check = Buffer.alloc(8, 1);
  const body = Buffer.concat([
    check,
    field(type),
    field(shown),
    field(Buffer.concat([secret, shown])),
    field(Buffer.alloc(0)),
  ]);
  const padding = Buffer.from(Array.from({ length: (8 - (body.length % 8)) % 8 }, (_, n) => n + 1));
  const none = field(Buffer.from('none'));
  const whole = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    none,
    none,
    field(Buffer.alloc(0)),
    Buffer.from([0, 0, 0, 1]),
    field(pub),
    field(Buffer.concat([body, padding])),
  ]);
  const lines = whole.toString('base64').replace(/.{70}/g, '$&\n');
  return Buffer.from(`-----BEGIN OPENSSH PRIVATE KEY-----\n${lines}\n-----END OPENSSH PRIVATE KEY-----\n`);
}

/** A string of SSH's wire format. */
function field(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
