/** Why a webhook was not told of something. What a receiver answered stands in `integration.webhook_deliveries`. */
import { defineErrors } from '../kernel/errors/index.ts';

export const webhookErrors = defineErrors({
  WEBHOOK_REFUSED: {
    message: 'The receiver of a webhook did not answer with a status from 200 to 299.',
    next: 'look at the receiver; it is tried again, and then pnpm dmz queue retry <id> does',
    exitCode: 1,
  },
  WEBHOOK_TIMED_OUT: {
    message: 'The receiver of a webhook did not answer in time.',
    next: 'have the receiver answer first and work afterwards, or give the subscription more time',
    exitCode: 1,
  },
  WEBHOOK_UNREACHABLE: {
    message: 'The receiver of a webhook cannot be connected to.',
    next: 'look at its name, its certificate, and whether it runs',
    exitCode: 1,
  },
  WEBHOOK_ADDRESS_FORBIDDEN: {
    message: 'The address of a webhook is not one of the public Internet, so nothing is sent to it.',
    next: 'give it a public https address; DMZ_WEBHOOKS=private lets a platform that is tried out send anywhere',
    exitCode: 1,
  },
  WEBHOOK_URL_INVALID: {
    message: 'A webhook cannot have this address.',
    next: 'give an https URL without name and password in it',
    exitCode: 2,
  },
  WEBHOOK_EVENT_UNKNOWN: {
    message: 'There are no events of a type that a webhook is to be told of.',
    next: 'choose from docs/reference/events.md',
    exitCode: 2,
  },
  WEBHOOK_UNKNOWN: {
    message: 'The tenant has no webhook of this name.',
    next: 'pnpm dmz webhook list',
    exitCode: 1,
  },
});
