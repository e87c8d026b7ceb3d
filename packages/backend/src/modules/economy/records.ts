/** Achievements that people earned. One is taken back by invalidating it, and may be earned again: each counts on. */
import { recordsOf } from '../../kernel/records/index.ts';
import { economyTables } from './schema.ts';

export const userAchievements = recordsOf((at) => economyTables(at).userAchievements, {
  only: { way: 'invalidate', instead: 'invalidate it, and issue another one' },
  invalidation: ({ ordinal }) => ({ ordinal: ordinal + 1 }),
});
