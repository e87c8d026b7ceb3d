/**
 * Everything that any role needs, each with the use case that needs it. `db check` holds the live database to it both ways,
 * `db generate --rights` writes the migration that makes them agree, and docs/reference/rights.md prints it.
 */
import type { TableMeta } from '../kernel/db/index.ts';
import { keyOf, type Need, OWN_SCHEMA, OWN_SCHEMA_ROLE, rightStatements } from '../kernel/rights/index.ts';
import { tenantTables } from '../modules/registry.ts';
import { functionNeeds } from './function-needs.ts';
import { roleNeeds } from './role-needs.ts';
import { recordedServiceUses, type ServiceUses } from './service-uses.ts';
import { tableNeeds } from './table-needs.ts';

export { recordedServiceUses, SERVICE_USES_FILE, type ServiceUses } from './service-uses.ts';
export { wholeCatalogueUses } from './whole-catalogue.ts';

/** @param uses  what services do; what was recorded of them, unless given */
export function platformNeeds(uses: ServiceUses = recordedServiceUses()): readonly Need[] {
  const ofObjects = [...tableNeeds(uses), ...functionNeeds];
  return [...roleNeeds, ...schemaNeeds(ofObjects), ...ofObjects];
}

/** Nothing is reached without its schema. */
function schemaNeeds(ofObjects: readonly Need[]): Need[] {
  const usage = (need: Pick<Need, 'role' | 'at' | 'object' | 'useCase'>): Need => ({
    ...need,
    on: 'schema',
    privilege: 'USAGE',
  });
  const named = tenantTables().map(({ namespace }) => ({ role: 'dmz_maintenance', namespace }));
  const ofModules = ofObjects
    .filter(({ at }) => at === 'database')
    .map(({ role, object }) => ({ role, namespace: object.slice(0, object.indexOf('.')) }));
  const reached = new Map([...ofModules, ...named].map((each) => [`${each.role} ${each.namespace}`, each]));
  const own = [OWN_SCHEMA_ROLE, 'dmz_mover', 'dmz_maintenance'];
  return [
    ...[...reached.values()].map(({ role, namespace }) =>
      usage({
        role,
        at: 'database',
        object: namespace,
        useCase: 'what it may do with objects of the schema',
      }),
    ),
    ...own.map((role) =>
      usage({
        role,
        at: 'own schema',
        object: OWN_SCHEMA,
        useCase: 'what it may do with objects of the schema',
      }),
    ),
  ];
}

/** @returns for a table, the statements that give what is needed of it */
export function grantsOn(needs: readonly Need[]): (table: TableMeta) => readonly string[] {
  const rights = new Map(needs.map((need) => [keyOf(need), need]));
  return ({ namespace, name }) => {
    const isOf = ({ on, object, at }: Need) =>
      at === 'database' &&
      ((on === 'table' && object === `${namespace}.${name}`) ||
        (on === 'column' && object.startsWith(`${namespace}.${name}.`)));
    const named = [...rights.values()].filter(isOf).map((need) => ({ ...need, name: need.object }));
    return rightStatements('GRANT', named).statements;
  };
}
