/**
 * Speed of the fold against a ceiling measured in the same run: JSON.parse of the same events, which a replay must
 * pay anyway. Prints a ratio, asserts nothing. Run with `npx tsx packages/game-engine/bench/evolve.ts`.
 */
import { performance } from 'node:perf_hooks';
import { fold, type GameEvent, initialState, parseEvent } from '../src/index.ts';
import { playBot } from '../test/play.ts';

const { events } = playBot({ skill: 'trained', seed: 5 }, 99, 400);
const texts = events.map((event) => JSON.stringify(event));

function medianMs(run: () => void): number {
  const times = Array.from({ length: 15 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[7] ?? 0;
}

const rows = {
  'JSON.parse': medianMs(() => {
    for (const text of texts) JSON.parse(text);
  }),
  evolve: medianMs(() => fold(initialState(), events as GameEvent[])),
  parseEvent: medianMs(() => {
    for (const { type, version, data } of events) parseEvent(type, version, data);
  }),
};
const ceiling = rows['JSON.parse'];
for (const [name, ms] of Object.entries(rows)) {
  const nsEach = Math.round((ms * 1e6) / events.length);
  console.log(`${name.padEnd(12)} ${nsEach} ns an event, ${(ms / ceiling).toFixed(2)} of JSON.parse`);
}
