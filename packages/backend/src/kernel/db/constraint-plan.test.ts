/** The constraints that follow from a table's kind: tenant first, everywhere, and under names that PostgreSQL keeps. */
import { getTableConfig, integer, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { constraintName } from './constraint-name.ts';
import { defineModule } from './define-module.ts';

const tables = defineModule('test', ({ tenantTable, partitionedLog, referenceTable, to }) => {
  const kinds = referenceTable('kinds', 'Kinds.', { code: text('code').notNull() }, { key: ['code'] });
  const people = tenantTable(
    'people',
    'People.',
    {
      email: text('email').notNull(),
      state: text('state', { enum: ['in', "o'clock"] }).notNull(),
      kindCode: text('kind_code').notNull(),
      bossId: uuid('boss_id'),
    },
    {
      recoverable: true,
      unique: [['email']],
      references: [to(kinds, 'kindCode'), to('self', 'bossId')],
      indexes: { 'the youngest first': ['createdAt desc'] },
      checks: { sober: `"email" <> ''` },
    },
  );
  const log = partitionedLog(
    'log',
    'What happened.',
    {
      personId: uuid('person_id').notNull(),
      place: integer('place').notNull(),
      at: timestamp('at', { withTimezone: true }).notNull(),
    },
    { partitionBy: 'at', unique: [['place']], references: [to(people, 'personId')] },
  );
  return { kinds, people, log };
});

const names = (columns: readonly object[]) => columns.map((column) => (column as { name: string }).name);
const keysOf = (table: Parameters<typeof getTableConfig>[0]) => {
  const { primaryKeys, foreignKeys, uniqueConstraints, indexes, checks } = getTableConfig(table);
  return {
    primary: primaryKeys.map((key) => names(key.columns)),
    unique: uniqueConstraints.map((key) => names(key.columns)),
    references: foreignKeys.map((key) => [key.getName(), ...names(key.reference().columns)]),
    indexes: indexes.map(({ config }) => [config.name, config.unique, ...names(config.columns as object[])]),
    checks: checks.map(({ name }) => name),
  };
};

describe('the constraints of a tenant’s table', () => {
  it('begin with the tenant, except for a reference to a table that belongs to none', () => {
    expect(keysOf(tables.people)).toEqual({
      primary: [['tenant_id', 'id']],
      unique: [],
      references: [
        ['people_kind_code_fk', 'kind_code'],
        ['people_boss_id_fk', 'tenant_id', 'boss_id'],
      ],
      indexes: [
        ['people_email_key', true, 'tenant_id', 'email'],
        ['people_created_at_idx', false, 'tenant_id', 'created_at'],
        ['people_kind_code_idx', false, 'kind_code'],
        ['people_boss_id_idx', false, 'tenant_id', 'boss_id'],
      ],
      checks: ['people_state_check', 'people_sober_check'],
    });
  });

  it('end with the time where the table is partitioned by it', () => {
    expect(keysOf(tables.log)).toMatchObject({
      primary: [['tenant_id', 'id', 'at']],
      unique: [['tenant_id', 'place', 'at']],
      references: [['log_person_id_fk', 'tenant_id', 'person_id']],
      indexes: [['log_person_id_idx', false, 'tenant_id', 'person_id']],
    });
  });

  it('are the migrations’ concern alone: in a tenant’s own schema a table has names and types', () => {
    const { people } = tables({ placement: { schema: 'tenant_acme' } });
    expect(getTableConfig(people)).toMatchObject({
      schema: 'tenant_acme',
      name: 'test_people',
      foreignKeys: [],
    });
    expect(tables({ placement: { schema: null } }).people).toBe(tables.people);
    expect(tables({ placement: { schema: 'tenant_acme' } }).people).toBe(people);
  });
});

describe('the name of a constraint', () => {
  const word = fc.stringMatching(/^[a-z_]{1,40}$/);

  it('is never longer than PostgreSQL keeps, and ends with its kind', () => {
    fc.assert(
      fc.property(
        word,
        fc.array(word, { maxLength: 4 }),
        fc.constantFrom('pkey', 'fk', 'check'),
        (table, columns, kind) => {
          const name = constraintName(table, columns, kind);
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63);
          expect(name.endsWith(`_${kind}`)).toBe(true);
        },
      ),
    );
  });

  it('differs where only what was cut off differs', () => {
    const long = 'a_very_long_name_of_a_table_that_somebody_thought_of';
    const [one, two] = ['first', 'second'].map((last) => constraintName(long, ['some_column', last], 'key'));
    expect(one).not.toBe(two);
    expect(constraintName('users', ['email'], 'key')).toBe('users_email_key');
  });
});
