/**
 * Files that are written for one person: archives of what there is of them, and messages on their way to them. They lie under
 * `.dmz/<what>/<tenant>/<person>`, so that whoever forgets the person, or ends the tenant, finds all of them by the name.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { stateFolder } from './project.ts';

const KINDS = ['exports', 'outbox'] as const;
export type PersonFileKind = (typeof KINDS)[number];

/** Whom a file is for. */
export interface Addressee {
  readonly tenantId: string;
  readonly userId: string;
}

/** @param name  of ids and words that the program made */
export const personFile = (kind: PersonFileKind, { tenantId, userId }: Addressee, name: string): string =>
  path.join(stateFolder(), kind, tenantId, userId, name);

/** Repeatable. */
export const removeFilesOfPerson = ({ tenantId, userId }: Addressee): Promise<void> =>
  remove(path.join(tenantId, userId));

/** Repeatable. */
export const removeFilesOfTenant = (tenantId: string): Promise<void> => remove(tenantId);

async function remove(folder: string): Promise<void> {
  for (const kind of KINDS)
    await rm(path.join(stateFolder(), kind, folder), { recursive: true, force: true });
}
