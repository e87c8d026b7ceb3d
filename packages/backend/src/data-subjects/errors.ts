/** What keeps a right of a person over their data from being fulfilled. */
import { defineErrors } from '../kernel/errors/index.ts';

export const dataSubjectErrors = defineErrors({
  PRIVACY_PERSON_RESTRICTED: {
    message:
      'The person has asked that their data be kept and not used (GDPR Art. 18), so none of it is erased.',
    next: 'lift the restriction first: pnpm dmz privacy restrict --tenant … --user … --lift',
    exitCode: 1,
  },
  PRIVACY_PERSON_FORGOTTEN: {
    message: 'The person was forgotten; there is nothing of them to work with.',
    next: 'nothing is left to do; the certificate is printed by pnpm dmz privacy erase, run again',
    exitCode: 1,
  },
  PRIVACY_REASON_NAMES_PERSON: {
    message:
      'The reason names the person, and would outlast their erasure in the certificate and the audit log.',
    next: 'say why without name or address, such as the number of the request',
    exitCode: 2,
  },
  PRIVACY_ERASURE_UNFINISHED: {
    message: 'Data of the person kept appearing while it was erased; the request stays open.',
    next: 'stop what still writes for the person, and run the same command again',
    exitCode: 1,
  },
  PRIVACY_NOTHING_TO_RECTIFY: {
    message: 'No value was given that could be put right.',
    next: 'give each as --set column=value; --help lists the columns',
    exitCode: 2,
  },
});
