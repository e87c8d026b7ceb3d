/** Wires the mover: which tables belong to tenants, which instances there are, and who keeps the record. */
import { is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { definedSchema } from '../defined-schema.ts';
import { readConfig } from '../kernel/config.ts';
import { metaOf, type TableMeta } from '../kernel/db/index.ts';
import { instanceUrls } from '../kernel/instances/index.ts';
import { createLogger } from '../kernel/log.ts';
import type { MoverOptions } from '../kernel/mover/index.ts';
import { instanceRegister, moveRegister } from '../modules/public/index.ts';

const OF_TENANTS = ['tenant', 'append_only', 'partitioned_log'];

/** @param controlUrl  URL of the administrator at the control database */
export function moverOptions(
  controlUrl: string,
  options: Partial<MoverOptions> & { readonly stateFolder?: string } = {},
): MoverOptions {
  const { stateFolder, ...more } = options;
  const where = { mainAdminUrl: controlUrl, ...(stateFolder ? { stateFolder } : {}) };
  return {
    controlUrl,
    urlsOf: (instance) => instanceUrls(instance, where),
    register: moveRegister,
    instances: instanceRegister,
    tables: tenantTables(),
    log: createLogger(readConfig().LOG_LEVEL),
    ...more,
  };
}

function tenantTables(): TableMeta[] {
  const tables = Object.values(definedSchema().definitions).filter((value) => is(value, PgTable));
  return tables.map(metaOf).filter(({ kind }) => OF_TENANTS.includes(kind));
}
