/** What is carried to a worker: who and which, and nothing of what it is about. It is a hint; the job's row decides. */
import { z } from 'zod';

export const Delivery = z.object({
  queue: z.string(),
  tenantId: z.uuid(),
  jobId: z.uuid(),
  /** How often the job had been taken before; a later try is another delivery, whatever became of this one. */
  attempts: z.int().nonnegative(),
  /** Behind it there are more of the tenant's, which were not handed out with it. */
  more: z.boolean(),
});
export type Delivery = z.infer<typeof Delivery>;

/** Never fails: what becomes of a job is written in its row. */
export type Perform = (delivery: Delivery) => Promise<void>;

/** What is under way once is not carried twice. */
export const nameOf = ({ jobId, attempts }: Delivery): string => `${jobId}.${attempts}`;

export interface QueueSettings {
  readonly name: string;
  /** Jobs at work at once, in one program. */
  readonly concurrency: number;
}
