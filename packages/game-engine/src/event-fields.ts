/** The fields that events have in common: keys of one form everywhere, counts and signed changes as integers. */
import { z } from 'zod';

export const count = z.int().nonnegative();
export const delta = z.int();
export const day = z.int().min(1);
export const severity = z.int().min(1).max(5);
export const difficulty = z.int().min(1).max(5);
export const emailKey = z.string().regex(/^d\d{2,4}-e\d{2}$/);
export const packetKey = z.string().regex(/^d\d{2,4}-e\d{2}-p$/);
export const clientKey = z.string().regex(/^d\d{2,4}-e\d{2}-c$/);
export const attackKey = z.string().regex(/^d\d{2,4}-a\d+$/);
export const incidentKey = z.string().regex(/^d\d{2,4}-i\d+$/);
export const version = z.string().min(1).max(120);
/** A host name, RFC 1035. */
export const domain = z.string().min(1).max(253);
export const templateKey = z.string().min(1);

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
