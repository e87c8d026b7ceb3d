/**
 * The schema tier: one schema `tenant_<slug>` for one tenant, with every module's tables, made by the same migrations as
 * the module schemas, with names mapped on their parse trees.
 */
export { type MappedMigration, mappedSeries } from './mapped-series.ts';
export {
  createSchemaPlacement,
  dropSchemaPlacement,
  pendingAtPlacement,
  pendingOf,
  type SchemaPlacement,
  schemaPlacements,
  upgradeSchemaPlacement,
} from './placement.ts';
