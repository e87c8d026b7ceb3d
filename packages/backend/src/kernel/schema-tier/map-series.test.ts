/** How migrations are mapped, statement by statement; what they make together is held against the live catalogue. */
import { describe, expect, it } from 'vitest';
import { placedName } from '../db/index.ts';
import { readHeader } from '../migrations/header.ts';
import type { Migration } from '../migrations/journal.ts';
import { mapSeries } from './map-series.ts';
import { forSchema } from './placeholder.ts';

const LONG = 'a_rather_long_name_of_a_constraint_on_columns_of_the_events_key';

/** A schema `game` with two tables of tenants, a reference table and a function; then the statements under test. */
const FOUNDATION = [
  'CREATE SCHEMA game',
  'CREATE TABLE game.events (tenant_id uuid, id uuid, CONSTRAINT events_pkey PRIMARY KEY (tenant_id, id))',
  "COMMENT ON TABLE game.events IS E'Events.\\n@kind append_only'",
  'CREATE TABLE game.sessions (tenant_id uuid, id uuid)',
  "COMMENT ON TABLE game.sessions IS E'Sessions.\\n@kind tenant'",
  'CREATE TABLE game.levels (level integer, CONSTRAINT levels_pkey PRIMARY KEY (level))',
  "COMMENT ON TABLE game.levels IS E'Levels.\\n@kind reference'",
  "CREATE FUNCTION game.check_it() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
];

async function mapped(...statements: string[]): Promise<string[]> {
  const migration = (tag: string, of: readonly string[]): Migration => ({
    ...{ tag, when: 0, sha256: tag, ...readHeader(tag, '') },
    statements: of,
  });
  const series = await mapSeries([migration('0000_found', FOUNDATION), migration('0001_test', statements)]);
  return (series[1]?.statements ?? []).map((text) =>
    forSchema(text, 'tenant_x')
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/\( | \)/g, (found) => found.trim()),
  );
}

const bodyOf = async (body: string, returns = 'trigger') => {
  const [text] = await mapped(
    `CREATE FUNCTION game.probe() RETURNS ${returns} LANGUAGE plpgsql AS $body$${body}$body$`,
  );
  return /AS \$\$(.*)\$\$/.exec(text ?? '')?.[1]?.trim();
};

