/**
 * The least that the data model holds: the tables that each domain needs, with the marks that its design gives them.
 * A appends only, P is a log in monthly partitions, R is reference data, V has a payload that evolves.
 */
import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { describe, expect, it } from 'vitest';
import { metaOf, type TableKind } from '../src/kernel/db/index.ts';
import { modules } from '../src/modules/registry.ts';

const INVENTORY: Readonly<Record<string, string>> = {
  public: `tenants, tenant_domains, locales R, countries R, currencies R, data_regions R,
    regulatory_frameworks R`,
  auth: `users, user_profiles, identities, sessions, api_keys, password_history A,
    webauthn_credentials, mfa_factors, invitations, sso_connections, scim_connections,
    oauth_clients, roles, permissions R, role_permissions, user_roles, abac_policies V,
    abac_policy_bindings`,
  org: `departments, teams, locations, user_assignments, tenant_settings V, tenant_branding V,
    tenant_security_profiles V, tenant_retention_policies, tenant_frameworks`,
  game: 'sessions, events P, snapshots A, actions A',
  content: `items V, item_versions A, localizations V, assets, email_templates V, document_templates V,
    scenarios V, content_packs, reviews A`,
  ai: `prompt_templates V, prompt_template_versions A, generation_jobs, generation_log A,
    safety_reviews A`,
  threat: `attack_vectors R, campaigns V, campaign_phases, attacks, breaches A, incidents,
    incident_actions A, intelligence_briefs`,
  facility: 'facilities V, resources, clients, leases, upgrades, maintenance_tasks, capacity_readings A',
  economy: `wallets, ledger_entries A, transactions A, levels R, achievements, user_achievements A,
    inventory_items, season_passes`,
  story: 'seasons V, chapters V, nodes V, factions, faction_relations, player_progress',
  social: `friendships, leaderboards, leaderboard_entries, corporations, corporation_members, alliances,
    alliance_members, matches, match_participants, competitive_events,
    competitive_event_participants`,
  ugc: 'projects, versions A, reviews, marketplace_listings, moderation_decisions A',
  training: `programs V, modules V, assignments, escalations A, assessments V, assessment_results A,
    completions A, jit_interventions, certificates A, attestations A, policies V,
    policy_versions A, spaced_repetition_states, spaced_repetition_reviews A, program_reviews A,
    management_attestations A`,
  phishing: 'campaigns V, templates V, landing_pages V, targets, sends, interactions A, teachable_moments V',
  lrs: `statements A, statement_voids A, activities V, agents, activity_states, activity_profiles,
    agent_profiles, attachments, lti_deployments, scorm_packages, scorm_registrations,
    cmi5_courses, cmi5_registrations, cmi5_sessions, aicc_courses, aicc_registrations,
    aicc_sessions, aicc_results A`,
  analytics: `events P V, player_profiles V, compliance_snapshots A V, experiments, variants,
    experiment_assignments, projection_cursors`,
  integration: `configurations V, credentials, webhook_subscriptions, webhook_deliveries A V,
    hris_sync_events A, siem_exports A, outbox, jobs V`,
  notification: 'templates V, preferences, push_subscriptions, deliveries A',
  billing: `plans R V, subscriptions, invoices A, invoice_lines A, usage_records A, entitlements,
    license_keys`,
  files: 'objects, object_references',
  governance: `privacy_requests, erasure_certificates A, subject_keys, pseudonyms, consents A, legal_holds A,
    retention_runs A, transfer_log A`,
  admin: 'audit_log P, audit_chain_heads, audit_checkpoints A, break_glass_grants A',
};

interface Wanted {
  readonly name: string;
  readonly marks: readonly string[];
}

const KINDS: Readonly<Record<string, TableKind>> = { A: 'append_only', P: 'partitioned_log', R: 'reference' };

const wantedIn = (list: string): Wanted[] =>
  list.split(',').map((entry) => {
    const [name = '', ...marks] = entry.trim().split(' ');
    return { name, marks };
  });

const inventory = Object.entries(INVENTORY).flatMap(([namespace, list]) =>
  wantedIn(list).map(({ name, marks }) => ({ table: `${namespace}.${name}`, marks })),
);

const built = new Map<string, PgTable>(
  modules.flatMap(({ name, tables }) =>
    Object.values(tables.canonical)
      .filter((table): table is PgTable => is(table, PgTable))
      .map((table) => [`${name}.${getTableName(table)}`, table] as const),
  ),
);

describe('the inventory of the data model', () => {
  it('has every namespace, each owned by the module of its name', () => {
    expect(modules.map(({ name }) => name).sort()).toEqual(Object.keys(INVENTORY).sort());
    expect(inventory.length).toBeGreaterThan(150);
  });

  it.each(inventory)('has $table', ({ table, marks }) => {
    const found = built.get(table);
    expect(found, table).toBeDefined();
    const { kind } = metaOf(found!)!;
    const wanted = marks.map((mark) => KINDS[mark]).find(Boolean);
    if (wanted) expect(kind).toBe(wanted);
    if (marks.includes('V')) expect(Object.keys(getTableColumns(found!))).toContain('version');
  });
});
