/**
 * What belongs to no tenant: the register of tenants, where each one lives, and the reference tables.
 * The application reads the register through database functions alone, so that no query of its own can list tenants.
 */
import { bigint, text, uuid } from 'drizzle-orm/pg-core';
import { defineModule, described, generatedId, instant, type Targets } from '../../kernel/db/index.ts';
import { contextKeyTables } from './tables/context-keys.ts';
import { movingTables } from './tables/moving.ts';
import { programTables } from './tables/programs.ts';
import { referenceDataTables } from './tables/reference-data.ts';
import { regulationTables } from './tables/regulation.ts';
import { tenantLifeTables } from './tables/tenant-life.ts';

export const publicTables = defineModule('public', (kit) => {
  const { controlTable, to } = kit;
  const reference = referenceDataTables(kit);
  const regulation = regulationTables(kit, reference.countries);

  const tenants = controlTable(
    'tenants',
    'The register of tenants: each company that plays, and one tenant for all consumers.',
    {
      id: generatedId(),
      slug: described(text('slug').notNull(), 'Short name for people, commands and schema names.'),
      name: text('name').notNull(),
      kind: described(
        text('kind', { enum: ['company', 'consumers'] })
          .notNull()
          .default('company'),
        'A company, or the one tenant that holds all consumers.',
      ),
      tier: described(
        text('tier', { enum: ['shared', 'schema', 'instance'] })
          .notNull()
          .default('shared'),
        'How the tenant is kept apart: by row-level security, by a schema, or by an instance of its own.',
      ),
      status: text('status', { enum: ['provisioning', 'active', 'suspended', 'archived', 'deleted'] })
        .notNull()
        .default('provisioning'),
      region: described(text('region').notNull(), 'Data region that the tenant’s rows must stay in.'),
      archivedAt: described(
        instant('archived_at'),
        'Since when nothing of the tenant changes any more; periods of retention are counted from it.',
      ),
      deletedAt: instant('deleted_at'),
    },
    {
      key: ['id'],
      unique: [['slug']],
      references: [to(reference.dataRegions, 'region')],
      checks: { slug_form: `"slug" ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$'` },
    },
  );

  const seedRuns = controlTable(
    'seed_runs',
    'What this database was last seeded with, so that an unchanged seed need not be compared row by row.',
    {
      name: text('name').notNull(),
      sourcesSha256: described(
        text('sources_sha256').notNull(),
        'SHA-256 over everything that the seed is made from.',
      ),
    },
    { key: ['name'], checks: { sources_sha256_form: `"sources_sha256" ~ '^[0-9a-f]{64}$'` } },
  );

  const instances = controlTable(
    'instances',
    'The PostgreSQL instances that tenants are placed on. Addresses and credentials are configuration, not rows.',
    {
      id: generatedId(),
      name: text('name').notNull(),
      region: text('region').notNull(),
      status: text('status', { enum: ['active', 'draining', 'retired'] })
        .notNull()
        .default('active'),
    },
    { key: ['id'], unique: [['name']], references: [to(reference.dataRegions, 'region')] },
  );

  const placements = controlTable(
    'placements',
    'Where each tenant’s rows live. The epoch grows with every move, so that a stale router is recognised.',
    {
      tenantId: uuid('tenant_id').notNull(),
      instanceId: uuid('instance_id').notNull(),
      schemaName: described(
        text('schema_name'),
        'The tenant’s own schema; null where it lives in the module schemas.',
      ),
      epoch: bigint('epoch', { mode: 'number' }).notNull().default(1),
    },
    { key: ['tenantId'], references: [to(tenants, 'tenantId'), to(instances, 'instanceId')] },
  );

  const residents = controlTable(
    'residents',
    'The tenants that this very instance serves, at which epoch: what a tenant transaction is admitted by.',
    {
      tenantId: uuid('tenant_id').notNull(),
      epoch: bigint('epoch', { mode: 'number' }).notNull().default(1),
      state: described(
        text('state', { enum: ['serving', 'suspended', 'archived', 'departed'] })
          .notNull()
          .default('serving'),
        'Suspended ones are refused, archived ones but for reading; departed rows refuse a router that has not yet heard of a move.',
      ),
      schemaName: described(
        text('schema_name'),
        'The schema that serves the tenant here; null for the module schemas. A context opens that place alone.',
      ),
      interruptedAt: described(
        instant('interrupted_at'),
        'When a move last cancelled what ran here for too long; whoever was cancelled then tries again.',
      ),
    },
    { key: ['tenantId'] },
  );

  const tenantDomains = controlTable(
    'tenant_domains',
    'Internet domains that a tenant has shown to be its own: whose addresses sign in there, and where it is served.',
    {
      id: generatedId(),
      tenantId: uuid('tenant_id').notNull(),
      domain: described(
        text('domain').notNull(),
        'Lower case, an internationalised one as A-labels (RFC 5890).',
      ),
      purpose: described(
        text('purpose', { enum: ['sign_in', 'web'] }).notNull(),
        'Whether people with addresses of the domain are the tenant’s, or the tenant’s pages are served under it.',
      ),
      verificationMethod: text('verification_method', { enum: ['dns_txt', 'dns_cname', 'http_file'] })
        .notNull()
        .default('dns_txt'),
      verificationValue: described(
        text('verification_value').notNull(),
        'What the record or file must show; everybody can read it there.',
      ),
      verifiedAt: described(
        instant('verified_at'),
        'When control was last shown; null while it has not been, and the domain then has no effect.',
      ),
      lastCheckedAt: instant('last_checked_at'),
    },
    {
      key: ['id'],
      unique: [['tenantId', 'domain', 'purpose']],
      references: [to(tenants, 'tenantId')],
      indexes: { 'the tenant of an address’s or a page’s domain': ['domain', 'purpose'] },
      checks: {
        domain_form: `"domain" ~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$' and length("domain") <= 253`,
      },
    },
  );

  return {
    ...reference,
    ...regulation,
    tenants,
    seedRuns,
    tenantDomains,
    instances,
    placements,
    residents,
    ...tenantLifeTables(kit, tenants),
    ...movingTables(kit, { tenants, instances }),
    ...programTables(kit),
    ...contextKeyTables(kit),
  };
});

/** What other modules' foreign keys may point at. Its type says no more, so that theirs need not wait for it. */
export const publicTargets: Targets<
  | 'countries'
  | 'currencies'
  | 'dataRegions'
  | 'frameworkClauses'
  | 'industries'
  | 'locales'
  | 'regulatoryFrameworks'
> = publicTables;

export const {
  tenants,
  seedRuns,
  tenantDomains,
  instances,
  placements,
  residents,
  tenantRuns,
  destructionCertificates,
  moves,
  moveSteps,
  moveEnds,
  purges,
  runningPrograms,
  contextKeys,
  dataRegions,
  countries,
  currencies,
  languages,
  locales,
  industries,
  regulatoryFrameworks,
  frameworkClauses,
} = publicTables.canonical;
