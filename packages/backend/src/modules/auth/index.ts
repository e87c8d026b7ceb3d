/** People of a tenant: who they are, and what they may do. */
export { countPeople, findPlayer, listPlayers, type Person, seedPeople } from './service.ts';
