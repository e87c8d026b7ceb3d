/** What the demonstration campaigns are made of: a lesson, a page and two messages, rated on the NIST Phish Scale. */
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { phishingTables } from './schema.ts';

/** NIST TN 2276: few cues, and elements that add up to a medium (16) or weak (6) alignment with the premise. */
const MESSAGES = [
  {
    name: 'Parcel held at the gate',
    fromName: 'Goods In',
    fromAddress: 'goods-in@parcels.example',
    subject: 'Your parcel is held at the gate',
    text: 'A parcel for {{displayName}} needs your confirmation: {{link}}',
    cueCount: 6,
    mimicsWorkplace: 6,
    workplaceRelevance: 4,
    situationalFit: 4,
    consequenceConcern: 4,
    priorTraining: 2,
    premiseAlignment: 'medium',
    detectionDifficulty: 'very',
  },
  {
    name: 'Prize draw',
    fromName: 'Prize Office',
    fromAddress: 'winners@prizes.example',
    subject: 'You are among the winners!!',
    text: 'Claim your prize within the hour: {{link}}',
    cueCount: 16,
    mimicsWorkplace: 0,
    workplaceRelevance: 2,
    situationalFit: 2,
    consequenceConcern: 4,
    priorTraining: 2,
    premiseAlignment: 'weak',
    detectionDifficulty: 'least',
  },
] as const;

export async function seedLures(tx: TenantTx) {
  const { teachableMoments, landingPages, templates } = phishingTables(tx);
  const { tenantId } = tx;
  const teachableMomentId = only(
    await tx
      .insert(teachableMoments)
      .values({
        tenantId,
        name: 'What gave it away',
        title: 'This was a simulation',
        body: 'Nothing happened. Look at the **address of the link** and at who asks *what* of you, *how soon*.',
      })
      .returning({ id: teachableMoments.id }),
  );
  const landingPageId = only(
    await tx
      .insert(landingPages)
      .values({
        tenantId,
        name: 'Sign in to confirm',
        kind: 'credential_form',
        slug: 'confirm',
        markup: '<main><h1>Please sign in</h1><form></form></main>',
        teachableMomentId,
      })
      .returning({ id: landingPages.id }),
  );
  const rows = MESSAGES.map(({ text, ...message }) => ({
    ...message,
    tenantId,
    channel: 'email' as const,
    lure: 'link' as const,
    techniqueId: 'T1566.002',
    body: { 'text/plain': text },
    landingPageId,
    state: 'approved' as const,
  }));
  const added = await tx.insert(templates).values(rows).returning({ id: templates.id });
  return { teachableMomentId, landingPageId, templates: added.map(({ id }) => id) };
}

function only(rows: readonly { readonly id: string }[]): string {
  const [row] = rows;
  if (!row) throw new Error('INSERT RETURNING gave no row');
  return row.id;
}
