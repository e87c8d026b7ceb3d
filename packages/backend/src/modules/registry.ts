/**
 * THE list of modules: each owns the namespace of its name, says in one line what it is for, and names the modules
 * whose service interfaces it may use. The boundary rules and the catalogue check read this list.
 */
import { getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { metaOf, type TableMeta, type TablePlacement } from '../kernel/db/index.ts';
import { adminTables } from './admin/schema.ts';
import { aiTables } from './ai/schema.ts';
import { analyticsTables } from './analytics/schema.ts';
import { authTables } from './auth/schema.ts';
import { billingTables } from './billing/schema.ts';
import { contentTables } from './content/schema.ts';
import { economyTables } from './economy/schema.ts';
import { facilityTables } from './facility/schema.ts';
import { filesTables } from './files/schema.ts';
import { gameTables } from './game/schema.ts';
import { governanceTables } from './governance/schema.ts';
import { integrationTables } from './integration/schema.ts';
import { lrsTables } from './lrs/schema.ts';
import { notificationTables } from './notification/schema.ts';
import { orgTables } from './org/schema.ts';
import { phishingTables } from './phishing/schema.ts';
import { publicTables } from './public/schema.ts';
import { socialTables } from './social/schema.ts';
import { storyTables } from './story/schema.ts';
import { threatTables } from './threat/schema.ts';
import { trainingTables } from './training/schema.ts';
import { ugcTables } from './ugc/schema.ts';

export interface ModuleEntry {
  readonly name: string;
  readonly purpose: string;
  readonly dependsOn: readonly string[];
  readonly tables: ((at: { readonly placement: TablePlacement }) => object) & { readonly canonical: object };
}

export const modules: readonly ModuleEntry[] = [
  {
    name: 'public',
    purpose: 'The register of tenants, and reference data.',
    dependsOn: [],
    tables: publicTables,
  },
  {
    name: 'auth',
    purpose: 'People, roles, and how they sign in.',
    dependsOn: ['public'],
    tables: authTables,
  },
  {
    name: 'files',
    purpose: 'Stored bytes, and who refers to them.',
    dependsOn: ['public', 'auth'],
    tables: filesTables,
  },
  {
    name: 'org',
    purpose: 'Departments, teams, and who belongs where.',
    dependsOn: ['public', 'auth', 'files'],
    tables: orgTables,
  },
  { name: 'admin', purpose: 'The audit log.', dependsOn: [], tables: adminTables },
  {
    name: 'content',
    purpose: 'What is played with: e-mails, documents, scenarios and packs.',
    dependsOn: ['public', 'auth', 'files'],
    tables: contentTables,
  },
  {
    name: 'ai',
    purpose: 'Content written by language models, and its safety.',
    dependsOn: ['public', 'auth', 'content'],
    tables: aiTables,
  },
  {
    name: 'game',
    purpose: 'Sessions as streams of events, and the read models derived from them.',
    dependsOn: ['auth', 'content', 'admin'],
    tables: gameTables,
  },
  {
    name: 'threat',
    purpose: 'The adversary: techniques, campaigns, attacks and incidents.',
    dependsOn: ['game'],
    tables: threatTables,
  },
  {
    name: 'facility',
    purpose: 'The data centre of a session: capacity, guests, upgrades.',
    dependsOn: ['game'],
    tables: facilityTables,
  },
  {
    name: 'economy',
    purpose: 'Wallets and a ledger in double entry, and what it pays for.',
    dependsOn: ['auth', 'game'],
    tables: economyTables,
  },
  {
    name: 'story',
    purpose: 'Seasons, chapters and scenes, and how far each player is.',
    dependsOn: ['auth'],
    tables: storyTables,
  },
  {
    name: 'social',
    purpose: 'How players meet: friendships, corporations, boards, contests.',
    dependsOn: ['auth', 'org', 'game'],
    tables: socialTables,
  },
  {
    name: 'ugc',
    purpose: 'What players make themselves, and how it is judged.',
    dependsOn: ['public', 'auth', 'content'],
    tables: ugcTables,
  },
  {
    name: 'training',
    purpose: 'What people must learn, and the evidence that they did.',
    dependsOn: ['public', 'auth', 'content', 'files', 'game'],
    tables: trainingTables,
  },
  {
    name: 'phishing',
    purpose: 'Simulated phishing: campaigns, sends, what people did.',
    dependsOn: ['public', 'auth', 'org'],
    tables: phishingTables,
  },
  {
    name: 'lrs',
    purpose: 'The learning record store: xAPI, LTI, SCORM, cmi5, AICC.',
    dependsOn: ['auth', 'files'],
    tables: lrsTables,
  },
  {
    name: 'analytics',
    purpose: 'What the platform learns from play, by pseudonym.',
    dependsOn: ['public', 'org', 'game', 'governance'],
    tables: analyticsTables,
  },
  {
    name: 'integration',
    purpose: 'Other systems of a tenant: credentials, webhooks, outbox.',
    dependsOn: ['auth', 'game'],
    tables: integrationTables,
  },
  {
    name: 'notification',
    purpose: 'What people are told, and whether it reached them.',
    dependsOn: ['public', 'auth'],
    tables: notificationTables,
  },
  {
    name: 'billing',
    purpose: 'Plans, subscriptions, invoices and entitlements.',
    dependsOn: ['public', 'auth', 'files'],
    tables: billingTables,
  },
  {
    name: 'governance',
    purpose: 'Privacy requests, consents, keys, holds, retention.',
    dependsOn: ['public', 'auth', 'files'],
    tables: governanceTables,
  },
];

/** Every table that the platform defines, by what its constructor knows of it. */
export function allTables(): readonly TableMeta[] {
  return modules.flatMap(({ tables }) => tablesOf(tables.canonical).map(metaOf));
}

const OF_TENANTS = ['tenant', 'append_only', 'partitioned_log'];

/** Every table that belongs to tenants. */
export const tenantTables = (): readonly TableMeta[] =>
  allTables().filter(({ kind }) => OF_TENANTS.includes(kind));

export interface PlacedTable {
  /** As schema.table, whatever the table is called at the placement. */
  readonly name: string;
  readonly table: PgTable;
  /** The same table in its module's schema, which alone knows its foreign keys. */
  readonly canonical: PgTable;
}

/** Every table that holds a tenant's rows, at a placement: for what concerns all that the tenant has. */
export function tenantTablesAt(at: { readonly placement: TablePlacement }): PlacedTable[] {
  return modules.flatMap(({ tables }) => {
    const placed = new Map(Object.entries(tables(at)));
    return Object.entries(tables.canonical).flatMap(([key, canonical]) => {
      const table: unknown = placed.get(key);
      if (!is(canonical, PgTable) || !is(table, PgTable)) return [];
      const { namespace, name, kind } = metaOf(canonical);
      return OF_TENANTS.includes(kind) ? [{ name: `${namespace}.${name}`, table, canonical }] : [];
    });
  });
}

function tablesOf(canonical: object): PgTable[] {
  const tables = Object.values(canonical).filter((value): value is PgTable => is(value, PgTable));
  return tables.sort((one, other) => getTableName(one).localeCompare(getTableName(other)));
}
