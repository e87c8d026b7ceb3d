/** `tables/<namespace>.md`: each table of a namespace with its facts, its columns, and who refers to it. */
import type { DefinedColumn, DefinedNamespace, DefinedTable } from './defined-tables.ts';
import { qualified } from './entity-model.ts';
import { anchor, code, page, table } from './markdown.ts';
import { moduleProse } from './module-prose.ts';
import { CATEGORIES, ERASURES, KINDS, RETENTIONS, rightsOf } from './table-facts.ts';

/** @returns pages by their file's name */
export function tablePages(namespaces: readonly DefinedNamespace[]): [string, string][] {
  const tables = namespaces.flatMap((namespace) => namespace.tables);
  return namespaces.map((namespace) => {
    const { name, purpose, dependsOn } = namespace;
    const uses = dependsOn.length > 0 ? ` It uses the modules ${dependsOn.map(code).join(', ')}.` : '';
    const intro = `${purpose} ${moduleProse(name).about}${uses} What the words mean, and all other tables: [data dictionary](../data-dictionary.md).`;
    const text = page(`Tables of ${name}`, intro, [
      namespace.tables
        .map(({ meta }) => `- [${meta.name}](#${anchor(qualified(meta))}): ${meta.purpose}`)
        .join('\n'),
      `[![Entities of ${name}](../er/${name}.svg)](../er/${name}.md)`,
      ...namespace.tables.flatMap((defined) => describeTable(defined, tables)),
    ]);
    return [`${name}.md`, text];
  });
}

function describeTable(defined: DefinedTable, tables: readonly DefinedTable[]): string[] {
  const { meta } = defined;
  return [
    `## ${qualified(meta)}`,
    meta.purpose,
    table(
      ['', ''],
      [
        ['Kind', kindOf(defined)],
        ['Owner', `Module ${code(meta.namespace)}: no other module’s code queries it.`],
        ['The application may', rightsOf(defined)],
        ['Kept', keptOf(defined)],
        ['Personal data', personalData(defined)],
      ],
    ),
    columnsOf(defined),
    [...keysOf(defined), ...referencesOf(defined, tables), ...rulesOf(defined)].join('\n'),
  ];
}

function kindOf({ meta }: DefinedTable): string {
  const { label, meaning } = KINDS[meta.kind];
  const month = meta.partitionColumn ? ` The month is that of ${code(meta.partitionColumn)}.` : '';
  return `**${label}.** ${meaning}${month}`;
}

function keptOf({ meta }: DefinedTable): string {
  const { label, meaning } = RETENTIONS[meta.retention];
  return `**${label}.** ${meaning} [The rule](../data-dictionary.md#how-long-rows-are-kept)`;
}

function personalData({ meta, references }: DefinedTable): string {
  const declared = [...meta.pii].map(
    ([name, { category, purpose, onErasure }]) =>
      `${code(name)}: ${CATEGORIES[category]}. Purpose: ${purpose}. On erasure ${ERASURES[onErasure]}.`,
  );
  const people = references
    .filter(({ target }) => target === 'auth.users')
    .map(({ columns }) => code(columns.at(-1) ?? ''));
  const byId = people.length > 0 ? [`By id alone: ${people.join(', ')}.`] : [];
  return [...declared, ...byId].join('\n') || 'None.';
}

function columnsOf(defined: DefinedTable): string {
  const { meta, columns, primaryKey, uniques, references } = defined;
  const marksOf = (name: string) => [
    ...(primaryKey.includes(name) ? ['PK'] : []),
    ...(uniques.some((key) => key.columns.includes(name)) ? ['UK'] : []),
    ...references.filter((each) => each.columns.at(-1) === name).map(({ target }) => `FK ${link(target)}`),
  ];
  const rows = columns.map((column) => [
    code(column.name),
    column.type,
    column.required ? 'no' : 'yes',
    column.defaultsTo === null ? '' : code(column.defaultsTo),
    marksOf(column.name).join(', '),
    meta.pii.has(column.name) ? `**${meta.pii.get(column.name)?.category.replaceAll('_', ' ')}**` : '',
    aboutColumn(column, meta.columnNotes.get(column.name)),
  ]);
  return table(['column', 'type', 'null', 'default', 'key', 'personal', 'about'], rows);
}

function aboutColumn({ name, values }: DefinedColumn, note: string | undefined): string {
  const known = note ?? STANDARD[name];
  const allowed = values.length > 0 ? `One of ${values.map(code).join(', ')}.` : undefined;
  return [known, allowed].filter(Boolean).join(' ');
}

/** What the constructors add means the same everywhere. */
const STANDARD: Readonly<Record<string, string>> = {
  tenant_id: 'The tenant that the row belongs to.',
  id: 'Made by the database, in order of time (UUIDv7).',
  created_at: 'When the row was written.',
  updated_at: 'When the row was last changed; kept by a trigger.',
};

function keysOf({ meta, primaryKey, uniques, indexes }: DefinedTable): string[] {
  const queries = new Map(meta.indexes.map(({ name, query }) => [name, query]));
  return [
    `- Primary key: ${list(primaryKey)}`,
    ...uniques.map(
      ({ columns, where }) => `- Unique: ${list(columns)}${where ? ` where ${code(where)}` : ''}`,
    ),
    ...indexes.map(({ name, columns }) => `- Index ${list(columns)}: ${queries.get(name) ?? ''}`),
  ];
}

function referencesOf({ meta, references }: DefinedTable, tables: readonly DefinedTable[]): string[] {
  const name = qualified(meta);
  const referring = tables.flatMap((other) =>
    other.references
      .filter(({ target }) => target === name)
      .map(({ columns }) => `${link(qualified(other.meta))} (${code(columns.at(-1) ?? '')})`),
  );
  return [
    ...references.map(
      ({ columns, target, onDelete }) =>
        `- Refers to ${link(target)} by ${list(columns)}, on delete ${onDelete}`,
    ),
    `- Referred to by: ${referring.join(', ') || 'none'}`,
  ];
}

const rulesOf = ({ checks }: DefinedTable) =>
  checks.map(({ name, condition }) => `- Rule ${code(name)}: ${code(condition)}`);

const list = (columns: readonly string[]) => code(`(${columns.join(', ')})`);

const link = (table: string) => `[${code(table)}](${table.split('.')[0]}.md#${anchor(table)})`;
