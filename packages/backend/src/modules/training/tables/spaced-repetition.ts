/** When a person should meet a concept again, so that it stays; each review moves the next one. */
import { integer, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

export function spacedRepetitionTables(
  { tenantTable, appendOnlyTable, to }: TableKit,
  { users, sessions }: { readonly users: TableRef; readonly sessions: TableRef },
) {
  const spacedRepetitionStates = tenantTable(
    'spaced_repetition_states',
    'How well a person knows a concept and when to ask again, as scheduled by SM-2 or FSRS.',
    {
      userId: uuid('user_id').notNull(),
      conceptKey: described(
        text('concept_key').notNull(),
        'What is to be remembered, such as lookalike_domain.',
      ),
      algorithm: text('algorithm', { enum: ['sm2', 'fsrs'] }).notNull(),
      repetitions: described(integer('repetitions').notNull().default(0), 'Successes in a row.'),
      lapses: described(integer('lapses').notNull().default(0), 'Times that it was forgotten.'),
      intervalDays: integer('interval_days').notNull().default(0),
      easePermille: described(integer('ease_permille'), 'SM-2 easiness factor in 1/1000, at least 1300.'),
      stabilitySeconds: described(
        integer('stability_seconds'),
        'FSRS stability: time until recall is down to 90 %.',
      ),
      difficultyPermille: described(integer('difficulty_permille'), 'FSRS difficulty, 1 to 10, in 1/1000.'),
      lastReviewedAt: instant('last_reviewed_at'),
      dueAt: instant('due_at').notNull(),
    },
    {
      unique: [['userId', 'conceptKey']],
      references: [to(users, 'userId')],
      indexes: { 'what a person should be asked next': ['userId', 'dueAt'] },
      checks: {
        counts_not_negative: `least("repetitions", "lapses", "interval_days") >= 0`,
        sm2_ease: `"algorithm" <> 'sm2' or ("ease_permille" is not null and "ease_permille" >= 1300)`,
        fsrs_memory: `"algorithm" <> 'fsrs' or num_nulls("stability_seconds", "difficulty_permille") = 0`,
        stability_positive: `"stability_seconds" > 0`,
        difficulty_range: `"difficulty_permille" between 1000 and 10000`,
      },
    },
  );

  const spacedRepetitionReviews = appendOnlyTable(
    'spaced_repetition_reviews',
    'Each time a person was asked for a concept, and how it went; states can be recomputed from these.',
    {
      stateId: uuid('state_id').notNull(),
      occasion: text('occasion', { enum: ['game', 'drill', 'assessment', 'phishing_simulation'] }).notNull(),
      gameSessionId: uuid('game_session_id'),
      grade: described(
        integer('grade').notNull(),
        'Quality of the recall, 0 (blackout) to 5 (perfect), as in SM-2.',
      ),
      responseMs: described(integer('response_ms'), 'Time taken to answer.'),
      elapsedDays: described(integer('elapsed_days').notNull(), 'Days since the review before.'),
      scheduledDays: described(integer('scheduled_days').notNull(), 'Interval that followed.'),
      reviewedAt: instant('reviewed_at').notNull(),
    },
    {
      subject: 'stateId',
      references: [to(spacedRepetitionStates, 'stateId'), to(sessions, 'gameSessionId')],
      indexes: { 'the reviews of one concept in order': ['stateId', 'reviewedAt'] },
      checks: {
        grade_range: `"grade" between 0 and 5`,
        times_not_negative: `least("response_ms", "elapsed_days", "scheduled_days") >= 0`,
      },
    },
  );

  return { spacedRepetitionStates, spacedRepetitionReviews };
}
