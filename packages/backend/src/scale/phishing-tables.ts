/** What the multiplied people were sent in the campaigns of their tenant, and what they did with it. */
import { createHash } from 'node:crypto';
import { drawn } from '../kernel/demonstration.ts';
import type { ScaledPerson, ScaledTable } from './scaled-table.ts';
import { timeText } from './scaled-table.ts';

const startOf = (at: number) => 14 + 106 * at;
const minuteOf = ({ number }: ScaledPerson) => 540 + (number % 400);
const CLICKED_PERMILLE = 200;
const REPORTED_PERMILLE = 500;

function deedsOf({ email }: ScaledPerson, at: number): readonly string[] {
  const draw = drawn(`deed:${at}:${email}`, 1_000);
  if (draw < CLICKED_PERMILLE) return ['opened', 'clicked', 'moment_viewed'];
  return draw < REPORTED_PERMILLE ? ['opened', 'reported'] : ['opened'];
}

/** Interactions have this many ids for each message. */
const DEEDS_OF_SEND = 4;

export const phishingTables: readonly ScaledTable[] = [
  {
    name: 'phishing.targets',
    columns: ['id', 'campaign_id', 'user_id', 'department_id'],
    rowsOf: (person, { campaigns, teams }) =>
      campaigns.map(({ id }, at) => [
        person.id('phishing.targets', at),
        id,
        person.id('auth.users'),
        teams[person.number % teams.length]?.departmentId ?? null,
      ]),
  },
  {
    name: 'phishing.sends',
    columns: [
      'id',
      'target_id',
      'template_id',
      'landing_page_id',
      'recipient_address',
      'tracking_sha256',
      'status',
      'attempts',
      'scheduled_at',
      'sent_at',
      'delivered_at',
    ],
    rowsOf: (person, { campaigns, landingPageId }) =>
      campaigns.map(({ templateId }, at) => {
        const time = timeText(startOf(at), minuteOf(person));
        return [
          person.id('phishing.sends', at),
          person.id('phishing.targets', at),
          templateId,
          landingPageId,
          person.email,
          createHash('sha256').update(`${at}:${person.email}`).digest('hex'),
          'delivered',
          1,
          time,
          time,
          time,
        ];
      }),
  },
  {
    name: 'phishing.interactions',
    columns: ['id', 'send_id', 'kind', 'report_channel', 'teachable_moment_id', 'automated', 'occurred_at'],
    rowsOf: (person, { campaigns, teachableMomentId }) =>
      campaigns.flatMap((_, at) =>
        deedsOf(person, at).map((kind, deed) => [
          person.id('phishing.interactions', at * DEEDS_OF_SEND + deed),
          person.id('phishing.sends', at),
          kind,
          kind === 'reported' ? 'mail_button' : null,
          kind === 'moment_viewed' ? teachableMomentId : null,
          false,
          timeText(startOf(at), minuteOf(person) + 5 + deed),
        ]),
      ),
  },
];
