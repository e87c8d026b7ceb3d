/** Certificates of erasures. */
import { recordsOf } from '../../kernel/records/index.ts';
import { governanceTables } from './schema.ts';

export const erasureCertificates = recordsOf((at) => governanceTables(at).erasureCertificates);
