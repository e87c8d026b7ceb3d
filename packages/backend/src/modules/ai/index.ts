/**
 * Content written by language models: the prompts, the jobs that run them, what each call cost, and who or what found
 * the result fit to be shown. Nothing generated reaches a player without a safety review that passed it.
 */
export { safetyReviews } from './records.ts';
