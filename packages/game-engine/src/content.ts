/**
 * The shape of the content that the engine plays with: e-mail templates and the pack that holds them.
 * A pack is immutable once released; a session records the pack's version, so that its actions can be run again.
 */
import { z } from 'zod';
import { domain } from './event-fields.ts';

/** How a request arrives in the inbox, which decides what approving it does. */
export const EmailCategory = z
  .enum([
    'access_request', // somebody wants rack space in the last data centre
    'partner_traffic', // clients, suppliers and allies about running business
    'authority', // governments, relief bodies, auditors
    'personal', // survivors, families, strangers
    'internal', // your own staff and systems
  ])
  .describe('how the request arrives');
export type EmailCategory = z.infer<typeof EmailCategory>;

/** What gives a deceptive message away: the canonical techniques that indicators are annotated with. */
export const Technique = z
  .enum([
    'spoofed_sender', // display name and address do not belong together
    'lookalike_domain', // one character off, another top-level domain, an extra word
    'reply_to_mismatch',
    'failed_authentication', // SPF, DKIM or DMARC fail (RFC 7208, RFC 6376, RFC 7489)
    'deceptive_link', // text and target of a link differ
    'malicious_attachment', // double extension, macro, archive with a password
    'urgency',
    'authority_pressure',
    'reward_lure',
    'emotional_appeal',
    'credential_request',
    'payment_change',
    'unusual_request', // against the procedure that the sender would know
    'inconsistent_detail', // facts that do not agree with each other
    'generic_greeting',
    'language_anomaly',
  ])
  .describe('what gives the e-mail away');
export type Technique = z.infer<typeof Technique>;

/** Keys and senders' host names are what events repeat of the content, so they have the form that events allow. */
const Key = z
  .string()
  .max(80)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens, beginning with a letter');
const Difficulty = z.int().min(1).max(5);
const Mailbox = z.strictObject({ name: z.string().min(1).max(120), address: z.email() });
const Sender = Mailbox.refine(({ address }) => domain.safeParse(domainOf(address)).success, {
  path: ['address'],
  error: 'no host name after the @',
});

export const EmailIndicator = z.strictObject({
  key: Key,
  technique: Technique,
  location: z.enum(['from', 'reply_to', 'subject', 'headers', 'body', 'link', 'attachment']),
  /** The exact words, header or address to look at; it occurs in the e-mail at `location`. */
  evidence: z.string().min(1).max(300),
  /** What a trainer would say about it, one or two sentences. */
  explanation: z.string().min(1).max(500),
  /** How hard it is to notice: 1 obvious, 5 expert. */
  difficulty: Difficulty,
});

export type EmailIndicator = z.infer<typeof EmailIndicator>;

export const VerificationArtifact = z.strictObject({
  key: Key,
  kind: z.enum([
    'registry_extract',
    'callback_transcript',
    'header_trace',
    'identity_document',
    'reference',
    'site_photo',
  ]),
  title: z.string().min(1).max(120),
  content: z.string().min(1).max(1500),
  /** What the artifact, read carefully, speaks for. */
  supports: z.enum(['honest', 'deceptive', 'inconclusive']),
});

export type VerificationArtifact = z.infer<typeof VerificationArtifact>;

export const EmailTemplate = z
  .strictObject({
    key: Key,
    category: EmailCategory,
    legitimate: z.boolean(),
    difficulty: Difficulty,
    /** Who is asking; e.g. 'Harrow Street Clinic'. */
    organisation: z.string().min(1).max(120),
    from: Sender,
    replyTo: Mailbox.optional(),
    subject: z.string().min(1).max(200),
    /** Transport headers in order, `From`, `Subject` and `Reply-To` left out. */
    headers: z
      .array(
        z.strictObject({ name: z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/), value: z.string().max(1000) }),
      )
      .min(3)
      .max(15),
    body: z.string().min(80).max(4000),
    links: z
      .array(z.strictObject({ text: z.string().min(1).max(300), target: z.url() }))
      .max(5)
      .default([]),
    attachments: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(120),
          mimeType: z.string().regex(/^[a-z]+\/[a-z0-9.+-]+$/),
          sizeBytes: z.int().positive(),
        }),
      )
      .max(5)
      .default([]),
    /** Empty for an honest e-mail; one to six for a deceptive one. */
    indicators: z.array(EmailIndicator).max(6).default([]),
    artifacts: z.array(VerificationArtifact).min(1).max(4),
    /** What approving an honest request earns a day, and occupies; zeros where nothing is hosted. */
    offer: z.strictObject({
      creditsPerDay: z.int().min(0).max(200),
      days: z.int().min(0).max(30),
      rackUnits: z.int().min(0).max(12),
      powerKw: z.int().min(0).max(20),
      coolingKw: z.int().min(0).max(20),
      bandwidthMbps: z.int().min(0).max(1000),
    }),
  })
  .superRefine((email, issue) => {
    if (email.legitimate !== (email.indicators.length === 0)) {
      issue.addIssue({
        code: 'custom',
        message: 'an honest e-mail has no indicators, a deceptive one at least one',
      });
    }
  });
export type EmailTemplate = z.infer<typeof EmailTemplate>;

export const ContentPack = z.strictObject({
  /** Name and version, e.g. 'base@1'. */
  version: z.string().regex(/^[a-z0-9-]+@[0-9]+$/),
  emails: z.array(EmailTemplate).min(1),
});
export type ContentPack = z.infer<typeof ContentPack>;

/** The part of an address behind the @, in lower case. */
export const domainOf = (address: string): string =>
  address.slice(address.lastIndexOf('@') + 1).toLowerCase();
