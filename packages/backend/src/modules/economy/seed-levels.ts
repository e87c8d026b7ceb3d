/** The ranks of operators. Repeatable. */
import { keepReferenceRows, type OwnerTx } from '../../kernel/db/index.ts';
import { economyTables } from './schema.ts';

/** Five levels each, in the order in which they are reached. */
const TITLES = [
  'Trainee Operator',
  'Operator',
  'Senior Operator',
  'Shift Lead',
  'Gatekeeper',
  'Senior Gatekeeper',
  'Archivist',
  'Senior Archivist',
  'Warden',
  'Keeper of the Archive',
];
const LEVELS_OF_TITLE = 5;

/** Experience from one level to the next, times the level: each takes so much more than the one before. */
const EXPERIENCE_STEP = 100;
const CREDITS_STEP = 50;

const LEVELS = TITLES.flatMap((title, at) =>
  Array.from({ length: LEVELS_OF_TITLE }, (_, step) => {
    const level = at * LEVELS_OF_TITLE + step + 1;
    return {
      level,
      title: step === 0 ? title : `${title} ${['I', 'II', 'III', 'IV', 'V'][step]}`,
      experienceRequired: (EXPERIENCE_STEP * level * (level - 1)) / 2,
      creditsReward: (level - 1) * CREDITS_STEP,
    };
  }),
);

/** @returns how many rows were added or changed */
export function seedLevels(tx: OwnerTx): Promise<number> {
  return keepReferenceRows(tx, economyTables.levels, LEVELS);
}
