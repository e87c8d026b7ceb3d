/**
 * Switches a tenant from the source to the target. Where both are one database that is one transaction. Where they are
 * two, there is none over both, so the order decides: the source lets go first, then the target takes over, and last the
 * control database tells routers. At no moment do both accept writes, and each part finds what it did before.
 */
import type { OwnerTx } from '../db/index.ts';
import type { Attempt } from './attempt.ts';
import { type End, isSameDatabase } from './ends.ts';
import type { Move, StepRecord } from './ports.ts';

/** What the control database is told with the flip. */
export type FlipRecord = Pick<StepRecord, 'totals' | 'lsn'>;

/** @throws TENANCY_MOVE_TAKEN_OVER */
export async function flip(attempt: Attempt, record: FlipRecord): Promise<void> {
  const { source, target, move, options, control } = attempt;
  const { instances, register } = options;
  const state = await control.run((tx) => register.stateOf(tx, move.tenantId));
  const isControl = ({ urls }: End) => isSameDatabase(urls.adminUrl, options.controlUrl);
  const tellRouters = async (tx: OwnerTx) => {
    await register.place(tx, move);
    return recordFlip(attempt, tx, record);
  };
  if (!attempt.isWithinDatabase) {
    await source.owner.run((tx) => instances.depart(tx, move));
    await attempt.pass('departed');
  }
  // The source's own session, where it is the target too: it holds the fence.
  const arriving = attempt.isWithinDatabase ? source : target;
  const flipped = await arriving.owner.run(async (tx) => {
    await instances.arrive(tx, move, state);
    return isControl(arriving) ? tellRouters(tx) : undefined;
  });
  if (!flipped) await attempt.pass('arrived');
  await attempt.adopt(flipped ?? (await control.run(tellRouters)));
}

/** All three are of one moment to whoever reads the record later; the position is the source's when it was fenced. */
async function recordFlip({ options, move }: Attempt, tx: OwnerTx, record: FlipRecord): Promise<Move> {
  const { lsn, totals } = record;
  await options.register.record(tx, move, { step: 'departed', lsn });
  await options.register.record(tx, move, { step: 'arrived', lsn });
  return options.register.record(tx, move, { step: 'flipped', lsn, totals: totals ?? {} });
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
