/** A person asks for their data: the request and the job that answers it, in one transaction. */
import type { Cache } from '../kernel/cache/index.ts';
import type { TenantTx } from '../kernel/tenancy/index.ts';
import { EXPORT_REQUESTS, openRequest, type PrivacyRequest } from '../modules/governance/index.ts';
import type { Platform } from '../platform.ts';
import { admitPerson } from './admit-person.ts';

const ASK = { permission: 'governance.requests.file', limit: EXPORT_REQUESTS } as const;

/** One that is open is answered, and no second one made. @throws ENTRY_NOT_ALLOWED, ENTRY_TOO_OFTEN */
export async function askForExport(
  tx: TenantTx,
  { cache, queues }: { readonly cache: Cache; readonly queues: Platform['queues'] },
  userId: string,
): Promise<PrivacyRequest> {
  await admitPerson(tx, cache, userId, ASK);
  const request = await openRequest(tx, userId, 'access');
  await queues.enqueue(tx, 'exports', { userId, requestId: request.id }, { key: request.id });
  return request;
}
