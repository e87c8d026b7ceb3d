/** What a table of records is, and what its module says of it. */
import type { StatusReason } from '../db/index.ts';

/** What every table of records has. */
export interface AnyRecord {
  readonly tenantId: string;
  readonly id: string;
  readonly status: Standing['state'];
  readonly supersedesId: string | null;
  readonly statusReason: StatusReason | null;
  readonly createdAt: Date;
}

/** A table that was declared `invalidatable`, as a module's tables are typed. */
export interface RecordTable {
  readonly $inferSelect: AnyRecord;
  readonly $inferInsert: object;
}

/** What a record says, beside what is written for it. */
export type RecordValues<Table extends RecordTable> = Omit<
  Table['$inferInsert'],
  'tenantId' | 'status' | 'supersedesId' | 'statusReason' | 'createdAt'
>;

/** How a record is taken back. */
export type Succession = 'supersede' | 'invalidate';

export interface RecordOptions<Table extends RecordTable> {
  /** The one way that records are taken back, where the table's own rules allow no other; and what is done instead. */
  readonly only?: { readonly way: Succession; readonly instead: string };
  /** What a record that invalidates says otherwise than the one that it copies. */
  readonly invalidation?: (record: Table['$inferSelect']) => Partial<RecordValues<Table>>;
}

export interface Standing {
  readonly state: 'valid' | 'superseded' | 'invalidated';
  /** The record that took it back. */
  readonly successorId: string | null;
  readonly reason: StatusReason | null;
}
