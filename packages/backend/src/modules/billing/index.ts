/**
 * What tenants pay for and what that entitles them to. Whatever was billed is never changed: a mistake is corrected by
 * a credit note or a later record, and amounts are whole minor units of a stated currency.
 */
export { type Entitlement, entitlementTo, grantEntitlement } from './entitlements.ts';
export { billingErrors, billingStates } from './errors.ts';
export { entitleToPlan, findPlan, isolationFor, listPlans, type Plan } from './plans.ts';
export { invoices, usageRecords } from './records.ts';
export { seedPlans } from './seed-plans.ts';
