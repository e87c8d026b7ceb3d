/**
 * Moves a tenant as an operator asks for it, and writes down in the tenant's own books that it moved: in its audit log,
 * and where its rows go to another region, in the log of transfers, before any row goes.
 */

import { forgetTenant } from '../kernel/cache/index.ts';
import { databaseErrors } from '../kernel/db/database-errors.ts';
import { runAsOwner, type TableMeta } from '../kernel/db/index.ts';
import { isDmzError, quoted } from '../kernel/errors/index.ts';
import { type Move, type MoverOptions, rollBackMove, runMove } from '../kernel/mover/index.ts';
import type { TenantTx } from '../kernel/tenancy/index.ts';
import { isAudited, recordAudit } from '../modules/admin/index.ts';
import { countPeople } from '../modules/auth/index.ts';
import { type MoveTransfer, recordMoveTransfer } from '../modules/governance/index.ts';
import { listInstances, listTenants, moveRegister } from '../modules/public/index.ts';
import type { Platform } from '../platform.ts';
import { chooseTarget, type Wanted } from './choose-target.ts';

export interface Mover {
  readonly platform: Platform;
  readonly options: MoverOptions;
}

export interface MoveRequest extends Wanted {
  readonly slug: string;
  readonly maxPauseMs: number;
  readonly keepSourceSeconds: number;
  readonly maxWalBytes: number;
}

/**
 * Plans a move; nothing is copied yet.
 *
 * @throws TENANCY_MOVE_UNDER_WAY, TENANCY_MOVE_NOWHERE, TENANCY_MOVE_UNSETTLED, TENANCY_MOVE_INSTANCE_NEEDED,
 *   TENANCY_MOVE_INSTANCE_UNFIT, TENANCY_MOVE_REGION, TENANCY_UNKNOWN_TENANT
 */
export function planMove({ options }: Mover, request: MoveRequest): Promise<Move> {
  const { slug, maxPauseMs, keepSourceSeconds, maxWalBytes, approval } = request;
  return runAsOwner(options.controlUrl, async (tx) => {
    const tenants = await listTenants(tx);
    const tenant = tenants.find((each) => each.slug === slug || each.id === slug);
    if (!tenant) throw databaseErrors.TENANCY_UNKNOWN_TENANT({ found: quoted(slug) });
    const to = chooseTarget(tenant, request, await listInstances(tx), tenants);
    const limits = { maxPauseMs, keepSourceSeconds, maxWalBytes };
    return moveRegister.plan(tx, { tenantId: tenant.id, to, approval: approval ?? null, ...limits });
  });
}

/** On what ground personal data may go to another region; the approval says who found so. */
export type Ground = MoveTransfer['ground'];

/** Brings a move to its end from wherever it stands; one that is there already, is. @throws what `runMove` throws */
export async function bringToEnd(
  mover: Mover,
  move: Move,
  ground: Ground = 'standard_clauses',
): Promise<Move> {
  const { options } = mover;
  if (move.attempt === 0) await recordBeginning(mover, move, ground);
  // Killed after its last step, it may lack its entry in the books.
  const moved = move.step === 'completed' ? move : await runMove(options, move.id);
  // Copies of before are of an earlier epoch, which nobody uses; gone, they take no room either.
  await forgetTenant(mover.platform.cache, moved.tenantId);
  const { rowsCopied, changesApplied, rowsVerified, pauseMs } = moved;
  await inBooks(mover, moved, (tx) =>
    auditMove(tx, moved, 'completed', { rowsCopied, changesApplied, rowsVerified, pauseMs }),
  );
  return moved;
}

/** @throws what `rollBackMove` throws */
export async function takeBack(mover: Mover, move: Move): Promise<Move> {
  const undone = move.step === 'rolled_back' ? move : await undo(mover, move);
  await inBooks(mover, undone, (tx) => auditMove(tx, undone, 'rolled_back', {}));
  return undone;
}

async function undo({ options }: Mover, { id }: Move): Promise<Move> {
  await runAsOwner(options.controlUrl, (tx) => moveRegister.wish(tx, id, 'stop'));
  return rollBackMove(options, id);
}

function recordBeginning(mover: Mover, move: Move, ground: Ground): Promise<void> {
  return inBooks(mover, move, async (tx) => {
    await auditMove(tx, move, 'started', { approval: move.approval });
    if (move.from.region === move.to.region) return;
    await recordMoveTransfer(tx, {
      recipient: `instance ${move.to.instance}`,
      fromRegion: move.from.region,
      toRegion: move.to.region,
      ground,
      dataCategories: categoriesOf(mover.options.tables),
      subjects: await countPeople(tx),
      moveId: move.id,
    });
  });
}

/** Repeatable: what a program did that was killed before it said so, the next one finds done. */
export async function auditMove(
  tx: TenantTx,
  { id, from, to }: Move,
  verb: string,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  const action = `public.move.${verb}`;
  if (await isAudited(tx, action, id)) return;
  await recordAudit(tx, {
    actor: { kind: 'operator' },
    action,
    subject: { type: 'public.moves', id },
    details: { from, to, ...details },
  });
}

/** A suspended tenant moves as well; nothing can be written in its own books then, and the register has the record. */
export async function inBooks(
  { platform }: Mover,
  { tenantId }: Move,
  write: (tx: TenantTx) => Promise<void>,
): Promise<void> {
  try {
    await platform.tenancy.run(tenantId, write);
  } catch (error) {
    if (!isDmzError(error, 'TENANCY_NOT_SERVED')) throw error;
  }
}

const categoriesOf = (tables: readonly TableMeta[]): string[] =>
  [...new Set(tables.flatMap(({ pii }) => [...pii.values()].map(({ category }) => category)))].sort();
