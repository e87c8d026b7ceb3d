/** Every table of records that can be superseded or invalidated, by its name. A test holds the list against the catalogue. */

import type { StatusReason } from '../kernel/db/index.ts';
import type { Keys } from '../kernel/privacy/index.ts';
import { type AnyRecord, recordErrors, type Standing } from '../kernel/records/index.ts';
import type { TenantTx } from '../kernel/tenancy/index.ts';
import { breakGlassGrants } from '../modules/admin/index.ts';
import { safetyReviews } from '../modules/ai/index.ts';
import { complianceSnapshots } from '../modules/analytics/index.ts';
import { invoices, usageRecords } from '../modules/billing/index.ts';
import { contentReviews } from '../modules/content/index.ts';
import { userAchievements } from '../modules/economy/index.ts';
import { erasureCertificates } from '../modules/governance/index.ts';
import { aiccResults } from '../modules/lrs/index.ts';
import { phishingInteractions } from '../modules/phishing/index.ts';
import {
  assessmentResults,
  attestations,
  certificates,
  completions,
  managementAttestations,
  programReviews,
} from '../modules/training/index.ts';
import { moderationDecisions } from '../modules/ugc/index.ts';

/** Records of any table, as far as nothing of their contents matters. */
export interface EvidenceRecords {
  readonly name: string;
  invalidate(tx: TenantTx, keys: Keys, id: string, reason: StatusReason): Promise<AnyRecord>;
  history(tx: TenantTx, id: string): Promise<AnyRecord[]>;
  validNow(tx: TenantTx): Promise<AnyRecord[]>;
  standing(tx: TenantTx, id: string): Promise<Standing>;
  count(tx: TenantTx): Promise<Readonly<Record<Standing['state'], number>>>;
}

export const evidenceRecords: readonly EvidenceRecords[] = [
  breakGlassGrants,
  safetyReviews,
  complianceSnapshots,
  invoices,
  usageRecords,
  contentReviews,
  userAchievements,
  erasureCertificates,
  aiccResults,
  phishingInteractions,
  assessmentResults,
  attestations,
  certificates,
  completions,
  managementAttestations,
  programReviews,
  moderationDecisions,
];

/** @param name  as module.table @throws RECORDS_TABLE_UNKNOWN */
export function recordsNamed(name: string): EvidenceRecords {
  const records = evidenceRecords.find((each) => each.name === name);
  if (records) return records;
  throw recordErrors.RECORDS_TABLE_UNKNOWN({
    found: name,
    expected: evidenceRecords.map((each) => each.name).join(', '),
  });
}
