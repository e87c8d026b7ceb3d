/**
 * The generated part of the data model's chapter, which stands between two markers in a page that people write. Only
 * what is between them is ever replaced.
 */
import type { DefinedNamespace } from './defined-tables.ts';
import { qualified } from './entity-model.ts';
import { referenceErrors } from './errors.ts';
import { anchor, code, GENERATED, table } from './markdown.ts';
import { moduleProse } from './module-prose.ts';
import { KINDS } from './table-facts.ts';

const BEGIN = '<!-- begin generated: namespaces -->';
const END = '<!-- end generated: namespaces -->';

/**
 * @param page  the chapter as it is
 * @throws REFERENCE_MARKERS_MISSING  because then nobody knows what may be replaced
 */
export function renewDataModel(page: string, namespaces: readonly DefinedNamespace[]): string {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw referenceErrors.REFERENCE_MARKERS_MISSING({ expected: `${BEGIN} … ${END}` });
  return `${before}${BEGIN}\n${GENERATED}\n\n${namespaces.map(section).join('\n\n')}\n\n${END}${after}`;
}

function section({ name, purpose, dependsOn, tables }: DefinedNamespace): string {
  const { about, parts } = moduleProse(name);
  const uses = dependsOn.length > 0 ? ` Uses ${dependsOn.map(code).join(', ')}.` : '';
  const rows = tables.map(({ meta, columns, references }) => [
    `[${code(meta.name)}](../reference/tables/${meta.namespace}.md#${anchor(qualified(meta))})`,
    KINDS[meta.kind].label,
    String(columns.length),
    [...new Set(references.map(({ target }) => code(target)))].join(', '),
    meta.purpose,
  ]);
  return [
    `### ${name}`,
    `*${purpose}*`,
    about,
    ...(parts.length > 0 ? [parts.map((part) => `- **${part.name}**: ${part.about}`).join('\n')] : []),
    `[Columns](../reference/tables/${name}.md) · [diagram](../reference/er/${name}.svg) ([as Mermaid](../reference/er/${name}.md)).${uses}`,
    table(['table', 'kind', 'columns', 'refers to', 'purpose'], rows),
  ].join('\n\n');
}
