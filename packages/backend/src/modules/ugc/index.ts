/**
 * What players make themselves, how it is judged, and how others come by it.
 * A version is never changed once it is submitted, so what was reviewed, moderated and sold is what is played.
 */
export { moderationDecisions } from './records.ts';
