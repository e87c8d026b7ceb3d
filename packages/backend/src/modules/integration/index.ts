/**
 * How a tenant's other systems are reached and kept in step: HR, mail, chat, SIEM, webhooks.
 * What must leave the platform is written to the outbox in the transaction that caused it, so it leaves at least once.
 */
export { playOutbox } from './play-outbox.ts';
