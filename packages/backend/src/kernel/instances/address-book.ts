/**
 * `instances.json`: the addresses of the instances beside `main`, which is the stack's own. They are configuration and
 * hold passwords, so the file is its owner's alone; that an instance exists, and where it is, the control database knows.
 */

import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { quoted } from '../errors/index.ts';
import { stateFolder } from '../project.ts';
import { makeFolder, parseDatabaseUrl, withStackLock, writeWhole } from '../stack/index.ts';
import { instanceErrors } from './errors.ts';

/** The instance that the stack itself is, and whose database is the control database. */
export const MAIN_INSTANCE = 'main';

const NAME = /^[a-z][a-z0-9-]{0,38}[a-z0-9]$/;
const name = z.string().regex(NAME);
const Entry = z.discriminatedUnion('kind', [
  z.strictObject({ name, kind: z.literal('embedded') }),
  z.strictObject({ name, kind: z.literal('url'), adminUrl: z.string().min(1) }),
]);
const Book = z.array(Entry);

/** An `embedded` one is another server of this checkout; one by `url` is somebody else's. */
export type InstanceAddress = z.infer<typeof Entry>;

const bookFile = (state: string): string => path.join(state, 'instances.json');

/** Where an embedded instance keeps its data, and its folder's lock. */
export const instanceFolder = (state: string, instance: string): string =>
  path.join(state, 'instances', instance);

/**
 * Those that were added here, in the order of their names; `main` is not among them.
 *
 * @throws INSTANCE_FILE_INVALID
 */
export function readAddresses(state = stateFolder()): InstanceAddress[] {
  const file = bookFile(state);
  if (!fs.existsSync(file)) return [];
  try {
    return Book.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch (error) {
    // The parser's words would quote the file.
    const found = error instanceof z.ZodError ? `${file}, at ${placeOf(error)}` : file;
    throw instanceErrors.INSTANCE_FILE_INVALID({ found, expected: 'a list of { name, kind, adminUrl }' });
  }
}

const placeOf = ({ issues: [first] }: z.ZodError): string => first?.path.join('.') || 'its beginning';

/** @throws INSTANCE_UNKNOWN */
export function findAddress(instance: string, state = stateFolder()): InstanceAddress {
  const addresses = readAddresses(state);
  const known = addresses.find((each) => each.name === instance);
  if (known) return known;
  throw instanceErrors.INSTANCE_UNKNOWN({
    found: instance,
    expected: [MAIN_INSTANCE, ...addresses.map((each) => each.name)].join(', '),
  });
}

/**
 * Keeps an address. Repeatable.
 *
 * @throws INSTANCE_NAME_INVALID, INSTANCE_NAME_TAKEN, STACK_DATABASE_URL_INVALID, STACK_FOLDER_UNUSABLE
 */
export function keepAddress(given: InstanceAddress, state = stateFolder()): Promise<void> {
  requireName(given.name);
  const address =
    given.kind === 'url' ? { ...given, adminUrl: parseDatabaseUrl(given.adminUrl).href } : given;
  return changeBook(state, (book) => {
    const known = book.find((each) => each.name === address.name);
    if (known && JSON.stringify(known) !== JSON.stringify(address))
      throw instanceErrors.INSTANCE_NAME_TAKEN({ found: address.name });
    return known ? book : [...book, address];
  });
}

/** Forgets an address; one that is not there is forgotten already. */
export function forgetAddress(instance: string, state = stateFolder()): Promise<void> {
  return changeBook(state, (book) => book.filter((each) => each.name !== instance));
}

/** @throws INSTANCE_NAME_INVALID */
export function requireName(instance: string): void {
  if (instance === MAIN_INSTANCE || !NAME.test(instance))
    throw instanceErrors.INSTANCE_NAME_INVALID({ found: quoted(instance) });
}

/** One command at a time changes it, and whoever reads it finds it whole. */
async function changeBook(
  state: string,
  change: (book: InstanceAddress[]) => InstanceAddress[],
): Promise<void> {
  const folder = path.join(state, 'instances');
  makeFolder(folder);
  await withStackLock(folder, async () => {
    const changed = change(readAddresses(state)).sort((one, other) => one.name.localeCompare(other.name));
    writeWhole(bookFile(state), `${JSON.stringify(changed, null, 2)}\n`);
  });
}
