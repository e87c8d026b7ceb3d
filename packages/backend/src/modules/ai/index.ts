/**
 * Content written by language models: the prompts, the jobs that run them, what each call cost, and who or what found
 * the result fit to be shown. Nothing generated reaches a player without a safety review that passed it.
 */
export { cancelQueuedJobsOf } from './drop-jobs.ts';
export {
  type Generation,
  type ReviewedPiece,
  type Reviewer,
  recordGeneration,
} from './record-generation.ts';
export { safetyReviews } from './records.ts';
