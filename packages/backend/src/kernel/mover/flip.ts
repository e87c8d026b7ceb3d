/**
 * Switches a tenant from the source to the target. Where both are one database that is one transaction. Where they are
 * two, there is none over both, so the order decides: the source lets go first, then the target takes over, and last the
 * control database tells routers. At no moment do both accept writes, and each part finds what it did before.
 */
import type { OwnerTx } from '../db/index.ts';
import type { Attempt } from './attempt.ts';
import { type End, isSameDatabase } from './ends.ts';
import type { LivingState, Move, StepRecord } from './ports.ts';

/** What the control database is told with the flip. */
export type FlipRecord = Pick<StepRecord, 'totals' | 'lsn' | 'details'>;

/**
 * @param state  how the tenant is to be served where it arrives
 * @throws TENANCY_MOVE_TAKEN_OVER
 */
export async function flip(attempt: Attempt, state: LivingState, record: FlipRecord): Promise<void> {
  const { source, target, move, options, control } = attempt;
  const { instances, register } = options;
  const { lsn } = record;
  /** The first two have just been; to whoever reads the record later all three are of one moment. */
  const tellRouters = async (tx: OwnerTx): Promise<Move> => {
    await register.place(tx, move);
    const flipped = { ...record, step: 'flipped' } as const;
    return register.record(tx, move, { step: 'departed', lsn }, { step: 'arrived', lsn }, flipped);
  };
  if (!attempt.isWithinDatabase) {
    await source.owner.run((tx) => instances.depart(tx, move));
    await attempt.pass('departed');
  }
  // The source's own session, where it is the target too: it holds the fence.
  const arriving = attempt.isWithinDatabase ? source : target;
  const isControl = isSameDatabase(arriving.urls.adminUrl, options.controlUrl);
  const flipped = await arriving.owner.run(async (tx) => {
    await instances.arrive(tx, move, state);
    return isControl ? tellRouters(tx) : undefined;
  });
  if (!flipped) await attempt.pass('arrived');
  await attempt.adopt(flipped ?? (await control.run(tellRouters)));
}

/** Where a tenant is, whatever the control database has been told so far. */
export async function whereIs({
  source,
  target,
  move,
  options,
}: Attempt): Promise<'source' | 'nowhere' | 'target'> {
  const at = ({ owner }: End) => owner.run((tx) => options.instances.resident(tx, move.tenantId));
  const arrived = await at(target);
  if (arrived && arrived.epoch > move.epoch && arrived.state !== 'departed') return 'target';
  const left = await at(source);
  return left?.epoch === move.epoch && left.state === 'departed' ? 'nowhere' : 'source';
}
