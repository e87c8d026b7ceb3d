/** `er/<namespace>.md`: the tables of a namespace and what they refer to, as Mermaid draws it. */
import type { DefinedNamespace, DefinedReference, DefinedTable } from './defined-tables.ts';
import { page } from './markdown.ts';

export function entityDiagram({ name, purpose, tables }: DefinedNamespace): string {
  const intro = `${purpose} Tables of other namespaces are drawn without their columns.`;
  return page(`Entities of ${name}`, intro, [
    ['```mermaid', 'erDiagram', ...lines(tables), '```'].join('\n'),
  ]);
}

function lines(tables: readonly DefinedTable[]): string[] {
  return [
    ...tables.flatMap(({ meta, references }) =>
      references.map((reference) => relation(`${meta.namespace}.${meta.name}`, reference)),
    ),
    ...tables.flatMap(entity),
  ];
}

function relation(from: string, { columns, target, optional }: DefinedReference): string {
  const parent = optional ? '|o' : '||';
  return `  ${entityName(target)} ${parent}--o{ ${entityName(from)} : "${columns.at(-1)}"`;
}

function entity({ meta, columns, primaryKey, references }: DefinedTable): string[] {
  const foreign = new Set(references.flatMap((reference) => reference.columns.slice(-1)));
  const attributes = columns.map(({ name, type }) => {
    const marks = [primaryKey.includes(name) && 'PK', foreign.has(name) && 'FK'].filter(Boolean).join(', ');
    return `    ${type.replaceAll(/\W+/g, '_')} ${name}${marks ? ` ${marks}` : ''}`;
  });
  return [`  ${entityName(`${meta.namespace}.${meta.name}`)} {`, ...attributes, '  }'];
}

/** Mermaid takes no dot in a name. */
const entityName = (qualified: string) => qualified.replace('.', '_');
