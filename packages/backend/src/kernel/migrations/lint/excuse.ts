/**
 * Excuses: a comment directly above a statement that lets one rule pass for it, and says why. A reviewer reads the reason
 * beside the statement; one that excuses nothing is a finding, so none outlives what it was for.
 */
export interface Excuse {
  readonly rule: string;
  readonly reason: string;
}

const OPENING = /^--\s*lint\s*:/i;
const WHOLE = /^--\s*lint\s*:\s*allow\s+(\S+)\s+because\s+(\S.*)$/i;

/** @param comments  those directly above a statement, `--` included */
export function readExcuses(comments: readonly string[]): {
  readonly excuses: readonly Excuse[];
  /** Comments that mean to be excuses and are none. */
  readonly malformed: readonly string[];
} {
  const meant = comments.filter((comment) => OPENING.test(comment));
  const excuses = meant.flatMap((comment) => {
    const [, rule, reason] = WHOLE.exec(comment) ?? [];
    return rule === undefined || reason === undefined ? [] : [{ rule, reason }];
  });
  return { excuses, malformed: meant.filter((comment) => !WHOLE.test(comment)) };
}

export const isMeantAsExcuse = (comment: string) => OPENING.test(comment);
