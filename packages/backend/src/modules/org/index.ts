/** How a tenant is organised. */
export { seedOrganisation } from './service.ts';
