import { NoFact } from '../probe.ts';

function badSignature(signature: string): NoFact {
  return new NoFact('unreadable', {
    en: `busctl: bad signature ${signature}`,
    'zh-CN': `busctl：签名错误 ${signature}`,
  });
}

/** A D-Bus value: dictionaries are objects, structures and arrays are lists, variants are their content. */
export type BusValue = string | number | boolean | BusValue[] | { [key: string]: BusValue };

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v' };

/** Undoes systemd's C-style escapes: \n, \", \\, \xHH, octal \NNN. Bytes above 127 are joined to UTF-8. */
function unescapeC(text: string): string {
  if (!text.includes('\\')) return text;
  const bytes = text.replace(/\\(x[0-9a-fA-F]{2}|[0-7]{3}|.)/g, (_, code: string) => {
    if (/^x/.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    if (/^\d/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 0xff);
    return ESCAPES[code] ?? code;
  });
  return /[\u0080-\u00ff]/.test(bytes) && !/[\u0100-\uffff]/.test(bytes)
    ? Buffer.from(bytes, 'latin1').toString('utf8')
    : bytes;
}

/** End of the one complete type that begins at `at` in a signature. */
function typeEnd(signature: string, at: number): number {
  const kind = signature[at];
  if (kind === 'a') return typeEnd(signature, at + 1);
  if (kind !== '(' && kind !== '{') return at + 1;
  const close = kind === '(' ? ')' : '}';
  let end = at + 1;
  while (signature[end] !== close) {
    if (end >= signature.length) throw badSignature(signature);
    end = typeEnd(signature, end);
  }
  return end + 1;
}

class Reader {
  #words: string[];
  #at = 0;
  constructor(text: string) {
    this.#words = text.match(/"(?:[^"\\]|\\.)*"|\S+/gs) ?? [];
  }
  word(): string {
    const word = this.#words[this.#at++];
    if (word === undefined)
      throw new NoFact('unreadable', {
        en: 'busctl: the answer was cut off',
        'zh-CN': 'busctl：输出被截断',
      });
    return word;
  }
  string(): string {
    const word = this.word();
    return word.startsWith('"') ? unescapeC(word.slice(1, -1)) : word;
  }
  count(): number {
    const n = Number(this.word());
    if (!Number.isInteger(n) || n < 0 || n > this.#words.length)
      throw new NoFact('unreadable', {
        en: 'busctl: not the count of an array',
        'zh-CN': 'busctl：数组长度无效',
      });
    return n;
  }
  value(type: string): BusValue {
    if (type.startsWith('a{')) return this.#dictionary(type);
    switch (type[0]) {
      case 'a':
        return Array.from({ length: this.count() }, () => this.value(type.slice(1)));
      case '(':
        return this.#fields(type.slice(1, -1));
      case 'v':
        return this.value(this.word());
      case 'b':
        return this.word() === 'true';
      case 's':
      case 'o':
      case 'g':
        return this.string();
      default:
        return Number(this.word());
    }
  }
  #fields(types: string): BusValue[] {
    const fields: BusValue[] = [];
    for (let at = 0; at < types.length; ) {
      const end = typeEnd(types, at);
      fields.push(this.value(types.slice(at, end)));
      at = end;
    }
    return fields;
  }
  #dictionary(type: string): BusValue {
    const inside = type.slice(2, -1);
    const keyEnd = typeEnd(inside, 0);
    const entries: [string, BusValue][] = [];
    for (let left = this.count(); left > 0; left--) {
      const key = String(this.value(inside.slice(0, keyEnd)));
      entries.push([key, this.value(inside.slice(keyEnd))]);
    }
    return Object.fromEntries(entries);
  }
}

/**
 * Reads what `busctl call` printed: a signature, then the values in words (`a{sas} 1 "a" 2 "x" "y"`). We don't use its
 * --json, because systemd 239 (EL8) has none. Throws `unreadable` on anything else.
 */
export function readBusctl(text: string): BusValue {
  const reader = new Reader(text);
  const signature = reader.word();
  if (!/^[a-z(){}]+$/.test(signature)) throw badSignature(signature.slice(0, 40));
  return reader.value(signature.slice(0, typeEnd(signature, 0)));
}
