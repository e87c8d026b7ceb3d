/** What hostile calls are made on: one tenant with a row of everything that a service asks for, and another one that nothing may reach. */
import { v7 as uuidv7 } from 'uuid';
import { takeCheckpoint } from '../../src/auditing/take-checkpoint.ts';
import { FileMasterKeys, type Keys } from '../../src/kernel/privacy/index.ts';
import { platformKey } from '../../src/kernel/signing/index.ts';
import type { TenantTx } from '../../src/kernel/tenancy/index.ts';
import { CHAIN_START, grantBreakGlass, readAuditEntries } from '../../src/modules/admin/index.ts';
import { recordGeneration } from '../../src/modules/ai/index.ts';
import { listPlayers } from '../../src/modules/auth/index.ts';
import { listSessions } from '../../src/modules/game/index.ts';
import { openRequest } from '../../src/modules/governance/index.ts';
import { type DeliveryName, insertJob, type TakenJob, takeJob } from '../../src/modules/integration/index.ts';
import { integrationTables } from '../../src/modules/integration/schema.ts';
import { wordMessage, writeMessage } from '../../src/modules/notification/index.ts';
import { type Board, listBoards } from '../../src/modules/social/index.ts';
import { completions, issueCertificate } from '../../src/modules/training/index.ts';
import type { Platform } from '../../src/platform.ts';
import { subscribeWebhook } from '../../src/webhooks/subscribe-webhook.ts';
import type { TestDatabase } from '../harness/database.ts';
import { playedGame } from '../harness/play.ts';

export const TENANT = 'small-company';
export const OTHER_TENANT = 'mid-company';
export const SERIAL = 'FUZZ-1';

export interface World {
  readonly db: TestDatabase;
  readonly platform: Platform;
  readonly keys: Keys;
  readonly person: { readonly id: string; readonly email: string };
  readonly otherPerson: string;
  readonly session: string;
  readonly action: string;
  readonly completion: string;
  readonly board: Board;
  readonly request: string;
  readonly grant: string;
  readonly entry: string;
  readonly job: TakenJob;
  readonly generation: string;
  /** What a webhook is to be told. */
  readonly delivery: DeliveryName;
  readonly message: string;
  /** Of an e-mail's wording. */
  readonly template: string;
  /** Whose game it is. */
  readonly player: string;
  readonly checkpoint: Awaited<ReturnType<typeof takeCheckpoint>>['checkpoint'];
  /** Ids of rows that are the other tenant's. */
  readonly strangers: readonly string[];
}

/** Needs DMZ_HOME to be the test's own: keys are made there. */
export async function makeWorld(db: TestDatabase): Promise<World> {
  const platform = db.open({ masterKeys: new FileMasterKeys() });
  const { keys } = platform;
  const game = await playedGame(platform, TENANT, { events: 60 });
  const elsewhere = await playedGame(platform, OTHER_TENANT, { events: 10 });
  const rows = await platform.tenancy.run(TENANT, (tx) => makeRows(tx, keys));
  const tenantKeys = { key: platformKey(), former: undefined };
  const { checkpoint } = await takeCheckpoint(platform.tenancy, TENANT, tenantKeys);
  const [played] = await platform.tenancy.run(TENANT, (tx) => listSessions(tx, { id: game.sessionId }));
  const strangers = await platform.tenancy.run(OTHER_TENANT, async (tx) => {
    const [person] = await listPlayers(tx, 1);
    const [completion] = await completions.validNow(tx);
    const [board] = await listBoards(tx);
    const { id } = await openRequest(tx, person!.id, 'access');
    return [elsewhere.sessionId, person!.id, completion!.id, id, ...(board ? [board.id] : [])];
  });
  return {
    ...{ db, platform, keys, checkpoint, strangers, ...rows },
    ...{ session: game.sessionId, action: game.accepted[0]!.actionId, player: played!.playerId },
  };
}

async function makeRows(tx: TenantTx, keys: Keys) {
  const [person, other] = await listPlayers(tx, 2);
  const completion = (await completions.validNow(tx)).find(({ moduleId }) => moduleId === null)!.id;
  await issueCertificate(tx, keys, {
    completionId: completion,
    holderName: 'A',
    serial: SERIAL,
    expiresOn: null,
  });
  const { id: request } = await openRequest(tx, person!.id, 'access');
  const { id: grant } = await grantBreakGlass(tx, {
    ...{
      operatorId: uuidv7(),
      reason: 'incident',
      ticket: 'FUZZ-1',
      access: 'read',
      scopes: ['game.sessions.read'],
    },
    ...{ approverKind: 'operator', approverId: uuidv7(), seconds: 600 },
  });
  const id = await insertJob(tx, { name: 'content', payload: { packVersion: 'base@1' } });
  const job = await takeJob(tx, { id, name: 'content', attempts: 0 }, 60_000);
  const [entry] = await readAuditEntries(tx, CHAIN_START, 1);
  const [board] = await listBoards(tx);
  return {
    ...{ person: person!, otherPerson: other!.id, completion, request, grant },
    ...{ job: job!, entry: entry!.id, board: board! },
    ...(await makeMessages(tx, keys, person!.id)),
  };
}

/** What is on its way to people and programs. */
async function makeMessages(tx: TenantTx, keys: Keys, userId: string) {
  const wanted = { name: 'receiver', url: 'https://hooks.example/', eventTypes: ['game.day.ended'] };
  const { id: subscriptionId } = await subscribeWebhook(tx, keys, wanted);
  const messageId = uuidv7();
  await tx.insert(integrationTables(tx).outbox).values({
    ...{ id: messageId, tenantId: tx.tenantId, topic: 'webhook', eventType: 'game.day.ended', version: 1 },
    ...{ orderingKey: uuidv7(), deduplicationKey: 'fuzz', payload: { day: 1 } },
  });
  const generation = await recordGeneration(
    tx,
    {
      ...{ requestKey: 'fuzz:1', inputs: {}, provider: 'local', model: 'none@1', pieces: [] },
      ...{ calledAt: tx.now, latencyMs: 1 },
    },
    { classifier: 'none@1', policy: 'none@1' },
  );
  const written = await writeMessage(tx, {
    ...{ userId, templateKey: 'governance.export.ready', category: 'account', deduplicationKey: 'fuzz' },
    parameters: { requestId: uuidv7() },
  });
  const message = written!.id;
  const worded = await wordMessage(tx, { messageId: message, channel: 'email' }, ['en']);
  return { generation, message, template: worded!.templateId, delivery: { subscriptionId, messageId } };
}
