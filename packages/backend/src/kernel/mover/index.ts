/**
 * Moves a tenant from one placement to another while it works. ADR 5 has the protocol, what it promises, and the model
 * that it was checked with.
 */
export { isWorkedOn, type MoveProgress, type MoverOptions } from './attempt.ts';
export { namedUrls } from './ends.ts';
export { moverErrors } from './errors.ts';
export { findRemains, type LoadedTable, loadRows } from './load-rows.ts';
export { USUAL_REST_RATIO } from './pace.ts';
export type {
  InstanceRegister,
  LivingState,
  Move,
  MovePlace,
  MoveRegister,
  MoveStep,
  PlannedMove,
  RecordedStep,
  Side,
  StepRecord,
  Tier,
} from './ports.ts';
export { emptyPlace, type PlaceToEmpty } from './purge.ts';
export { rollBackMove } from './roll-back.ts';
export { runMove } from './run-move.ts';
export { type KeptSlot, listKeptSlots, removeSlot } from './slot.ts';
export { type ArchivedTable, type RowPlace, RowSnapshot } from './snapshot-rows.ts';
