/** The game's words as a player reads them. Every enumeration is complete by its type: a new word does not compile without its text. */
import type {
  AttackKind,
  Decision,
  Defence,
  EmailCategory,
  EmailStatus,
  EmailTemplate,
  FacilityTier,
  IncidentResponse,
  IndicatorLocation,
  Outcome,
  Resource,
  Technique,
  ThreatTier,
} from '@archive-gate/game-engine';

type Paper = EmailTemplate['artifacts'][number];
type Words<Word extends string> = Readonly<Record<Word, string>>;

interface Explained {
  readonly name: string;
  readonly hint: string;
}

export const techniques: Readonly<Record<Technique, Explained>> = {
  spoofed_sender: { name: 'Spoofed sender', hint: 'name and address do not belong together' },
  lookalike_domain: { name: 'Lookalike domain', hint: 'nearly the right address' },
  reply_to_mismatch: { name: 'Reply-to mismatch', hint: 'the answer goes to somebody else' },
  failed_authentication: { name: 'Failed authentication', hint: 'SPF, DKIM or DMARC does not pass' },
  deceptive_link: { name: 'Deceptive link', hint: 'it says one place and leads to another' },
  malicious_attachment: { name: 'Malicious attachment', hint: 'double ending, macro, locked archive' },
  urgency: { name: 'Urgency', hint: 'no time to think' },
  authority_pressure: { name: 'Pressure of authority', hint: 'rank instead of reasons' },
  reward_lure: { name: 'Lure of a reward', hint: 'too good' },
  emotional_appeal: { name: 'Emotional appeal', hint: 'fear, pity, shame' },
  credential_request: { name: 'Asks for credentials', hint: 'passwords, codes, keys' },
  payment_change: { name: 'Changed payment', hint: 'a new account, a new way' },
  unusual_request: { name: 'Unusual request', hint: 'around the procedure' },
  inconsistent_detail: { name: 'Inconsistent detail', hint: 'facts that do not agree' },
  generic_greeting: { name: 'Generic greeting', hint: 'to nobody in particular' },
  language_anomaly: { name: 'Odd language', hint: 'not how they write' },
};

export const locations: Words<IndicatorLocation> = {
  from: 'the sender',
  reply_to: 'the reply-to address',
  subject: 'the subject',
  headers: 'the headers',
  body: 'the text',
  link: 'a link',
  attachment: 'an attachment',
};

export const decisions: Readonly<Record<Decision, Explained>> = {
  approve: { name: 'Approve', hint: 'do what it asks' },
  deny: { name: 'Deny', hint: 'turn it away' },
  flag: { name: 'Flag', hint: 'report it as a deception' },
  request_verification: { name: 'Ask for papers', hint: 'set it aside until they are here' },
  defer: { name: 'Put off', hint: 'decide tomorrow' },
};

export const categories: Words<EmailCategory> = {
  access_request: 'asks for a place',
  partner_traffic: 'partner',
  authority: 'authority',
  personal: 'personal',
  internal: 'in-house',
};

export const statuses: Words<EmailStatus> = {
  pending: 'to decide',
  verifying: 'papers tomorrow',
  deferred: 'put off',
  decided: 'decided',
};

export const paperKinds: Words<Paper['kind']> = {
  registry_extract: 'registry extract',
  callback_transcript: 'call',
  header_trace: 'header trace',
  identity_document: 'identity document',
  reference: 'reference',
  site_photo: 'photograph',
};

export const paperVerdicts: Words<Paper['supports']> = {
  honest: 'speaks for it',
  deceptive: 'speaks against it',
  inconclusive: 'settles nothing',
};

export const outcomes: Words<Outcome> = {
  honest_admitted: 'It was honest, and you let it through.',
  honest_denied: 'It was honest, and you turned it away.',
  honest_denied_for_capacity: 'It was honest; there was no room, and they understood.',
  honest_flagged: 'It was honest, and you accused it of deceiving.',
  deception_approved: 'It was a deception, and you let it in.',
  deception_denied: 'It was a deception, and you turned it away.',
  deception_flagged: 'It was a deception, and you reported it.',
};

export const attackKinds: Words<AttackKind> = {
  credential_theft: 'theft of credentials',
  ransomware: 'ransomware',
  data_leak: 'data leak',
  sabotage: 'sabotage',
};

export const responses: Readonly<Record<IncidentResponse, Explained>> = {
  contain: { name: 'Contain it', hint: 'costs most now, and teaches something' },
  restore_backup: { name: 'Restore from the backup vault', hint: 'cheap, if you have one' },
  pay_ransom: { name: 'Pay the ransom', hint: 'quick; who pays is asked again' },
  ignore: { name: 'Ignore it', hint: 'free today; people notice, and so do attackers' },
};

export const resources: Readonly<Record<Resource, { readonly name: string; readonly unit: string }>> = {
  rackUnits: { name: 'Rack space', unit: 'U' },
  powerKw: { name: 'Power', unit: 'kW' },
  coolingKw: { name: 'Cooling', unit: 'kW' },
  bandwidthMbps: { name: 'Bandwidth', unit: 'Mbps' },
};

export const defences: Readonly<Record<Defence, Explained>> = {
  mail_gateway: { name: 'Mail gateway', hint: 'filters thieves of credentials, and ransomware' },
  awareness_training: { name: 'Awareness training', hint: 'your staff hesitates before it clicks' },
  segmentation: { name: 'Segmentation', hint: 'attacks spread less far' },
  backup_vault: { name: 'Backup vault', hint: 'restores after ransomware and sabotage' },
  generator: { name: 'Generator', hint: 'the best answer to sabotage' },
  verification_desk: { name: 'Verification desk', hint: 'four more papers a day at once' },
  intrusion_detection: { name: 'Intrusion detection', hint: 'some help against everything' },
};

export const facilities: Words<FacilityTier> = {
  outpost: 'Outpost',
  station: 'Station',
  vault: 'Vault',
  fortress: 'Fortress',
  citadel: 'Citadel',
};

export const threatTiers: Readonly<Record<ThreatTier, Explained>> = {
  LOW: { name: 'LOW', hint: 'quiet on the line' },
  GUARDED: { name: 'GUARDED', hint: 'somebody is trying doors' },
  ELEVATED: { name: 'ELEVATED', hint: 'deceptions come daily, and better made' },
  HIGH: { name: 'HIGH', hint: 'every other request may be a trap' },
  SEVERE: { name: 'SEVERE', hint: 'most of what arrives wants in, and not as a guest' },
};

/** `+5`, `-3`, `±0`: a change, always with its sign. */
export const signed = (value: number): string => (value > 0 ? `+${value}` : value < 0 ? `${value}` : '±0');

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
