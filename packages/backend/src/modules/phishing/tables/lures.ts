/** What simulations are made of: messages with their NIST Phish Scale rating, landing pages and lessons. */
import { boolean, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

const localeTag = () =>
  described(text('locale_tag').notNull().default('en'), 'Language that it is written in (BCP 47).');

/** NIST TN 2276: the number of cues and the premise alignment give the difficulty of detection. */
const phishScale = () => ({
  cueCount: described(
    integer('cue_count'),
    'Occurrences of cues: few up to 8, some up to 14, many from 15 on. Null while the template is not rated.',
  ),
  mimicsWorkplace: premise('mimics_workplace', 'it mimics a workplace process or practice'),
  workplaceRelevance: premise('workplace_relevance', 'it is relevant to the workplace'),
  situationalFit: premise('situational_fit', 'it aligns with other situations or events, also outside work'),
  consequenceConcern: premise('consequence_concern', 'it makes people fear what follows from not clicking'),
  priorTraining: premise('prior_training', 'people were trained on it or warned; it is subtracted'),
  premiseAlignment: described(
    text('premise_alignment', { enum: ['weak', 'medium', 'strong'] }),
    'By the sum of the elements: weak up to 10, medium up to 17, strong from 18 on (NIST TN 2276).',
  ),
  detectionDifficulty: described(
    text('detection_difficulty', {
      enum: ['least', 'moderate_to_least', 'moderate', 'very'],
    }),
    'How hard it is for people to detect, from cues and alignment (NIST TN 2276).',
  ),
});
const premise = (name: string, claim: string) =>
  described(integer(name), `NIST Phish Scale premise element, 0 to 8 in steps of 2: how far ${claim}.`);

const elements = ['mimics_workplace', 'workplace_relevance', 'situational_fit', 'consequence_concern'];
const alignmentSum = `(${elements.map((name) => `"${name}"`).join(' + ')} - "prior_training")`;
const phishScaleChecks = {
  rated_as_a_whole: `num_nulls("cue_count", ${elements.map((name) => `"${name}"`).join(', ')}, "prior_training", "premise_alignment", "detection_difficulty") in (0, 8)`,
  ...Object.fromEntries(
    [...elements, 'prior_training'].map((name) => [`${name}_range`, `"${name}" in (0, 2, 4, 6, 8)`]),
  ),
  cue_count_positive: `"cue_count" > 0`,
  alignment_follows: `"premise_alignment" = case when ${alignmentSum} >= 18 then 'strong' when ${alignmentSum} >= 11 then 'medium' else 'weak' end`,
  difficulty_follows: `"detection_difficulty" = case
    when "cue_count" <= 8 then case "premise_alignment" when 'weak' then 'moderate' else 'very' end
    when "cue_count" <= 14 then case "premise_alignment" when 'strong' then 'very' when 'medium' then 'moderate' else 'moderate_to_least' end
    else case "premise_alignment" when 'weak' then 'least' else 'moderate' end end`,
};

export function lureTables(kit: TableKit, locales: TableRef) {
  const teachableMoments = teachableMomentTable(kit, locales);
  const landingPages = landingPageTable(kit, teachableMoments, locales);
  const templates = templateTable(kit, landingPages, locales);
  return { teachableMoments, landingPages, templates, templateCues: templateCueTable(kit, templates) };
}

function teachableMomentTable({ tenantTable, to }: TableKit, locales: TableRef) {
  return tenantTable(
    'teachable_moments',
    'The short explanation that a person sees right after falling for a simulation.',
    {
      name: text('name').notNull(),
      localeTag: localeTag(),
      title: text('title').notNull(),
      body: described(text('body').notNull(), 'Markdown (CommonMark).'),
      pointsOutCues: described(
        boolean('points_out_cues').notNull().default(true),
        'Whether the cues of the very message are shown in place.',
      ),
      moduleId: described(uuid('module_id'), 'Id in training.modules: the lesson offered next.'),
    },
    {
      recoverable: true,
      evolving: true,
      unique: [['name', 'localeTag']],
      references: [to(locales, 'localeTag')],
    },
  );
}

function landingPageTable({ tenantTable, to }: TableKit, teachableMoments: TableRef, locales: TableRef) {
  return tenantTable(
    'landing_pages',
    'The pages that simulated messages lead to. What people type into them is discarded in the browser.',
    {
      name: text('name').notNull(),
      localeTag: localeTag(),
      kind: text('kind', {
        enum: ['notice', 'credential_form', 'consent_screen', 'download', 'qr_handoff'],
      }).notNull(),
      slug: described(text('slug').notNull(), 'Path of the page on the simulation’s host.'),
      markup: described(text('markup').notNull(), 'HTML without scripts; the platform adds what it records.'),
      teachableMomentId: described(uuid('teachable_moment_id'), 'What is explained after the mistake.'),
      redirectUrl: described(text('redirect_url'), 'Where the person is sent when nothing is explained.'),
    },
    {
      recoverable: true,
      evolving: true,
      unique: [['slug'], ['name', 'localeTag']],
      references: [to(locales, 'localeTag'), to(teachableMoments, 'teachableMomentId')],
      checks: {
        slug_form: `"slug" ~ '^[a-z0-9][a-z0-9/-]{0,126}$'`,
        redirect_url_form: `"redirect_url" ~ '^https://'`,
        explains_or_redirects: `num_nonnulls("teachable_moment_id", "redirect_url") >= 1`,
      },
    },
  );
}

function templateTable({ tenantTable, to }: TableKit, landingPages: TableRef, locales: TableRef) {
  return tenantTable(
    'templates',
    'Simulated phishing messages, each rated by how hard it is to detect (NIST Phish Scale).',
    {
      name: text('name').notNull(),
      channel: text('channel', { enum: ['email', 'sms', 'voice', 'chat', 'qr_code'] }).notNull(),
      localeTag: localeTag(),
      lure: text('lure', {
        enum: ['link', 'attachment', 'data_entry', 'reply', 'callback', 'oauth_consent'],
      }).notNull(),
      techniqueId: described(
        text('technique_id').notNull(),
        'Id in threat.attack_vectors: the MITRE ATT&CK technique, such as T1566.002.',
      ),
      fromName: described(text('from_name').notNull(), 'Fictional sender.'),
      fromAddress: described(text('from_address').notNull(), 'Fictional sender’s address or number.'),
      replyToAddress: described(text('reply_to_address'), 'Fictional address for replies.'),
      subject: described(text('subject'), 'Null where the channel has none.'),
      body: described(
        jsonb('body').$type<Record<string, unknown>>().notNull(),
        'Parts of the message by MIME type, with placeholders for the recipient.',
      ),
      landingPageId: uuid('landing_page_id'),
      state: text('state', { enum: ['draft', 'approved', 'retired'] })
        .notNull()
        .default('draft'),
      ...phishScale(),
    },
    {
      recoverable: true,
      evolving: true,
      unique: [['name', 'localeTag']],
      references: [to(locales, 'localeTag'), to(landingPages, 'landingPageId')],
      indexes: { 'approved templates of a difficulty': ['state', 'detectionDifficulty'] },
      checks: {
        technique_form: `"technique_id" ~ '^T[0-9]{4}([.][0-9]{3})?$'`,
        email_has_subject: `"channel" <> 'email' or "subject" is not null`,
        links_lead_somewhere: `"lure" not in ('link', 'data_entry', 'oauth_consent') or "landing_page_id" is not null`,
        ...phishScaleChecks,
      },
    },
  );
}

function templateCueTable({ tenantTable, to }: TableKit, templates: TableRef) {
  return tenantTable(
    'template_cues',
    'The cues in a message by which it can be recognised, of the kinds that the NIST Phish Scale counts (TN 2276).',
    {
      templateId: uuid('template_id').notNull(),
      category: text('category', {
        enum: [
          'error',
          'technical_indicator',
          'visual_presentation',
          'language_and_content',
          'common_tactic',
        ],
      }).notNull(),
      cue: described(text('cue').notNull(), 'Cue within its category, such as domain_spoofing.'),
      occurrences: integer('occurrences').notNull().default(1),
      excerpt: described(text('excerpt'), 'The place in the message, which the teachable moment points out.'),
      explanation: described(text('explanation'), 'What the person is told about it.'),
    },
    {
      unique: [['templateId', 'cue']],
      references: [to(templates, 'templateId', 'cascade')],
      checks: { occurrences_positive: `"occurrences" > 0`, cue_form: `"cue" ~ '^[a-z][a-z_]*$'` },
    },
  );
}
