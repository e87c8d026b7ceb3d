/** What was measured: the log of events, the profiles folded from it, compliance, and how far each consumer has read. */
import { bigint, date, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, pii, type TableKit } from '../../../kernel/db/index.ts';
import { gameTargets } from '../../game/schema.ts';
import { orgTargets } from '../../org/schema.ts';
import { publicTargets } from '../../public/schema.ts';
import { pseudonymColumn } from './pseudonym.ts';

export function measureTables(kit: TableKit) {
  return {
    events: eventLog(kit),
    playerProfiles: playerProfileTable(kit),
    complianceSnapshots: complianceSnapshotTable(kit),
    projectionCursors: projectionCursorTable(kit),
  };
}

function eventLog({ partitionedLog }: TableKit) {
  return partitionedLog(
    'events',
    'What people did anywhere on the platform, as analysts may see it: by pseudonym, without free text.',
    {
      pseudonymId: pseudonymColumn(),
      source: described(
        text('source', { enum: ['game', 'training', 'phishing', 'lrs', 'social', 'web'] }).notNull(),
        'The module whose fact it is.',
      ),
      sourceId: described(uuid('source_id').notNull(), 'Id of the fact in its source: each is counted once.'),
      sessionId: described(
        uuid('session_id'),
        'Id in game.sessions; not a foreign key, since the log is hot and outlives sessions.',
      ),
      eventType: described(text('event_type').notNull(), 'As module.object.verb.'),
      eventData: described(
        jsonb('event_data').$type<Record<string, unknown>>().notNull(),
        'Measures of the type and version; never names, addresses or text that people wrote.',
      ),
      serverTime: described(instant('server_time').notNull(), 'The time of the fact at its source.'),
      clientTime: described(instant('client_time'), 'What the person’s clock said; never trusted.'),
    },
    {
      subject: { from: 'pseudonymId', target: 'governance.pseudonyms', key: 'pseudonymId' },
      partitionBy: 'serverTime',
      evolving: true,
      unique: [['source', 'sourceId']],
      indexes: {
        'events of one type over a time': ['eventType', 'serverTime'],
        'what one person did over a time': ['pseudonymId', 'serverTime'],
      },
    },
  );
}

function playerProfileTable({ tenantTable, to }: TableKit) {
  const behaviour = (purpose: string) =>
    ({ category: 'behaviour', purpose, onErasure: 'delete_row' }) as const;
  const rate = (name: string, purpose: string) => pii(integer(name), behaviour(purpose));
  return tenantTable(
    'player_profiles',
    'How well each person recognises deception, folded from the events; can be emptied and rebuilt.',
    {
      pseudonymId: pseudonymColumn(),
      departmentId: described(uuid('department_id'), 'For reports on groups.'),
      decisions: described(integer('decisions').notNull().default(0), 'Decisions that the rates are of.'),
      accuracyPermille: rate('accuracy_permille', 'right decisions in a thousand'),
      missedPermille: rate('missed_permille', 'deceptive e-mails let through, in a thousand of them'),
      falseAlarmPermille: rate('false_alarm_permille', 'honest e-mails kept out, in a thousand of them'),
      medianDecisionMs: rate('median_decision_ms', 'half of the decisions are faster'),
      riskBand: pii(
        text('risk_band', { enum: ['unknown', 'low', 'moderate', 'high'] })
          .notNull()
          .default('unknown'),
        behaviour('offering training to those who need it most'),
      ),
      competencies: pii(
        jsonb('competencies').$type<Record<string, unknown>>().notNull(),
        behaviour('mastery of each technique, for adaptive difficulty'),
      ),
      lastActiveAt: pii(instant('last_active_at'), behaviour('knowing who has stopped playing')),
      modelVersion: described(integer('model_version').notNull(), 'Version of the fold that made it.'),
    },
    {
      subject: { from: 'pseudonymId', target: 'governance.pseudonyms', key: 'pseudonymId' },
      evolving: true,
      unique: [['pseudonymId']],
      references: [to(orgTargets.departments, 'departmentId')],
      indexes: { 'people of a department by risk': ['departmentId', 'riskBand'] },
      checks: {
        decisions_not_negative: `"decisions" >= 0 and "median_decision_ms" >= 0`,
        rates_in_range: ['accuracy', 'missed', 'false_alarm']
          .map((of) => `("${of}_permille" is null or "${of}_permille" between 0 and 1000)`)
          .join(' and '),
      },
    },
  );
}

