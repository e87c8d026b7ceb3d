/** What a check reports: a contract of the command line, so fields are added and none is renamed. */

export interface Finding {
  /** Name of the rule that is broken. */
  readonly rule: string;
  /** What breaks it: a table, column, function, role or file. */
  readonly object: string;
  readonly detail: string;
  /** What to do about it. */
  readonly remedy: string;
}

export interface CheckReport {
  /** How many rules were checked. */
  readonly checked: number;
  readonly findings: readonly Finding[];
}
