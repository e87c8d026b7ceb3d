/** What all modules define together, as checks and generators of the kernel take it: they know no module. */
import type { DefinedSchema } from './kernel/check/index.ts';
import { modules } from './modules/registry.ts';
import { platformNeeds } from './rights/index.ts';

export function definedSchema(): DefinedSchema {
  const definitions = modules.flatMap(({ name, tables }) =>
    Object.entries(tables.canonical).map(([key, value]) => [`${name}.${key}`, value] as const),
  );
  return {
    namespaces: modules.map(({ name }) => name),
    needs: platformNeeds(),
    definitions: Object.fromEntries(definitions),
  };
}
