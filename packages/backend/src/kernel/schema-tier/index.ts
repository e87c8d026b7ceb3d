/**
 * The schema tier: one schema `tenant_<slug>` for one tenant, with every module's tables, made by the same migrations as
 * the module schemas, with names mapped on their parse trees.
 */
export {
  createSchemaPlacement,
  dropSchemaPlacement,
  pendingAtPlacement,
  type SchemaPlacement,
  schemaPlacements,
  upgradeEverySchema,
  upgradeSchemaPlacement,
} from './placement.ts';
