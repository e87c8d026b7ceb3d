/** What the multiplied people prefer to be told, and what they were told of their training. */
import { drawn } from '../kernel/demonstration.ts';
import { type ScaledTable, timeText } from './scaled-table.ts';

/** As in the seed: one person in so many chose something, and each choice is as frequent. */
const ONE_IN = 6;
const CHOICES = [
  ['game', 'email', false, 'immediate'],
  ['training', 'email', true, 'weekly'],
] as const;

/** The day that a programme begins on, when its people are told. */
const startOf = (at: number) => 7 + 30 * at;

export const notificationTables: readonly ScaledTable[] = [
  {
    name: 'notification.preferences',
    columns: ['id', 'user_id', 'category', 'channel', 'enabled', 'digest'],
    rowsOf: (person) => {
      const choice = CHOICES[drawn(`preference:${person.email}`, ONE_IN)];
      return choice ? [[person.id('notification.preferences'), person.id('auth.users'), ...choice]] : [];
    },
  },
  {
    name: 'notification.messages',
    columns: ['id', 'user_id', 'template_key', 'category', 'deduplication_key'],
    rowsOf: (person, { programs }) =>
      programs.map(({ id }, at) => [
        person.id('notification.messages', at),
        person.id('auth.users'),
        'training.assignment.made',
        'training',
        `assignment:${id}`,
      ]),
  },
  {
    name: 'notification.deliveries',
    columns: ['id', 'message_id', 'channel', 'attempt', 'outcome', 'occurred_at'],
    rowsOf: (person, { programs }) =>
      programs.map((_, at) => [
        person.id('notification.deliveries', at),
        person.id('notification.messages', at),
        'in_app',
        1,
        'delivered',
        timeText(startOf(at), person.number % 1_440),
      ]),
  },
];
