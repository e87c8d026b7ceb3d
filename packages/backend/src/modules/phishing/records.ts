/** What people did with simulated messages; what a mail scanner caused is invalidated. */
import { recordsOf } from '../../kernel/records/index.ts';
import { phishingTables } from './schema.ts';

export const phishingInteractions = recordsOf((at) => phishingTables(at).interactions);
