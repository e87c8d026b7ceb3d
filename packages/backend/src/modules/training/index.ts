/**
 * What people must learn, whether they did, and the evidence of it. Evidence is append-only: a record that turns out
 * wrong is superseded by a later one and never edited.
 */

export { type Certificate, type SignedCertificate, verifyCertificate } from './certificate-document.ts';
export {
  certificates,
  correctCertificate,
  exportCertificate,
  type IssueCertificate,
  issueCertificate,
} from './certificates.ts';
export { trainingErrors } from './errors.ts';
export {
  assessmentResults,
  attestations,
  completions,
  managementAttestations,
  programReviews,
} from './records.ts';
export { seedTraining } from './seed.ts';
export { signDemonstration } from './seed-certificates.ts';
