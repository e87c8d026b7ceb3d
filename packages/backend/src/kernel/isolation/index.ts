/**
 * What an attacker in one tenant tries on another one: attempts made from the live catalogue, as the application's role,
 * each in a transaction that is rolled back. `groups` says what is tried; the evidence decides what got through.
 */

export { sortByRows } from './choose-tenants.ts';
export { type AttackedPlace, type Field, nameOfPlace, openField, type Tenant } from './field.ts';
export type { Group } from './group.ts';
export { groups } from './groups.ts';
export { attackPlace } from './run-attack.ts';
export { type AttackFinding, type GroupCount, type Remark, Tally } from './tally.ts';
