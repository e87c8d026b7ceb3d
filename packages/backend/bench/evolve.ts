/**
 * Speed of the fold against a ceiling measured in the same run: JSON.parse of the same events' text, which whoever reads
 * a stream pays anyway. The events are those of the recorded game, again and again. Beside the fold stands what reading
 * adds to it: validating each event and lifting it to the latest version. Ratios above 1 are faster than JSON.parse.
 * Nothing is asserted.
 */
import { performance } from 'node:perf_hooks';
import {
  decide,
  evolve,
  fold,
  type GameEvent,
  initialState,
  parseEvent,
  requireWritableEvent,
  rulesFor,
} from '@archive-gate/game-engine';
import { readRecording } from '../src/cli/start/recording.ts';
import { readPackFiles } from '../src/modules/content/index.ts';
import { benchmarkOptions, median, report } from './report.ts';

const options = benchmarkOptions();
const { rounds } = options;
const wanted = options.quick ? 20_000 : 200_000;

function recordedEvents(): GameEvent[] {
  const recording = readRecording();
  const context = { rules: rulesFor(recording.rulesVersion), content: readPackFiles() };
  let state = initialState();
  return recording.actions.flatMap((action) => {
    const decided = decide(state, action, context);
    if (!decided.ok) throw new Error(`The recorded game goes another way: ${decided.refusal.code}`);
    state = fold(state, decided.events);
    return decided.events;
  });
}

const game = recordedEvents();
const games = Math.ceil(wanted / game.length);
const events = game.length * games;
/** Each game has texts, and so objects, of its own, as those of a database have. */
const texts = Array.from({ length: games }, () => game.map((event) => JSON.stringify(event)));
const parsed = texts.map((lines) => lines.map((line): GameEvent => JSON.parse(line)));

/** Each game is folded from its start, since a game that is over does not go on. */
const work: Readonly<Record<string, () => void>> = {
  'JSON.parse': () => {
    for (const lines of texts) for (const line of lines) JSON.parse(line);
  },
  evolve: () => {
    for (const each of parsed) fold(initialState(), each);
  },
  'validate and upcast': () => {
    for (const each of parsed) for (const { type, version, data } of each) parseEvent(type, version, data);
  },
  'validate, upcast, evolve': () => {
    for (const each of parsed) {
      let state = initialState();
      for (const { type, version, data } of each) state = evolve(state, parseEvent(type, version, data));
    }
  },
  'validate on append': () => {
    for (const each of parsed) each.forEach(requireWritableEvent);
  },
};

const milliseconds: Record<string, number[]> = Object.fromEntries(
  Object.keys(work).map((name) => [name, []]),
);
for (let round = -1; round < rounds; round += 1) {
  for (const [name, run] of Object.entries(work)) {
    const begun = performance.now();
    run();
    if (round >= 0) milliseconds[name]?.push(performance.now() - begun); // the first one warms up
  }
}

/** Ratios are taken round by round, so that what slows the machine slows both. */
const rows = Object.entries(milliseconds).map(([name, times]) => {
  const ratios = times.map((time, round) => (milliseconds['JSON.parse']?.[round] ?? Number.NaN) / time);
  return [name, Math.round((median(times) * 1e6) / events), median(ratios).toFixed(2)];
});

report('evolve', options, {
  title: 'Folding',
  about: `Speed of the fold over ${events} events of recorded play, as a ratio to JSON.parse of the same events’ text, and what validating and upcasting add to it.`,
  command: 'pnpm bench:evolve --record',
  columns: ['', 'ns an event', 'speed, JSON.parse = 1'],
  rows,
  reading: ['Wanted of `evolve`: at least 1.'],
});
