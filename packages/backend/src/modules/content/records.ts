/** Verdicts of editors, trainers and lawyers. */
import { recordsOf } from '../../kernel/records/index.ts';
import { contentTables } from './schema.ts';

export const contentReviews = recordsOf((at) => contentTables(at).reviews);
