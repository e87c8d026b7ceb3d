/** The door by which rows that have outlived every duty leave a tenant that lives on. */
export { type DueRows, type Part, PurgeDoor, type Purged, type PurgedRun } from './purge-door.ts';
