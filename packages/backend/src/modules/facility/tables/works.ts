/** What was built into the house, and what keeps it running. */
import { integer, text, uuid } from 'drizzle-orm/pg-core';
import { described, instant, type TableKit, type TableRef } from '../../../kernel/db/index.ts';

export function worksTables(kit: TableKit, facilities: TableRef) {
  const { upgrades } = upgradeTables(kit, facilities);
  return { upgrades, ...maintenanceTables(kit, facilities, upgrades) };
}

function upgradeTables({ tenantTable, to }: TableKit, facilities: TableRef) {
  const upgrades = tenantTable(
    'upgrades',
    'What a facility bought: its defences, each once, and its next tiers.',
    {
      facilityId: uuid('facility_id').notNull(),
      upgrade: text('upgrade', {
        enum: [
          'mail_gateway',
          'awareness_training',
          'segmentation',
          'backup_vault',
          'generator',
          'verification_desk',
          'intrusion_detection',
          'facility',
        ],
      }).notNull(),
      level: described(
        integer('level').notNull().default(1),
        'For the facility the tier reached, 1 station to 4 citadel; a defence has level 1 alone.',
      ),
      day: integer('day').notNull(),
      priceCredits: integer('price_credits').notNull(),
      priceIntel: described(integer('price_intel').notNull().default(0), 'Fragments of intel paid.'),
      purchasedAt: instant('purchased_at').notNull(),
    },
    {
      subject: 'facilityId',
      privileges: ['select', 'insert'],
      unique: [['facilityId', 'upgrade', 'level']],
      references: [to(facilities, 'facilityId')],
      checks: {
        level_of_upgrade: `"level" between 1 and case "upgrade" when 'facility' then 4 else 1 end`,
        day_positive: `"day" > 0`,
        price_not_negative: `"price_credits" >= 0 and "price_intel" >= 0`,
      },
    },
  );
  return { upgrades };
}

function maintenanceTables({ tenantTable, to }: TableKit, facilities: TableRef, upgrades: TableRef) {
  const maintenanceTasks = tenantTable(
    'maintenance_tasks',
    'Work that a facility needs: planned, forced by a failure, or put off at a risk.',
    {
      facilityId: uuid('facility_id').notNull(),
      upgradeId: described(uuid('upgrade_id'), 'What is maintained; null where it is a resource.'),
      resource: described(
        text('resource', { enum: ['rackUnits', 'powerKw', 'coolingKw', 'bandwidthMbps'] }),
        'What is maintained; null where it is an upgrade.',
      ),
      kind: described(
        text('kind', { enum: ['preventive', 'condition_based', 'corrective'] }).notNull(),
        'Maintenance types of EN 13306.',
      ),
      title: text('title').notNull(),
      priority: described(integer('priority').notNull().default(3), '1 at once to 5 whenever.'),
      state: text('state', { enum: ['planned', 'in_progress', 'done', 'skipped'] })
        .notNull()
        .default('planned'),
      dueDay: integer('due_day').notNull(),
      startedDay: integer('started_day'),
      finishedDay: integer('finished_day'),
      costCredits: integer('cost_credits').notNull().default(0),
      offlineAmount: described(
        integer('offline_amount').notNull().default(0),
        'How much of the resource is out of service meanwhile.',
      ),
    },
    {
      subject: 'facilityId',
      references: [to(facilities, 'facilityId'), to(upgrades, 'upgradeId')],
      indexes: {
        'tasks of a facility in a state, by the day they are due': ['facilityId', 'state', 'dueDay'],
      },
      checks: {
        one_object: `num_nonnulls("upgrade_id", "resource") = 1`,
        priority_range: `"priority" between 1 and 5`,
        due_day_positive: `"due_day" > 0`,
        started_has_day: `"state" in ('planned', 'skipped') or "started_day" is not null`,
        end_has_day: `("state" in ('done', 'skipped')) = ("finished_day" is not null)`,
        days_in_order: `"finished_day" >= "started_day"`,
        cost_not_negative: `"cost_credits" >= 0`,
        offline_of_resource: `"offline_amount" >= 0 and ("offline_amount" = 0 or "resource" is not null)`,
      },
    },
  );

  return { maintenanceTasks };
}
