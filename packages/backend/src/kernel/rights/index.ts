/** Rights as the database holds them, and as they are needed. */
export {
  compareRights,
  findingsOf,
  onWholeTable,
  type RightsDifference,
  rightsRules,
} from './compare-rights.ts';
export { differenceAt, rightsDifference } from './difference-at.ts';
export { readHeldRights } from './held-rights.ts';
export {
  EVERYBODY,
  type HeldRight,
  keyOf,
  type Need,
  OWN_SCHEMA,
  OWN_SCHEMA_ROLE,
  type Right,
} from './right.ts';
export { type NamedRight, rightStatements } from './right-statements.ts';
