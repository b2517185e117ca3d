/** Writes docs/causes.md, every cause that Culprit knows and where it is known from: `npm run docs:causes`. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RULES } from '../../electron/diagnose/rules/registry.ts';
import type { Source } from '../../electron/diagnose/sources.ts';

export const CAUSES_PAGE = fileURLToPath(new URL('../../docs/causes.md', import.meta.url));

const link = ({ title, url }: Source) => `[${title.replace(/[[\]|]/g, '\\$&')}](${url})`;

/** The page, as Markdown: the causes in alphabetical order. */
export function causesPage(): string {
  const causes = RULES.flatMap((rule) => Object.entries(rule.causes)).sort(([a], [b]) => (a < b ? -1 : 1));
  return `# Every cause that Culprit knows

Made from the rules in \`electron/diagnose/rules/\` by \`npm run docs:causes\`. ${causes.length} causes; what netfilter drops and none
of them knows still ends in the exact rule and its owner (\`netfilter-drop\`).

| Cause | Holds for | Known from |
| --- | --- | --- |
${causes.map(([id, { holds, sources }]) => `| \`${id}\` | ${holds ?? 'all versions'} | ${sources.map(link).join('<br>')} |`).join('\n')}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(CAUSES_PAGE, causesPage());
