/**
 * What binds a tenant to keep the rows of a log: legal holds, the periods of its frameworks, its own policy. The longest
 * wins. Where a rule can be read in two ways, the longer reading is taken: too short cannot be mended.
 */
import type { Duty } from '../kernel/partitions/index.ts';
import type { TenantTx } from '../kernel/tenancy/index.ts';
import { holdsInForce, type LegalHold } from '../modules/governance/index.ts';
import { type DataClass, retentionChoices } from '../modules/org/index.ts';
import { type RetentionPeriod, retentionPeriods } from '../modules/public/index.ts';

/** Logs that policies have a class for; the others are evidence. */
const EVENTS = 'game.events';
const CLASS_OF_LOG: Readonly<Record<string, DataClass>> = {
  [EVENTS]: 'play',
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
    ...(log === EVENTS
      ? [{ ground: 'a game is kept, and goes, as a whole: dmz retention run', until: null }]
      : []),
    ...(await classDuties(tx, CLASS_OF_LOG[log] ?? 'evidence', end)),
  ];
}

/** The same for a class of data, without legal holds. */
export async function classDuties(tx: TenantTx, dataClass: DataClass, end: Date): Promise<RetentionDuty[]> {
  const bound = dutiesUntil(end, await bindingsOf(tx, dataClass));
  return bound.length > 0 ? bound : [{ ground: unsaid(dataClass), until: null }];
}

/** Something that binds a tenant to keep a class of data, and for how long. */
export interface Binding {
  readonly ground: string;
  readonly framework?: string;
  /** The first instant whose rows it does not bind any more; null while it goes on. */
  readonly endsBefore: Date | null;
  /** The time so many of its periods later; earlier where it is -1. */
  readonly lengthen: (time: Date, periods: 1 | -1) => Date;
}

export const unsaid = (dataClass: DataClass): string =>
  `no framework and no policy for ${dataClass} says how long`;

/** The frameworks that bind a tenant or have bound it, and its own policy. */
export async function bindingsOf(tx: TenantTx, dataClass: DataClass): Promise<Binding[]> {
  const { frameworks, policyDays } = await retentionChoices(tx, dataClass);
  const periods = await retentionPeriods(tx);
  const bound = frameworks.flatMap(({ code, endedOn }) =>
    periods.filter((period) => period.code === code).map((period) => bindingOf(period, endedOn)),
  );
  if (policyDays === null) return bound;
  return [...bound, bindingOfDays(`the tenant’s policy for ${dataClass}`, policyDays)];
}

export const bindingOfDays = (ground: string, days: number): Binding => ({
  ground,
  endsBefore: null,
  lengthen: (time, periods) => addDays(time, periods * days),
});

function bindingOf({ name, code, years, from }: RetentionPeriod, endedOn: string | null): Binding {
  // The fiscal year that a day is in ends within twelve months of it.
  const all = years + (from === 'end_of_year' ? 1 : 0);
  return {
    ground: name,
    framework: code,
    endsBefore: endedOn === null ? null : addDays(new Date(endedOn), 1),
    lengthen(time, periods) {
      const other = new Date(time);
      other.setUTCFullYear(other.getUTCFullYear() + periods * all);
      return other;
    },
  };
}

/**
 * What the law has evidence kept for against a person's wish to be forgotten (GDPR Art. 17(3)(b)): the periods of the
 * tenant's frameworks, and its own where it says that it follows from an obligation. What it keeps for reasons of its own
 * is no ground.
 *
 * @param end  the time of the person's last piece of evidence
 */
export async function dutiesAgainstErasure(tx: TenantTx, end: Date): Promise<RetentionDuty[]> {
  const { policyBasis } = await retentionChoices(tx, 'evidence');
  const isOfOwnWill = policyBasis !== 'legal_obligation';
  const bindings = await bindingsOf(tx, 'evidence');
  return dutiesUntil(
    end,
    bindings.filter(({ framework }) => framework !== undefined || !isOfOwnWill),
  );
}

const dutiesUntil = (end: Date, bindings: readonly Binding[]): RetentionDuty[] =>
  bindings
    .filter(({ endsBefore }) => endsBefore === null || endsBefore > monthBefore(end))
    .map(({ lengthen, endsBefore: _, ...rest }) => ({ ...rest, until: lengthen(end, 1) }));

/** A person's rows cannot be told from others' without looking at each, so a hold on a person holds the month. */
const covers = ({ scope, tableName }: LegalHold, log: string) => scope !== 'table' || tableName === log;

function monthBefore(end: Date): Date {
  const first = new Date(end);
  first.setUTCMonth(first.getUTCMonth() - 1);
  return first;
}

const addDays = (time: Date, days: number): Date => new Date(time.getTime() + days * 86_400_000);
