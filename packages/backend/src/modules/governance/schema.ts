/** Data protection: people's requests and consents, their keys and pseudonyms, and how long data is kept and where it goes. */
import { defineModule } from '../../kernel/db/index.ts';
import { authTargets } from '../auth/schema.ts';
import { filesTargets } from '../files/schema.ts';
import { publicTargets } from '../public/schema.ts';
import { dataKeepingTables, legalHoldTables } from './tables/data-keeping.ts';
import { dataSubjectTables } from './tables/data-subjects.ts';

export const governanceTables = defineModule('governance', (kit) => {
  const { locales, countries, dataRegions: regions, regulatoryFrameworks: frameworks } = publicTargets;
  const near = {
    users: authTargets.users,
    objects: filesTargets.objects,
    locales,
    countries,
    regions,
    frameworks,
  };
  const holds = legalHoldTables(kit, near);
  const subjects = dataSubjectTables(kit, { ...near, ...holds });
  return { ...holds, ...subjects, ...dataKeepingTables(kit, { ...near, ...subjects }) };
});

export const {
  schema,
  privacyRequests,
  erasureCertificates,
  tenantKeys,
  subjectKeys,
  pseudonyms,
  consents,
  legalHolds,
  retentionRuns,
  transferLog,
} = governanceTables.canonical;
