/**
 * The keys that entries into tenants are signed with, over all instances. A rotation begins at the control database, which
 * remembers that it is under way until every instance has the key and every tenant's log says so; whoever is killed in
 * between has lost nothing, and the next rotation ends that one.
 */
import { v7 as uuidv7 } from 'uuid';
import { recordInEach } from '../auditing/record-in-each.ts';
import { reachInstances } from '../instances/walk-instances.ts';
import {
  type ContextKeyState,
  listContextKeys,
  markSpread,
  OVERLAP_SECONDS,
  rotateContextKey,
} from '../kernel/context/index.ts';
import { connectAsAdministrator, exclusively } from '../kernel/db/index.ts';
import type { Tenancy } from '../kernel/tenancy/index.ts';

/** Two rotations that are begun at once are one after the other. */
const ROTATION_LOCK = 0x646d7a07;

export interface ContextRotation {
  readonly contextKeyId: string;
  /** Whether it is the end of one that was interrupted. */
  readonly resumed: boolean;
  /** Until then entries that the former key signed are accepted. */
  readonly overlapSeconds: number;
  /** Those that got the key now. */
  readonly instances: readonly string[];
}

/**
 * Has a new key sign at every instance. Programs go on; each finds out by itself.
 *
 * @param controlUrl  an administrator's URL of the control database
 * @throws INSTANCE_DOWN, INSTANCE_UNKNOWN  before anything is changed
 */
export function rotateContextKeys(
  tenancy: Tenancy,
  controlUrl: string,
  onInstance: (instance: string) => void = () => {},
): Promise<ContextRotation> {
  return exclusively(controlUrl, ROTATION_LOCK, async (control) => {
    const reached = await reachInstances(controlUrl);
    const unfinished = (await listContextKeys(control)).find((key) => !key.isSpread);
    const contextKeyId = unfinished?.id ?? uuidv7();
    const instances: string[] = [];
    for (const { instance, adminUrl } of reached) {
      onInstance(instance);
      const made = await withAdministrator(adminUrl, (client) =>
        rotateContextKey(client, adminUrl, contextKeyId),
      );
      if (made) instances.push(instance);
    }
    await recordInEach(tenancy, controlUrl, () => ({
      action: 'admin.context_key.rotated',
      details: { contextKeyId },
    }));
    await markSpread(control, contextKeyId);
    return {
      ...{ contextKeyId, resumed: unfinished !== undefined, overlapSeconds: OVERLAP_SECONDS },
      instances,
    };
  });
}

export interface InstanceContextKey extends Omit<ContextKeyState, 'isSpread'> {
  readonly instance: string;
}

/** By instance, `main` first, and the newest key of each first. @throws INSTANCE_DOWN, INSTANCE_UNKNOWN */
export async function listInstanceContextKeys(controlUrl: string): Promise<InstanceContextKey[]> {
  const keys: InstanceContextKey[] = [];
  for (const { instance, adminUrl } of await reachInstances(controlUrl))
    for (const { isSpread: _, ...key } of await withAdministrator(adminUrl, listContextKeys))
      keys.push({ instance, ...key });
  return keys;
}

async function withAdministrator<Result>(
  adminUrl: string,
  work: (client: Awaited<ReturnType<typeof connectAsAdministrator>>) => Promise<Result>,
): Promise<Result> {
  const client = await connectAsAdministrator(adminUrl);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
