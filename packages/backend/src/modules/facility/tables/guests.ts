/** Who is hosted, and on which terms. */
import { integer, text, uuid } from 'drizzle-orm/pg-core';
import { described, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

const occupied = (name: string) => integer(name).notNull().default(0);

export function guestTables({ tenantTable, to }: TableKit, facilities: TableRef) {
  const clients = tenantTable(
    'clients',
    'The guests of a facility: invented organisations whose request the player approved.',
    {
      facilityId: uuid('facility_id').notNull(),
      clientKey: described(text('client_key').notNull(), 'Name within the session, such as d03-e07-c.'),
      emailId: described(uuid('email_id').notNull(), 'Id in game.emails: the request that let it in.'),
      organisation: described(text('organisation').notNull(), 'Invented organisation, from the content.'),
      state: text('state', { enum: ['hosted', 'departed'] })
        .notNull()
        .default('hosted'),
      admittedDay: integer('admitted_day').notNull(),
      departedDay: integer('departed_day'),
      departureReason: text('departure_reason', { enum: ['term_ended', 'evicted', 'breach'] }),
    },
    {
      subject: 'facilityId',
      unique: [['facilityId', 'clientKey']],
      references: [to(facilities, 'facilityId')],
      indexes: { 'guests of a facility who are still there': ['facilityId', 'state'] },
      checks: {
        client_key_form: `"client_key" ~ '^d[0-9]{2,4}-e[0-9]{2}-c$'`,
        admitted_day_positive: `"admitted_day" > 0`,
        departure_complete: `num_nonnulls("departed_day", "departure_reason") = case "state" when 'hosted' then 0 else 2 end`,
        days_in_order: `"departed_day" >= "admitted_day"`,
      },
    },
  );

  const leases = tenantTable(
    'leases',
    'What a guest occupies and pays a day, from one game day to another; a renewal is another lease.',
    {
      clientId: uuid('client_id').notNull(),
      state: text('state', { enum: ['running', 'ended', 'terminated'] })
        .notNull()
        .default('running'),
      fromDay: integer('from_day').notNull(),
      untilDay: described(integer('until_day').notNull(), 'The last day that it is agreed for.'),
      endedDay: described(
        integer('ended_day'),
        'The last day it was paid for; before until_day where terminated.',
      ),
      creditsPerDay: integer('credits_per_day').notNull(),
      rackUnits: occupied('rack_units'),
      powerKw: occupied('power_kw'),
      coolingKw: occupied('cooling_kw'),
      bandwidthMbps: occupied('bandwidth_mbps'),
    },
    {
      subject: 'clientId',
      unique: [['clientId', 'fromDay']],
      references: [to(clients, 'clientId')],
      checks: {
        days_in_order: `"from_day" > 0 and "until_day" >= "from_day"`,
        end_complete: `("state" = 'running') = ("ended_day" is null)`,
        end_within_term: `"ended_day" between "from_day" - 1 and "until_day"`,
        terminated_before_term: `"state" <> 'terminated' or "ended_day" < "until_day"`,
        credits_not_negative: `"credits_per_day" >= 0`,
        occupies_not_negative: `least("rack_units", "power_kw", "cooling_kw", "bandwidth_mbps") >= 0`,
      },
    },
  );

  return { clients, leases };
}
