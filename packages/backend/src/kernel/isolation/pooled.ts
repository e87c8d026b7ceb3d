/** The real tenancy on a pool of one connection, so that whoever comes next gets what the one before has left. */
import type pg from 'pg';
import { Signer } from '../context/index.ts';
import { databaseErrorOf } from '../db/database-errors.ts';
import { createLogger } from '../log.ts';
import { sendIn } from '../tenancy/connection.ts';
import { enter } from '../tenancy/enter.ts';
import { createTenancy } from '../tenancy/index.ts';
import { InstancePools } from '../tenancy/instance-pools.ts';
import type { AttackedPlace } from './field.ts';
import type { Verdict } from './tally.ts';

export interface OneConnection {
  /** Sends a statement in a transaction of a tenant's, and rolls it back. */
  inTenant(tenantId: string, text: string): Promise<pg.QueryResult>;
  /** Sends one on the connection that a tenant's transaction has just been given back on, without any tenant. */
  outside(text: string): Promise<Verdict>;
  close(): Promise<void>;
}

export function openPool({ appUrlOf }: AttackedPlace): OneConnection {
  const options = { appUrlOf, poolSize: 1, applicationName: 'dmz-isolation' };
  // What is refused here is meant to be, so nobody is told of it.
  const tenancy = createTenancy({ ...options, retryMs: 0, log: createLogger('silent') });
  const pools = new InstancePools(options);
  const signer = new Signer();
  let last: string | undefined;
  return {
    async inTenant(tenantId, text) {
      last = tenantId;
      let answer: pg.QueryResult | undefined;
      const undone = new Error('undone on purpose');
      await tenancy
        .run(tenantId, async (tx) => {
          answer = await sendIn(tx, { text });
          throw undone;
        })
        .catch((error: unknown) => {
          if (error !== undone) throw error;
        });
      if (!answer) throw new Error('a statement was not answered');
      return answer;
    },
    async outside(text) {
      const location = await tenancy.locate(last ?? '');
      await pools.lend(location.instance, async (client) => {
        await enter(client, location, signer, 'BEGIN');
        await client.query('COMMIT');
      });
      return pools.lend(location.instance, async (client): Promise<Verdict> => {
        try {
          const { rowCount } = await client.query(text);
          return { through: `answered without a tenant: ${rowCount} rows` };
        } catch (error) {
          if (databaseErrorOf(error)) return 'refused';
          throw error;
        }
      });
    },
    async close() {
      await tenancy.close();
      await pools.close();
    },
  };
}
