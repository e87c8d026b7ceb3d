/**
 * Answers a person's request for their data later, by a job: the archive lies in the exports folder under `.dmz`, the
 * request is fulfilled, and the person is told. Each of the three is done once, however often the job is run.
 */
import { rm } from 'node:fs/promises';
import { type Addressee, personFile } from '../kernel/person-files.ts';
import { findRequest, OPEN_REQUESTS } from '../modules/governance/index.ts';
import { type ExportOffice, exportPerson } from './export-person.ts';

/** Where the answer to a request lies until it is handed out. */
export const archiveOfRequest = (whose: Addressee, requestId: string): string =>
  personFile('exports', whose, `${requestId}.zip`);

/**
 * @returns whether the request is answered with an archive; false where it was refused or withdrawn since
 * @throws what `exportPerson` throws
 */
export async function exportOnRequest(
  office: ExportOffice,
  whose: Addressee,
  requestId: string,
): Promise<boolean> {
  const { tenantId: tenant, userId: user } = whose;
  const status = await statusOf(office, tenant, requestId);
  if (!OPEN_REQUESTS.some((open) => open === status)) return status === 'fulfilled';
  const out = archiveOfRequest(whose, requestId);
  // Of a run that was killed before it was recorded: nobody was told of it.
  await rm(out, { force: true });
  await exportPerson(office, { tenant, user, out, requestId });
  return true;
}

async function statusOf({ tenancy }: ExportOffice, tenant: string, requestId: string) {
  const request = await tenancy.run(tenant, (tx) => findRequest(tx, requestId), { snapshot: true });
  return request?.status;
}
