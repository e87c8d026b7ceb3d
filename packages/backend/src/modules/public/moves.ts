/** Moves in the control database, as the mover records them. Every function needs the owner's transaction there. */
import { and, asc, desc, eq, max, notInArray, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { OwnerTx } from '../../kernel/db/index.ts';
import {
  type Move,
  type MoveRegister,
  type MoveStep,
  moverErrors,
  type PlannedMove,
  type RecordedStep,
  type StepRecord,
} from '../../kernel/mover/index.ts';
import { publicErrors } from './errors.ts';
import { publicTables } from './schema.ts';

const ENDED: MoveStep[] = ['completed', 'purged', 'rolled_back'];

export const moveRegister: MoveRegister = {
  plan,
  read: async (tx, moveId) => required(await find(tx, eq(publicTables.moves.id, moveId)), moveId),
  latest: (tx, slug) => find(tx, eq(publicTables.tenants.slug, slug)),
  list: (tx) => select(tx),
  steps,
  takeUp,
  record,
  async amend(tx, move, totals) {
    await change(tx, move, totals);
    return { ...move, ...totals };
  },
  async wish(tx, moveId, wish) {
    await tx.update(publicTables.moves).set({ wish }).where(eq(publicTables.moves.id, moveId));
  },
  async fail(tx, move, { code, found }) {
    await change(tx, move, { errorCode: code, errorFound: found });
  },
  async leftBehind(tx, tenantId, { instance, schema }) {
    const { moves } = publicTables;
    const earlier = await select(tx, and(eq(moves.tenantId, tenantId), eq(moves.step, 'completed')));
    return earlier.find(({ from }) => from.instance === instance && from.schema === schema);
  },
  place,
  async stateOf(tx, tenantId) {
    const { tenants } = publicTables;
    const [tenant] = await tx
      .select({ status: tenants.status })
      .from(tenants)
      .where(eq(tenants.id, tenantId));
    if (tenant?.status === 'suspended' || tenant?.status === 'archived') return tenant.status;
    return 'serving';
  },
};

async function plan(tx: OwnerTx, { tenantId, to, approval, ...limits }: PlannedMove): Promise<Move> {
  const { moves, placements, tenants } = publicTables;
  // Whoever plans a move of this tenant at the same time waits for its row, and then finds this one.
  const [tenant] = await tx.select().from(tenants).where(eq(tenants.id, tenantId)).for('update');
  const [placement] = await tx.select().from(placements).where(eq(placements.tenantId, tenantId));
  if (!tenant || !placement) throw publicErrors.TENANT_INSTANCE_UNKNOWN({ found: tenantId });
  if (tenant.status === 'provisioning' || tenant.status === 'deleted')
    throw moverErrors.TENANCY_MOVE_UNSETTLED({ found: `${tenant.slug} is ${tenant.status}` });
  const underWay = await find(tx, and(eq(moves.tenantId, tenantId), notInArray(moves.step, ENDED)));
  if (underWay) throw moverErrors.TENANCY_MOVE_UNDER_WAY({ found: `move ${underWay.id}, ${underWay.step}` });
  const toInstanceId = await instanceId(tx, to.instance);
  if (placement.instanceId === toInstanceId && placement.schemaName === to.schema && tenant.tier === to.tier)
    throw moverErrors.TENANCY_MOVE_NOWHERE({ found: `${to.tier} on ${to.instance}` });
  const [move] = await tx
    .insert(moves)
    .values({
      ...limits,
      tenantId,
      approval,
      fromTier: tenant.tier,
      fromInstanceId: placement.instanceId,
      fromSchema: placement.schemaName,
      fromEpoch: placement.epoch,
      toTier: to.tier,
      toInstanceId,
      toSchema: to.schema,
    })
    .returning({ id: moves.id });
  const planned = required(await find(tx, eq(moves.id, move?.id ?? '')), move?.id ?? '');
  return record(tx, planned, { step: 'planned' });
}

async function instanceId(tx: OwnerTx, name: string): Promise<string> {
  const { instances } = publicTables;
  const [instance] = await tx.select().from(instances).where(eq(instances.name, name));
  if (!instance) throw publicErrors.TENANT_INSTANCE_UNKNOWN({ found: name });
  return instance.id;
}

async function find(tx: OwnerTx, condition: SQL | undefined): Promise<Move | undefined> {
  const [move] = await select(tx, condition);
  return move;
}

function required(move: Move | undefined, moveId: string): Move {
  if (!move) throw moverErrors.TENANCY_MOVE_UNKNOWN({ found: moveId });
  return move;
}

/** The newest first. */
async function select(tx: OwnerTx, condition?: SQL): Promise<Move[]> {
  const { moves, tenants, instances } = publicTables;
  const [from, to] = [alias(instances, 'from_instance'), alias(instances, 'to_instance')];
  const rows = await tx
    .select({ move: moves, slug: tenants.slug, from, to })
    .from(moves)
    .innerJoin(tenants, eq(tenants.id, moves.tenantId))
    .innerJoin(from, eq(from.id, moves.fromInstanceId))
    .innerJoin(to, eq(to.id, moves.toInstanceId))
    .where(condition)
    .orderBy(desc(moves.createdAt), desc(moves.id));
  return rows.map(({ move, slug, from: source, to: target }) => ({
    ...move,
    slug,
    epoch: move.fromEpoch,
    from: { tier: move.fromTier, instance: source.name, region: source.region, schema: move.fromSchema },
    to: { tier: move.toTier, instance: target.name, region: target.region, schema: move.toSchema },
    error: move.errorCode === null ? null : { code: move.errorCode, found: move.errorFound },
  }));
}

async function steps(tx: OwnerTx, moveId: string): Promise<RecordedStep[]> {
  const { moveSteps } = publicTables;
  const rows = await tx
    .select()
    .from(moveSteps)
    .where(eq(moveSteps.moveId, moveId))
    .orderBy(asc(moveSteps.number));
  return rows.map(({ number, step, attempt, lsn, createdAt, details }) => ({
    ...{ number, step, attempt, lsn, details },
    at: createdAt,
  }));
}

async function takeUp(tx: OwnerTx, moveId: string): Promise<Move> {
  const { moves } = publicTables;
  const [move] = await tx.select().from(moves).where(eq(moves.id, moveId)).for('update');
  if (!move) throw moverErrors.TENANCY_MOVE_UNKNOWN({ found: moveId });
  await tx
    .update(moves)
    .set({ attempt: move.attempt + 1, wish: 'go', errorCode: null, errorFound: null })
    .where(eq(moves.id, moveId));
  return required(await find(tx, eq(moves.id, moveId)), moveId);
}

async function record(tx: OwnerTx, move: Move, ...records: readonly StepRecord[]): Promise<Move> {
  const { moveSteps } = publicTables;
  const totals = Object.assign({}, ...records.map((each) => each.totals));
  const step = records.at(-1)?.step ?? move.step;
  await change(tx, move, { ...totals, step });
  const [last] = await tx
    .select({ number: max(moveSteps.number) })
    .from(moveSteps)
    .where(eq(moveSteps.moveId, move.id));
  await tx.insert(moveSteps).values(
    records.map((each, at) => ({
      moveId: move.id,
      number: (last?.number ?? 0) + at + 1,
      step: each.step,
      attempt: move.attempt,
      lsn: each.lsn ?? null,
      details: { ...each.details },
    })),
  );
  return { ...move, ...totals, step };
}

/** Changes the move, unless another program has taken it up since. */
async function change(
  tx: OwnerTx,
  { id, attempt }: Move,
  values: Partial<typeof publicTables.moves.$inferInsert>,
): Promise<void> {
  const { moves } = publicTables;
  const { rowCount } = await tx
    .update(moves)
    .set({ ...values, attempt })
    .where(and(eq(moves.id, id), eq(moves.attempt, attempt)));
  if (rowCount === 0) throw moverErrors.TENANCY_MOVE_TAKEN_OVER({ found: `move ${id}, attempt ${attempt}` });
}

async function place(tx: OwnerTx, { tenantId, to, epoch }: Move): Promise<void> {
  const { placements, tenants, instances } = publicTables;
  await tx
    .update(placements)
    .set({ instanceId: instances.id, schemaName: to.schema, epoch: epoch + 1 })
    .from(instances)
    .where(
      and(eq(instances.name, to.instance), eq(placements.tenantId, tenantId), eq(placements.epoch, epoch)),
    );
  await tx.update(tenants).set({ tier: to.tier, region: to.region }).where(eq(tenants.id, tenantId));
}
