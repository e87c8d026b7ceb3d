/**
 * Simulated phishing: what is sent to whom, what they did with it, and what they learnt on the spot. That something was
 * entered on a landing page is recorded; what was entered is never kept.
 */

export { phishingInteractions } from './records.ts';
export { seedPhishing } from './seed.ts';
