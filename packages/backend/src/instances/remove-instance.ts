/** Removes an instance that no tenant is placed on: from the register first, so that nobody is placed there meanwhile. */
import fs from 'node:fs';
import { runAsOwner } from '../kernel/db/index.ts';
import {
  forgetAddress,
  instanceFolder,
  instanceStatus,
  readAddresses,
  requireName,
  stopInstance,
} from '../kernel/instances/index.ts';
import { stateFolder } from '../kernel/project.ts';
import { listInstances, unregisterInstance } from '../modules/public/index.ts';

export interface RemovedInstance {
  readonly name: string;
  /** Whether a server was stopped. */
  readonly stopped: boolean;
  /** Where the data of an embedded one still is; null when there is none, or it was deleted. */
  readonly dataDir: string | null;
}

/**
 * Repeatable: a removal that was killed is finished. The server of an instance by URL is left as it is.
 *
 * @param deleteData  deletes what an embedded instance keeps on the disk
 * @throws INSTANCE_NAME_INVALID, INSTANCE_NOT_REGISTERED, INSTANCE_IN_USE
 */
export async function removeInstance(
  controlUrl: string,
  name: string,
  { deleteData = false }: { readonly deleteData?: boolean } = {},
): Promise<RemovedInstance> {
  requireName(name);
  const address = readAddresses().find((each) => each.name === name);
  const registered = await runAsOwner(controlUrl, listInstances);
  if (address === undefined || registered.some((each) => each.name === name))
    await runAsOwner(controlUrl, (tx) => unregisterInstance(tx, name));
  if (address?.kind !== 'embedded') {
    await forgetAddress(name);
    return { name, stopped: false, dataDir: null };
  }
  const stopped = await stopInstance(name);
  const { dataDir } = await instanceStatus(name);
  if (deleteData) {
    if (dataDir !== null) fs.rmSync(dataDir, { recursive: true, force: true });
    fs.rmSync(instanceFolder(stateFolder(), name), { recursive: true, force: true });
  }
  await forgetAddress(name);
  return { name, stopped, dataDir: deleteData ? null : dataDir };
}
