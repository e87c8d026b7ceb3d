/**
 * What people are told, how, and whether it reached them.
 * Nothing is sent on a channel that the person has switched off, unless the category is mandatory.
 */
export { seedNotifications } from './seed.ts';
