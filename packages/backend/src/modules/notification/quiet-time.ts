/** When a message may reach a person who has asked for rest, or to hear of such things once a day or week. */

export interface QuietHours {
  /** IANA time zone. */
  readonly timeZone: string;
  /** Minute of the local day. */
  readonly startsMinute: number;
  /** Before the start where they span midnight. */
  readonly endsMinute: number;
}

export type Digest = 'immediate' | 'daily' | 'weekly';

const DAY_MINUTES = 1_440;
const MINUTE_MS = 60_000;
/** What is gathered is sent in the morning, on Mondays where it is gathered for a week. */
const DIGEST_MINUTE = 7 * 60;
const MONDAY = 1;

/** @returns the time from which on it may; `now` where nothing keeps it */
export function quietUntil(now: Date, quiet: QuietHours | undefined, digest: Digest): Date {
  const timeZone = quiet?.timeZone ?? 'Etc/UTC';
  const due = digest === 'immediate' ? now : nextDigest(now, timeZone, digest);
  if (!quiet) return due;
  const { startsMinute, endsMinute } = quiet;
  const minute = minuteOf(due, timeZone);
  const sinceStart = (minute - startsMinute + DAY_MINUTES) % DAY_MINUTES;
  const length = (endsMinute - startsMinute + DAY_MINUTES) % DAY_MINUTES;
  return sinceStart < length ? later(due, length - sinceStart) : due;
}

function nextDigest(now: Date, timeZone: string, digest: Digest): Date {
  const ahead = (DIGEST_MINUTE - minuteOf(now, timeZone) + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES;
  const next = later(now, ahead);
  if (digest === 'daily') return next;
  const days = (MONDAY - weekdayOf(next, timeZone) + 7) % 7;
  return later(next, days * DAY_MINUTES);
}

/** Counted in minutes of the clock, so that a change to summer time shifts it by an hour, once. */
const later = (time: Date, minutes: number): Date =>
  new Date(Math.floor(time.getTime() / MINUTE_MS) * MINUTE_MS + minutes * MINUTE_MS);

function minuteOf(time: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  const [hour = 0, minute = 0] = parts.format(time).split(':').map(Number);
  return (hour % 24) * 60 + minute;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

const weekdayOf = (time: Date, timeZone: string): number =>
  WEEKDAYS.indexOf(new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short' }).format(time));
