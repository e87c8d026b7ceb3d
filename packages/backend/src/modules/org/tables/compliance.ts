/** What a tenant is bound by, and how long it keeps things for that. The longest duty wins; a choice can only lengthen. */
import { date, integer, text, uuid } from 'drizzle-orm/pg-core';
import { described, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

export function complianceTables(kit: TableKit, frameworks: TableRef, users: TableRef) {
  return { ...frameworkTables(kit, frameworks, users), ...retentionTables(kit, users) };
}

function frameworkTables({ tenantTable, to }: TableKit, frameworks: TableRef, users: TableRef) {
  const tenantFrameworks = tenantTable(
    'tenant_frameworks',
    'Regulations and standards that a tenant says it is bound by. Retention and reports follow from them.',
    {
      frameworkCode: text('framework_code').notNull(),
      scope: described(
        text('scope'),
        'What of the tenant is bound, such as cardholder data systems; null for all of it.',
      ),
      ownerUserId: described(uuid('owner_user_id'), 'The person whom auditors speak to.'),
      adoptedOn: date('adopted_on').notNull(),
      nextAuditOn: date('next_audit_on'),
      endedOn: described(
        date('ended_on'),
        'Last day that it bound the tenant; evidence of the time before is still kept for its period.',
      ),
    },
    {
      unique: [['frameworkCode', 'adoptedOn']],
      references: [to(frameworks, 'frameworkCode'), to(users, 'ownerUserId')],
      checks: {
        ends_after_adoption: `"ended_on" >= "adopted_on"`,
        audit_after_adoption: `"next_audit_on" >= "adopted_on"`,
      },
    },
  );

  return { tenantFrameworks };
}

function retentionTables({ tenantTable, to }: TableKit, users: TableRef) {
  const tenantRetentionPolicies = tenantTable(
    'tenant_retention_policies',
    'How long a tenant keeps a class of data beyond what its frameworks ask for, and why it may.',
    {
      dataClass: described(
        text('data_class', {
          enum: ['evidence', 'audit', 'play', 'analytics', 'operational', 'accounts'],
        }).notNull(),
        'Training evidence, the audit log, game sessions, analytics, deliveries, or people who left.',
      ),
      retentionDays: described(
        integer('retention_days').notNull(),
        'Counted from the record’s making; for accounts from the day the person left.',
      ),
      onExpiry: text('on_expiry', { enum: ['delete', 'anonymise'] })
        .notNull()
        .default('delete'),
      legalBasis: described(
        text('legal_basis', {
          enum: [
            'consent',
            'contract',
            'legal_obligation',
            'vital_interests',
            'public_task',
            'legitimate_interests',
          ],
        }).notNull(),
        'GDPR Art. 6(1)(a) to (f).',
      ),
      reason: described(
        text('reason').notNull(),
        'Why this long, as the record of processing says (GDPR Art. 30(1)(f)).',
      ),
      decidedByUserId: uuid('decided_by_user_id'),
      startsOn: date('starts_on').notNull(),
    },
    {
      unique: [['dataClass', 'startsOn']],
      references: [to(users, 'decidedByUserId')],
      checks: { retention_days_positive: `"retention_days" between 1 and 36525` },
    },
  );

  return { tenantRetentionPolicies };
}
