import { describe, expect, it } from 'vitest';
import { slotOf } from './cluster-slots.ts';

describe('the slot of a key', () => {
  it('is the one that a cluster gives it', () => {
    // The check value of CRC-16/XMODEM, and what `CLUSTER KEYSLOT` answers.
    expect(slotOf('123456789')).toBe(0x31c3);
    expect(slotOf('foo')).toBe(12_182);
    expect(slotOf('')).toBe(0);
  });

  it('is that of what the first braces hold, where they hold something', () => {
    expect(slotOf('{user1000}.following')).toBe(slotOf('user1000'));
    expect(slotOf('foo{bar}{zap}')).toBe(slotOf('bar'));
    expect(slotOf('foo{{bar}}zap')).toBe(slotOf('{bar'));
    expect(slotOf('foo{}{bar}')).not.toBe(slotOf('bar'));
  });
});
