import { describe, expect, it } from 'vitest';
import { quietUntil } from './quiet-time.ts';

const NIGHT = { timeZone: 'Europe/Vienna', startsMinute: 22 * 60, endsMinute: 7 * 60 };
const at = (text: string) => new Date(text);

describe('a message to who rests', () => {
  it('waits for the morning of where they are, also over midnight', () => {
    expect(quietUntil(at('2026-07-01T21:30:00Z'), NIGHT, 'immediate')).toEqual(at('2026-07-02T05:00:00Z'));
    expect(quietUntil(at('2026-07-02T04:59:00Z'), NIGHT, 'immediate')).toEqual(at('2026-07-02T05:00:00Z'));
    expect(quietUntil(at('2026-12-01T21:30:00Z'), NIGHT, 'immediate')).toEqual(at('2026-12-02T06:00:00Z'));
  });

  it('goes at once by day, and to who has said nothing', () => {
    const noon = at('2026-07-01T10:00:01Z');
    expect(quietUntil(noon, NIGHT, 'immediate')).toBe(noon);
    expect(quietUntil(noon, undefined, 'immediate')).toBe(noon);
  });

  it('that is gathered goes the next morning, or on Monday, behind quiet hours', () => {
    expect(quietUntil(at('2026-07-01T10:00:00Z'), undefined, 'daily')).toEqual(at('2026-07-02T07:00:00Z'));
    expect(quietUntil(at('2026-07-01T10:00:00Z'), undefined, 'weekly')).toEqual(at('2026-07-06T07:00:00Z'));
    const late = { ...NIGHT, endsMinute: 9 * 60 };
    expect(quietUntil(at('2026-07-01T10:00:00Z'), late, 'daily')).toEqual(at('2026-07-02T07:00:00Z'));
  });
});
