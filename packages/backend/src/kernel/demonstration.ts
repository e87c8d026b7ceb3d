/**
 * What demonstration data is drawn from: one seed and one calendar, so that every database shows the same history. It
 * never asks the clock or chance.
 */

/** Changing it makes another history, which databases that hold the old one will not get. */
const SEED = 0x5eed0001;

const DAY_MS = 86_400_000;
const FIRST_DAY_MS = Date.UTC(2025, 0, 6);

/**
 * @param what   names the decision, such as `click:player001@consumers.example`
 * @param below  how many outcomes there are
 * @returns a whole number from 0, always the same for the same decision (FNV-1a, then the finalizer of MurmurHash3)
 */
export function drawn(what: string, below: number): number {
  let hash = (SEED ^ 0x811c9dc5) >>> 0;
  for (let at = 0; at < what.length; at++) hash = Math.imul(hash ^ what.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % below;
}

/** A point in time of the demonstration's calendar, which begins on Monday, 6 January 2025. */
export function demonstrationTime(day: number, minute = 0): Date {
  return new Date(FIRST_DAY_MS + day * DAY_MS + minute * 60_000);
}

/** The same as a date, YYYY-MM-DD. */
export const demonstrationDate = (day: number): string => demonstrationTime(day).toISOString().slice(0, 10);
