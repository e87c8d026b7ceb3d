/** Looks now and then for tenants that were asked for and are not open yet, while a command runs the queues. */

import { setTimeout as sleep } from 'node:timers/promises';
import { finishCreations } from '../provisioning/finish-creations.ts';
import { tellLine } from './print-line.ts';
import type { Place } from './walk-tenants.ts';

/** Who asks for a tenant waits no longer than this for whoever runs; one that cannot be finished is tried as often. */
const LOOK_MS = 15_000;

export async function provisionUntil(place: Place, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await provisionOnce(place, signal);
    await sleep(LOOK_MS, undefined, { signal }).catch(() => {});
  }
}

/** What keeps a tenant is said and not thrown: the queues of others go on. */
export async function provisionOnce({ platform, postgres }: Place, signal: AbortSignal): Promise<void> {
  const shop = { tenancy: platform.tenancy, controlUrl: postgres.adminUrl };
  try {
    const { opened, left } = await finishCreations(shop, signal);
    for (const slug of opened) tellLine(`${slug} is open.`);
    for (const { slug, code } of left) tellLine(`${slug} is not open yet: ${code}`);
  } catch (error) {
    tellLine(`tenants that were asked for were not looked at: ${String(error)}`);
  }
}
