/** Why a message cannot be put into words. */
import { defineErrors } from '../../kernel/errors/index.ts';

export const notificationErrors = defineErrors({
  NOTIFICATION_VALUE_MISSING: {
    message: 'The wording of a message asks for a value that the message does not have.',
    next: 'compare notification.templates with what the message was written with',
    exitCode: 1,
  },
});
