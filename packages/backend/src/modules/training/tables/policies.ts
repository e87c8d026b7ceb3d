/** The tenant's own rules, version by version, and the evidence that people and management stand by them. */
import { boolean, date, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import {
  described,
  encrypted,
  instant,
  pii,
  type TableKit,
  type TableRef,
} from '../../../kernel/db/index.ts';

interface Neighbours {
  readonly users: TableRef;
  readonly locales: TableRef;
  readonly frameworks: TableRef;
  readonly objects: TableRef;
  readonly programs: TableRef;
}

const period = () => ({
  periodStartsOn: date('period_starts_on').notNull(),
  periodEndsOn: described(date('period_ends_on').notNull(), 'Last day of the period.'),
});
const periodOrder = { period_order: `"period_ends_on" >= "period_starts_on"` };

const signatoryName = () =>
  pii(encrypted('signatory_name', 'person'), {
    category: 'identity',
    purpose: 'naming who signed',
    onErasure: 'shred',
  });

export function policyTables(kit: TableKit, near: Neighbours) {
  const policies = policyTable(kit, near);
  const policyVersions = policyVersionTable(kit, policies, near);
  return {
    policies,
    policyVersions,
    attestations: attestationTable(kit, policyVersions, near),
    programReviews: programReviewTable(kit, near),
    managementAttestations: managementAttestationTable(kit, near),
  };
}

function policyTable({ tenantTable, to }: TableKit, { users }: Neighbours) {
  return tenantTable(
    'policies',
    'Rules of the tenant that its people must know, such as acceptable use; the wording is in the versions.',
    {
      code: described(text('code').notNull(), 'Stable short name.'),
      title: text('title').notNull(),
      state: text('state', { enum: ['draft', 'in_force', 'withdrawn'] })
        .notNull()
        .default('draft'),
      ownerId: described(uuid('owner_id'), 'The person who answers for the policy.'),
      reviewMonths: described(integer('review_months').notNull().default(12), 'Months between its reviews.'),
      audience: described(
        jsonb('audience').$type<Record<string, unknown>>().notNull(),
        'Rule that selects who must attest to it.',
      ),
    },
    {
      recoverable: true,
      evolving: true,
      unique: [['code']],
      references: [to(users, 'ownerId')],
      checks: {
        code_form: `"code" ~ '^[a-z0-9][a-z0-9-]{0,62}$'`,
        review_months_positive: `"review_months" > 0`,
      },
    },
  );
}

function policyVersionTable(
  { appendOnlyTable, to }: TableKit,
  policies: TableRef,
  { users, locales, objects }: Neighbours,
) {
  return appendOnlyTable(
    'policy_versions',
    'The wording of a policy as it was approved; what people attested to can be read for ever.',
    {
      policyId: uuid('policy_id').notNull(),
      number: described(integer('number').notNull(), 'From 1, for each policy.'),
      localeTag: described(text('locale_tag').notNull(), 'Language of this wording.'),
      body: described(text('body').notNull(), 'The wording, as Markdown (CommonMark).'),
      bodySha256: text('body_sha256').notNull(),
      documentObjectId: described(uuid('document_object_id'), 'The same as a document for printing.'),
      changeSummary: described(text('change_summary'), 'What changed since the version before.'),
      requiresAttestation: described(
        boolean('requires_attestation').notNull().default(true),
        'Whether people must attest again; false for a correction of spelling.',
      ),
      approvedById: uuid('approved_by_id').notNull(),
      approvedAt: instant('approved_at').notNull(),
      effectiveOn: date('effective_on').notNull(),
    },
    {
      unique: [['policyId', 'number', 'localeTag']],
      references: [
        to(policies, 'policyId'),
        to(locales, 'localeTag'),
        to(objects, 'documentObjectId'),
        to(users, 'approvedById'),
      ],
      checks: { number_positive: `"number" > 0`, body_sha256_form: `"body_sha256" ~ '^[0-9a-f]{64}$'` },
    },
  );
}

function attestationTable(
  { appendOnlyTable, to }: TableKit,
  policyVersions: TableRef,
  { users }: Neighbours,
) {
  return appendOnlyTable(
    'attestations',
    'That a person declared to have read a policy’s version and to follow it.',
    {
      policyVersionId: uuid('policy_version_id').notNull(),
      userId: uuid('user_id').notNull(),
      method: described(
        text('method', { enum: ['click', 'typed_name', 'step_up', 'electronic_signature'] }).notNull(),
        'How the declaration was made; step_up follows a fresh sign-in.',
      ),
      signatoryName: signatoryName(),
      ipAddress: pii(encrypted('ip_address', 'person'), {
        category: 'network',
        purpose: 'proving where the declaration came from',
        onErasure: 'shred',
      }),
      userAgent: pii(encrypted('user_agent', 'person'), {
        category: 'network',
        purpose: 'proving which browser the declaration came from',
        onErasure: 'shred',
      }),
      attestedAt: instant('attested_at').notNull(),
    },
    {
      invalidatable: true,
      unique: [['policyVersionId', 'userId']],
      references: [to(policyVersions, 'policyVersionId'), to(users, 'userId')],
      indexes: { 'a person’s attestations, newest first': ['userId', 'attestedAt desc'] },
    },
  );
}

function programReviewTable({ appendOnlyTable, to }: TableKit, { users, programs }: Neighbours) {
  return appendOnlyTable(
    'program_reviews',
    'The regular look back at whether a programme works, with the figures as they stood (NIST SP 800-50r1).',
    {
      programId: uuid('program_id').notNull(),
      reviewedById: uuid('reviewed_by_id').notNull(),
      reviewedAt: instant('reviewed_at').notNull(),
      ...period(),
      peopleAssigned: integer('people_assigned').notNull(),
      peopleCompleted: integer('people_completed').notNull(),
      clickRatePermille: described(integer('click_rate_permille'), 'Simulated phishing clicked, in 1/1000.'),
      reportRatePermille: described(
        integer('report_rate_permille'),
        'Simulated phishing reported, in 1/1000.',
      ),
      conclusion: text('conclusion', { enum: ['continue', 'amend', 'retire'] }).notNull(),
      findings: pii(encrypted('findings', 'person'), {
        category: 'free_text',
        purpose: 'what the reviewer found and recommends',
        onErasure: 'shred',
      }),
      nextReviewOn: date('next_review_on'),
    },
    {
      subject: 'reviewedById',
      invalidatable: true,
      references: [to(programs, 'programId'), to(users, 'reviewedById')],
      indexes: { 'reviews of a programme, newest first': ['programId', 'reviewedAt desc'] },
      checks: {
        ...periodOrder,
        people_range: `"people_completed" between 0 and "people_assigned"`,
        click_rate_range: `"click_rate_permille" between 0 and 1000`,
        report_rate_range: `"report_rate_permille" between 0 and 1000`,
      },
    },
  );
}

function managementAttestationTable(
  { appendOnlyTable, to }: TableKit,
  { users, frameworks, programs }: Neighbours,
) {
  return appendOnlyTable(
    'management_attestations',
    'That a member of management vouched for the training of a period, as NIS2 Art. 20 and DORA Art. 5 expect.',
    {
      frameworkCode: described(text('framework_code').notNull(), 'The rule under which it is given.'),
      programId: described(uuid('program_id'), 'The programme vouched for; null for all of them.'),
      userId: described(uuid('user_id').notNull(), 'The person who vouches.'),
      capacity: described(text('capacity').notNull(), 'Office that the person held, such as CISO.'),
      ...period(),
      wording: described(text('wording').notNull(), 'What was declared, from the framework’s template.'),
      signatoryName: signatoryName(),
      signature: described(
        text('signature').notNull(),
        'Ed25519 (RFC 8032) over the declaration’s canonical JSON (RFC 8785), base64url.',
      ),
      signingKeyId: described(text('signing_key_id').notNull(), 'RFC 7638 thumbprint of the public key.'),
      attestedAt: instant('attested_at').notNull(),
    },
    {
      invalidatable: true,
      references: [to(frameworks, 'frameworkCode'), to(programs, 'programId'), to(users, 'userId')],
      checks: periodOrder,
    },
  );
}
