/**
 * Carries word of jobs to workers: through BullMQ while Redis answers, within the program otherwise. What is carried is a
 * hint that can be lost, repeated or late; whether a job is done is decided by its row.
 */
export { BullCarrier, type BullCarrierOptions } from './bull-carrier.ts';
export { Delivery, type Perform, type QueueSettings } from './delivery.ts';
export { LocalCarrier } from './local-carrier.ts';
