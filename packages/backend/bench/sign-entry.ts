/** A token for benchmarks that work in the database alone: it is good for one statement, however long, on its connection. */
import type pg from 'pg';
import { Signer } from '../src/kernel/context/index.ts';

/** @param client  of the application's role, to a tenant of the module schemas at its first epoch */
export const signEntryOn = (client: pg.Client, tenantId: string, signer = new Signer()): Promise<string> =>
  signer.entering('main', client, async (sign) => sign({ tenantId, epoch: 1, schema: null }));
