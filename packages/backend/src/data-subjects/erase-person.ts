/**
 * Forgets a person (GDPR Art. 17), in steps that each leave a state from which the same command goes on, whenever it is
 * killed:
 *
 *     begun: the person cannot sign in, and what there is to do is counted and kept with the request
 *       ▶ rows deleted, columns cleared and replaced, in batches, table by table
 *       ▶ copies outside of PostgreSQL cleared
 *       ▶ in one transaction: keys destroyed, nothing found that is left, certified, audited, the request closed
 *
 * What an order or a period of retention keeps stays, is named in the request, and goes when erasures that wait are gone on
 * with. Rows of others are not read, so it takes as long as there is data of this person.
 */

import { inArray } from 'drizzle-orm';
import type { Keys } from '../kernel/privacy/index.ts';
import { type Tenancy, type TenantTx, updateRows, type WritableTable } from '../kernel/tenancy/index.ts';
import { cancelQueuedJobsOf } from '../modules/ai/index.ts';
import { changeStanding, type PersonStanding, requirePerson } from '../modules/auth/index.ts';
import {
  beginRequest,
  fulfilledRequestOf,
  openRequest,
  openRequestOf,
  type PrivacyRequest,
  postponeRequest,
} from '../modules/governance/index.ts';
import { dropJobsOf } from '../modules/integration/index.ts';
import { auditRequest } from './audit-request.ts';
import { certificateOf, certifyErasure, type ErasureCertificate } from './erasure-certificate.ts';
import { type ErasurePart, erasureParts } from './erasure-parts.ts';
import { type PlannedPart, pendingChanges, planErasure, StoredPlan, storedPlan } from './erasure-plan.ts';
import { dataSubjectErrors } from './errors.ts';
import { holdsOn, type Obstacles, obstaclesTo } from './obstacles.ts';
import { columnOf, PersonRows, type SubjectTables, subjectTablesAt } from './person-rows.ts';

/** Copies of what is said of people that are kept outside of PostgreSQL. */
export interface PersonStore {
  /** Removes all of a person. @throws when it cannot tell that it has */
  forget(tx: TenantTx, userId: string): Promise<void>;
}

export interface ErasureOffice {
  readonly tenancy: Tenancy;
  readonly keys: Keys;
  readonly stores: readonly PersonStore[];
}

export interface ErasureRequest {
  readonly tenant: string;
  /** Id or address. */
  readonly user: string;
  /** Goes into the certificate and the audit log. */
  readonly reason: string;
  readonly onStep?: (line: string) => void;
}

export interface Erasure {
  readonly userId: string;
  readonly status: 'planned' | 'postponed' | 'erased';
  readonly requestId: string | null;
  /** What there was to do when it began; of a second run, what is left, which is nothing. */
  readonly parts: readonly PlannedPart[];
  readonly certificate: ErasureCertificate | null;
}

/** Rows that appear while a person is erased are found by the last look; who keeps writing them must be stopped. */
const LOOKS = 5;

interface Survey {
  readonly person: PersonStanding;
  readonly tables: SubjectTables;
  readonly rows: PersonRows;
  readonly parts: readonly ErasurePart[];
  readonly obstacles: Obstacles;
  readonly planned: readonly PlannedPart[];
}

/** What an erasure would do, and what it would have to leave. @throws AUTH_PERSON_UNKNOWN */
export async function rehearseErasure(
  { tenancy, keys }: ErasureOffice,
  { tenant, user }: Pick<ErasureRequest, 'tenant' | 'user'>,
): Promise<Erasure> {
  const { person, planned } = await tenancy.run(tenant, (tx) => survey(tx, keys, user), { snapshot: true });
  return { userId: person.id, status: 'planned', requestId: null, parts: planned, certificate: null };
}

/**
 * @throws AUTH_PERSON_UNKNOWN, PRIVACY_PERSON_RESTRICTED, PRIVACY_REASON_NAMES_PERSON, PRIVACY_ERASURE_UNFINISHED
 */
