/** What the types of tables say, since cheap types could as well be loose ones. It is `pnpm typecheck` that fails here. */
import { integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { describe, expectTypeOf, it } from 'vitest';
import type { TenantTx } from '../tenancy/index.ts';
import type { StatusReason } from './columns.ts';
import { defineModule, instant, type TableKit, type Targets } from './index.ts';

const things = defineModule('things', ({ tenantTable, appendOnlyTable, partitionedLog, referenceTable }) => ({
  plain: tenantTable('plain', 'Every way that a column is declared.', {
    title: text('title').notNull(),
    state: text('state', { enum: ['open', 'closed'] })
      .notNull()
      .default('open'),
    mood: text('mood', { enum: ['good', 'bad'] }),
    parts: jsonb('parts').$type<{ readonly weight: number }[]>().notNull(),
    tags: text('tags').array().notNull(),
    serial: integer('serial').generatedAlwaysAsIdentity(),
  }),
  evolving: tenantTable('evolving', 'Its payload evolves.', { at: instant('at') }, { evolving: true }),
  recoverable: tenantTable('recoverable', 'Deleted softly.', { at: instant('at') }, { recoverable: true }),
  evidence: appendOnlyTable(
    'evidence',
    'Can be invalidated.',
    { ownerId: uuid('owner_id').notNull() },
    { invalidatable: true },
  ),
  log: partitionedLog('log', 'By month.', { at: instant('at').notNull() }, { partitionBy: 'at' }),
  words: referenceTable('words', 'The same for all.', { word: text('word').notNull() }, { key: ['word'] }),
}));

interface Owned {
  tenantId: string;
  id: string;
}
interface Stamped {
  createdAt: Date;
  updatedAt: Date;
}
type Row<Name extends keyof ReturnType<typeof things>> = ReturnType<typeof things>[Name]['$inferSelect'];
type NewRow<Name extends keyof ReturnType<typeof things>> = ReturnType<typeof things>[Name]['$inferInsert'];
type Flat<Type> = { [Key in keyof Type]: Type[Key] };

describe('the type of a table', () => {
  it('has a column’s value, null where it may be null, and enumerations as unions', () => {
    expectTypeOf<Row<'plain'>>().toEqualTypeOf<
      Flat<
        Owned &
          Stamped & {
            title: string;
            state: 'open' | 'closed';
            mood: 'good' | 'bad' | null;
            parts: { readonly weight: number }[];
            tags: string[];
            serial: number;
          }
      >
    >();
  });

  it('asks an insert for what has no default, and takes no generated value', () => {
    expectTypeOf<NewRow<'plain'>>().toEqualTypeOf<{
      tenantId: string;
      title: string;
      parts: { readonly weight: number }[];
      tags: string[];
      id?: string | undefined;
      state?: 'open' | 'closed' | undefined;
      mood?: 'good' | 'bad' | null | undefined;
      createdAt?: Date | undefined;
      updatedAt?: Date | undefined;
    }>();
  });

  it('has the columns of its kind and options, and no others', () => {
    expectTypeOf<Row<'evolving'>>().toEqualTypeOf<
      Flat<Owned & Stamped & { at: Date | null; version: number }>
    >();
    expectTypeOf<Row<'recoverable'>>().toEqualTypeOf<
      Flat<Owned & Stamped & { at: Date | null; deletedAt: Date | null }>
    >();
    expectTypeOf<Row<'evidence'>>().toEqualTypeOf<
      Flat<
        Owned & {
          ownerId: string;
          status: 'valid' | 'superseded' | 'invalidated';
          statusReason: StatusReason | null;
          supersedesId: string | null;
          createdAt: Date;
        }
      >
    >();
    expectTypeOf<Row<'log'>>().toEqualTypeOf<Flat<Owned & { at: Date }>>();
    expectTypeOf<Row<'words'>>().toEqualTypeOf<Flat<Stamped & { word: string }>>();
  });

  it('is refused where a column or a value is not there', () => {
    const refused = ({ tenantTable }: TableKit) => {
      // @ts-expect-error  an index of a column that the table does not have
      tenantTable('rooms', 'Rooms.', { name: text('name') }, { indexes: { 'by size': ['size'] } });
      // @ts-expect-error  a key of a column that the table does not have
      tenantTable('rooms', 'Rooms.', { name: text('name') }, { unique: [['size']] });
      // @ts-expect-error  an option that its kind does not have
      tenantTable('rooms', 'Rooms.', { name: text('name') }, { invalidatable: true });
      // @ts-expect-error  something that is no column
      tenantTable('rooms', 'Rooms.', { name: 'text' });
    };
    expectTypeOf(refused).toBeFunction();
    // @ts-expect-error  a column that the table does not have
    void things.plain.size;
    // @ts-expect-error  a value outside of the enumeration
    expectTypeOf<'ajar'>().toExtend<Row<'plain'>['state']>();
  });

  it('lets other modules refer to it, and neither read nor write it', () => {
    const targets: Targets<'plain'> = things;
    const query = (tx: TenantTx) => [
      tx.select({ title: things.plain.title }).from(things.plain),
      // @ts-expect-error  a target has no columns
      tx.select().from(targets.plain),
      // @ts-expect-error  a target has no rows
      tx.insert(targets.plain),
    ];
    expectTypeOf(query).parameter(0).toEqualTypeOf<TenantTx>();
    // @ts-expect-error  a target that the module does not have
    const absent: Targets<'absent'> = things;
    expectTypeOf(absent).toHaveProperty('absent');
  });
});

describe('the type of a tenant’s transaction', () => {
  it('has no way to raw SQL, nor to a transaction or a connection of its own', () => {
    type Closed =
      | 'execute'
      | 'transaction'
      | '_'
      | '$client'
      | 'query'
      | 'session'
      | 'refreshMaterializedView';
    expectTypeOf<Extract<keyof TenantTx, Closed>>().toEqualTypeOf<never>();
    // @ts-expect-error  by a computed name
    expectTypeOf<TenantTx['execute']>().toBeFunction();
    const around = (tx: TenantTx) => {
      // @ts-expect-error  by taking it apart
      const { execute } = tx;
      return execute;
    };
    expectTypeOf(around).toBeFunction();
  });
});