function complianceSnapshotTable({ appendOnlyTable, to }: TableKit) {
  return appendOnlyTable(
    'compliance_snapshots',
    'How a tenant, or one of its departments, stood with a regulatory framework at the end of a period.',
    {
      frameworkCode: text('framework_code').notNull(),
      departmentId: described(uuid('department_id'), 'Null for the whole tenant.'),
      periodStartsOn: date('period_starts_on').notNull(),
      periodEndsOn: described(date('period_ends_on').notNull(), 'Last day, inclusive.'),
      peopleInScope: integer('people_in_scope').notNull(),
      peopleTrained: described(
        integer('people_trained').notNull(),
        'Those who had completed all that the framework asks of them.',
      ),
      phishingSends: integer('phishing_sends').notNull(),
      phishingClicks: integer('phishing_clicks').notNull(),
      phishingReports: integer('phishing_reports').notNull(),
      controls: described(
        jsonb('controls').$type<Record<string, unknown>>().notNull(),
        'Each control of the framework: met or not, and by which evidence.',
      ),
      contentSha256: described(
        text('content_sha256').notNull(),
        'SHA-256 of the snapshot’s canonical JSON (RFC 8785).',
      ),
      takenAt: instant('taken_at').notNull(),
    },
    {
      evolving: true,
      invalidatable: true,
      references: [
        to(publicTargets.regulatoryFrameworks, 'frameworkCode'),
        to(orgTargets.departments, 'departmentId'),
      ],
      indexes: { 'the standing with a framework over time': ['frameworkCode', 'periodEndsOn desc'] },
      checks: {
        period_in_order: `"period_starts_on" <= "period_ends_on"`,
        trained_are_in_scope: `"people_trained" between 0 and "people_in_scope"`,
        answers_to_sends: `"phishing_clicks" between 0 and "phishing_sends" and "phishing_reports" between 0 and "phishing_sends"`,
        content_sha256_form: `"content_sha256" ~ '^[0-9a-f]{64}$'`,
      },
    },
  );
}

function projectionCursorTable({ tenantTable, to }: TableKit) {
  return tenantTable(
    'projection_cursors',
    'How far each consumer has read each session; moved in the transaction of the effect, so none is lost or doubled.',
    {
      consumer: described(text('consumer').notNull(), 'Stable name of the projection that reads.'),
      sessionId: uuid('session_id').notNull(),
      sequence: described(
        bigint('sequence', { mode: 'number' }).notNull().default(0),
        'The last sequence handled; 0 before the first.',
      ),
      projectionVersion: described(
        integer('projection_version').notNull(),
        'Version of the consumer; a newer one reads again from the start. 0 where that was asked for.',
      ),
      failedAt: described(
        instant('failed_at'),
        'When the next event could not be handled; null while all is well.',
      ),
      errorCode: text('error_code'),
      errorText: described(text('error_text'), 'What was found, without personal data.'),
      attempts: described(integer('attempts').notNull().default(0), 'Tries of the next event so far.'),
      retryAt: described(
        instant('retry_at'),
        'When it is tried again by itself; null for a parked session, which waits for somebody.',
      ),
    },
    {
      unique: [['consumer', 'sessionId']],
      references: [to(gameTargets.sessions, 'sessionId', 'cascade')],
      indexes: { 'sessions that a consumer is stuck at': ['consumer', 'failedAt'] },
      checks: {
        sequence_not_negative: `"sequence" >= 0`,
        failure_has_code: `num_nonnulls("failed_at", "error_code") in (0, 2)`,
        retry_after_failure: `"retry_at" is null or "failed_at" is not null`,
        attempts_not_negative: `"attempts" >= 0`,
      },
    },
  );
}
