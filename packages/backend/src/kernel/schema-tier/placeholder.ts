/**
 * The schema that migrations are mapped to before it is known whose it is: they are mapped once, for every tenant. No
 * slug leads to this name, because none begins with a hyphen, so it is found again by its text alone; and the name of
 * the role follows from it as everywhere.
 */
import { tenantRole } from '../db/placed-name.ts';

export const PLACEHOLDER = 'tenant__placeholder';
export const ROLE_PLACEHOLDER = tenantRole(PLACEHOLDER);

export const forSchema = (text: string, schema: string): string => text.replaceAll(PLACEHOLDER, schema);
