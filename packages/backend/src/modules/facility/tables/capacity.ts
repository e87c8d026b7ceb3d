/** The house and the four things that it can run out of. */
import { bigint, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, pii, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

const capacity = () => ({
  resource: described(
    text('resource', { enum: ['rackUnits', 'powerKw', 'coolingKw', 'bandwidthMbps'] }).notNull(),
    'In the words of the game’s events; the unit is part of the word.',
  ),
  ceiling: described(integer('ceiling').notNull(), 'Most that the house can hold at its tier.'),
  online: described(integer('online').notNull(), 'Brought into service, and paid for.'),
  occupied: described(integer('occupied').notNull(), 'Taken by guests.'),
});
const capacityOrder = {
  capacity_order: `0 <= "occupied" and "occupied" <= "online" and "online" <= "ceiling"`,
};

export function houseTables({ tenantTable, to }: TableKit, sessions: TableRef) {
  const facilities = tenantTable(
    'facilities',
    'The data centre of a session: its tier, its upkeep, how it stands.',
    {
      sessionId: uuid('session_id').notNull(),
      name: pii(text('name'), {
        category: 'free_text',
        purpose: 'the player’s own name for the house',
        onErasure: 'null',
      }),
      tier: text('tier', { enum: ['outpost', 'station', 'vault', 'fortress', 'citadel'] })
        .notNull()
        .default('outpost'),
      state: text('state', { enum: ['operating', 'degraded', 'offline', 'closed'] })
        .notNull()
        .default('operating'),
      upkeepCredits: described(integer('upkeep_credits').notNull(), 'Due at the end of each game day.'),
      layout: described(
        jsonb('layout').$type<Record<string, unknown>>().notNull().default({}),
        'Where rooms and racks stand, for the view of the house; no rule reads it.',
      ),
    },
    {
      subject: 'sessionId',
      evolving: true,
      unique: [['sessionId']],
      references: [to(sessions, 'sessionId')],
      checks: { upkeep_not_negative: `"upkeep_credits" >= 0` },
    },
  );
  return { facilities };
}

export function capacityTables({ tenantTable, appendOnlyTable, to }: TableKit, facilities: TableRef) {
  const resources = tenantTable(
    'resources',
    'How much of each resource a facility can hold, has online, and has given away.',
    { facilityId: uuid('facility_id').notNull(), ...capacity() },
    {
      subject: 'facilityId',
      unique: [['facilityId', 'resource']],
      references: [to(facilities, 'facilityId')],
      checks: capacityOrder,
    },
  );

  const capacityReadings = appendOnlyTable(
    'capacity_readings',
    'How a facility’s resources stood after an event, so that shortage can be seen coming and explained later.',
    {
      facilityId: uuid('facility_id').notNull(),
      ...capacity(),
      sequence: described(
        bigint('sequence', { mode: 'number' }).notNull(),
        'Sequence of the session’s event that it stood so after.',
      ),
      day: integer('day').notNull(),
      readAt: instant('read_at').notNull(),
    },
    {
      subject: 'facilityId',
      retention: 'tenant',
      unique: [['facilityId', 'resource', 'sequence']],
      references: [to(facilities, 'facilityId')],
      checks: { ...capacityOrder, sequence_positive: `"sequence" > 0`, day_positive: `"day" > 0` },
    },
  );

  return { resources, capacityReadings };
}
