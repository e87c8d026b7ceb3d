/** People of a tenant: who they are, and what they may do. */

export { type Contact, contactOf } from './contact.ts';
export { authErrors } from './errors.ts';
export { type Invitation, inviteAdministrator } from './invitations.ts';
export { SIGN_IN_ATTEMPTS } from './limits.ts';
export { forgetPermissions, may, outdatePermissions } from './may.ts';
export { grantRole, type RoleGrant, revokeRole } from './roles.ts';
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
