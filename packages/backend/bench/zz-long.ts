import { v7 as uuidv7 } from 'uuid';
import { stackUp } from '../src/kernel/stack/index.ts';
import { listPlayers } from '../src/modules/auth/index.ts';
import { openPlatform } from '../src/platform.ts';

const { postgres } = await stackUp();
const platform = openPlatform({ appUrl: postgres.appUrl, poolSize: 4 });
const [player] = await platform.tenancy.run('consumers', (tx) => listPlayers(tx, 1));
let { sessionId, lastSequence } = await platform.game.start('consumers', {
  actionId: uuidv7(),
  playerId: player!.id,
  seed: 1,
  days: 10,
});
const begun = performance.now();
while (lastSequence < 3000) {
  for (const type of ['pause', 'resume'] as const) {
    const done = await platform.game.act('consumers', { sessionId, actionId: uuidv7(), action: { type } });
    lastSequence = done.lastSequence;
  }
}
console.log(sessionId, lastSequence, performance.now() - begun);
await platform.close();
