/** What the kinds, retention classes and rights of tables mean, in the words that every page of the reference uses. */
import type { TableKind, TableMeta } from '../kernel/db/index.ts';
import type { DefinedTable } from './defined-tables.ts';

interface Fact {
  readonly label: string;
  readonly meaning: string;
}

export const KINDS: Readonly<Record<TableKind, Fact>> = {
  tenant: {
    label: 'tenant',
    meaning: 'Rows of one tenant, which can change. Row-level security shows nobody another tenant’s.',
  },
  append_only: {
    label: 'append-only',
    meaning:
      'Evidence of one tenant. UPDATE, DELETE and TRUNCATE are granted to nobody and refused to everybody, the owner included; what turns out wrong is followed by a later row.',
  },
  partitioned_log: {
    label: 'partitioned log',
    meaning: 'Append-only, without end: divided by month, so that a month is found, and dropped, as a whole.',
  },
  reference: {
    label: 'reference',
    meaning: 'The same for every tenant. The application reads it; migrations and seeds write it.',
  },
  control: {
    label: 'control',
    meaning:
      'The platform’s own register. The application has no right on it; database functions answer it about one tenant.',
  },
};

export const RETENTIONS: Readonly<Record<TableMeta['retention'], Fact>> = {
  tenant: {
    label: 'while the tenant is a customer',
    meaning:
      'Rows stay until they are deleted in the course of work, the person is erased, or the tenant is deleted.',
  },
  evidence: {
    label: 'as evidence',
    meaning:
      'As long as the longest period of the frameworks that the tenant adopted, longer where it decided so or a legal hold is in force; then retention may purge rows.',
  },
  operational: {
    label: '90 days',
    meaning:
      'Needed to run the platform and for nothing else: rows may be purged 90 days after they were made, unless a hold is in force.',
  },
  platform: {
    label: 'while the platform runs',
    meaning: 'Belongs to the platform, not to a tenant.',
  },
};

const VERBS = { SELECT: 'read', INSERT: 'insert', UPDATE: 'update', DELETE: 'delete' } as const;

/** What the application may, which is what it needs, and what nobody may. */
export function rightsOf({ meta: { kind }, needs }: Pick<DefinedTable, 'meta' | 'needs'>): string {
  if (kind === 'control') return 'nothing directly; functions of schema `dmz` answer about one tenant';
  if (kind === 'reference') return 'read; migrations and seeds write it, and nobody else';
  const held = (privilege: string) =>
    needs.some((need) => need.on === 'table' && need.privilege === privilege);
  const columns = [
    ...new Set(needs.filter(({ on }) => on === 'column').map(({ object }) => object.replace(/.*\./, ''))),
  ];
  const verbs = Object.entries(VERBS);
  const may = verbs.filter(([privilege]) => held(privilege)).map(([, verb]) => verb);
  const partly =
    columns.length > 0 ? `, update of ${columns.map((name) => `\`${name}\``).join(', ')} alone` : '';
  const mayNot = verbs
    .filter(([privilege]) => !held(privilege) && !(privilege === 'UPDATE' && columns.length > 0))
    .map(([, verb]) => verb);
  const refused = mayNot.length > 0 ? `; may not ${mayNot.join(' or ')}` : '';
  return `${may.join(', ')}${partly}${refused}`;
}

export const CATEGORIES: Readonly<Record<string, string>> = {
  identity: 'who somebody is',
  contact: 'how to reach them',
  credential: 'what they sign in with',
  network: 'addresses and devices they came from',
  behaviour: 'what they did',
  free_text: 'words written by or about a person',
};

export const ERASURES: Readonly<Record<string, string>> = {
  delete_row: 'the row is deleted',
  null: 'the value is set to null',
  replace: 'the value is replaced by one that names nobody',
  shred: 'the key that the value is encrypted with is destroyed, so the row stays and cannot be read',
};
