/** Where statements stand, what excuses them, and what cannot be read. */
import { describe, expect, it } from 'vitest';
import { lintTexts, rulesBrokenBy } from './temporary-series.ts';

const VOLATILE = 'ALTER TABLE game.sessions ADD COLUMN key uuid DEFAULT gen_random_uuid();';

describe('places', () => {
  it('lines are those of the file, whatever stands before', async () => {
    const text = `-- phase: expand\n-- The player’s key – “unique”.\n\nSELECT 1;\n--> statement-breakpoint\n\n/* above\n it */ ${VOLATILE}`;
    const [finding] = await lintTexts(text);
    expect(finding).toMatchObject({ line: 8, file: '0027_example' });
    expect(finding?.detail).toContain('0027_example.sql, line 8');
  });

  it('a piece that cannot be read is named, and the others are looked at all the same', async () => {
    const text = `-- phase: expand\nSELEC 1;\n--> statement-breakpoint\n${VOLATILE}`;
    const findings = await lintTexts(text);
    expect(findings.map(({ rule }) => rule)).toEqual(['sql-unreadable', 'volatile-default']);
    expect(findings[0]?.detail).toContain('line 1');
  });
});

describe('excuses', () => {
  const because = (rule: string) => `-- lint: allow ${rule} because the table has ten rows`;

  it('hold for the statement below, one rule each', async () => {
    expect(await rulesBrokenBy(`${because('volatile-default')}\n${VOLATILE}`)).toEqual([]);
    expect(await rulesBrokenBy(`${because('volatile-default')}\n-- The key.\n${VOLATILE}`)).toEqual([]);
    expect(
      await rulesBrokenBy(`${because('volatile-default')}\n${VOLATILE}\n${VOLATILE.replace('key', 'other')}`),
    ).toEqual(['volatile-default']);
  });

  it('hold for what squawk finds, whose own comments mean nothing', async () => {
    const sql = 'ALTER TABLE game.sessions ADD COLUMN code char(3);';
    expect(await rulesBrokenBy(`${because('squawk/ban-char-field')}\n${sql}`)).toEqual([]);
    expect(await rulesBrokenBy(`-- squawk-ignore ban-char-field\n${sql}`)).toEqual(['squawk/ban-char-field']);
    expect(await rulesBrokenBy(`-- squawk-ignore-file\n${sql}`)).toEqual(['squawk/ban-char-field']);
  });

  it('that excuse nothing, or by a name that no rule has, are found', async () => {
    const text = `${because('volatile-default')}\n${because('no-such-rule')}\nALTER TABLE game.sessions ADD COLUMN a text;`;
    const findings = await lintTexts(text);
    expect(findings.map(({ rule, object }) => [rule, object])).toEqual([
      ['excuse-not-needed', 'volatile-default'],
      ['excuse-not-needed', 'no-such-rule'],
    ]);
    expect(findings[1]?.detail).toContain('No rule is called no-such-rule');
  });

  it.each([
    `-- lint: allow volatile-default\n${VOLATILE}`,
    `-- lint: volatile-default because it is small\n${VOLATILE}`,
    `${because('volatile-default')}\n\n${VOLATILE}`,
    `${VOLATILE}\n${because('volatile-default')}`,
  ])('that are not whole, or not directly above, excuse nothing: %s', async (text) => {
    expect(await rulesBrokenBy(text)).toEqual(['excuse-malformed', 'volatile-default']);
  });

  it('of a constraint that a later release validates stay when it does', async () => {
    const add = `${because('constraint-never-validated')}\nALTER TABLE game.sessions ADD CONSTRAINT c CHECK (day > 0) NOT VALID;`;
    const validate = 'ALTER TABLE game.sessions VALIDATE CONSTRAINT c;';
    expect(await rulesBrokenBy(add)).toEqual([]);
    expect(await rulesBrokenBy(add, validate)).toEqual([]);
  });
});

describe('DO blocks', () => {
  const block = (body: string) => `DO $$ BEGIN ${body} END $$;`;

  it('are read: their statements keep the rules, and the finding stands at the block', async () => {
    const findings = await lintTexts(
      `-- phase: expand\nSELECT 1;\n${block(`IF true THEN\n ${VOLATILE} END IF;`)}`,
    );
    expect(findings.map(({ rule, line }) => [rule, line])).toEqual([['volatile-default', 3]]);
    expect(await rulesBrokenBy(block('DROP TABLE game.sessions;'))).toEqual(['old-shape-outside-contract']);
    expect(
      await rulesBrokenBy(block('NULL; EXCEPTION WHEN others THEN UPDATE game.sessions SET day = 1;')),
    ).toEqual(['rows-without-key-range']);
  });

  it('are excused as a whole', async () => {
    const excuse = '-- lint: allow volatile-default because the table has ten rows';
    const twice = block(`${VOLATILE} ${VOLATILE.replace('key', 'other')}`);
    expect(await rulesBrokenBy(`${excuse}\n${twice}`)).toEqual([]);
  });

  it('say by their conditions what is there already', async () => {
    const add = 'ALTER TABLE game.sessions ADD CONSTRAINT c CHECK (day > 0) NOT VALID;';
    const none = `-- phase: expand\n-- transaction: none\n${block(`IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'c') THEN ${add} END IF;`)}`;
    expect(await rulesBrokenBy(none, 'ALTER TABLE game.sessions VALIDATE CONSTRAINT c;')).toEqual([]);
  });

  it('make no table new that was there before', async () => {
    const made = `${block('CREATE TABLE game.sessions (id uuid);')}\nCREATE INDEX i ON game.sessions (tenant_id);`;
    expect(await rulesBrokenBy(made)).toContain('index-not-concurrent');
  });

  it('run nothing CONCURRENTLY, wherever they stand', async () => {
    const sql = block('CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON game.sessions (tenant_id, day);');
    expect(await rulesBrokenBy(`-- phase: expand\n-- transaction: none\n${sql}`)).toEqual([
      'concurrently-in-transaction',
    ]);
  });

  it.each([
    block("EXECUTE 'SELECT 1';"),
    'DO $$ DECLARE r record; BEGIN FOR r IN EXECUTE $q$SELECT 1$q$ LOOP NULL; END LOOP; END $$;',
    "DO LANGUAGE plperl 'return';",
  ])('%s is opaque', async (sql) => {
    expect(await rulesBrokenBy(sql)).toEqual(['opaque-block']);
  });

  it('that are no PL/pgSQL cannot be read', async () => {
    expect(await rulesBrokenBy(block('FOO;'))).toEqual(['sql-unreadable']);
  });
});
