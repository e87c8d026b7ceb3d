/**
 * Flips a tenant's placement by hand, in the order that a move writes it: the source departs first, then the target
 * serves, then the control database says so. Between two of them nobody accepts the tenant's writes.
 */
import type { SqlClient } from './by-hand.ts';

export interface Flip {
  readonly tenantId: string;
  readonly control: SqlClient;
  readonly source: SqlClient;
  readonly target: SqlClient;
  /** The instance that the target is, by its name. */
  readonly to: string;
  /** What a purge does after a while: the source has never heard of the tenant. */
  readonly purged?: boolean;
}

export async function flip({ tenantId, control, source, target, to, purged }: Flip): Promise<number> {
  const leave = purged
    ? 'DELETE FROM public.residents WHERE tenant_id = $1'
    : "UPDATE public.residents SET state = 'departed' WHERE tenant_id = $1";
  const { rows } = await control.query('SELECT epoch FROM public.placements WHERE tenant_id = $1', [
    tenantId,
  ]);
  const epoch = Number(rows[0].epoch) + 1;
  await source.query(leave, [tenantId]);
  await target.query(
    `INSERT INTO public.residents (tenant_id, epoch) VALUES ($1, $2)
     ON CONFLICT (tenant_id) DO UPDATE SET epoch = excluded.epoch, state = 'serving'`,
    [tenantId, epoch],
  );
  await control.query(
    `UPDATE public.placements SET epoch = $2, instance_id = (SELECT id FROM public.instances WHERE name = $3)
     WHERE tenant_id = $1`,
    [tenantId, epoch, to],
  );
  return epoch;
}