export async function erasePerson(office: ErasureOffice, request: ErasureRequest): Promise<Erasure> {
  const { tenancy } = office;
  const begun = await tenancy.run(request.tenant, (tx) => begin(tx, office.keys, request));
  if (begun.status !== 'begun') return begun.erasure;
  const { userId, requestId, parts: planned } = begun;
  for (let look = 0; look < LOOKS; look += 1) {
    await eraseRows(office, request, userId);
    await tenancy.run(request.tenant, async (tx) => {
      await cancelQueuedJobsOf(tx, userId);
      await dropJobsOf(tx, userId);
      for (const store of office.stores) await store.forget(tx, userId);
    });
    const end = await tenancy.run(request.tenant, (tx) => finish(tx, office.keys, userId, requestId));
    if (end) return { userId, requestId, parts: planned, ...end };
  }
  throw dataSubjectErrors.PRIVACY_ERASURE_UNFINISHED({ found: `request ${requestId}, after ${LOOKS} looks` });
}

async function survey(tx: TenantTx, keys: Keys, user: string, hold = false): Promise<Survey> {
  const person = await requirePerson(tx, user, { hold });
  const tables = subjectTablesAt(tx);
  const rows = new PersonRows(tables, person.id);
  const parts = erasureParts(tables);
  const obstacles = await obstaclesTo(tx, rows, parts);
  const planned = await planErasure(tx, keys, rows, parts, obstacles);
  return { person, tables, rows, parts, obstacles, planned };
}

type Begun =
  | { readonly status: 'over'; readonly erasure: Erasure }
  | {
      readonly status: 'begun';
      readonly userId: string;
      readonly requestId: string;
      readonly parts: readonly PlannedPart[];
    };

async function begin(tx: TenantTx, keys: Keys, { user, reason }: ErasureRequest): Promise<Begun> {
  const found = await survey(tx, keys, user, true);
  const { person, rows, planned, tables } = found;
  const userId = person.id;
  const restriction = await openRequestOf(tx, userId, 'restriction');
  if (restriction) throw dataSubjectErrors.PRIVACY_PERSON_RESTRICTED({ found: `request ${restriction.id}` });
  requireImpersonal(reason, person);
  const done = await fulfilledRequestOf(tx, userId, 'erasure');
  if (person.status === 'erased' && planned.length === 0 && done) {
    const certificate = await certificateOf(tx, done.id);
    return {
      status: 'over',
      erasure: { userId, status: 'erased', requestId: done.id, parts: [], certificate },
    };
  }
  const request = await openRequest(tx, userId, 'erasure');
  if (request.erasure === null) {
    await beginRequest(tx, request.id, await storedPlan(tx, keys, rows, reason, planned, tables));
    await auditRequest(tx, 'erasure.begun', request.id, { reason });
  }
  if (planned.length > 0 && planned.every(({ postponed }) => postponed !== null)) {
    await postpone(tx, request, found);
    const parts = planned;
    return {
      status: 'over',
      erasure: { userId, status: 'postponed', requestId: request.id, parts, certificate: null },
    };
  }
  if (person.status !== 'erased') await changeStanding(tx, userId, 'suspended');
  return { status: 'begun', userId, requestId: request.id, parts: planned };
}

/** Whole words of a name or an address would make what is kept as proof say whom it is about. */
function requireImpersonal(reason: string, { email, displayName, status }: PersonStanding): void {
  if (status === 'erased') return;
  const said = reason.toLowerCase();
  if ([email, displayName].some((name) => name !== '' && said.includes(name.toLowerCase())))
    throw dataSubjectErrors.PRIVACY_REASON_NAMES_PERSON();
}

async function eraseRows(
  { tenancy }: ErasureOffice,
  { tenant, onStep }: ErasureRequest,
  userId: string,
): Promise<void> {
  const placeOf = partsByPlace();
  for (let at = 0; ; at += 1) {
    let rows = 0;
    for (;;) {
      const batch = await tenancy.run(tenant, (tx) => eraseBatch(tx, placeOf(tx), userId, at));
      if (!batch) return;
      rows += batch.rows;
      if (batch.rows === 0) break;
      onStep?.(`${batch.table}: ${rows} rows, ${at + 1} of ${batch.parts} parts`);
    }
  }
}

interface ErasurePlace {
  readonly tables: SubjectTables;
  readonly parts: readonly ErasurePart[];
}

