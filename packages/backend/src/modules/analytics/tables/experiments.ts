/** Experiments: what is compared with what, and which person sees which variant. */
import { boolean, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, type TableKit, type TableRef } from '../../../kernel/db/index.ts';
import { pseudonymColumn } from './pseudonym.ts';

export function experimentTables(kit: TableKit) {
  const experiments = experimentTable(kit);
  const variants = variantTable(kit, experiments);
  return { experiments, variants, experimentAssignments: assignmentTable(kit, experiments, variants) };
}

function experimentTable({ tenantTable }: TableKit) {
  return tenantTable(
    'experiments',
    'Controlled comparisons of variants, each with the question it is to answer, stated before it starts.',
    {
      key: described(text('key').notNull(), 'Stable name that code asks by.'),
      name: text('name').notNull(),
      hypothesis: described(text('hypothesis').notNull(), 'What is expected, in a sentence.'),
      primaryMetric: described(text('primary_metric').notNull(), 'The measure that decides it.'),
      salt: described(
        text('salt').notNull(),
        'Hashed with the pseudonym to choose a variant, so that experiments are independent.',
      ),
      trafficBasisPoints: described(
        integer('traffic_basis_points').notNull(),
        'Share of people who take part, in hundredths of a percent.',
      ),
      minimumSample: described(
        integer('minimum_sample').notNull(),
        'People a variant before it is looked at, from the power analysis.',
      ),
      status: text('status', { enum: ['draft', 'running', 'paused', 'concluded', 'abandoned'] })
        .notNull()
        .default('draft'),
      startsAt: instant('starts_at'),
      endsAt: instant('ends_at'),
      conclusion: described(text('conclusion'), 'What was found, in a sentence.'),
    },
    {
      unique: [['key']],
      indexes: { 'experiments that are running': ['status'] },
      checks: {
        traffic_range: `"traffic_basis_points" between 0 and 10000`,
        sample_positive: `"minimum_sample" > 0`,
        ends_after_start: `"ends_at" > "starts_at"`,
        start_dated: `"status" in ('draft', 'abandoned') or "starts_at" is not null`,
        conclusion_given: `"status" <> 'concluded' or "conclusion" is not null`,
      },
    },
  );
}

function variantTable({ tenantTable, to }: TableKit, experiments: TableRef) {
  return tenantTable(
    'variants',
    'What an experiment compares: one control, and what is tried against it.',
    {
      experimentId: uuid('experiment_id').notNull(),
      key: described(text('key').notNull(), 'Stable name that code switches on.'),
      control: described(boolean('control').notNull().default(false), 'What the others are compared with.'),
      weight: described(
        integer('weight').notNull(),
        'Share of the participants, relative to the other weights.',
      ),
      configuration: described(
        jsonb('configuration').$type<Record<string, unknown>>().notNull(),
        'What is different under it.',
      ),
    },
    {
      evolving: true,
      unique: [['experimentId', 'key']],
      references: [to(experiments, 'experimentId', 'cascade')],
      checks: { weight_not_negative: `"weight" >= 0` },
    },
  );
}

function assignmentTable({ tenantTable, to }: TableKit, experiments: TableRef, variants: TableRef) {
  return tenantTable(
    'experiment_assignments',
    'Which variant a person sees in an experiment; it stays the same however often they come.',
    {
      experimentId: uuid('experiment_id').notNull(),
      variantId: uuid('variant_id').notNull(),
      pseudonymId: pseudonymColumn(),
      assignedAt: instant('assigned_at').notNull(),
      exposedAt: described(instant('exposed_at'), 'When they first saw it: only then do they count.'),
    },
    {
      subject: { from: 'pseudonymId', target: 'governance.pseudonyms', key: 'pseudonymId' },
      unique: [['experimentId', 'pseudonymId']],
      references: [to(experiments, 'experimentId'), to(variants, 'variantId')],
      indexes: { 'the experiments that a person takes part in': ['pseudonymId'] },
      checks: { exposed_after_assigned: `"exposed_at" >= "assigned_at"` },
    },
  );
}
