/** Migrates a fleet by the very function that the commands call, in a process of its own that can be killed. */
import { migrateInstances } from '../../src/instances/upgrade-instances.ts';

const [, , adminUrl = '', folder = ''] = process.argv;
await migrateInstances(adminUrl, { folder, jobs: 1, settle: async () => {} });
