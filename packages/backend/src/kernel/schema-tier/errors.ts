/** What can be wrong with a schema of a tenant's own, and with mapping migrations to it. */
import { defineErrors } from '../errors/index.ts';

export const schemaTierErrors = defineErrors({
  SCHEMA_TIER_UNMAPPABLE: {
    message: 'A migration says something that cannot be mapped to a tenant’s own schema.',
    next: 'name tables and functions by their whole name, game.events, in statements, casts and bodies; give no alias the name of a module',
    exitCode: 1,
  },
  SCHEMA_PLACEMENT_TAKEN: {
    message: 'The schema is there already, and is not the placement of a tenant.',
    next: 'look what it is for; rename or drop it, then make the same call again',
    exitCode: 1,
  },
  SCHEMA_PLACEMENT_IN_USE: {
    message: 'The tenant lives in the schema, or a move brings it there; it was not dropped.',
    next: 'pnpm dmz tenant move status <slug>',
    exitCode: 1,
  },
  SCHEMA_PLACEMENT_MISSING: {
    message: 'The tenant has no schema of its own on this instance.',
    next: 'pnpm dmz tenant show <slug>',
    exitCode: 1,
  },
});
