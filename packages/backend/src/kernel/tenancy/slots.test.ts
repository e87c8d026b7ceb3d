/** Places are given in the order in which one came, never more than there are, and never lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Slots } from './slots.ts';

describe('slots', () => {
  it('are given to those who wait in their order', async () => {
    const slots = new Slots(1);
    const order: number[] = [];
    await slots.enter(0);
    const waiting = [1, 2, 3].map(async (who) => {
      expect(await slots.enter(1_000)).toBe(true);
      order.push(who);
      slots.leave();
    });
    expect([slots.taken, slots.waiting]).toEqual([1, 3]);
    slots.leave();
    await Promise.all(waiting);
    expect([order, slots.taken, slots.waiting]).toEqual([[1, 2, 3], 0, 0]);
  });

  it('are not given to who has waited too long, and are not lost by that', async () => {
    const slots = new Slots(1);
    await slots.enter(0);
    expect(await slots.enter(10)).toBe(false);
    slots.leave();
    expect([slots.taken, slots.waiting]).toEqual([0, 0]);
    expect(await slots.enter(0)).toBe(true);
  });

  it('are never more than there are, whoever comes and goes', async () => {
    const slots = new Slots(3);
    let most = 0;
    let inside = 0;
    const visits = Array.from({ length: 60 }, async (_, at) => {
      await sleep(at % 7);
      if (!(await slots.enter(at % 5 === 0 ? 1 : 1_000))) return 'late';
      inside += 1;
      most = Math.max(most, inside);
      await sleep(at % 4);
      inside -= 1;
      slots.leave();
      return 'served';
    });
    expect(await Promise.all(visits)).toContain('served');
    expect([most, inside, slots.taken, slots.waiting]).toEqual([3, 0, 0, 0]);
  });
});
