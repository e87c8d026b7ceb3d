/**
 * `data-dictionary.md`: how to read the pages of tables, and the one list of all tables, which answers by itself what a
 * table is for, who may write it, how long it is kept and whether it holds personal data.
 */
import { regulatoryFrameworks } from '../modules/public/index.ts';
import type { DefinedNamespace, DefinedTable } from './defined-tables.ts';
import { qualified } from './entity-model.ts';
import { anchor, code, page, table } from './markdown.ts';
import { CATEGORIES, ERASURES, KINDS, RETENTIONS, rightsOf } from './table-facts.ts';

export function dataDictionary(namespaces: readonly DefinedNamespace[]): string {
  const tables = namespaces.flatMap((namespace) => namespace.tables);
  const intro =
    `${tables.length} tables in ${namespaces.length} namespaces. Find a table in [the list](#every-table), which says the most of ` +
    'it; its link leads to its columns, keys, references and indexes. What the words mean stands below the list.';
  return page('Data dictionary', intro, [
    ['Namespaces:', namespaces.map(({ name }) => `[${name}](tables/${name}.md)`).join(' · ')].join(' '),
    '## Every table',
    everyTable(tables),
    '## Kinds of table',
    meanings('kind', KINDS),
    '## Who may do what',
    'The rights shown are those of `dmz_app`, the role that the program logs in as, within one tenant at a time: those ' +
      'that a use case needs, and no other. [Every right of every role](rights.md) says which. Row-level security holds for ' +
      '`dmz_owner`, which owns the tables and cannot log in, as well. Nothing is granted to PUBLIC.',
    '## How long rows are kept',
    meanings('kept', RETENTIONS),
    'A tenant’s frameworks are in `org.tenant_frameworks`, what it decided beyond them in `org.tenant_retention_policies`, ' +
      'holds in `governance.legal_holds`, and what was purged by which rule in `governance.retention_runs`. The periods ' +
      'below are those of `public.regulatory_frameworks`, each with the place that it is from:',
    periods(),
    '## Personal data',
    'Declared column by column, with the reason why it is kept; [the register](pii.md) has all of them. A column that ' +
      'refers to a person by id, such as `user_id`, says nothing about them once `auth.users` has forgotten them.',
    table(
      ['category', 'is'],
      Object.entries(CATEGORIES).map(([name, meaning]) => [name.replaceAll('_', ' '), meaning]),
    ),
    table(
      ['erasure', 'what happens when the person is erased'],
      Object.entries(ERASURES).map(([name, meaning]) => [name.replaceAll('_', ' '), meaning]),
    ),
  ]);
}

function everyTable(tables: readonly DefinedTable[]): string {
  const byName = [...tables].sort((one, other) => (qualified(one.meta) < qualified(other.meta) ? -1 : 1));
  const rows = byName.map(({ meta, needs }) => [
    `[${code(qualified(meta))}](tables/${meta.namespace}.md#${anchor(qualified(meta))})`,
    meta.purpose,
    KINDS[meta.kind].label,
    rightsOf({ meta, needs }),
    RETENTIONS[meta.retention].label,
    [...meta.pii.keys()].map(code).join(', '),
  ]);
  return table(['table', 'what it is for', 'kind', 'the application may', 'kept', 'personal columns'], rows);
}

const periods = () =>
  table(
    ['framework', 'years', 'source'],
    regulatoryFrameworks.map(({ name, retentionYears, source }) => [
      name,
      retentionYears === null ? 'names none' : String(retentionYears),
      source,
    ]),
  );

const meanings = (what: string, facts: Readonly<Record<string, { label: string; meaning: string }>>) =>
  table(
    [what, 'means'],
    Object.values(facts).map(({ label, meaning }) => [`**${label}**`, meaning]),
  );
