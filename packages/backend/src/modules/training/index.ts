/**
 * What people must learn, whether they did, and the evidence of it. Evidence is append-only: a record that turns out
 * wrong is superseded by a later one and never edited.
 */

export {
  assessmentResults,
  attestations,
  certificates,
  completions,
  managementAttestations,
  programReviews,
} from './records.ts';
export { seedTraining } from './seed.ts';
export { signDemonstration } from './seed-certificates.ts';
