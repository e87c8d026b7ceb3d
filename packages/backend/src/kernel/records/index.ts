/** Evidence that is issued once and taken back by later records alone: one implementation for every table of it. */
export { recordErrors } from './errors.ts';
export {
  type AnyRecord,
  type RecordOptions,
  type Records,
  type RecordTable,
  type RecordValues,
  recordsOf,
  type Standing,
} from './records.ts';
