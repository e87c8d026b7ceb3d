/**
 * What a deception is after: the first of its techniques that gives it away decides, else the way it came.
 */
import type { EmailCategory, EmailTemplate, Technique } from './content.ts';
import type { AttackKind } from './vocabulary.ts';

/** In this order: a carrier of code says more than a request, a request more than a tone. */
const byTechnique: readonly (readonly [Technique, AttackKind])[] = [
  ['malicious_attachment', 'ransomware'],
  ['credential_request', 'credential_theft'],
  ['deceptive_link', 'credential_theft'],
  ['payment_change', 'data_leak'],
];

const byCategory: Readonly<Record<EmailCategory, AttackKind>> = {
  access_request: 'sabotage',
  partner_traffic: 'data_leak',
  authority: 'data_leak',
  personal: 'ransomware',
  internal: 'credential_theft',
};

export function attackKindFor(template: EmailTemplate): AttackKind {
  const techniques = new Set(template.indicators.map((indicator) => indicator.technique));
  return byTechnique.find(([technique]) => techniques.has(technique))?.[1] ?? byCategory[template.category];
}
