/** Why no certificate is issued, or why one proves nothing. */
import { defineErrors } from '../../kernel/errors/index.ts';

export const trainingErrors = defineErrors({
  TRAINING_PROGRAM_NOT_COMPLETED: {
    message: 'Nobody is certified without a completion of the whole programme that is valid now.',
    next: 'record the completion, or take one that was not superseded or invalidated',
    exitCode: 1,
  },
  TRAINING_SERIAL_TAKEN: {
    message: 'The serial is printed on another certificate of the tenant, be it valid or not.',
    next: 'choose another serial; to correct a certificate, supersede it',
    exitCode: 1,
  },
  TRAINING_CERTIFICATE_UNKNOWN: {
    message: 'The tenant has no certificate with this serial that is valid now.',
    next: 'pnpm dmz records show training.certificates <id> tells what became of one',
    exitCode: 1,
  },
  TRAINING_CERTIFICATE_UNREADABLE: {
    message: 'What is printed on the certificate cannot be read any more, so it cannot be made again.',
    next: 'a copy that its holder has can still be verified: pnpm dmz certificate verify',
    exitCode: 1,
  },
  TRAINING_CERTIFICATE_INVALID: {
    message: 'The file is no certificate of this platform.',
    next: 'take the JSON file as it was handed out, not what was printed from it',
    exitCode: 1,
  },
  TRAINING_CERTIFICATE_NOT_GENUINE: {
    message: 'The signature does not hold: the certificate was changed, or another key signed it.',
    next: 'ask whoever issued it for the certificate and for their public key (pnpm dmz certificate public-key)',
    exitCode: 1,
  },
});
