/** How a tenant is organised. */
export { orgErrors, orgStates } from './errors.ts';
export { openOrganisation } from './open-tenant.ts';
export { DATA_CLASSES, type DataClass, type RetentionChoices, retentionChoices } from './retention.ts';
export { type PlacedPerson, seedOrganisation } from './seed.ts';
export { changeSettings, type TenantSettings, tenantSettings } from './settings.ts';
