/** Rights as the database holds them, and as they are needed. */
export { compareRights, findingsOf, type RightsDifference, rightsRules } from './compare-rights.ts';
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
