/** Wires the mover: which tables belong to tenants, which instances there are, and who keeps the record. */
import { readConfig } from '../kernel/config.ts';
import { instanceUrls } from '../kernel/instances/index.ts';
import { createLogger } from '../kernel/log.ts';
import type { MoverOptions } from '../kernel/mover/index.ts';
import { instanceRegister, moveRegister } from '../modules/public/index.ts';
import { tenantTables } from '../modules/registry.ts';

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
