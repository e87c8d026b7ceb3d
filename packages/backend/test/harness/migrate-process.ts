/** Migrates a fleet by the very function that the commands call, in a process of its own that can be killed; prints the run. */
import { migrateInstances } from '../../src/instances/upgrade-instances.ts';

const [, , adminUrl = '', folder = '', to] = process.argv;
const upTo = to === undefined ? {} : { to };
const run = await migrateInstances(adminUrl, { folder, ...upTo, jobs: 1, settle: async () => {} });
console.log(JSON.stringify(run));
