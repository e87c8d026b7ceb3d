/** Messages to people: what can be said, what each person wants to hear, and every attempt to deliver it. */
import { defineModule } from '../../kernel/db/index.ts';
import { messageTables } from './tables/messages.ts';
import { recipientTables } from './tables/recipients.ts';

export const notificationTables = defineModule('notification', (kit) => {
  return { ...recipientTables(kit), ...messageTables(kit) };
});

export const { schema, templates, messages, deliveries, preferences, quietHours, pushSubscriptions } =
  notificationTables.canonical;
