/** Connects a follower to the slot of a move, and to where the target stands. */
import type { Attempt } from './attempt.ts';
import { AS_REPLICA, BY_KEY } from './ends.ts';
import { moverErrors } from './errors.ts';
import { Follower } from './follower.ts';
import { parseLsn } from './lsn.ts';
import { ReplicationStream } from './replication-stream.ts';
import { slotName } from './slot.ts';

export async function openFollower({ source, target, move, options, tables }: Attempt): Promise<Follower> {
  const end = await target.owner.run((tx) => options.instances.end(tx, move.id, 'target'));
  if (!end?.lsn)
    throw moverErrors.TENANCY_MOVE_TAKEN_OVER({ found: `move ${move.id} has no target any more` });
  const from = parseLsn(end.lsn);
  const sender = await source.connect({ replication: true });
  const client = await target.connect({ settings: `${BY_KEY.settings}; ${AS_REPLICA}` });
  const slot = slotName(move.id);
  const stream = sender.query(new ReplicationStream(slot, slot, from));
  return new Follower({ stream, writer: { client, moveId: move.id, attempt: move.attempt }, tables, from });
}
