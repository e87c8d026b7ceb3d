/** What the law and the standards ask for: how long evidence is kept and where that is written, clause by clause. */
import { date, integer, text } from 'drizzle-orm/pg-core';
import { described, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

export function regulationTables(kit: TableKit, countries: TableRef) {
  const frameworks = frameworkTables(kit, countries);
  return { ...frameworks, ...clauseTables(kit, frameworks.regulatoryFrameworks) };
}

function frameworkTables({ referenceTable, to }: TableKit, countries: TableRef) {
  const regulatoryFrameworks = referenceTable(
    'regulatory_frameworks',
    'Regulations and standards that a tenant can be bound by, and how long each one has evidence kept.',
    {
      code: text('code').notNull(),
      name: text('name').notNull(),
      kind: described(
        text('kind', { enum: ['law', 'standard', 'attestation'] })
          .notNull()
          .default('law'),
        'Binding by law, by certification or contract, or an auditor’s report on chosen criteria.',
      ),
      issuer: described(text('issuer').notNull(), 'Who made it, such as PCI Security Standards Council.'),
      edition: described(text('edition'), 'Edition that these figures are of, such as v4.0.1.'),
      countryCode: described(
        text('country_code'),
        'The country it is the law of; null where it is of several or of none.',
      ),
      retentionYears: described(
        integer('retention_years'),
        'Years that evidence is kept; null where neither the rule nor its field has a period.',
      ),
      retentionBasis: described(
        text('retention_basis', { enum: ['rule', 'practice'] }),
        'Whether the rule itself names the years, or its field keeps to them; null where there are none.',
      ),
      retentionFrom: described(
        text('retention_from', { enum: ['creation', 'last_effective', 'end_of_year'] })
          .notNull()
          .default('creation'),
        'What the years count from: the record’s making, its last day in force or last follow-up, or the end of the fiscal year it is of.',
      ),
      monthsAtHand: described(
        integer('months_at_hand'),
        'Months of the period that must be readable at once, without an archive; null where the rule asks for none.',
      ),
      source: described(
        text('source').notNull(),
        'Section that the period is taken from, or that names none.',
      ),
      sourceUrl: described(text('source_url'), 'Where the text can be read.'),
      effectiveOn: described(date('effective_on'), 'First day that it applies.'),
      trainingIntervalMonths: described(
        integer('training_interval_months'),
        'How often people must be trained; null where the rule names no interval.',
      ),
      trainingSource: described(text('training_source'), 'Section that asks for training.'),
    },
    {
      key: ['code'],
      references: [to(countries, 'countryCode')],
      checks: {
        retention_positive: `"retention_years" > 0`,
        basis_of_a_period: `"retention_basis" is null or "retention_years" is not null`,
        at_hand_within_retention: `"months_at_hand" between 1 and "retention_years" * 12`,
        training_interval_positive: `"training_interval_months" > 0`,
        source_url_form: `"source_url" ~ '^https://'`,
      },
    },
  );

  return { regulatoryFrameworks };
}

function clauseTables({ referenceTable, to }: TableKit, regulatoryFrameworks: TableRef) {
  const frameworkClauses = referenceTable(
    'framework_clauses',
    'Clauses of a framework that training, simulations or their records give evidence for.',
    {
      code: described(text('code').notNull(), 'Framework and clause, such as pci-dss:12.6.3.'),
      frameworkCode: text('framework_code').notNull(),
      clause: described(text('clause').notNull(), 'Number as the framework prints it.'),
      summary: described(text('summary').notNull(), 'What it asks for, in our words.'),
      evidence: described(
        text('evidence', {
          enum: [
            'training',
            'simulation',
            'policy',
            'access_control',
            'incident_response',
            'audit_log',
            'retention',
          ],
        }).notNull(),
        'What the platform shows for it.',
      ),
    },
    {
      key: ['code'],
      unique: [['frameworkCode', 'clause']],
      references: [to(regulatoryFrameworks, 'frameworkCode')],
    },
  );

  return { frameworkClauses };
}
