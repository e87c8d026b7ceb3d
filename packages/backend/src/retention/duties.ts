/**
 * What binds a tenant to keep the rows of a log: legal holds, the periods of its frameworks, its own policy. The longest
 * wins. Where a rule can be read in two ways, the longer reading is taken: too short cannot be mended.
 */
import type { Duty } from '../kernel/partitions/index.ts';
import type { TenantTx } from '../kernel/tenancy/index.ts';
import { holdsInForce, type LegalHold } from '../modules/governance/index.ts';
import { type DataClass, type RetentionChoices, retentionChoices } from '../modules/org/index.ts';
import { type RetentionPeriod, retentionPeriods } from '../modules/public/index.ts';

/** Logs that policies have a class for; the others are evidence. */
const CLASS_OF_LOG: Readonly<Record<string, DataClass>> = {
  'game.events': 'play',
  'analytics.events': 'analytics',
  'admin.audit_log': 'audit',
};

export interface RetentionDuty extends Duty {
  /** The framework that it follows from. */
  readonly framework?: string;
}

/**
 * Every duty, those included that have ended. A tenant that nothing binds, and that has set no period of its own, has not
 * said that its rows may go: that is a duty without an end.
 *
 * @param log  as schema.table
 * @param end  the first instant after the month's last row
 */
export async function retentionDuties(tx: TenantTx, log: string, end: Date): Promise<RetentionDuty[]> {
  const holds = (await holdsInForce(tx)).filter((hold) => covers(hold, log));
  return [
    ...holds.map(({ matter }) => ({ ground: `legal hold ${matter}`, until: null })),
    ...(await classDuties(tx, CLASS_OF_LOG[log] ?? 'evidence', end)),
  ];
}

/** The same for a class of data, without legal holds. */
export async function classDuties(tx: TenantTx, dataClass: DataClass, end: Date): Promise<RetentionDuty[]> {
  const { frameworks, policyDays } = await retentionChoices(tx, dataClass);
  const bound = await frameworkDuties(tx, frameworks, end);
  const chosen =
    policyDays === null
      ? []
      : [{ ground: `the tenant’s policy for ${dataClass}`, until: addDays(end, policyDays) }];
  const unsaid = bound.length + chosen.length === 0;
  return [
    ...bound,
    ...chosen,
    ...(unsaid ? [{ ground: `no framework and no policy for ${dataClass} says how long`, until: null }] : []),
  ];
}

/**
 * What the law has evidence kept for against a person's wish to be forgotten (GDPR Art. 17(3)(b)): the periods of the
 * tenant's frameworks, and its own where it says that it follows from an obligation. What it keeps for reasons of its own
 * is no ground.
 *
 * @param end  the time of the person's last piece of evidence
 */
export async function dutiesAgainstErasure(tx: TenantTx, end: Date): Promise<RetentionDuty[]> {
  const { frameworks, policyDays, policyBasis } = await retentionChoices(tx, 'evidence');
  const bound = await frameworkDuties(tx, frameworks, end);
  if (policyDays === null || policyBasis !== 'legal_obligation') return bound;
  return [...bound, { ground: 'the tenant’s policy for evidence', until: addDays(end, policyDays) }];
}

async function frameworkDuties(
  tx: TenantTx,
  frameworks: RetentionChoices['frameworks'],
  end: Date,
): Promise<RetentionDuty[]> {
  const periods = await retentionPeriods(tx);
  return frameworks
    .filter(({ endedOn }) => endedOn === null || new Date(endedOn) >= monthBefore(end))
    .flatMap(({ code }) => periods.filter((period) => period.code === code))
    .map((period) => ({ ground: period.name, framework: period.code, until: endOf(period, end) }));
}

/** A person's rows cannot be told from others' without looking at each, so a hold on a person holds the month. */
const covers = ({ scope, tableName }: LegalHold, log: string) => scope !== 'table' || tableName === log;

function endOf({ years, from }: RetentionPeriod, end: Date): Date {
  const until = new Date(end);
  // The fiscal year that a day is in ends within twelve months of it.
  until.setUTCFullYear(until.getUTCFullYear() + years + (from === 'end_of_year' ? 1 : 0));
  return until;
}

function monthBefore(end: Date): Date {
  const first = new Date(end);
  first.setUTCMonth(first.getUTCMonth() - 1);
  return first;
}

const addDays = (time: Date, days: number): Date => new Date(time.getTime() + days * 86_400_000);
