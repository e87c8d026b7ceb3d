/**
 * Passwords of the database roles, derived from the administrator's so that nothing has to be stored or handed out:
 * who can administrate the server can log in as each of its roles, and nobody else. Where the administrator logs in
 * without a password, a random secret in the state folder takes its place.
 */
import { randomBytes, scryptSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { stateFolder } from '../project.ts';
import { parseDatabaseUrl } from './database-url.ts';
import { createFileOnce } from './state-file.ts';

const derived = new Map<string, string>();

/**
 * The password of a role on the server that `adminUrl` administrates: scrypt (RFC 7914, Node's default cost) of the
 * administrator's password, salted with the role's name. Migrating sets it with ALTER ROLE.
 *
 * @param state folder of `role-secret`, read only when the URL has no password
 * @throws STACK_DATABASE_URL_INVALID, STACK_FOLDER_UNUSABLE
 */
export function rolePassword(adminUrl: string, role: string, state = stateFolder()): string {
  const secret = decodeURIComponent(parseDatabaseUrl(adminUrl).password) || roleSecret(state);
  const key = `${role}\0${secret}`;
  const known = derived.get(key);
  if (known !== undefined) return known;
  const password = scryptSync(secret, `archive-gate:${role}`, 32).toString('base64url');
  derived.set(key, password); // scrypt takes some 30 ms, and every pool asks
  return password;
}

/** The URL with which a role logs in to the same server; to the same database unless another is named. */
export function roleUrl(adminUrl: string, role: string, database?: string, state = stateFolder()): string {
  const url = parseDatabaseUrl(adminUrl);
  const password = rolePassword(adminUrl, role, state);
  url.username = encodeURIComponent(role);
  url.password = password;
  if (database !== undefined) url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}

function roleSecret(state: string): string {
  const file = path.join(state, 'role-secret');
  if (!existsSync(file)) createFileOnce(file, randomBytes(32).toString('base64url'));
  return readFileSync(file, 'utf8').trim();
}