describe('mapping a statement', () => {
  it.each([
    [
      'CREATE VIEW game.v WITH (security_invoker) AS SELECT id FROM game.events; GRANT SELECT ON game.v TO dmz_app',
      'CREATE VIEW tenant_x.game_v WITH (SECURITY_INVOKER) AS SELECT id FROM tenant_x.game_events AS events',
      'GRANT SELECT ON tenant_x.game_v TO dmz_tenant_x',
    ],
    ['ALTER TABLE game.events ADD COLUMN a text', 'ALTER TABLE tenant_x.game_events ADD COLUMN a text'],
    [
      'ALTER TABLE game.events ADD CONSTRAINT e_fk FOREIGN KEY (a) REFERENCES game.sessions (id)',
      'ALTER TABLE tenant_x.game_events ADD CONSTRAINT game_e_fk FOREIGN KEY(a) REFERENCES tenant_x.game_sessions (id)',
    ],
    [
      'ALTER TABLE game.events ADD CONSTRAINT e_fk FOREIGN KEY (a) REFERENCES game.levels (level)',
      'ALTER TABLE tenant_x.game_events ADD CONSTRAINT game_e_fk FOREIGN KEY(a) REFERENCES game.levels (level)',
    ],
    [
      'ALTER TABLE game.events DROP CONSTRAINT c',
      'ALTER TABLE tenant_x.game_events DROP CONSTRAINT game_c RESTRICT',
    ],
    [
      'ALTER TABLE game.events RENAME TO happenings',
      'ALTER TABLE tenant_x.game_events RENAME TO game_happenings',
    ],
    ['ALTER TABLE game.events RENAME COLUMN a TO b', 'ALTER TABLE tenant_x.game_events RENAME COLUMN a TO b'],
    [
      'ALTER TABLE game.events RENAME CONSTRAINT a TO b',
      'ALTER TABLE tenant_x.game_events RENAME CONSTRAINT game_a TO game_b',
    ],
    ['CREATE INDEX i ON game.events (a)', 'CREATE INDEX game_i ON tenant_x.game_events (a)'],
    ["COMMENT ON INDEX game.events_pkey IS 'x'", "COMMENT ON INDEX tenant_x.game_events_pkey IS 'x'"],
    ["COMMENT ON COLUMN game.events.id IS 'x'", "COMMENT ON COLUMN tenant_x.game_events.id IS 'x'"],
    ['DROP INDEX game.events_pkey', 'DROP INDEX tenant_x.game_events_pkey'],
    ['DROP TRIGGER t ON game.events', 'DROP TRIGGER t ON tenant_x.game_events'],
    ['DROP FUNCTION game.check_it()', 'DROP FUNCTION tenant_x.game_check_it()'],
    [
      'CREATE TRIGGER t BEFORE UPDATE ON game.events FOR EACH ROW EXECUTE FUNCTION game.check_it()',
      'CREATE TRIGGER t BEFORE UPDATE ON tenant_x.game_events FOR EACH ROW EXECUTE PROCEDURE tenant_x.game_check_it()',
    ],
    [
      'CREATE POLICY p ON game.events USING (tenant_id = (SELECT dmz.current_tenant()))',
      "CREATE POLICY p ON tenant_x.game_events AS PERMISSIVE FOR ALL TO PUBLIC USING (tenant_id = ((SELECT dmz.current_tenant_in('tenant_x'))))",
    ],
    [
      'GRANT SELECT ON game.events, game.levels TO dmz_app, dmz_mover',
      'GRANT SELECT ON tenant_x.game_events TO dmz_tenant_x, dmz_mover',
    ],
    [
      'GRANT SELECT ON ALL TABLES IN SCHEMA game TO dmz_mover',
      'GRANT SELECT ON tenant_x.game_events, tenant_x.game_sessions TO dmz_mover',
    ],
    [
      'UPDATE game.events SET a = events.b FROM game.sessions WHERE sessions.id = events.id',
      'UPDATE tenant_x.game_events AS events SET a = events.b FROM tenant_x.game_sessions AS sessions WHERE sessions.id = events.id',
    ],
    [
      "SELECT dmz.guard_partition('game.events', x) FROM pg_inherits WHERE y = 'game.events'::regclass",
      "SELECT dmz.guard_partition('tenant_x.game_events', x) FROM pg_inherits WHERE y = CAST('tenant_x.game_events' AS regclass)",
    ],
    [
      'DO $$ BEGIN UPDATE game.events SET a = 1; END $$',
      'DO $$ BEGIN UPDATE tenant_x.game_events SET a = 1; END $$',
    ],
  ])('%s', async (statement, ...expected) => {
    expect(await mapped(statement)).toEqual(expected);
  });

  it.each([
    'ALTER TABLE game.levels ADD COLUMN a text',
    'CREATE INDEX i ON game.levels (level)',
    "COMMENT ON INDEX game.levels_pkey IS 'x'",
    'GRANT SELECT ON game.levels TO dmz_app',
    'GRANT USAGE ON SCHEMA game TO dmz_app',
    'CREATE TRIGGER t BEFORE UPDATE ON game.levels FOR EACH ROW EXECUTE FUNCTION game.check_it()',
    'UPDATE game.levels SET level = (SELECT count(*) FROM game.events)',
    "CREATE FUNCTION dmz.f() RETURNS void LANGUAGE plpgsql AS 'BEGIN PERFORM FROM game.events; END'",
    'CREATE ROLE somebody',
    'SET LOCAL ROLE dmz_owner',
    'DO $$ BEGIN CREATE ROLE somebody; END $$',
    'SELECT dmz.ensure_partitions(partrelid, 3) FROM pg_partitioned_table',
  ])('leaves to the database: %s', async (statement) => {
    expect(await mapped(statement)).toEqual([]);
  });

  it.each([
    ['ALTER TABLE game.unheard_of ADD COLUMN a text; SELECT FROM game.unheard_of', 'game.unheard_of'],
    ['CREATE TABLE game.kindless (id uuid)', 'whose comment names no kind'],
    ['CREATE VIEW game.v AS SELECT FROM game.not_there', 'game.not_there'],
    ['CREATE POLICY p ON game.events USING (game.never_made())', 'game.never_made'],
  ])('refuses what it cannot tell the owner of: %s', async (statement, found) => {
    await expect(mapped(statement)).rejects.toMatchObject({
      code: 'SCHEMA_TIER_UNMAPPABLE',
      found: expect.stringContaining(found),
    });
  });

  it('shortens names that PostgreSQL would cut, each to a name of its own', async () => {
    const [first] = await mapped(`ALTER TABLE game.events ADD CONSTRAINT ${LONG} CHECK (a > 0)`);
    const names = ['a', 'b'].map((end) => placedName('game', LONG.slice(0, -1) + end));
    expect(first).toContain(placedName('game', LONG));
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(Buffer.byteLength(name)).toBe(63);
    expect(placedName('game', 'sessions_pkey')).toBe('game_sessions_pkey');
    expect(Buffer.byteLength(placedName('game', 'ü'.repeat(40)))).toBeLessThanOrEqual(63);
  });
});

