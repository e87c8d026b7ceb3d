/**
 * Everything that can be allowed, module by module, and which of the built-in roles is allowed it. Each role is allowed
 * what the roles under it are: learner, trainer, manager, tenant administrator, super administrator.
 */

/** From the least to the most; a permission names the least role that has it. */
export const ROLE_ORDER = ['learner', 'trainer', 'manager', 'tenant_admin', 'super_admin'] as const;
export type BuiltInRole = (typeof ROLE_ORDER)[number];

type Entry = readonly [action: string, least: BuiltInRole, description: string, sensitive?: 'sensitive'];

const LEARNING: Readonly<Record<string, readonly Entry[]>> = {
  game: [
    ['sessions.play', 'learner', 'Start games and play them.'],
    ['sessions.read_all', 'trainer', 'See everybody’s games.'],
    ['sessions.replay', 'trainer', 'Replay a game, at any moment of it.'],
  ],
  content: [
    ['items.read', 'trainer', 'See content that is not released yet.'],
    ['items.write', 'trainer', 'Write content.'],
    ['items.review', 'manager', 'Approve or refuse content.'],
    ['packs.release', 'tenant_admin', 'Release content packs.'],
  ],
  ai: [
    ['generations.request', 'trainer', 'Have content written by a language model.'],
    ['generations.review', 'manager', 'Judge whether generated content is safe.'],
    ['prompts.write', 'tenant_admin', 'Change prompts.'],
  ],
  training: [
    ['modules.take', 'learner', 'Take the training that one is assigned.'],
    ['policies.attest', 'learner', 'Attest a policy.'],
    ['programs.write', 'trainer', 'Write programmes, modules and assessments.'],
    ['assignments.write', 'trainer', 'Assign training to people.'],
    ['results.read', 'manager', 'See people’s results.'],
    ['certificates.issue', 'manager', 'Issue certificates.'],
    ['policies.write', 'tenant_admin', 'Write policies and release versions of them.'],
    ['reviews.sign', 'tenant_admin', 'Sign reviews of programmes for management.', 'sensitive'],
  ],
  phishing: [
    ['campaigns.read', 'trainer', 'See campaigns and their figures.'],
    ['campaigns.write', 'trainer', 'Plan campaigns.'],
    ['templates.write', 'trainer', 'Write templates, pages and teachable moments.'],
    ['campaigns.approve', 'manager', 'Approve and start campaigns.'],
    ['interactions.read', 'manager', 'See what individual people did.', 'sensitive'],
  ],
  threat: [
    ['briefs.read', 'learner', 'Read intelligence briefs.'],
    ['campaigns.write', 'trainer', 'Write adversaries’ campaigns.'],
  ],
  story: [['seasons.write', 'trainer', 'Write seasons, chapters and scenes.']],
  lrs: [
    ['statements.write', 'trainer', 'Send statements.'],
    ['statements.read', 'manager', 'Read statements.'],
    ['packages.import', 'trainer', 'Import courses.'],
  ],
};

const PLAY: Readonly<Record<string, readonly Entry[]>> = {
  social: [
    ['friends.manage', 'learner', 'Make friends and leave them.'],
    ['corporations.join', 'learner', 'Found, join and leave corporations.'],
    ['competitions.write', 'trainer', 'Organise contests and boards.'],
  ],
  ugc: [
    ['projects.write', 'learner', 'Make content of one’s own.'],
    ['projects.moderate', 'trainer', 'Judge what players made.'],
  ],
  economy: [
    ['wallets.read_own', 'learner', 'See one’s own wallet.'],
    ['transactions.reverse', 'tenant_admin', 'Reverse a booking.', 'sensitive'],
  ],
  facility: [['facilities.write', 'trainer', 'Set up data centres for games.']],
  notification: [
    ['preferences.write_own', 'learner', 'Choose what one is told, and how.'],
    ['templates.write', 'tenant_admin', 'Change messages.'],
  ],
};

const ADMINISTRATION: Readonly<Record<string, readonly Entry[]>> = {
  auth: [
    ['users.read', 'manager', 'See people and their roles.'],
    ['users.invite', 'manager', 'Invite people.'],
    ['users.write', 'tenant_admin', 'Change, suspend and remove people.', 'sensitive'],
    ['roles.write', 'tenant_admin', 'Change roles, and who holds them.', 'sensitive'],
    ['policies.write', 'tenant_admin', 'Change access policies.', 'sensitive'],
    ['connections.write', 'tenant_admin', 'Change single sign-on and directories.', 'sensitive'],
    ['api_keys.write', 'tenant_admin', 'Create and revoke API keys and clients.', 'sensitive'],
    ['break_glass.use', 'super_admin', 'Take access in an emergency.', 'sensitive'],
  ],
  org: [
    ['departments.read', 'learner', 'See departments and teams.'],
    ['departments.write', 'manager', 'Change departments, teams and who belongs where.'],
    ['settings.write', 'tenant_admin', 'Change the tenant’s settings and look.'],
    ['security.write', 'tenant_admin', 'Change the tenant’s security profile.', 'sensitive'],
    ['frameworks.write', 'tenant_admin', 'Choose the frameworks that bind the tenant.', 'sensitive'],
  ],
  analytics: [
    ['reports.read', 'manager', 'See reports.'],
    ['experiments.write', 'tenant_admin', 'Run experiments.'],
  ],
  billing: [
    ['invoices.read', 'tenant_admin', 'See invoices and use.'],
    ['subscriptions.write', 'tenant_admin', 'Change the plan.', 'sensitive'],
    ['licenses.issue', 'super_admin', 'Issue license keys.', 'sensitive'],
  ],
  files: [
    ['objects.write', 'trainer', 'Upload files.'],
    ['objects.delete', 'manager', 'Delete files.'],
  ],
  integration: [
    ['webhooks.write', 'tenant_admin', 'Change webhooks.'],
    ['credentials.write', 'tenant_admin', 'Keep credentials of other systems.', 'sensitive'],
    ['exports.write', 'tenant_admin', 'Export to other systems.', 'sensitive'],
  ],
  governance: [
    ['requests.file', 'learner', 'Ask for one’s data, or to be forgotten.'],
    ['requests.decide', 'tenant_admin', 'Decide on requests of people.', 'sensitive'],
    ['holds.write', 'tenant_admin', 'Place and lift legal holds.', 'sensitive'],
    ['retention.run', 'super_admin', 'Run retention.', 'sensitive'],
  ],
  admin: [
    ['audit.read', 'tenant_admin', 'Read the audit log.', 'sensitive'],
    ['audit.export', 'tenant_admin', 'Export the audit log with its proofs.', 'sensitive'],
    ['tenants.move', 'super_admin', 'Move the tenant to another placement.', 'sensitive'],
  ],
};

export const PERMISSIONS = Object.entries({ ...LEARNING, ...PLAY, ...ADMINISTRATION }).flatMap(
  ([module, entries]) =>
    entries.map(([action, least, description, sensitive]) => ({
      key: `${module}.${action}`,
      module,
      description,
      sensitive: sensitive !== undefined,
      least,
    })),
);
