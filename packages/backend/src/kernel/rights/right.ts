/**
 * What a role may do, one right at a time, whichever kind of grant it comes from; and what somebody needs one for. What is
 * in a tenant's own schema is called there as it is in the modules' schemas, and all such tenants' roles are one, so that
 * a need is stated once, whatever the number of placements.
 */

/** Stands for every role `dmz_tenant_<slug>`, in the schema of that tenant alone. */
export const OWN_SCHEMA_ROLE = 'dmz_tenant_<slug>';
/** The schema that such a role reaches. */
export const OWN_SCHEMA = 'tenant_<slug>';
export const EVERYBODY = 'PUBLIC';

export interface Right {
  readonly role: string;
  /** Such as `table`, `column`, `function`, `membership`. */
  readonly on: string;
  /**
   * As schema.table or schema.table.column, and schema.function/arity; of a membership the role that it is in. Of the
   * database and of an attribute, nothing.
   */
  readonly object: string;
  readonly privilege: string;
  /** Whether it is about what every tenant with a schema of its own has there, or about what there is once. */
  readonly at: 'database' | 'own schema';
}

export interface Need extends Right {
  /** What fails without it: a file of a service, a command, or what the platform does. */
  readonly useCase: string;
}

/** A right that somebody holds. */
export interface HeldRight extends Right {
  /** As the database calls it there. */
  readonly heldOn: string;
  readonly heldBy: string;
  /** The schema of a tenant's own that it is held in; null where it is not. */
  readonly placement: string | null;
}

/** One text for each right. */
export const keyOf = ({ role, on, object, privilege, at }: Right): string =>
  [role, on, object, privilege, at].join(' | ');