/** The tenant may move between two batches. Ordering the tables of a place takes longer than most batches, so that is kept. */
function partsByPlace(): (tx: TenantTx) => ErasurePlace {
  const known = new Map<string | null, ErasurePlace>();
  return (tx) => {
    const { schema } = tx.placement;
    const before = known.get(schema);
    if (before) return before;
    const tables = subjectTablesAt(tx);
    const place = { tables, parts: erasureParts(tables) };
    known.set(schema, place);
    return place;
  };
}

/** @returns undefined behind the last part */
async function eraseBatch(
  tx: TenantTx,
  { tables, parts }: ErasurePlace,
  userId: string,
  at: number,
): Promise<{ table: string; parts: number; rows: number } | undefined> {
  const part = parts[at];
  if (!part) return undefined;
  const nothing = { table: part.source.name, parts: parts.length, rows: 0 };
  if (part.action === 'destroy_key' || (await holdsOn(tx, userId)).holdOn(part)) return nothing;
  const person = new PersonRows(tables, userId);
  const rows =
    part.action === 'delete_rows' ? await deleteSome(tx, person, part) : await changeSome(tx, person, part);
  return { ...nothing, rows };
}

async function deleteSome(tx: TenantTx, person: PersonRows, { source, paths }: ErasurePart): Promise<number> {
  const selection = { columns: ['id'], ...(paths ? { paths } : {}) };
  for await (const batch of person.batches(tx, source, selection)) {
    const ids = batch.map(({ id }) => String(id));
    const { rowCount } = await tx.delete(source.table).where(inArray(columnOf(source.table, 'id'), ids));
    return rowCount ?? 0;
  }
  return 0;
}

async function changeSome(tx: TenantTx, person: PersonRows, part: ErasurePart): Promise<number> {
  for await (const changes of pendingChanges(tx, person, part))
    return updateRows(
      tx,
      part.source.table as unknown as WritableTable,
      changes.map(({ id, set }) => ({ where: { id }, set })),
    );
  return 0;
}

type End = Pick<Erasure, 'status' | 'certificate'>;

/** @returns undefined where something has appeared that can be erased */
async function finish(tx: TenantTx, keys: Keys, userId: string, requestId: string): Promise<End | undefined> {
  const before = await survey(tx, keys, userId, true);
  const isFree = ({ action, postponed }: PlannedPart) => postponed === null && action !== 'destroy_key';
  if (before.planned.some(isFree)) return undefined;
  await keys.forget(tx, userId, before.obstacles.freeKeys);
  const left = before.planned.filter(({ postponed }) => postponed !== null);
  if (!left.some(({ table }) => table === 'auth.users')) await changeStanding(tx, userId, 'erased');
  const request = await openRequestOf(tx, userId, 'erasure');
  // Another program has finished it meanwhile.
  if (!request) return { status: 'erased', certificate: await certificateOf(tx, requestId) };
  if (left.length > 0) {
    await postpone(tx, request, before);
    return { status: 'postponed', certificate: null };
  }
  const plan = StoredPlan.parse(request.erasure);
  const certificate = await certifyErasure(tx, request, plan);
  const { pseudonymId: _, parts: __, ...details } = plan;
  await auditRequest(tx, 'erasure.completed', request.id, { ...details, certificateId: certificate.id });
  return { status: 'erased', certificate };
}

/** Until the last of what keeps it is over, since it is asked for by then anyway. */
async function postpone(tx: TenantTx, request: PrivacyRequest, { parts, obstacles }: Survey): Promise<void> {
  const inTheWay = parts.flatMap((part) => obstacles.of(part) ?? []);
  const [first] = inTheWay.toSorted(
    (one, other) => Number(other.cause === 'legal_hold') - Number(one.cause === 'legal_hold'),
  );
  if (!first) throw new Error('What was postponed has a cause.');
  await postponeRequest(tx, request.id, first);
  if (request.status === 'postponed') return;
  const grounds = [...new Set(inTheWay.map(({ ground }) => ground))];
  await auditRequest(tx, 'erasure.postponed', request.id, {
    grounds,
    retryAt: first.retryAt?.toISOString() ?? null,
  });
}
