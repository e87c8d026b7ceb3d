/** How a tenant is organised. */
export { orgErrors, orgStates } from './errors.ts';
export { seedOrganisation } from './service.ts';
