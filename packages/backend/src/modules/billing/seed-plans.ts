/**
 * The plans on offer, what each contains, and what a seat costs. A price that changes is a new row with a later day,
 * beside the old one, which gets its last day. Repeatable.
 */
import { keepReferenceRows, type OwnerTx } from '../../kernel/db/index.ts';
import { billingTables } from './schema.ts';

const PLANS = [
  {
    code: 'free',
    name: 'Free',
    description: 'To play alone, or to try it with a few colleagues.',
    maxSeats: 10,
  },
  {
    code: 'starter',
    name: 'Starter',
    description: 'Training and simulated phishing for a small company.',
    minSeats: 5,
    maxSeats: 100,
    trialDays: 14,
  },
  {
    code: 'professional',
    name: 'Professional',
    description: 'Campaigns, evidence for auditors and single sign-on for a mid-size company.',
    isolation: 'schema' as const,
    minSeats: 50,
    maxSeats: 2_000,
    trialDays: 30,
  },
  {
    code: 'enterprise',
    name: 'Enterprise',
    description: 'An instance of one’s own, directories, exports and every framework.',
    isolation: 'instance' as const,
    minSeats: 500,
    isPublic: false,
  },
  {
    code: 'government',
    name: 'Government',
    description: 'As Enterprise, for public bodies: kept to one region, with the federal frameworks.',
    isolation: 'instance' as const,
    minSeats: 100,
    isPublic: false,
  },
].map((plan, at) => ({ ...plan, position: at + 1 }));

type Contents = readonly [free: Content, starter: Content, professional: Content, enterprise: Content];
/** False: not contained. True: there, or as much as is wanted. A number: up to it. */
type Content = boolean | number;

/** Government contains what Enterprise does. */
const FEATURES: readonly {
  readonly key: string;
  readonly name: string;
  readonly unit?: string;
  readonly metered?: boolean;
  readonly in: Contents;
}[] = [
  { key: 'game.sessions', name: 'Sessions a month', unit: 'sessions', in: [50, true, true, true] },
  { key: 'files.storage', name: 'Storage', unit: 'GiB', in: [1, 10, 200, true] },
  { key: 'training.programs', name: 'Training programmes', unit: 'programmes', in: [1, 5, 50, true] },
  { key: 'training.certificates', name: 'Certificates', in: [false, true, true, true] },
  { key: 'training.attestations', name: 'Policies and attestations', in: [false, false, true, true] },
  {
    key: 'phishing.campaigns',
    name: 'Simulated campaigns a year',
    unit: 'campaigns',
    in: [false, 4, 52, true],
  },
  {
    key: 'phishing.sends',
    name: 'Simulated messages',
    unit: 'messages',
    metered: true,
    in: [false, true, true, true],
  },
  {
    key: 'ai.generations',
    name: 'Generated content',
    unit: 'generations',
    metered: true,
    in: [false, false, true, true],
  },
  { key: 'content.packs', name: 'Content packs of one’s own', unit: 'packs', in: [false, 1, 20, true] },
  { key: 'analytics.reports', name: 'Reports by department and team', in: [false, true, true, true] },
  { key: 'auth.sso', name: 'Single sign-on by SAML or OpenID Connect', in: [false, false, true, true] },
  { key: 'auth.scim', name: 'People from a directory by SCIM', in: [false, false, true, true] },
  { key: 'lrs.statements', name: 'Learning record store', in: [false, false, true, true] },
  { key: 'integration.webhooks', name: 'Webhooks', unit: 'webhooks', in: [false, 2, 20, true] },
  { key: 'integration.siem', name: 'Export to a SIEM', in: [false, false, false, true] },
  { key: 'admin.audit_export', name: 'Export of the audit log with proofs', in: [false, false, true, true] },
  { key: 'governance.residency', name: 'Choice of data region', in: [false, false, true, true] },
];

const TIERS = ['free', 'starter', 'professional', 'enterprise'] as const;

const PRICES_FROM = '2026-01-01';
/** Per seat and month, in minor units. Enterprise and Government are agreed on, so they have no price here. */
const SEAT_MINOR: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  free: { EUR: 0, USD: 0, GBP: 0 },
  starter: { EUR: 300, USD: 300, GBP: 250 },
  professional: { EUR: 600, USD: 600, GBP: 500 },
};
/** A year costs ten months. */
const MONTHS_PAID_A_YEAR = 10;

/** @returns how many rows were added or changed */
export async function seedPlans(tx: OwnerTx): Promise<number> {
  const { plans, features, planFeatures, planPrices } = billingTables;
  const featureRows = FEATURES.map(({ key, name, unit, metered }) => ({
    key,
    name,
    unit: unit ?? null,
    measure: unit === undefined ? ('switch' as const) : metered ? ('metered' as const) : ('limit' as const),
  }));
  return (
    (await keepReferenceRows(tx, plans, PLANS)) +
    (await keepReferenceRows(tx, features, featureRows)) +
    (await keepReferenceRows(tx, planFeatures, planFeatureRows())) +
    (await keepReferenceRows(tx, planPrices, planPriceRows()))
  );
}

function planFeatureRows() {
  return FEATURES.flatMap(({ key, in: contents }) => {
    const rows = TIERS.flatMap((planCode, at) => {
      const content = contents[at] ?? false;
      if (content === false) return [];
      return [{ planCode: planCode as string, featureKey: key, quantity: content === true ? null : content }];
    });
    const enterprise = rows.find(({ planCode }) => planCode === 'enterprise');
    return enterprise ? [...rows, { ...enterprise, planCode: 'government' }] : rows;
  });
}

function planPriceRows() {
  return Object.entries(SEAT_MINOR).flatMap(([planCode, prices]) =>
    Object.entries(prices).flatMap(([currencyCode, monthly]) => [
      {
        planCode,
        currencyCode,
        billingInterval: 'month' as const,
        seatMinor: monthly,
        validFrom: PRICES_FROM,
      },
      {
        planCode,
        currencyCode,
        billingInterval: 'year' as const,
        seatMinor: monthly * MONTHS_PAID_A_YEAR,
        validFrom: PRICES_FROM,
      },
    ]),
  );
}
