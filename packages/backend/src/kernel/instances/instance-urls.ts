/** The URLs that an instance is worked with: the administrator's, and those of the roles, whose passwords follow from his. */
import { stateFolder } from '../project.ts';
import { APP_ROLE, roleUrl, stackStatus } from '../stack/index.ts';
import { findAddress, instanceFolder, MAIN_INSTANCE } from './address-book.ts';
import { instanceErrors } from './errors.ts';

export interface InstanceUrls {
  readonly adminUrl: string;
  readonly appUrl: string;
  readonly moverUrl: string;
  readonly maintenanceUrl: string;
}

export interface WhereToLook {
  /** Where addresses are kept; the project's `.dmz`, or DMZ_HOME, unless given. */
  readonly stateFolder?: string;
  /** The control database, where it is not the stack's. */
  readonly mainAdminUrl?: string | undefined;
}

/** The URLs of all roles on the server that an administrator's URL names. */
export function urlsOf(adminUrl: string, state = stateFolder()): InstanceUrls {
  const as = (role: string) => roleUrl(adminUrl, role, undefined, state);
  return {
    adminUrl,
    appUrl: as(APP_ROLE),
    moverUrl: as('dmz_mover'),
    maintenanceUrl: as('dmz_maintenance'),
  };
}

/**
 * Where an instance is now. It is looked up at each call: an embedded one may have been started on another port since.
 *
 * @throws INSTANCE_UNKNOWN, INSTANCE_DOWN, INSTANCE_FILE_INVALID
 */
export async function instanceUrls(
  instance: string,
  { stateFolder: state = stateFolder(), mainAdminUrl }: WhereToLook = {},
): Promise<InstanceUrls> {
  if (instance === MAIN_INSTANCE)
    return urlsOf(mainAdminUrl ?? (await runningAt(instance, { stateFolder: state })), state);
  const address = findAddress(instance, state);
  if (address.kind === 'url') return urlsOf(address.adminUrl, state);
  const own = { stateFolder: instanceFolder(state, instance), embedded: true };
  return urlsOf(await runningAt(instance, own), state);
}

async function runningAt(instance: string, where: Parameters<typeof stackStatus>[0]): Promise<string> {
  const { postgres } = await stackStatus(where);
  if (postgres.state === 'running') return postgres.adminUrl;
  throw instanceErrors.INSTANCE_DOWN({
    found: `${instance}: ${postgres.problem ?? 'its PostgreSQL does not run'}`,
  });
}
