/** Runs a tenant's jobs in a process of its own that can be killed, and is held up in the middle of each where that is asked for. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openProgram, recordOnce } from './jobs.ts';

const [, , appUrl = '', redisUrl = '', tenant = '', holdMs = '0'] = process.argv;
const program = await openProgram(appUrl, {
  redisUrl: redisUrl === '' ? null : redisUrl,
  patience: { leaseMs: 1_500 },
  handle: recordOnce(
    () => program.platform,
    async () => {
      process.stdout.write('half-way\n');
      await sleep(Number(holdMs));
    },
  ),
});
program.start(tenant);
process.once('SIGTERM', async () => {
  await program.queues.stop();
  await program.platform.close();
});
