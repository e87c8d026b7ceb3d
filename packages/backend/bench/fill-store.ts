/**
 * Fills the event store of a benchmark's database with millions of events, inside the server: copies of games that bots
 * have played, of many tenants, begun evenly over this month and the three before it. Sessions, heads, actions and
 * events are written, all that appending touches, without triggers and foreign keys; the other tenants are in these rows
 * alone. Each month of a session is the one that it began in.
 */
import { connectAsAdministrator } from '../src/kernel/db/index.ts';
import { ensurePartitions, sharedPlace } from '../src/kernel/partitions/index.ts';
import { playPatterns, SHORT_GAMES, WHOLE_SHIFTS } from '../src/scale/game-patterns.ts';
import type { BenchDatabase } from './bench-database.ts';

const MONTHS_BEFORE = 3;
const OTHER_TENANTS = 19;
/** One session of so many is of the tenant that is measured. */
const ONE_IN = 4;
/** Some 30,000 events a statement. */
const SESSIONS_OF_BATCH = 200;
/** One for each processor of a small machine; more of them wait for one another. */
const CONNECTIONS = 2;

export interface Filled {
  readonly events: number;
  readonly sessions: number;
  /** Of the events and their key, in bytes. */
  readonly bytes: number;
}

/** Events lie at the head of the store as they would: sessions in the order in which they began. */
const MAKE_PATTERNS = `
CREATE SCHEMA bench;
CREATE TABLE bench.actions AS
  SELECT dense_rank() OVER (ORDER BY session_id) - 1 AS pattern,
    row_number() OVER (PARTITION BY session_id ORDER BY first_sequence) AS place,
    server_time - min(server_time) OVER (PARTITION BY session_id) AS after, action.*
  FROM game.actions AS action WHERE session_id = ANY ($1);
CREATE TABLE bench.events AS
  SELECT action.pattern, action.place, action.after, event.*
  FROM game.events AS event JOIN bench.actions AS action ON action.id = event.action_id;
CREATE TABLE bench.lengths AS
  SELECT pattern, session_id, max(sequence) AS length FROM bench.events GROUP BY 1, 2`;

const MAKE_SESSIONS = `
CREATE UNLOGGED TABLE bench.sessions AS
SELECT number, (number % lengths.patterns)::int AS pattern, started_at, uuidv7(started_at - now()) AS id,
  CASE WHEN number / lengths.patterns % ${ONE_IN} = 0 THEN $2::uuid
    ELSE md5('tenant ' || number / lengths.patterns / ${ONE_IN} % ${OTHER_TENANTS})::uuid END AS tenant_id
FROM (SELECT count(*) AS patterns, sum(length) AS events FROM bench.lengths) AS lengths,
  LATERAL generate_series(0, ceil($1::numeric * lengths.patterns / lengths.events)::bigint - 1) AS number,
  LATERAL (SELECT date_trunc('month', now()) - interval '${MONTHS_BEFORE} months' AS since) AS span,
  LATERAL (SELECT since + (now() - since) * (number * lengths.events / lengths.patterns / $1::float) AS started_at) AS start;
ALTER TABLE bench.sessions ADD PRIMARY KEY (number);
ANALYZE bench.sessions, bench.events, bench.actions, bench.lengths`;

const SESSION_ROWS = `
INSERT INTO game.sessions SELECT made.*
FROM bench.sessions AS s JOIN bench.lengths USING (pattern) JOIN game.sessions AS played ON played.id = lengths.session_id,
  LATERAL jsonb_populate_record(played, jsonb_build_object('id', s.id, 'tenant_id', s.tenant_id, 'started_at', s.started_at)) AS made
WHERE number >= $1 AND number < $2`;

const HEAD_ROWS = `
INSERT INTO game.session_heads (tenant_id, id, sequence, started_at)
SELECT tenant_id, id, length, started_at FROM bench.sessions JOIN bench.lengths USING (pattern)
WHERE number >= $1 AND number < $2`;

/** Ids are ordered by time, as those are that programs give: of the session's, with its own number in the last place. */
const idOf = (kind: number, number: string) =>
  `(left(s.id::text, 24) || '${kind}' || lpad(to_hex(${number}), 11, '0'))::uuid`;

const ACTION_ROWS = `
INSERT INTO game.actions (tenant_id, id, session_id, action_type, payload, payload_sha256, first_sequence, last_sequence,
  events_sha256, server_time, version)
SELECT s.tenant_id, ${idOf(0, 'a.place')}, s.id, a.action_type, a.payload, a.payload_sha256, a.first_sequence, a.last_sequence,
  a.events_sha256, s.started_at + a.after, a.version
FROM bench.sessions AS s JOIN bench.actions AS a USING (pattern) WHERE s.number >= $1 AND s.number < $2`;

const EVENT_ROWS = `
INSERT INTO game.events (tenant_id, id, session_id, sequence, event_type, version, event_data, action_id, server_time)
SELECT s.tenant_id, ${idOf(1, 'e.sequence')}, s.id, e.sequence, e.event_type, e.version, e.event_data, ${idOf(0, 'e.place')}, s.started_at
FROM bench.sessions AS s JOIN bench.events AS e USING (pattern) WHERE s.number >= $1 AND s.number < $2`;

/**
 * @param slug        the tenant that appends are measured of: one session in four is its own
 * @param wanted      how many events, to the length of a game
 * @param onProgress  told how many of the sessions are there
 */
export async function fillStore(
  { admin, adminUrl, platform }: BenchDatabase,
  slug: string,
  wanted: number,
  onProgress: (done: number, all: number) => void,
): Promise<Filled> {
  const played = await playPatterns(platform, slug, [...SHORT_GAMES, ...WHOLE_SHIFTS]);
  const { id } = await platform.tenancy.locate(slug);
  const begin = new Date();
  begin.setUTCMonth(begin.getUTCMonth() - MONTHS_BEFORE, 1);
  await ensurePartitions(sharedPlace(adminUrl), { now: begin, monthsAhead: MONTHS_BEFORE });
  const ids = played.map(({ sessionId }) => `'${sessionId}'`).join(', ');
  await admin.query(MAKE_PATTERNS.replace('$1', `ARRAY[${ids}]::uuid[]`));
  await admin.query(MAKE_SESSIONS.replaceAll('$1', String(wanted)).replace('$2', `'${id}'`));
  const { rows } = await admin.query('SELECT count(*)::int AS sessions FROM bench.sessions');
  const sessions: number = rows[0].sessions;
  await copy(adminUrl, sessions, onProgress);
  await admin.query('VACUUM (ANALYZE) game.sessions, game.session_heads, game.actions, game.events');
  const { rows: sizes } = await admin.query(`
    SELECT sum(length)::float8 AS events, (SELECT sum(pg_total_relation_size(relid))::float8 FROM pg_partition_tree('game.events')) AS bytes
    FROM bench.sessions JOIN bench.lengths USING (pattern)`);
  return { sessions, ...sizes[0] };
}

async function copy(
  adminUrl: string,
  sessions: number,
  onProgress: (done: number, all: number) => void,
): Promise<void> {
  let next = 0;
  const work = async () => {
    const admin = await connectAsAdministrator(adminUrl);
    try {
      await admin.query('SET session_replication_role = replica; SET synchronous_commit = off');
      while (next < sessions) {
        const from = next;
        const to = Math.min(from + SESSIONS_OF_BATCH, sessions);
        next = to;
        for (const text of [SESSION_ROWS, HEAD_ROWS, ACTION_ROWS, EVENT_ROWS])
          await admin.query(text, [from, to]);
        onProgress(to, sessions);
      }
    } finally {
      await admin.end();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
}
