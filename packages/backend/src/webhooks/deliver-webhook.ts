/**
 * Tells one subscription of one message, as a job: sent, answered, recorded. A receiver may be told twice, where a program
 * is killed between its answer and the record of it; it knows the message again by `webhook-id`.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '@archive-gate/game-engine';
import type { OutboundOutcome, Post } from '../kernel/outbound/index.ts';
import type { Keys } from '../kernel/privacy/index.ts';
import type { Tenancy } from '../kernel/tenancy/index.ts';
import { recordAudit } from '../modules/admin/index.ts';
import {
  type DeliveryName,
  type DeliveryResult,
  type DueDelivery,
  findDelivery,
  recordDelivery,
} from '../modules/integration/index.ts';
import { JobSetback, type Patience, pauseAfter, type RunningJob } from '../queues/define-job.ts';
import { webhookErrors } from './errors.ts';
import { signedHeaders } from './sign.ts';

export interface WebhookOffice {
  readonly tenancy: Tenancy;
  readonly keys: Keys;
  readonly post: Post;
}

/** Twenty is the most that a subscription can ask for; the last pauses are an hour. A request takes a minute at most. */
export const WEBHOOK_PATIENCE: Patience = {
  ...{ mostAttempts: 20, firstPauseMs: 5_000 },
  ...{ leaseMs: 90_000, concurrency: 8 },
};
/** Whoever asks for a longer rest than this is asked again all the same. */
const LONGEST_REST_MS = 3_600_000;
const GONE = 410;

/** @throws JobSetback */
export async function deliverWebhook(
  { tenancy, keys, post }: WebhookOffice,
  job: RunningJob,
  name: DeliveryName,
): Promise<void> {
  const { tenantId } = job;
  const due = await tenancy.run(tenantId, (tx) => findDelivery(tx, keys, name));
  if (!due) return;
  const body = canonicalJson(due.payload);
  const attemptedAt = new Date();
  const headers = signedHeaders({ id: name.messageId, sentAt: attemptedAt, body }, due.secrets);
  const answer = await post(new URL(due.url), { headers, body, timeoutMs: due.timeoutMs });
  const durationMs = Date.now() - attemptedAt.getTime();
  const gone = answer.kind === 'answered' && answer.status === GONE;
  const retryInMs = gone ? null : restBefore(due, job.attempt, answer);
  const { outcome, failure } = outcomeOf(answer);
  const { eventType, version, payload } = due;
  const result: DeliveryResult = {
    ...{ eventType, version, payload, outcome, attemptedAt, durationMs },
    payloadSha256: createHash('sha256').update(body).digest('hex'),
    httpStatus: answer.kind === 'answered' ? answer.status : null,
    retryAt: failure && retryInMs !== null ? new Date(Date.now() + retryInMs) : null,
  };
  await tenancy.run(tenantId, async (tx) => {
    const isDisabled = await recordDelivery(tx, name, result, { gone });
    if (!failure) await job.finish(tx);
    if (isDisabled)
      await recordAudit(tx, {
        actor: { kind: 'program' },
        action: 'integration.webhook.disabled',
        subject: { type: 'integration.webhook_subscriptions', id: name.subscriptionId },
        details: { gone },
      });
  });
  if (failure) throw new JobSetback(failure, retryInMs);
}

/** @returns null after the last attempt */
function restBefore({ maxAttempts }: DueDelivery, attempt: number, answer: OutboundOutcome): number | null {
  if (attempt >= maxAttempts) return null;
  const asked = answer.kind === 'answered' ? (answer.retryAfterMs ?? 0) : 0;
  return Math.max(pauseAfter(attempt, WEBHOOK_PATIENCE), Math.min(asked, LONGEST_REST_MS));
}

function outcomeOf(answer: OutboundOutcome) {
  switch (answer.kind) {
    case 'answered': {
      const { status } = answer;
      if (status >= 200 && status <= 299) return { outcome: 'delivered', failure: undefined } as const;
      const failure = webhookErrors.WEBHOOK_REFUSED({ found: `status ${status}` });
      return { outcome: 'refused', failure } as const;
    }
    case 'timed_out':
      return { outcome: 'timed_out', failure: webhookErrors.WEBHOOK_TIMED_OUT() } as const;
    case 'unreachable':
      return { outcome: 'unreachable', failure: webhookErrors.WEBHOOK_UNREACHABLE() } as const;
    case 'forbidden':
      return { outcome: 'unreachable', failure: webhookErrors.WEBHOOK_ADDRESS_FORBIDDEN() } as const;
  }
}
