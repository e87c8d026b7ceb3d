/**
 * The months of logs: made ahead of time, moved out of the default partition, detached, attached again, and dropped when
 * no duty is left. Each function works on one placement, and finds the logs there by the catalogue.
 */
export { attachPartition, detachPartition } from './detach.ts';
export { type EnsureReport, ensurePartitions, MONTHS_AHEAD } from './ensure.ts';
export { partitionErrors } from './errors.ts';
export { ensureEveryPlace, keepMonthsReady } from './keep-ready.ts';
export { listPartitions, type Partition } from './list.ts';
export { type Month, monthOf, parseMonth } from './month.ts';
export { type PartitionPlace, type Patience, placeOfLog, placesAt, sharedPlace } from './place.ts';
export { type Duty, type PurgeReport, purgePartition } from './purge.ts';
export { adoptMonths, type LogMonth, monthsOf } from './tenant-months.ts';
