/**
 * What people earn, own and owe in the game: wallets, a ledger in double entry, and the progress that it pays for.
 * Nothing is created or lost within a tenant: the entries of each transaction add up to zero in every currency.
 */
export { economyErrors, economyStates } from './errors.ts';
export { playLedger } from './play-ledger.ts';
export { userAchievements } from './records.ts';
export { seedEconomy } from './seed.ts';
export { seedLevels } from './seed-levels.ts';
