/**
 * How much is tried. In CI always the same, so that a failure is there again; `DMZ_FUZZ_RUNS` tries more of each, and
 * `DMZ_FUZZ_SEED` something else. What fails prints both.
 */
import type { Parameters } from 'fast-check';

const RUNS = Number(process.env.DMZ_FUZZ_RUNS ?? 1);
const SEED = Number(process.env.DMZ_FUZZ_SEED ?? 20_260_901);

/** @param places  how many there are to put a hostile value at */
export const runsAsAsked = <Value>(places: number): Parameters<Value> => ({
  numRuns: RUNS * places,
  seed: SEED,
  endOnFailure: true,
  reporter: (run) => {
    if (!run.failed) return;
    const { counterexample, errorInstance, numRuns } = run;
    const again = `DMZ_FUZZ_RUNS=${RUNS} DMZ_FUZZ_SEED=${SEED}`;
    const tried = JSON.stringify(counterexample, (_key, value) => describeForPeople(value));
    throw new Error(`${String(errorInstance)}\nafter ${numRuns} runs of ${again}, with ${tried}`, {
      cause: errorInstance,
    });
  },
});

/** By its label: what it holds may be of ten megabytes. */
const describeForPeople = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'label' in value ? value.label : value;
