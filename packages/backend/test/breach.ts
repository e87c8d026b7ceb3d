/** What somebody could do to the database to break a rule of the catalogue check, and what the rule must name then. */
export interface Breach {
  readonly rule: string;
  /** What the rule must name. */
  readonly object: string;
  readonly sql: string;
}

export const breach = (rule: string, object: string, sql: string): Breach => ({ rule, object, sql });
