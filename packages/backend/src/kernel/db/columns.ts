/**
 * The columns that constructors add, and the two wrappers that say more of a column than its type: `pii` and
 * `described`. A wrapper returns the builder that it was given, so it can stand anywhere in a chain.
 */
import { sql } from 'drizzle-orm';
import { integer, type PgColumnBuilderBase, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { PiiDeclaration } from './table-meta.ts';

const piiOfBuilder = new WeakMap<PgColumnBuilderBase, PiiDeclaration>();
const noteOfBuilder = new WeakMap<PgColumnBuilderBase, string>();

/** Declares that a column can hold personal data; the declaration reaches the database as the column's comment. */
export function pii<Builder extends PgColumnBuilderBase>(
  column: Builder,
  declaration: PiiDeclaration,
): Builder {
  piiOfBuilder.set(column, declaration);
  return column;
}

/** Gives a column whose name does not explain itself the sentence that does; the database keeps it as a comment. */
export function described<Builder extends PgColumnBuilderBase>(column: Builder, note: string): Builder {
  noteOfBuilder.set(column, note);
  return column;
}

export const piiOf = (column: PgColumnBuilderBase): PiiDeclaration | undefined => piiOfBuilder.get(column);
export const noteOf = (column: PgColumnBuilderBase): string | undefined => noteOfBuilder.get(column);

/** A point in time, UTC. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** A value of a prepared statement that each execution gives by name. */
export const placeholder = sql.placeholder;

/** The same for a value that can be null, which drizzle-orm 0.45 would hand to the column's encoder; the driver encodes it. */
export const nullablePlaceholder = (name: string) => sql`${sql.placeholder(name)}`;

/** A key that the database makes, ordered by time (RFC 9562, section 5.7). */
export const generatedId = () => uuid('id').notNull().default(sql`uuidv7()`);

export const tenantIdColumn = () => ({ tenantId: uuid('tenant_id').notNull() });
export const idColumn = () => ({ id: generatedId() });
export const createdAtColumn = () => ({ createdAt: instant('created_at').notNull().defaultNow() });
export const updatedAtColumn = () => ({ updatedAt: instant('updated_at').notNull().defaultNow() });
export const deletedAtColumn = () => ({
  deletedAt: described(instant('deleted_at'), 'When the row was deleted; null while it lives.'),
});
export const versionColumn = () => ({
  version: described(integer('version').notNull().default(1), 'Version of the payload’s shape.'),
});
/** Why a record no longer holds: codes, since a free text here would be personal data that nobody could shred. */
export const STATUS_REASONS = [
  'correction', // what it said was wrong
  'duplicate', // it was recorded twice
  'wrong_person', // it was recorded of somebody else
  'misconduct', // it was obtained by deceit
  'automation', // a program caused it, not the person
  'withdrawal', // the person it is about took it back
  'revocation', // whoever granted it took it back
  'appeal', // a review decided otherwise
  'renewal', // a newer one takes its place
] as const;
export type StatusReason = (typeof STATUS_REASONS)[number];

export const validityColumns = () => ({
  status: text('status', { enum: ['valid', 'superseded', 'invalidated'] })
    .notNull()
    .default('valid'),
  supersedesId: described(uuid('supersedes_id'), 'The record that this one supersedes or invalidates.'),
  statusReason: described(
    text('status_reason', { enum: STATUS_REASONS }),
    'Why it supersedes or invalidates another record.',
  ),
});
