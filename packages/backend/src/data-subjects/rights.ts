/**
 * The smaller rights over one's data: to have it put right (GDPR Art. 16), and to have it kept and not used (Art. 18). Each
 * is a request with its deadline, and an entry of the audit log.
 */
import type { Cache } from '../kernel/cache/index.ts';
import type { Keys } from '../kernel/privacy/index.ts';
import type { Tenancy, TenantTx } from '../kernel/tenancy/index.ts';
import { recordAudit, sealAuditDetails } from '../modules/admin/index.ts';
import {
  changeStanding,
  outdatePermissions,
  type PersonStanding,
  type Rectification,
  rectify,
  requirePerson,
} from '../modules/auth/index.ts';
import { beginRequest, fulfilRequest, openRequest, openRequestOf } from '../modules/governance/index.ts';
import { dataSubjectErrors } from './errors.ts';

export interface RightsOffice {
  readonly tenancy: Tenancy;
  readonly keys: Keys;
}

export interface PersonOf {
  readonly tenant: string;
  /** Id or address. */
  readonly user: string;
}

/**
 * Puts right what is said of a person. What it said before is kept in the audit log, encrypted for the person, so that it is
 * forgotten with them. Evidence that repeats it is superseded apart: it must stay clear what was issued.
 *
 * @throws AUTH_PERSON_UNKNOWN, PRIVACY_PERSON_FORGOTTEN, PRIVACY_NOTHING_TO_RECTIFY, DATABASE_* for a value of wrong form
 */
export function rectifyPerson(
  { tenancy, keys }: RightsOffice,
  { tenant, user }: PersonOf,
  values: Rectification,
): Promise<{ readonly userId: string; readonly requestId: string; readonly changed: readonly string[] }> {
  const changed = Object.keys(values);
  if (changed.length === 0) throw dataSubjectErrors.PRIVACY_NOTHING_TO_RECTIFY();
  return tenancy.run(tenant, async (tx) => {
    const { id: userId } = await requireRemembered(tx, user);
    const { id: requestId } = await openRequest(tx, userId, 'rectification');
    const before = await rectify(tx, userId, values);
    await fulfilRequest(tx, requestId);
    const { id, details } = await sealAuditDetails(tx, keys, userId, before);
    await recordAudit(tx, {
      id,
      actor: { kind: 'operator' },
      action: 'governance.rectification.completed',
      subject: { type: 'auth.users', id: userId },
      details: { requestId, changed, ...details },
    });
    return { userId, requestId, changed };
  });
}

/**
 * Restricts what is done with a person's data, or lifts that: they cannot sign in, are not listed among those who play, and
 * are not erased meanwhile. What there is stays.
 *
 * @returns whether that changed anything
 * @throws AUTH_PERSON_UNKNOWN, PRIVACY_PERSON_FORGOTTEN
 */
export function restrictPerson(
  { tenancy, cache }: Pick<RightsOffice, 'tenancy'> & { readonly cache: Cache },
  { tenant, user }: PersonOf,
  lift: boolean,
): Promise<{ readonly userId: string; readonly requestId: string | null; readonly changed: boolean }> {
  return tenancy.run(tenant, async (tx) => {
    const { id: userId } = await requireRemembered(tx, user);
    const known = await openRequestOf(tx, userId, 'restriction');
    if (lift ? !known : known?.status === 'in_progress')
      return { userId, requestId: known?.id ?? null, changed: false };
    const { id: requestId } = known ?? (await openRequest(tx, userId, 'restriction'));
    if (lift) await fulfilRequest(tx, requestId);
    else await beginRequest(tx, requestId);
    await changeStanding(tx, userId, lift ? 'active' : 'suspended');
    outdatePermissions(tx, cache, userId);
    await recordAudit(tx, {
      actor: { kind: 'operator' },
      action: `governance.restriction.${lift ? 'lifted' : 'begun'}`,
      subject: { type: 'auth.users', id: userId },
      details: { requestId },
    });
    return { userId, requestId, changed: true };
  });
}

async function requireRemembered(tx: TenantTx, user: string): Promise<PersonStanding> {
  const person = await requirePerson(tx, user, { hold: true });
  if (person.status === 'erased') throw dataSubjectErrors.PRIVACY_PERSON_FORGOTTEN({ found: person.id });
  return person;
}
