/** Two programs that act on one session at the same moment: neither overwrites the other, and nothing is lost. */

import { type Action, legalActions, rules } from '@archive-gate/game-engine';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/database.ts';
import { streamOf } from '../../../test/harness/game-rows.ts';
import { startedSession } from '../../../test/harness/play.ts';
import { listSessions, sessionState } from './index.ts';

const ROUNDS = 100;

describe('two programs that act on one session', () => {
  const db = useDatabase();

  it('both get their turn, a hundred times: no gap, no fork, every accepted action once', async () => {
    const programs = [db.open({ poolSize: 2 }), db.open({ poolSize: 2 })];
    const { sessionId } = await startedSession(db.platform, 'consumers');
    await db.platform.game.act('consumers', {
      sessionId,
      actionId: uuidv7(),
      action: { type: 'acknowledge_day' },
    });
    const answers: { actionId: string; code: string }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const pair = await pairOf(sessionId, round);
      const both = programs.map(async ({ game }, at) => {
        const actionId = uuidv7();
        const code = await game
          .act('consumers', { sessionId, actionId, action: pair[at] })
          .then(() => 'accepted')
          .catch((error) => error.code ?? String(error));
        answers.push({ actionId, code });
      });
      await Promise.all(both);
    }
    const accepted = answers.filter(({ code }) => code === 'accepted').map(({ actionId }) => actionId);
    const refused = answers.filter(({ code }) => code !== 'accepted').map(({ code }) => code);
    // Of two that pause, or resume, the second comes too late; of two that look at e-mails, both are in time.
    expect([...new Set(refused)].sort()).toEqual(['GAME_SESSION_NOT_PAUSED', 'GAME_SESSION_PAUSED']);
    expect(accepted.length).toBeGreaterThan(ROUNDS);

    const stream = await streamOf(await db.connectAsAdmin(), sessionId);
    expect(stream.map(({ sequence }) => sequence)).toEqual(stream.map((_, at) => at + 1));
    const stored = [...new Set(stream.map(({ actionId }) => actionId))];
    expect(stored.slice(2).sort()).toEqual([...accepted].sort());
    expect((await db.platform.game.replay('consumers', sessionId)).mismatches).toEqual([]);
  });

  /** In every other round two actions that get along, as long as there are any; else the same one twice. */
  async function pairOf(sessionId: string, round: number): Promise<[Action, Action]> {
    const { state, content } = await db.platform.tenancy.run('consumers', async (tx) => {
      const [session] = await listSessions(tx, { id: sessionId });
      return {
        state: await sessionState(tx, sessionId),
        content: await db.platform.game.packs.get(tx, session!.contentVersion),
      };
    });
    const looks = legalActions(state, { rules, content }).filter(({ type }) => type === 'open_email');
    const [first, second] = looks;
    if (round % 2 === 0 && first && second) return [first, second];
    const same: Action = { type: state.status === 'paused' ? 'resume' : 'pause' };
    return [same, same];
  }
});
