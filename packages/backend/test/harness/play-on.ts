/**
 * Lets a bot play a session on, as a program of its own: a later release, made by `later-release.ts`, runs it on what
 * this release has written. Called with the application's URL, the tenant, the session and how many actions.
 */
import { chooseAction, rulesFor } from '@archive-gate/game-engine';
import { v7 as uuidv7 } from 'uuid';
import { sessionState } from '../../src/modules/game/index.ts';
import { openPlatform } from '../../src/platform.ts';

const [appUrl = '', tenant = '', sessionId = '', actions = '1'] = process.argv.slice(2);

const platform = openPlatform({ appUrl });
try {
  for (let at = 0; at < Number(actions); at += 1) {
    const action = await platform.tenancy.run(tenant, async (tx) => {
      const state = await sessionState(tx, sessionId);
      const content = await platform.game.packs.get(tx, state.contentVersion);
      const context = { rules: rulesFor(state.rulesVersion), content };
      return chooseAction(state, context, { skill: 'expert', seed: 7 });
    });
    await platform.game.act(tenant, { sessionId, actionId: uuidv7(), action });
  }
  await platform.consumers.settle(tenant);
} finally {
  await platform.close();
}
