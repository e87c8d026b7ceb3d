/** Evidence that is issued once and taken back by later records alone: one implementation for every table of it. */
export { recordErrors } from './errors.ts';
export type { AnyRecord, RecordOptions, RecordTable, RecordValues, Standing } from './record-table.ts';
export { type Records, recordsOf } from './records.ts';
