/** Has a person told something: the message, and a job for each channel that it goes by, in the caller's transaction. */
import type { TenantTx } from '../kernel/tenancy/index.ts';
import { insertJob } from '../modules/integration/index.ts';
import { type NewMessage, writeMessage } from '../modules/notification/index.ts';

/**
 * Repeatable: an occasion is told once.
 *
 * @throws DATABASE_*  for nobody of the tenant
 */
export async function notifyPerson(tx: TenantTx, message: NewMessage): Promise<void> {
  const written = await writeMessage(tx, message);
  for (const { channel, notBefore } of written?.dispatches ?? [])
    await insertJob(tx, {
      ...{ name: 'notifications', userId: message.userId },
      payload: { userId: message.userId, messageId: written?.id, channel },
      delayMs: notBefore.getTime() - tx.now.getTime(),
    });
}
