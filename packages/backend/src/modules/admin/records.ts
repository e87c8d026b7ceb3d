/** Emergency access that was granted; ended early by invalidating the grant. */
import { recordsOf } from '../../kernel/records/index.ts';
import { adminTables } from './schema.ts';

export const breakGlassGrants = recordsOf((at) => adminTables(at).breakGlassGrants);
