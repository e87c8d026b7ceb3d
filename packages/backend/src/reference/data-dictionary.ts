/** `data-dictionary.md`: every table with its kind, its purpose, who may write it, its columns, keys and indexes. */
import type { TableMeta } from '../kernel/db/index.ts';
import type { DefinedNamespace, DefinedTable } from './defined-tables.ts';
import { code, page, table } from './markdown.ts';

const RETENTION: Readonly<Record<TableMeta['retention'], string>> = {
  tenant: 'as long as the tenant is a customer',
  evidence: 'as long as the longest of the tenant’s regulatory frameworks asks for',
  operational: 'for 90 days',
  platform: 'as long as the platform runs',
};

export function dataDictionary(namespaces: readonly DefinedNamespace[]): string {
  const intro =
    'Every table by namespace. The kinds of table, and what each one guarantees, are told in ' +
    '[the data model](../DD/10_database_schema_data_model.md). Rights are those of the application; nobody but the ' +
    'owner has more, and row-level security holds for the owner too.';
  return page('Data dictionary', intro, namespaces.flatMap(section));
}

function section({ name, purpose, dependsOn, tables }: DefinedNamespace): string[] {
  const uses = dependsOn.length > 0 ? ` It uses ${dependsOn.map(code).join(', ')}.` : '';
  return [`## ${name}`, `${purpose}${uses} [Diagram](er/${name}.md)`, ...tables.flatMap(describeTable)];
}

function describeTable(defined: DefinedTable): string[] {
  const { meta, primaryKey, uniques, references, indexes } = defined;
  const keys = [
    `- Primary key: ${list(primaryKey)}`,
    ...uniques.map(
      ({ columns, amongLiving }) => `- Unique${amongLiving ? ' among living rows' : ''}: ${list(columns)}`,
    ),
    ...references.map(
      ({ columns, target, onDelete }) => `- ${list(columns)} → ${code(target)}, on delete ${onDelete}`,
    ),
    ...indexes.map(({ name, columns }) => `- Index ${list(columns)}: ${queryOf(meta, name)}`),
  ];
  const facts = [
    `- Kind: ${meta.kind.replaceAll('_', ' ')}${meta.partitionColumn ? `, by month of ${code(meta.partitionColumn)}` : ''}`,
    `- The application may ${rights(meta)}`,
    `- Kept ${RETENTION[meta.retention]}`,
  ];
  return [
    `### ${meta.namespace}.${meta.name}`,
    meta.purpose,
    facts.join('\n'),
    columnsOf(defined),
    keys.join('\n'),
  ];
}

function columnsOf({ meta, columns }: DefinedTable): string {
  const rows = columns.map(({ name, type, required, defaultsTo }) => {
    const declared = meta.pii.get(name);
    const note = [meta.columnNotes.get(name), declared && `Kept for ${declared.purpose}.`]
      .filter(Boolean)
      .join(' ');
    return [
      code(name),
      type,
      required ? 'no' : 'yes',
      defaultsTo === null ? '' : code(defaultsTo),
      declared ? `${declared.category}; erasure: ${declared.onErasure}` : '',
      note,
    ];
  });
  return table(['column', 'type', 'null', 'default', 'personal data', 'note'], rows);
}

function rights({ kind, privileges }: TableMeta): string {
  if (privileges.length === 0)
    return 'do nothing with it directly: database functions answer about one tenant';
  return `${privileges.join(', ')}${kind === 'reference' ? '; migrations and seeds write it' : ''}`;
}

function queryOf({ indexes }: TableMeta, name: string): string {
  return indexes.find((index) => index.name === name)?.query ?? '';
}

const list = (columns: readonly string[]) => code(`(${columns.join(', ')})`);
