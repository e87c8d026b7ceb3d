/** Whether a program works on a move at present. */
import { openAsOwner } from '../kernel/db/index.ts';
import { isWorkedOn, type Move, type MoverOptions } from '../kernel/mover/index.ts';

export async function isUnderWork({ controlUrl }: MoverOptions, { id }: Move): Promise<boolean> {
  const control = await openAsOwner(controlUrl);
  try {
    return await isWorkedOn(control, id);
  } finally {
    await control.close();
  }
}
