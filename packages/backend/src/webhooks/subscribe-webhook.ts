/** Sets up a webhook: its address is looked at, its secret is made here and told once. */
import { isGameEventType } from '@archive-gate/game-engine';
import type { Keys } from '../kernel/privacy/index.ts';
import type { TenantTx } from '../kernel/tenancy/index.ts';
import { recordAudit } from '../modules/admin/index.ts';
import { type NewSubscription, subscribe } from '../modules/integration/index.ts';
import { webhookErrors } from './errors.ts';
import { newSecret } from './sign.ts';

export interface NewWebhook {
  readonly id: string;
  /** What the receiver checks signatures with; it can be read here alone. */
  readonly secret: string;
}

/** @throws WEBHOOK_URL_INVALID, WEBHOOK_EVENT_UNKNOWN, DATABASE_*  for a name that is taken */
export async function subscribeWebhook(
  tx: TenantTx,
  keys: Keys,
  wanted: Omit<NewSubscription, 'secret'>,
): Promise<NewWebhook> {
  const { host } = requireAddress(wanted.url);
  const unknown = wanted.eventTypes.find((type) => !isGameEventType(type));
  if (unknown !== undefined) throw webhookErrors.WEBHOOK_EVENT_UNKNOWN({ found: unknown });
  const secret = newSecret();
  const id = await subscribe(tx, keys, { ...wanted, secret });
  await recordAudit(tx, {
    actor: { kind: 'operator' },
    action: 'integration.webhook.created',
    subject: { type: 'integration.webhook_subscriptions', id },
    details: { host, eventTypes: [...wanted.eventTypes] },
  });
  return { id, secret };
}

/** As it is kept and called: the parser of URLs drops blanks and line ends, and reads `\` as `/`, so another one would be. */
const ADDRESS = /^https:\/\/[^\s\p{C}\\]+$/u;

function requireAddress(text: string): URL {
  const url = ADDRESS.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url && url.username === '' && url.password === '') return url;
  throw webhookErrors.WEBHOOK_URL_INVALID({ found: url ? `an address at ${url.host}` : 'no URL' });
}
