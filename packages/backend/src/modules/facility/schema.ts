/**
 * The data centre as a session built it. Amounts are the game’s own (rack units, kilowatts, megabits a second, credits)
 * and days are game days; every row follows from the session’s events.
 */
import { defineModule } from '../../kernel/db/index.ts';
import { gameTargets } from '../game/schema.ts';
import { capacityTables, houseTables } from './tables/capacity.ts';
import { guestTables } from './tables/guests.ts';
import { worksTables } from './tables/works.ts';

export const facilityTables = defineModule('facility', (kit) => {
  const { facilities } = houseTables(kit, gameTargets.sessions);
  return {
    facilities,
    ...capacityTables(kit, facilities),
    ...guestTables(kit, facilities),
    ...worksTables(kit, facilities),
  };
});

export const {
  schema,
  facilities,
  resources,
  capacityReadings,
  clients,
  leases,
  upgrades,
  maintenanceTasks,
} = facilityTables.canonical;
