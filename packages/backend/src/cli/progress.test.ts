import { afterEach, describe, expect, it, vi } from 'vitest';
import { startProgress } from './progress.ts';

describe('progress', () => {
  const { isTTY, columns } = process.stderr;
  afterEach(() => {
    vi.restoreAllMocks();
    Object.assign(process.stderr, { isTTY, columns });
  });

  /** What a burst of updates writes. */
  function writtenOn(terminal: { isTTY: boolean; columns?: number }, text: string): string {
    Object.assign(process.stderr, terminal);
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const progress = startProgress(text);
    for (let round = 0; round < 1_000; round += 1) progress.update(`${round} done`);
    progress.stop();
    return write.mock.calls.join('');
  }

  it('keeps to one line of a terminal, also of one that says it has no width', () => {
    for (const width of [20, 0]) {
      const written = writtenOn({ isTTY: true, columns: width }, 'x'.repeat(500));
      expect(written.length).toBeLessThan(200);
      expect(written).not.toContain('\n');
      expect(written.endsWith('\r\u001b[K')).toBe(true);
    }
  });

  it('is silent elsewhere about what is soon over', () => {
    expect(writtenOn({ isTTY: false }, 'begun')).toBe('');
  });
});