describe('mapping the body of a function', () => {
  it.each([
    [
      'names of tables and functions',
      'PERFORM game.check_it() FROM game.events AS e',
      'PERFORM tenant_x.game_check_it() FROM tenant_x.game_events AS e',
    ],
    ['quoted names', 'INSERT INTO "game"."events" VALUES (1)', 'INSERT INTO tenant_x.game_events VALUES (1)'],
    [
      'nothing in comments',
      'NULL; -- of game.events\n/* game.events */',
      'NULL; -- of game.events /* game.events */',
    ],
    ['casts', "x := 'game.events'::regclass", "x := 'tenant_x.game_events'::regclass"],
    ['no fields of records', 'x := it.events.game', 'x := it.events.game'],
    [
      'columns that are qualified by the bare name',
      'INSERT INTO game.events (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = events.a',
      'INSERT INTO tenant_x.game_events (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = game_events.a',
    ],
    [
      'no columns of aliases',
      'FOR r IN SELECT events.a FROM game.events AS events LOOP NULL; END LOOP',
      'FOR r IN SELECT events.a FROM tenant_x.game_events AS events LOOP NULL; END LOOP',
    ],
    ['row types', 'DECLARE r game.events%ROWTYPE', 'DECLARE r tenant_x.game_events%ROWTYPE'],
    ['the context', 'x := dmz.current_tenant()', "x := dmz.current_tenant_in('tenant_x')"],
    [
      'the trigger’s own table',
      "IF TG_TABLE_NAME = 'events' THEN x := 'levels'; END IF",
      "IF TG_TABLE_NAME = 'game_events' THEN x := 'levels'; END IF",
    ],
    [
      'where an error is of',
      "RAISE EXCEPTION USING SCHEMA = 'game', TABLE = 'events', MESSAGE = 'events of the game'",
      "RAISE EXCEPTION USING SCHEMA = 'tenant_x', TABLE = 'game_events', MESSAGE = 'events of the game'",
    ],
    ['no reference tables', 'SELECT level FROM game.levels', 'SELECT level FROM game.levels'],
    [
      'text beyond ASCII',
      "x := '’é'; DELETE FROM game.events",
      "x := '’é'; DELETE FROM tenant_x.game_events",
    ],
  ])('maps %s', async (_, body, expected) => {
    expect(await bodyOf(body)).toBe(expected);
  });

  it.each([
    ['game.nothing', 'SELECT FROM game.nothing'],
    ['a string with more in it', "EXECUTE 'DELETE FROM game.events'"],
    ['a string with more in it', 'EXECUTE $q$DELETE FROM "game"."events"$q$'],
    ['both a table and an alias', 'INSERT INTO game.events SELECT events.a FROM game.sessions AS events'],
    ['where game is a module', 'SELECT game.id FROM (SELECT 1 AS id) AS game'],
  ])('refuses %s: %s', async (found, body) => {
    await expect(bodyOf(body)).rejects.toMatchObject({
      code: 'SCHEMA_TIER_UNMAPPABLE',
      found: expect.stringContaining(found),
    });
  });
});
