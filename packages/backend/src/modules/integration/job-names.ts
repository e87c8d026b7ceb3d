/** The kinds of job that there are, and the states that one can be in. The table's rules are made of these lists. */

/** Kinds of job; each is a queue of its own, so that a slow kind keeps no other waiting. */
export const JOB_NAMES = [
  'provisioning',
  'exports',
  'erasures',
  'content',
  'generation',
  'notifications',
  'analytics',
  'webhooks',
  'partition-upkeep',
  'retention',
  'checkpoints',
] as const;
export type JobName = (typeof JOB_NAMES)[number];

export const JOB_STATES = ['waiting', 'running', 'done', 'dead'] as const;
export type JobState = (typeof JOB_STATES)[number];
