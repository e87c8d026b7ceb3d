/** People of a tenant: who they are, and what they may do. */
export { seedPermissions } from './seed.ts';
export { countPeople, findPlayer, listPlayers, type Person, seedPeople } from './service.ts';
