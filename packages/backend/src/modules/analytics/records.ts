/** How a tenant stood with a framework; what was counted wrongly is superseded. */
import { recordsOf } from '../../kernel/records/index.ts';
import { analyticsTables } from './schema.ts';

export const complianceSnapshots = recordsOf((at) => analyticsTables(at).complianceSnapshots);
