/** Sleeping that ends early when everything does, or when somebody rings. */

/**
 * @param ms      how long; without a limit when infinite
 * @param signal  ends it when aborted, at once when it already is
 * @param lend    is given what ends the sleep
 */
export function rest(
  ms: number,
  signal: AbortSignal,
  lend: (wake: () => void) => void = () => {},
): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = Number.isFinite(ms) ? setTimeout(done, ms) : undefined;
    signal.addEventListener('abort', done);
    lend(done);
  });
}
