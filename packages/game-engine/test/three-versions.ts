/** A registry that was released three times: one event type that grew to three versions, and one that came with the second. */
import { z } from 'zod';
import { defineEvent, type EventDefinition } from '../src/index.ts';

const direction = z.enum(['left', 'right']);
const steps = z.int().min(0).max(1_000);
const about = { says: 'It moved.', causedBy: [] };

const first = z.strictObject({ steps });
const second = z.strictObject({ steps, direction });
const third = z.strictObject({ metres: z.int().min(0).max(2_000), direction, tiring: z.boolean() });

const turnLeft = {
  schema: second,
  change: 'A direction; everything went left before.',
  upcast: (data: z.infer<typeof first>) => ({ ...data, direction: 'left' }),
};
const measure = {
  schema: third,
  change: 'Metres, of half a step each, and whether it was tiring.',
  upcast: (data: z.infer<typeof second>) => ({
    metres: data.steps * 2,
    direction: data.direction,
    tiring: data.steps > 100,
  }),
};

const rested = defineEvent(
  'game.test.rested',
  { says: 'It rested.', causedBy: [] },
  {
    1: z.strictObject({ minutes: z.int().min(0) }),
  },
);

/** What the program knew at its first, second and third release. */
export const generations: readonly (readonly EventDefinition[])[] = [
  [defineEvent('game.test.moved', about, { 1: first })],
  [defineEvent('game.test.moved', about, { 1: first, 2: turnLeft }), rested],
  [defineEvent('game.test.moved', about, { 1: first, 2: turnLeft, 3: measure }), rested],
];
