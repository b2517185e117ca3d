/** The part of sax that is used here. */
declare module 'sax' {
  interface Parser {
    onerror(error: Error): void;
    onopentag(tag: { name: string; attributes: Record<string, string> }): void;
    onclosetag(name: string): void;
    write(text: string): Parser;
    close(): Parser;
  }
  const sax: { parser(strict: true): Parser };
  export = sax;
}
