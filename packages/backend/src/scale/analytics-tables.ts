/** The measured decisions of the multiplied people, spread over the first half-year of the demonstration's calendar. */
import { drawn } from '../kernel/demonstration.ts';
import { pseudonymOf } from './people-tables.ts';
import { type ScaledTable, timeText } from './scaled-table.ts';

/** The months that the events lie in, as the first day of each. */
export const EVENT_MONTHS = [
  '2025-01-01',
  '2025-02-01',
  '2025-03-01',
  '2025-04-01',
  '2025-05-01',
  '2025-06-01',
];

const EVENTS_OF_PERSON = 20;
/** From 6 January, so that the last ones are in June. */
const DAYS_BETWEEN = 8;

export const analyticsTables: readonly ScaledTable[] = [
  {
    name: 'analytics.events',
    columns: ['id', 'pseudonym_id', 'source', 'source_id', 'event_type', 'event_data', 'server_time'],
    rowsOf: (person) => {
      const pseudonym = pseudonymOf(person);
      const draw = drawn(`decisions:${person.email}`, 1 << 20);
      return Array.from({ length: EVENTS_OF_PERSON }, (_, at) => [
        person.id('analytics.events', at),
        pseudonym,
        'game',
        person.id('the fact', at),
        'game.email.decided',
        `{"correct":${((draw >> at) & 1) === 1},"decisionMs":${2_000 + ((draw + at * 977) % 60_000)}}`,
        timeText(at * DAYS_BETWEEN + (person.number % DAYS_BETWEEN), draw % 1_440),
      ]);
    },
  },
];
