/** The fields that events have in common, each with its meaning: keys of one form, counts and signed changes as integers. */
import { z } from 'zod';
import { key } from './impersonal.ts';

export const count = z.int().nonnegative();
export const delta = z.int();
export const day = z.int().min(1).describe('game day, from 1');
export const severity = z.int().min(1).max(5).describe('1 a nuisance, 5 the worst');
export const difficulty = z
  .int()
  .min(1)
  .max(5)
  .describe('how hard the e-mail is to judge: 1 obvious, 5 expert');
export const emailKey = key(/^d\d{2,4}-e\d{2}$/, 12, 'the e-mail: day and number it came with');
export const packetKey = key(/^d\d{2,4}-e\d{2}-p$/, 14, 'the papers of the e-mail’s sender');
export const clientKey = key(/^d\d{2,4}-e\d{2}-c$/, 14, 'the guest, after the e-mail that asked for room');
export const attackKey = key(/^d\d{2,4}-a\d{1,4}$/, 14, 'the attack: day and number it was launched with');
export const incidentKey = key(/^d\d{2,4}-i\d{1,4}$/, 14, 'the incident: day and number it occurred with');
export const packVersion = key(/^[a-z0-9-]+@[0-9]+$/, 120, 'content pack that the session is played with');
export const programVersion = key(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/, 20, 'engine that started the session');
/** A host name, RFC 1035; its last label has letters, so that it is no address of a machine. */
export const domain = key(
  /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/,
  253,
  'host name of the sender, as the content pack has it',
);
/** Words joined by hyphens, as content names its parts. */
const contentKey = (meaning: string) => key(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 80, meaning);
export const templateKey = contentKey('template in the content pack');
export const indicatorKey = contentKey('indicator in the template');
export const artifactKey = contentKey('artifact in the template');

export const creditsDelta = delta.describe('change of the credits');
export const trustDelta = delta.describe('change of the trust');
export const intelDelta = delta.describe('change of the intel');
export const heatDelta = delta.describe('change of the attackers’ attention');
export const costCredits = count.describe('price in credits');
export const blockPermille = count
  .max(1000)
  .describe('chance of being blocked that the defences gave, of 1000');
export const credits = count.describe('credits afterwards');
export const trust = z.int().describe('trust afterwards');
export const intel = count.describe('intel afterwards');

/** Counters of one day, or of the whole session. */
export const Tally = z.strictObject({
  received: count,
  /** Final decisions: approve, deny, flag. */
  decided: count,
  correct: count,
  deferred: count,
  expired: count,
  verifications: count,
  marksRight: count,
  marksWrong: count,
  attacksBlocked: count,
  breaches: count,
  clientsAdmitted: count,
});
export type Tally = Readonly<z.infer<typeof Tally>>;
