/**
 * A program that moves tenants by the very functions that the command calls, in a process of its own that can be killed.
 * It takes its orders by messages, so that it need not be started anew for each.
 */

import { runAsOwner } from '../../src/kernel/db/index.ts';
import { DmzError } from '../../src/kernel/errors/index.ts';
import { roleUrl } from '../../src/kernel/stack/index.ts';
import { moveRegister } from '../../src/modules/public/index.ts';
import { bringToEnd, takeBack } from '../../src/moving/move-tenant.ts';
import { moverOptions } from '../../src/moving/mover-options.ts';
import { purgeSource } from '../../src/moving/purge-source.ts';
import { openPlatform } from '../../src/platform.ts';
import type { Order, Outcome } from './mover-programs.ts';

process.on('message', async (order: Order) => {
  process.send?.(await carryOut(order));
});
process.send?.('ready');

async function carryOut({ what, moveId, controlUrl, retryMs }: Order): Promise<Outcome> {
  const platform = openPlatform({ appUrl: roleUrl(controlUrl, 'dmz_app'), poolSize: 1 });
  try {
    const options = moverOptions(controlUrl, { retryMs, restRatio: 0 });
    const mover = { platform, options };
    const move = await runAsOwner(controlUrl, (tx) => moveRegister.read(tx, moveId));
    if (what === 'purge') await purgeSource(mover, move, true);
    else await (what === 'roll back' ? takeBack(mover, move) : bringToEnd(mover, move));
    return { ok: true };
  } catch (error) {
    if (error instanceof DmzError)
      return { ok: false, code: error.code, found: `${error.found ?? ''}`, retryable: error.retryable };
    return { ok: false, code: 'UNEXPECTED', found: String((error as Error).stack), retryable: false };
  } finally {
    await platform.close();
  }
}
