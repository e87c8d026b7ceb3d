/**
 * How a tenant's other systems are reached and kept in step: HR, mail, chat, SIEM, webhooks; and what is done later.
 * What must leave the platform, or be done later, is written in the transaction that caused it, so it happens at least once.
 */
export { JOB_NAMES, JOB_STATES, type JobName, type JobState } from './job-names.ts';
export {
  buryJob,
  completeJob,
  countJobs,
  type DueJob,
  dropJobsOf,
  dueJobs,
  handBackJob,
  insertJob,
  type JobCount,
  type JobRow,
  listJobs,
  postponeJob,
  prolongLease,
  retryJobs,
  type TakenJob,
  takeJob,
} from './job-rows.ts';
export { playOutbox } from './play-outbox.ts';
export {
  changeSubscription,
  type DeliveryName,
  type DeliveryResult,
  type DueDelivery,
  findDelivery,
  listSubscriptions,
  type NewSubscription,
  recordDelivery,
  type Subscription,
  type SubscriptionStatus,
  subscribe,
} from './webhook-subscriptions.ts';
