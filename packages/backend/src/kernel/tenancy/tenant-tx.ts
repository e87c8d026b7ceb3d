/** The transaction that services work in: Drizzle's database on one connection, bound to one tenant until it ends. */
import type { Logger } from 'pino';
import type { Queries, TablePlacement } from '../db/index.ts';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type TenantId = Branded<'TenantId'>;
export type SessionId = Branded<'SessionId'>;

/** It has no `transaction`, since a service works in its caller's, and no `execute`, since it writes no raw SQL. */
export type TenantTx = Queries & {
  readonly tenantId: TenantId;
  /** Where this tenant's tables are; a module's tables are asked for with it. */
  readonly placement: TablePlacement;
  /** The time of this transaction, by the tenancy's clock. */
  readonly now: Date;
  /** For what people should know although the work goes on. */
  readonly log: Logger;
  /**
   * Puts work off to the transaction's end, as part of it. For a lock that many want: what is taken last is held
   * shortest, and cannot wait for one who waits for us.
   */
  beforeCommit(work: () => Promise<void>): void;
  /**
   * Has something done once the transaction is committed, and never when it is not. A program can be killed in between,
   * so this is for what can be missed, such as copies; it must not throw, and nobody waits for it.
   */
  afterCommit(work: () => void): void;
};
