/**
 * What people ask under their rights over their data (GDPR Art. 15 to 22), and the time until it must be answered: one
 * month, which can be made three (Art. 12(3)).
 *
 *     received ─▶ in progress ─▶ fulfilled
 *                     ⇅            or refused, with its ground
 *                  postponed       or withdrawn
 */
import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { governanceErrors } from './errors.ts';
import { governanceTables } from './schema.ts';

type Row = typeof governanceTables.privacyRequests.$inferSelect;
export type PrivacyRight = Row['kind'];
export type PrivacyRequest = Pick<
  Row,
  | 'id'
  | 'userId'
  | 'kind'
  | 'status'
  | 'receivedAt'
  | 'dueAt'
  | 'extendedUntil'
  | 'closedAt'
  | 'refusal'
  | 'postponement'
  | 'retryAt'
  | 'erasure'
>;
export type RefusalGround = NonNullable<Row['refusal']>;

/** States of a request that waits for its answer. */
export const OPEN_REQUESTS = ['received', 'verifying_identity', 'in_progress', 'postponed'] as const;

/** The law that a request is made under, unless told otherwise. */
const GDPR = 'gdpr';

/**
 * The request of a kind that a person has open, or a new one, made by an administrator who has seen who asks.
 *
 * @param receivedAt  when it came in; the month begins there
 */
export async function openRequest(
  tx: TenantTx,
  userId: string,
  kind: PrivacyRight,
  receivedAt: Date = tx.now,
): Promise<PrivacyRequest> {
  const { privacyRequests: requests } = governanceTables(tx);
  const known = await openRequestOf(tx, userId, kind);
  if (known) {
    await tx
      .update(requests)
      .set({ identityVerifiedAt: tx.now })
      .where(and(eq(requests.id, known.id), isNull(requests.identityVerifiedAt)));
    return known;
  }
  const [made] = await tx
    .insert(requests)
    .values({
      tenantId: tx.tenantId,
      userId,
      kind,
      frameworkCode: GDPR,
      channel: 'administrator',
      receivedAt,
      identityVerifiedAt: tx.now,
      dueAt: monthsAfter(receivedAt, 1),
    })
    .returning();
  if (made) return made;
  throw new Error('A row that was just inserted is returned.');
}

/** The first that is open of a kind. */
export const openRequestOf = (tx: TenantTx, userId: string, kind: PrivacyRight) =>
  requestOf(tx, userId, kind, OPEN_REQUESTS);

/** The last that was fulfilled of a kind. */
export const fulfilledRequestOf = (tx: TenantTx, userId: string, kind: PrivacyRight) =>
  requestOf(tx, userId, kind, ['fulfilled']);

/** Of a kind there is one that is open at most, unless the person has made several; of those that were answered, the last one. */
async function requestOf(
  tx: TenantTx,
  userId: string,
  kind: PrivacyRight,
  statuses: readonly Row['status'][],
): Promise<PrivacyRequest | undefined> {
  const { privacyRequests: requests } = governanceTables(tx);
  const [known] = await tx
    .select()
    .from(requests)
    .where(and(eq(requests.userId, userId), eq(requests.kind, kind), inArray(requests.status, [...statuses])))
    .orderBy(desc(requests.closedAt), asc(requests.receivedAt))
    .limit(1);
  return known;
}

export async function findRequest(tx: TenantTx, id: string): Promise<PrivacyRequest | undefined> {
  const { privacyRequests: requests } = governanceTables(tx);
  const [known] = await tx.select().from(requests).where(eq(requests.id, id));
  return known;
}

/** Requests that wait for an answer, the next due first; with `all`, the others too. */
export async function listRequests(
  tx: TenantTx,
  { all = false }: { readonly all?: boolean } = {},
): Promise<PrivacyRequest[]> {
  const { privacyRequests: requests } = governanceTables(tx);
  return tx
    .select()
    .from(requests)
    .where(all ? undefined : inArray(requests.status, [...OPEN_REQUESTS]))
    .orderBy(asc(requests.dueAt));
}

/** Begins to answer; of an erasure, with what it found to do. */
export function beginRequest(
  tx: TenantTx,
  id: string,
  erasure: Readonly<Record<string, unknown>> | null = null,
): Promise<void> {
  return change(tx, id, { status: 'in_progress', ...(erasure ? { erasure: { ...erasure } } : {}) });
}

export interface Postponement {
  readonly cause: NonNullable<Row['postponement']>;
  readonly legalHoldId: string | null;
  /** When what postpones it is over, as far as known. */
  readonly retryAt: Date | null;
}

export function postponeRequest(tx: TenantTx, id: string, why: Postponement): Promise<void> {
  const { cause: postponement, legalHoldId, retryAt } = why;
  return change(tx, id, { status: 'postponed', postponement, legalHoldId, retryAt });
}

/** @param exportSha256  of the archive that was handed out */
export function fulfilRequest(tx: TenantTx, id: string, exportSha256?: string): Promise<void> {
  return change(tx, id, {
    status: 'fulfilled',
    closedAt: tx.now,
    ...(exportSha256 === undefined ? {} : { exportSha256 }),
  });
}

/** @throws GOVERNANCE_REQUEST_UNKNOWN */
export async function refuseRequest(tx: TenantTx, id: string, refusal: RefusalGround): Promise<void> {
  await requireOpenRequest(tx, id);
  await change(tx, id, { status: 'refused', refusal, closedAt: tx.now });
}

/** Up to two further months, of which the person must be told within the first one. @throws GOVERNANCE_REQUEST_UNKNOWN */
export async function extendRequest(tx: TenantTx, id: string): Promise<Date> {
  const { receivedAt } = await requireOpenRequest(tx, id);
  const extendedUntil = monthsAfter(receivedAt, 3);
  await change(tx, id, { extendedUntil });
  return extendedUntil;
}

/** @throws GOVERNANCE_REQUEST_UNKNOWN  for one that is answered, too */
export async function requireOpenRequest(tx: TenantTx, id: string): Promise<PrivacyRequest> {
  const known = await findRequest(tx, id);
  if (known && OPEN_REQUESTS.some((status) => status === known.status)) return known;
  throw governanceErrors.GOVERNANCE_REQUEST_UNKNOWN({
    found: known ? `${id}, ${known.status}` : id,
    expected: 'the id of a request that is open',
  });
}

async function change(tx: TenantTx, id: string, values: Partial<Row>): Promise<void> {
  const { privacyRequests: requests } = governanceTables(tx);
  await tx.update(requests).set(values).where(eq(requests.id, id));
}

/** The same day so many months later, or that month's last (Regulation (EEC, Euratom) 1182/71, Art. 3(2)(c)). */
export function monthsAfter(time: Date, months: number): Date {
  const later = new Date(time);
  later.setUTCDate(1);
  later.setUTCMonth(later.getUTCMonth() + months);
  const last = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate();
  later.setUTCDate(Math.min(time.getUTCDate(), last));
  return later;
}
