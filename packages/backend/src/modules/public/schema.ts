/**
 * What belongs to no tenant: the register of tenants, where each one lives, and the reference tables.
 * The application reads the register through database functions alone, so that no query of its own can list tenants.
 */
import { bigint, integer, text, uuid } from 'drizzle-orm/pg-core';
import { defineModule, described, generatedId, instant } from '../../kernel/db/index.ts';

export const publicTables = defineModule('public', ({ controlTable, referenceTable, to }) => {
  const tenants = controlTable(
    'tenants',
    'The register of tenants: each company that plays, and one tenant for all consumers.',
    {
      id: generatedId(),
      slug: described(text('slug').notNull(), 'Short name for people, commands and schema names.'),
      name: text('name').notNull(),
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
      deletedAt: instant('deleted_at'),
    },
    {
      key: ['id'],
      unique: [['slug']],
      checks: { slug_form: `"slug" ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$'` },
    },
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
    { key: ['id'], unique: [['name']] },
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
        text('state', { enum: ['serving', 'suspended', 'departed'] })
          .notNull()
          .default('serving'),
        'Departed rows refuse a router that has not yet heard of a move.',
      ),
    },
    { key: ['tenantId'] },
  );

  const dataRegions = referenceTable(
    'data_regions',
    'Regions that data can be bound to.',
    { code: text('code').notNull(), name: text('name').notNull() },
    { key: ['code'] },
  );

  const locales = referenceTable(
    'locales',
    'Languages and regional forms that content can be shown in (BCP 47, RFC 5646).',
    {
      tag: described(text('tag').notNull(), 'BCP 47 language tag, such as en-GB.'),
      name: text('name').notNull(),
      direction: text('direction', { enum: ['ltr', 'rtl'] })
        .notNull()
        .default('ltr'),
    },
    { key: ['tag'] },
  );

  const countries = referenceTable(
    'countries',
    'Countries by ISO 3166-1.',
    {
      code: described(text('code').notNull(), 'ISO 3166-1 alpha-2.'),
      alpha3: described(text('alpha3').notNull(), 'ISO 3166-1 alpha-3.'),
      name: described(text('name').notNull(), 'English short name.'),
    },
    {
      key: ['code'],
      unique: [['alpha3']],
      checks: { code_form: `"code" ~ '^[A-Z]{2}$'`, alpha3_form: `"alpha3" ~ '^[A-Z]{3}$'` },
    },
  );

  const regulatoryFrameworks = referenceTable(
    'regulatory_frameworks',
    'Regulations and standards that a tenant can be bound by, and how long each one has evidence kept.',
    {
      code: text('code').notNull(),
      name: text('name').notNull(),
      retentionYears: described(
        integer('retention_years'),
        'Years that evidence is kept; null where the rule names no period.',
      ),
      source: described(
        text('source').notNull(),
        'Section that the period is taken from, or that names none.',
      ),
    },
    { key: ['code'], checks: { retention_positive: `"retention_years" > 0` } },
  );

  return { tenants, instances, placements, residents, dataRegions, locales, countries, regulatoryFrameworks };
});

export const {
  tenants,
  instances,
  placements,
  residents,
  dataRegions,
  locales,
  countries,
  regulatoryFrameworks,
} = publicTables.canonical;
