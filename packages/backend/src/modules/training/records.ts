/** Evidence of training: what people achieved, declared and were certified. Certificates are signed: certificates.ts. */
import { recordsOf } from '../../kernel/records/index.ts';
import { trainingTables } from './schema.ts';

export const assessmentResults = recordsOf((at) => trainingTables(at).assessmentResults);
export const attestations = recordsOf((at) => trainingTables(at).attestations);
export const certificates = recordsOf((at) => trainingTables(at).certificates);
export const completions = recordsOf((at) => trainingTables(at).completions);
export const managementAttestations = recordsOf((at) => trainingTables(at).managementAttestations);
export const programReviews = recordsOf((at) => trainingTables(at).programReviews);
