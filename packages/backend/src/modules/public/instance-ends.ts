/**
 * What one instance knows of the moves that are under way at it and of its residents. Every function needs the owner's
 * transaction there. What changes who is served looks at the attempt first, under its row's lock: a program that was
 * taken for dead, and comes back, changes nothing.
 */
import { and, asc, eq, lte, ne } from 'drizzle-orm';
import type { OwnerTx } from '../../kernel/db/index.ts';
import {
  type InstanceRegister,
  type LivingState,
  type Move,
  moverErrors,
  type Side,
} from '../../kernel/mover/index.ts';
import { publicTables } from './schema.ts';

export const instanceRegister: InstanceRegister = {
  open,
  async end(tx, moveId, side) {
    const { moveEnds } = publicTables;
    const [end] = await tx.select().from(moveEnds).where(endOf(moveId, side));
    return end;
  },
  async startAt(tx, move, lsn) {
    await hold(tx, move, 'target');
    await tx.update(publicTables.moveEnds).set({ lsn, changesApplied: 0 }).where(endOf(move.id, 'target'));
  },
  async close(tx, moveId) {
    await tx.delete(publicTables.moveEnds).where(eq(publicTables.moveEnds.moveId, moveId));
  },
  async openEnds(tx) {
    const { moveEnds } = publicTables;
    const { moveId, side, tenantSlug } = moveEnds;
    return tx.select({ moveId, side, slug: tenantSlug }).from(moveEnds).orderBy(asc(moveEnds.createdAt));
  },
  async resident(tx, tenantId) {
    const { residents } = publicTables;
    const [resident] = await tx.select().from(residents).where(eq(residents.tenantId, tenantId));
    return resident && { epoch: resident.epoch, state: resident.state, schema: resident.schemaName };
  },
  depart: (tx, move) => setState(tx, move, 'departed'),
  comeBack: setState,
  arrive,
  async serveAs(tx, move, state) {
    const { residents } = publicTables;
    await hold(tx, move, 'target');
    await tx
      .update(residents)
      .set({ state })
      .where(
        and(
          eq(residents.tenantId, move.tenantId),
          eq(residents.epoch, move.epoch + 1),
          ne(residents.state, state),
        ),
      );
  },
  async announceInterruption(tx, tenantId) {
    await tx
      .update(publicTables.residents)
      .set({ interruptedAt: new Date() })
      .where(eq(publicTables.residents.tenantId, tenantId));
  },
};

const endOf = (moveId: string, side: Side) =>
  and(eq(publicTables.moveEnds.moveId, moveId), eq(publicTables.moveEnds.side, side));

async function open(tx: OwnerTx, { id, tenantId, slug, attempt }: Move, side: Side): Promise<void> {
  const { moveEnds } = publicTables;
  const { rowCount } = await tx
    .insert(moveEnds)
    .values({ moveId: id, side, tenantId, tenantSlug: slug, attempt })
    .onConflictDoUpdate({
      target: [moveEnds.moveId, moveEnds.side],
      set: { attempt },
      setWhere: lte(moveEnds.attempt, attempt),
    });
  if (rowCount === 0) throw takenOver({ id, attempt });
}

const takenOver = ({ id, attempt }: Pick<Move, 'id' | 'attempt'>) =>
  moverErrors.TENANCY_MOVE_TAKEN_OVER({ found: `move ${id}, attempt ${attempt}` });

async function hold(tx: OwnerTx, move: Move, side: Side): Promise<void> {
  const [end] = await tx.select().from(publicTables.moveEnds).where(endOf(move.id, side)).for('update');
  if (end?.attempt !== move.attempt) throw takenOver(move);
}

async function setState(tx: OwnerTx, move: Move, state: LivingState | 'departed'): Promise<void> {
  const { residents } = publicTables;
  await hold(tx, move, 'source');
  await tx
    .update(residents)
    .set({ state })
    .where(and(eq(residents.tenantId, move.tenantId), eq(residents.epoch, move.epoch)));
}

async function arrive(tx: OwnerTx, move: Move, state: LivingState): Promise<void> {
  const { residents } = publicTables;
  const { tenantId, to, epoch } = move;
  await hold(tx, move, 'target');
  const arrived = { epoch: epoch + 1, state, schemaName: to.schema };
  await tx
    .insert(residents)
    .values({ tenantId, ...arrived })
    .onConflictDoUpdate({ target: residents.tenantId, set: arrived, setWhere: lte(residents.epoch, epoch) });
}
