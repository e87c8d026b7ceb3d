/** Decisions on players’ work; one on appeal supersedes the one appealed against. */
import { recordsOf } from '../../kernel/records/index.ts';
import { ugcTables } from './schema.ts';

export const moderationDecisions = recordsOf((at) => ugcTables(at).moderationDecisions);
