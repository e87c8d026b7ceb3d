/**
 * Delivers one message by one channel, as a job. Within the application the message is there as soon as that is recorded, with
 * the job's end; an e-mail is handed to the mailer first, and may be handed over again after a kill, under the same id.
 */
import type { Cache } from '../kernel/cache/index.ts';
import type { Keys } from '../kernel/privacy/index.ts';
import type { Tenancy, TenantTx } from '../kernel/tenancy/index.ts';
import { contactOf } from '../modules/auth/index.ts';
import {
  type Delivered,
  type MessageName,
  recordMessageDelivery,
  type WordedMessage,
  wordMessage,
} from '../modules/notification/index.ts';
import { tenantSettings } from '../modules/org/index.ts';
import type { RunningJob } from '../queues/define-job.ts';
import type { Mailer } from './mailer.ts';

export interface NotificationOffice {
  readonly tenancy: Tenancy;
  readonly cache: Cache;
  readonly keys: Keys;
  readonly mailer: Mailer;
}

/** Every wording that the platform ships is there in this language. */
const LAST_LOCALE = 'en';

export async function deliverMessage(
  { tenancy, cache, keys, mailer }: NotificationOffice,
  job: RunningJob,
  { userId, ...name }: MessageName & { readonly userId: string },
): Promise<void> {
  const { tenantId } = job;
  const ready = await tenancy.run(tenantId, (tx) => prepare(tx, cache, userId, name));
  if (!ready) return;
  const { email: address, worded } = ready;
  const { templateId } = worded;
  const record = (delivered: Pick<Delivered, 'outcome' | 'providerMessageId'>, ends: boolean) =>
    tenancy.run(tenantId, async (tx) => {
      const to = name.channel === 'email' ? { userId, address } : null;
      await recordMessageDelivery(tx, keys, name, { templateId, to, ...delivered });
      if (ends) await job.finish(tx);
    });
  if (name.channel === 'in_app') {
    await record({ outcome: 'delivered', providerMessageId: null }, true);
    return;
  }
  const { subject, body, writtenAt: date } = worded;
  const email = { id: name.messageId, tenantId, userId, to: address, subject, body, date };
  let providerMessageId: string;
  try {
    providerMessageId = await mailer.send(email);
  } catch (error) {
    await record({ outcome: 'deferred', providerMessageId: null }, false);
    throw error;
  }
  await record({ outcome: 'sent', providerMessageId }, true);
}

async function prepare(
  tx: TenantTx,
  cache: Cache,
  userId: string,
  name: MessageName,
): Promise<{ readonly email: string; readonly worded: WordedMessage } | undefined> {
  const contact = await contactOf(tx, userId);
  if (!contact) return undefined;
  const { localeTag } = await tenantSettings(tx, cache);
  const worded = await wordMessage(tx, name, [contact.localeTag, localeTag, LAST_LOCALE]);
  return worded && { email: contact.email, worded };
}
