/**
 * Writes down that the database refused a transaction what is not its tenant's. PostgreSQL takes back what the refused
 * transaction wrote, so the entry has one of its own, afterwards. Whoever tries a thousand times fills no disk with it: a
 * program writes at most one entry a minute of one kind into one tenant's log, and tells in it how many it left out.
 */
import type { Logger } from 'pino';
import type { Refusal } from '../kernel/tenancy/index.ts';
import type { AuditEntry } from '../modules/admin/index.ts';

/** Shorter tells more of when each was tried, longer is kinder to the log; an attack lasts longer than a minute. */
const QUIET_MS = 60_000;

interface Noted {
  readonly at: number;
  leftOut: number;
}

export class RefusalLog {
  readonly #write: (tenant: string, entry: AuditEntry) => Promise<void>;
  readonly #log: Logger;
  readonly #noted = new Map<string, Noted>();
  readonly #writing = new Set<Promise<void>>();

  /** @param write  in a transaction of its own */
  constructor(write: (tenant: string, entry: AuditEntry) => Promise<void>, log: Logger) {
    this.#write = write;
    this.#log = log;
  }

  /** @param tenant  id or slug of the one whose transaction it was */
  note(tenant: string, refusal: Refusal): void {
    const key = `${tenant.toLowerCase()} ${refusal}`;
    const before = this.#noted.get(key);
    if (before && performance.now() - before.at < QUIET_MS) {
      before.leftOut += 1;
      return;
    }
    this.#noted.set(key, { at: performance.now(), leftOut: 0 });
    const details = { refusal, leftOut: before?.leftOut ?? 0 };
    const entry: AuditEntry = { actor: { kind: 'program' }, action: 'admin.tenant_context.refused', details };
    const writing = this.#write(tenant, entry)
      // Where nothing can be written, as in an archived tenant, there is no log to write to.
      .catch((error: unknown) => this.#log.warn({ err: error, refusal }, 'a refusal was not written down'))
      .finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }

  /** Waits for what is being written. */
  async settle(): Promise<void> {
    await Promise.all(this.#writing);
  }
}
