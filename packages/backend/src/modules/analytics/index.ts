/**
 * What the platform learns from play: events, profiles, experiments, and how a tenant stands with its frameworks.
 * It knows people by pseudonym alone; whoever erases the pseudonym has erased the person here.
 */

export { cursorOf, cursorStore } from './cursor-store.ts';
export { playEvents } from './play-events.ts';
export { complianceSnapshots } from './records.ts';
