/** What units of AICC courses reported. */
import { recordsOf } from '../../kernel/records/index.ts';
import { lrsTables } from './schema.ts';

export const aiccResults = recordsOf((at) => lrsTables(at).aiccResults);
