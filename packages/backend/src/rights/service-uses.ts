/**
 * What services do with tables, as it was read off their code when the reference was last generated. It is kept in a file,
 * beside the listing of the catalogue, so that a review sees that a service has begun to write a table, and a database can be
 * checked where there is no compiler. `pnpm dmz docs generate` writes it; a test fails where it is not what the code says.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../kernel/project.ts';

export type Operation = 'select' | 'insert' | 'update' | 'delete';

/** Use cases by operation, by table as `schema.table`, everything in the order of its name. */
export type ServiceUses = Readonly<Record<string, Readonly<Partial<Record<Operation, readonly string[]>>>>>;

export const SERVICE_USES_FILE = 'packages/backend/service-uses.json';

export function recordedServiceUses(): ServiceUses {
  return JSON.parse(readFileSync(path.join(projectRoot, SERVICE_USES_FILE), 'utf8')) as ServiceUses;
}
