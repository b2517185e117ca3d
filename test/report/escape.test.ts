import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { type Block, code, fence, heading, paragraph, strong, text } from '../../electron/report/blocks.ts';
import { escapeText } from '../../electron/report/escape.ts';
import { writeMarkdown } from '../../electron/report/write.ts';
import { visible, visibleLine } from '../../shared/visible.ts';

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[click](javascript:alert(1))',
  '![x](http://evil.example/pixel.png)',
  '`rm -rf /` ``` ~~~ ````',
  '| a | b |\n|---|---|\n| c | d |',
  '# not a heading\n## nor this',
  'setext\n===\nsetext\n---',
  '1. one\n2) two\n- three\n* four\n+ five',
  '> quote\n    indented\n\ttab',
  'http://evil.example www.evil.example evil.com mailto:a@b.example a@b.example //evil.example',
  '&lt;b&gt; &#60; &amp;amp; &copy;',
  '**bold** __bold__ _it_ *it* ~~gone~~ a_b__c_',
  '[ref]: http://evil.example "x"\n[^1]: note',
  '\\\\| \\` \\\\\\| \\[x](y)',
  '</details></td></table><!-- --><![CDATA[ ]]><?php ?>',
  '\u202Egnp.exe\u202C \u0000 \u001b[31mred\u001b[0m \u0007 \u200b \ufeff \r x \r\n y',
  '- [ ] task\n- [x] done',
  '---\ntitle: x\n---',
  '@everyone #1 :smile: $x$ $$y$$',
  '   leading and trailing   ',
  '容器【坏】_名_*字* １．列表 www.例子.中国',
];

const markdown = new MarkdownIt({ html: true, linkify: true });

/** Everything a name can be put into. */
function document(name: string): Block[] {
  return [
    heading(2, name),
    paragraph(name),
    paragraph('before ', code(name), ' between ', strong(name), ' after'),
    { kind: 'list', items: [[text(name)], [code(name)]] },
    { kind: 'table', head: ['A', name], rows: [[[text(name)], [code(name)]]] },
    fence('sh', name),
  ];
}

/** The elements that a document of ours consists of. */
const EXPECTED = new Set(['h2', 'p', 'code', 'strong', 'ul', 'li', 'br', 'pre']);
for (const cell of ['table', 'thead', 'tbody', 'tr', 'th', 'td']) EXPECTED.add(cell);

function elements(html: string): string[] {
  return [...html.matchAll(/<\/?([a-z!?][\w!-]*)/gi)].map((match) => (match[1] ?? '').toLowerCase());
}

function plain(html: string): string {
  return html
    .replace(/<br>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|quot|amp|#39);/g, (_, name: string) => ENTITIES[name] ?? '');
}
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" };

/** What a person should read where running text stands: runs of blanks are one blank on any page. */
function read(name: string): string {
  return visible(name)
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/^[ \n]+|[ \n]+$/g, '');
}

const parsers = {
  'markdown-it': (source: string) => markdown.render(source),
  marked: (source: string) => marked.parse(source, { async: false, gfm: true }),
};

const name = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({
    unit: fc.constantFrom(...'\\`*_[]()<>|~@#$.:/-+=!&1aw \n\t', '中', 'http://', 'www.', '&lt;'),
  }),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

describe.each(Object.entries(parsers))('seen by %s', (_, render) => {
  test('no name becomes an element', () => {
    fc.assert(
      fc.property(name, (hostile) => {
        const found = elements(render(writeMarkdown(document(hostile))));
        expect(found.filter((element) => !EXPECTED.has(element))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test('a document keeps its shape whatever the name is', () => {
    const shape = (value: string) =>
      elements(render(writeMarkdown(document(value)))).filter((e) => !['br', 'code', 'strong'].includes(e));
    fc.assert(
      fc.property(
        name.filter((n) => read(n) !== ''),
        (hostile) => {
          expect(shape(hostile)).toEqual(shape('x'));
        },
      ),
      { numRuns: 400 },
    );
  });

  test('running text reads as it was given', () => {
    fc.assert(
      fc.property(name, (hostile) => {
        expect(plain(render(escapeText(hostile))).trim()).toBe(read(hostile).trim());
      }),
      { numRuns: 400 },
    );
  });

  test('a fence holds its text and nothing follows from it', () => {
    fc.assert(
      fc.property(name, (hostile) => {
        const html = render(writeMarkdown([fence('text', hostile)]));
        expect(elements(html)).toEqual(['pre', 'code', 'code', 'pre']);
        expect(plain(html).replace(/\n+$/, '')).toBe(visible(hostile).replace(/\n+$/, ''));
      }),
      { numRuns: 400 },
    );
  });
});

test('what hides or acts is spelled out', () => {
  expect(visibleLine('a\u202eb\u0007c\u200b\u{e0041}\ud800\n')).toBe(
    'a\\u202eb\\u0007c\\u200b\\u{e0041}\\ud800\\n',
  );
});

test('what could not mean anything stays readable in the source', () => {
  const sentence = 'filter_FWD_public rejected 172.17.0.2:80 at rule 5 (priority -10), see docker-compose.';
  expect(escapeText(sentence)).toBe(sentence);
});
