/** People of a tenant: who they are, and what they may do. */
export { authErrors } from './errors.ts';
export { type Invitation, inviteAdministrator } from './invitations.ts';
export { seedBuiltInRoles, seedPermissions } from './seed.ts';
export { countPeople, findPlayer, listPlayers, type Person, seedPeople } from './service.ts';
export {
  changeStanding,
  type PersonStanding,
  RECTIFIABLE,
  type Rectification,
  rectify,
  requirePerson,
} from './standing.ts';
