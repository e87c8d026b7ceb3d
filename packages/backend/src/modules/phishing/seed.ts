/**
 * Two finished campaigns of simulated phishing for a demonstration tenant: whom they reached and what people did. A
 * tenant that has the first of them is left alone.
 */
import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { demonstrationTime, drawn } from '../../kernel/demonstration.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { phishingTables } from './schema.ts';
import { seedLures } from './seed-lures.ts';

interface Person {
  readonly id: string;
  readonly email: string;
}

/** In 1/1000 of the people: those who were taught between the campaigns click less and report more. */
const CAMPAIGNS = [
  { name: 'Baseline 2025', purpose: 'baseline', day: 14, clicked: 280, entered: 120, reported: 180 },
  { name: 'Follow-up 2025', purpose: 'measurement', day: 120, clicked: 110, entered: 40, reported: 460 },
] as const;
const RUNS_DAYS = 14;
const MINUTES_OF_WORK = 480;

type Campaign = (typeof CAMPAIGNS)[number] & { readonly id: string };

/** @param departmentOf  the department of each person, by the person's id */
export async function seedPhishing(
  tx: TenantTx,
  people: readonly Person[],
  departmentOf: ReadonlyMap<string, string>,
): Promise<void> {
  const { campaigns } = phishingTables(tx);
  const [first, second] = people;
  if (!first || !second) return;
  const [known] = await tx
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(eq(campaigns.name, CAMPAIGNS[0].name));
  if (known) return;
  const lures = await seedLures(tx);
  for (const campaign of CAMPAIGNS) {
    const id = await addCampaign(tx, campaign, lures.templates, [first.id, second.id]);
    await addHistory(tx, { ...campaign, id }, { people, departmentOf, lures });
  }
}

async function addCampaign(
  tx: TenantTx,
  { name, purpose, day }: (typeof CAMPAIGNS)[number],
  templates: readonly string[],
  [createdById, approvedById]: readonly [string, string],
): Promise<string> {
  const { campaigns, campaignTemplates } = phishingTables(tx);
  const { tenantId } = tx;
  const row = {
    tenantId,
    name,
    purpose,
    status: 'completed' as const,
    startsAt: demonstrationTime(day),
    endsAt: demonstrationTime(day + RUNS_DAYS),
    schedule: { weekdays: [1, 2, 3, 4, 5], from: '09:00', until: '17:00', timeZone: 'UTC' },
    audience: { everybody: true },
    createdById,
    approvedById,
    approvedAt: demonstrationTime(day - 3, 600),
  };
  const [added] = await tx.insert(campaigns).values(row).returning({ id: campaigns.id });
  if (!added) throw new Error('INSERT RETURNING gave no row');
  const drawnFrom = templates.map((templateId) => ({ tenantId, campaignId: added.id, templateId }));
  await tx.insert(campaignTemplates).values(drawnFrom);
  return added.id;
}

interface Circumstances {
  readonly people: readonly Person[];
  readonly departmentOf: ReadonlyMap<string, string>;
  readonly lures: Awaited<ReturnType<typeof seedLures>>;
}

async function addHistory(tx: TenantTx, campaign: Campaign, about: Circumstances): Promise<void> {
  const { targets, sends, interactions } = phishingTables(tx);
  const { people, departmentOf, lures } = about;
  const { tenantId } = tx;
  const addedTargets = await tx
    .insert(targets)
    .values(
      people.map(({ id }) => ({
        tenantId,
        campaignId: campaign.id,
        userId: id,
        departmentId: departmentOf.get(id) ?? null,
      })),
    )
    .returning({ id: targets.id, userId: targets.userId });
  const targetOf = new Map(addedTargets.map(({ id, userId }) => [userId, id]));
  const sendRows = people.flatMap(({ id, email }) => {
    const targetId = targetOf.get(id);
    const templateId = lures.templates[drawn(`template:${campaign.name}:${email}`, lures.templates.length)];
    return targetId && templateId ? [sendRow(tx, campaign, { email, targetId, templateId, lures })] : [];
  });
  const addedSends = await tx
    .insert(sends)
    .values(sendRows)
    .returning({ id: sends.id, email: sends.recipientAddress, sentAt: sends.sentAt });
  const deeds = addedSends.flatMap(({ id, email, sentAt }) =>
    deedsOf(campaign, email ?? '', lures.teachableMomentId).map(({ after, ...deed }) => ({
      ...deed,
      tenantId,
      sendId: id,
      automated: false,
      occurredAt: new Date((sentAt?.getTime() ?? 0) + after * 60_000),
    })),
  );
  if (deeds.length > 0) await tx.insert(interactions).values(deeds);
}

function sendRow(
  { tenantId }: TenantTx,
  { name, day }: Campaign,
  {
    email,
    targetId,
    templateId,
    lures,
  }: Pick<Circumstances, 'lures'> & { email: string; targetId: string; templateId: string },
) {
  const sentAt = demonstrationTime(
    day + drawn(`day:${name}:${email}`, 5),
    540 + drawn(`minute:${name}:${email}`, MINUTES_OF_WORK),
  );
  return {
    tenantId,
    targetId,
    templateId,
    landingPageId: lures.landingPageId,
    recipientAddress: email,
    trackingSha256: createHash('sha256').update(`demonstration:${name}:${email}`).digest('hex'),
    status: 'delivered' as const,
    attempts: 1,
    replyCode: '2.0.0',
    scheduledAt: sentAt,
    sentAt,
    deliveredAt: sentAt,
  };
}

/** What a person did with a message, each so many minutes after it was sent. */
function deedsOf({ name, clicked, entered, reported }: Campaign, email: string, teachableMomentId: string) {
  const draw = drawn(`deed:${name}:${email}`, 1_000);
  const opened = { kind: 'opened' as const, after: 1 + drawn(`opened:${name}:${email}`, 240) };
  if (draw < clicked) {
    const click = { kind: 'clicked' as const, after: opened.after + 1 };
    const entry = { kind: 'data_entered' as const, after: opened.after + 2 };
    const lesson = { kind: 'moment_viewed' as const, teachableMomentId, after: opened.after + 3 };
    return draw < entered ? [opened, click, entry, lesson] : [opened, click, lesson];
  }
  if (draw < clicked + reported)
    return [
      opened,
      { kind: 'reported' as const, reportChannel: 'mail_button' as const, after: opened.after + 4 },
    ];
  return draw < 900 ? [opened] : [];
}
