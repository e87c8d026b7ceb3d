/** Arguments that are rightly kept as something else than they were given, each with the rule that makes it so. */
const LOWER = 'nobody has two addresses that differ in their case';

export const NOT_AS_GIVEN: Readonly<Record<string, string>> = {
  'data-subjects/auditRequest 0': 'is the end of an action’s name, behind its module',
  'data-subjects/rectifyPerson 2.email': LOWER,
  'modules/auth/inviteAdministrator 0': LOWER,
  'modules/auth/rectify 1.email': LOWER,
  'provisioning/createTenant 1.adminEmail': LOWER,
  'modules/integration/handBackJob 0.attempts': 'the attempt that is handed back is not counted',
  'webhooks/deliverWebhook 1.attempt': 'deliveries are counted where they are written',
};
