/**
 * The event store of the game and the read models that are derived from it. Events, actions and snapshots are
 * append-only; everything in `read-models.ts` can be emptied and rebuilt from the events.
 */
import { bigint, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { defineModule, described, instant, type Targets } from '../../kernel/db/index.ts';
import { authTargets } from '../auth/schema.ts';
import { readModelTables } from './tables/read-models.ts';

export const gameTables = defineModule('game', (kit) => {
  const { tenantTable, appendOnlyTable, partitionedLog, to } = kit;

  const sessions = tenantTable(
    'sessions',
    'One game, from its start to its end: what it needs to be replayed, and how it stands.',
    {
      playerId: described(
        uuid('player_id').notNull(),
        'The person who plays; events know the session alone.',
      ),
      seed: described(
        bigint('seed', { mode: 'number' }).notNull(),
        'Key of every random draw, 0 to 2^53 - 1.',
      ),
      engineVersion: text('engine_version').notNull(),
      rulesVersion: integer('rules_version').notNull(),
      contentVersion: text('content_version').notNull(),
      days: described(integer('days').notNull(), 'Length of the game in game days.'),
      status: text('status', { enum: ['active', 'paused', 'breach_recovery', 'completed', 'abandoned'] })
        .notNull()
        .default('active'),
      day: described(
        integer('day').notNull().default(0),
        'The game day that the session is at; 0 before the first.',
      ),
      startedAt: instant('started_at').notNull(),
      endedAt: instant('ended_at'),
      branchedFromId: described(
        uuid('branched_from_id'),
        'The session that this one is a what-if copy of; what is copied counts for nothing: no ledger, no board, no report.',
      ),
      branchedAtSequence: described(
        bigint('branched_at_sequence', { mode: 'number' }),
        'The last sequence that was copied from it.',
      ),
    },
    {
      subject: 'playerId',
      privileges: ['select', 'insert'],
      // As long as its events: they are kept, and go, together.
      retention: 'evidence',
      updatable: ['status', 'day', 'endedAt'],
      references: [to(authTargets.users, 'playerId'), to('self', 'branchedFromId')],
      indexes: { 'sessions of a tenant, newest first': ['startedAt desc'] },
      checks: {
        seed_range: `"seed" between 0 and 9007199254740991`,
        days_positive: `"days" > 0`,
        branch_complete: `("branched_from_id" is null) = ("branched_at_sequence" is null)`,
        branch_positive: `"branched_at_sequence" > 0`,
      },
    },
  );

  const sessionHeads = tenantTable(
    'session_heads',
    'The last sequence of each session, by the session’s id. Written by the triggers of sessions and events alone.',
    {
      sequence: bigint('sequence', { mode: 'number' }).notNull().default(0),
      startedAt: described(
        instant('started_at').notNull(),
        'When the session started; no event of it is much older.',
      ),
    },
    { subject: 'id', privileges: ['select'], references: [to(sessions, 'id', 'cascade')] },
  );

  const events = partitionedLog(
    'events',
    'What happened in each session, in a contiguous sequence from 1. The truth that everything else is derived from.',
    {
      sessionId: described(
        uuid('session_id').notNull(),
        'The game in game.sessions; advancing its head proves that it exists.',
      ),
      sequence: described(
        bigint('sequence', { mode: 'number' }).notNull(),
        'Position in the session, from 1 without a gap.',
      ),
      eventType: text('event_type').notNull(),
      eventData: described(
        jsonb('event_data').$type<Record<string, unknown>>().notNull(),
        'Payload of the type and version.',
      ),
      actionId: described(uuid('action_id').notNull(), 'The action that caused it.'),
      serverTime: instant('server_time').notNull().defaultNow(),
      clientTime: described(instant('client_time'), 'What the player’s clock said; never trusted.'),
    },
    {
      subject: { from: 'sessionId', target: 'game.sessions', key: 'id' },
      partitionBy: 'serverTime',
      key: ['sessionId', 'sequence', 'id'],
      evolving: true,
      checks: { sequence_positive: `"sequence" > 0` },
    },
  );

  const actions = appendOnlyTable(
    'actions',
    'Every accepted action by the id its sender gave it: what makes a repeated action answer the same and write nothing.',
    {
      sessionId: described(
        uuid('session_id').notNull(),
        'Without a foreign key: that the session exists is proven by its head, which the action’s events advance.',
      ),
      actionType: text('action_type').notNull(),
      payload: described(
        jsonb('payload').$type<Record<string, unknown>>().notNull(),
        'The action, as it was decided on.',
      ),
      payloadSha256: described(
        text('payload_sha256').notNull(),
        'SHA-256 of the payload’s canonical JSON (RFC 8785).',
      ),
      firstSequence: bigint('first_sequence', { mode: 'number' }).notNull(),
      lastSequence: bigint('last_sequence', { mode: 'number' }).notNull(),
      eventsSha256: described(
        text('events_sha256').notNull(),
        'SHA-256 over the events, as docs/ARCHITECTURE.md defines it.',
      ),
      serverTime: instant('server_time').notNull(),
      clientTime: instant('client_time'),
    },
    {
      subject: { from: 'sessionId', target: 'game.sessions', key: 'id' },
      evolving: true,
      indexes: { 'actions of a session in order': ['sessionId', 'firstSequence'] },
      checks: { sequence_order: `"first_sequence" between 1 and "last_sequence"` },
    },
  );

  const snapshots = appendOnlyTable(
    'snapshots',
    'A session’s state after a sequence, so that opening it need not read every event. Never trusted over the events.',
    {
      sessionId: uuid('session_id').notNull(),
      sequence: bigint('sequence', { mode: 'number' }).notNull(),
      reducerVersion: described(
        integer('reducer_version').notNull(),
        'Version of the reducer that folded it.',
      ),
      eventSchemas: described(
        integer('event_schemas').notNull().default(0),
        'How many event schemas the program knew that wrote it; one that knows fewer passes it over, since the events before it may be of versions that it does not know.',
      ),
      day: integer('day').notNull(),
      state: described(
        jsonb('state').$type<Record<string, unknown>>().notNull(),
        'The state of the game after that event, as the reducer of that version folds it.',
      ),
      stateSha256: described(
        text('state_sha256').notNull(),
        'SHA-256 of the state’s canonical JSON (RFC 8785).',
      ),
    },
    {
      subject: 'sessionId',
      unique: [['sessionId', 'reducerVersion', 'sequence']],
      references: [to(sessions, 'sessionId')],
    },
  );

  return { sessions, sessionHeads, events, actions, snapshots, ...readModelTables(kit, sessions) };
});

/** What other modules' foreign keys may point at. Its type says no more, so that theirs need not wait for it. */
export const gameTargets: Targets<'sessions'> = gameTables;

export const {
  schema,
  sessions,
  sessionHeads,
  events,
  actions,
  snapshots,
  daySummaries,
  emails,
  emailHeaders,
  emailAttachments,
  emailIndicators,
  decisions,
  verificationPackets,
  verificationArtifacts,
  worksheets,
  threatAssessments,
  blacklistEntries,
  whitelistEntries,
} = gameTables.canonical;
