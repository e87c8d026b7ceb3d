/** Verdicts on generated content; a later verdict supersedes an earlier one. */
import { recordsOf } from '../../kernel/records/index.ts';
import { aiTables } from './schema.ts';

export const safetyReviews = recordsOf((at) => aiTables(at).safetyReviews);
