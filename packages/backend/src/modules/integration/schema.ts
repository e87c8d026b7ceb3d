/** Connections to a tenant's other systems: their settings and secrets, what leaves by them and what comes in. */
import { defineModule } from '../../kernel/db/index.ts';
import { connectionTables } from './tables/connections.ts';
import { exchangeTables } from './tables/exchanges.ts';
import { jobTables } from './tables/jobs.ts';
import { webhookTables } from './tables/webhooks.ts';

export const integrationTables = defineModule('integration', (kit) => {
  const connections = connectionTables(kit);
  return {
    ...connections,
    ...webhookTables(kit),
    ...exchangeTables(kit, connections.configurations),
    ...jobTables(kit),
  };
});

export const {
  schema,
  configurations,
  credentials,
  outbox,
  webhookSubscriptions,
  webhookSubscriptionEvents,
  webhookDeliveries,
  hrisSyncEvents,
  siemExports,
  jobs,
} = integrationTables.canonical;
