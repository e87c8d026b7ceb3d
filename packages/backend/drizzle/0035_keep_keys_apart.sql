-- phase: expand
-- Keys of evidence and of all else are told apart from here on; and every table says whose rows it has.
ALTER TABLE "governance"."subject_keys" ADD COLUMN "keeps" text DEFAULT 'evidence' NOT NULL;
--> statement-breakpoint
ALTER TABLE "governance"."subject_keys" ADD CONSTRAINT "subject_keys_keeps_check" CHECK ("keeps" in ('evidence', 'ordinary')) NOT VALID;
--> statement-breakpoint
COMMENT ON TABLE "auth"."api_keys" IS 'Keys that programs of a tenant sign in with. Only the hash of a key is kept.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "auth"."identities" IS 'Who a person is at an identity provider: what a sign-in there is recognised by.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "auth"."invitations" IS 'People who were asked to join a tenant, and what became of it.
@kind tenant
@retention tenant
@subject accepted_by_user_id of auth.users
@subject email of auth.users';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."invitations"."message" IS 'Kept for greeting in the words of who invites.
@pii free_text
@erasure null
@subject invited_by_user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "auth"."mfa_factors" IS 'Second factors other than passkeys: one-time passwords, and codes sent to a telephone or mailbox.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "auth"."oauth_clients" IS 'Applications that may ask for access tokens (OAuth 2.0, RFC 6749), by their metadata (RFC 7591, section 2).
@kind tenant
@retention tenant
@subject owner_user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "auth"."oauth_grants" IS 'What a person let an application do on their behalf.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "auth"."oauth_refresh_tokens" IS 'Refresh tokens, each used once; a second use revokes its whole family (RFC 9700, section 4.14.2).
@kind tenant
@retention operational
@subject oauth_grant_id of auth.oauth_grants';
--> statement-breakpoint
COMMENT ON TABLE "auth"."one_time_tokens" IS 'Links sent to a person that work once: to confirm an address, reset a password or sign in.
@kind tenant
@retention operational
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "auth"."password_credentials" IS 'The password of each person who signs in with one, and how often it was lately mistaken.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "auth"."password_history" IS 'Passwords that a person had, so that one is not chosen again, and why each was set.
@kind append_only
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "auth"."recovery_codes" IS 'Codes that let a person in once when the other factors are lost.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "auth"."scim_connections" IS 'Directories that keep a tenant’s people up to date (SCIM 2.0, RFC 7643 and 7644).
@kind tenant
@retention tenant
@evolving
@subject nobody';
--> statement-breakpoint
COMMENT ON TABLE "auth"."scim_group_members" IS 'Who is in a group of a directory.
@kind tenant
@retention tenant
@subject scim_user_id of auth.scim_users';
--> statement-breakpoint
COMMENT ON TABLE "auth"."scim_users" IS 'Which person a directory means by which of its records.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "auth"."sessions" IS 'Signed-in sessions of people. Only the hash of a token is kept.
@kind tenant
@retention operational
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "auth"."sso_certificates" IS 'Certificates that SAML messages are checked and encrypted with; several at once while one is replaced.
@kind tenant
@retention tenant
@subject nobody';
--> statement-breakpoint
COMMENT ON TABLE "auth"."sso_connections" IS 'Identity providers that a tenant’s people sign in with.
@kind tenant
@retention tenant
@evolving
@subject nobody';
--> statement-breakpoint
COMMENT ON TABLE "auth"."user_profiles" IS 'What a person or their directory tells of them beyond the name shown (RFC 7643, section 4.1).
@kind tenant
@retention tenant
@evolving
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "auth"."user_roles" IS 'Which person holds which role.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "auth"."users" IS 'The people of a tenant: players, trainers and administrators.
@kind tenant
@retention tenant
@subject itself';
--> statement-breakpoint
COMMENT ON TABLE "auth"."webauthn_credentials" IS 'Passkeys and security keys that people registered (WebAuthn Level 2, section 7.1; what Level 3 added is marked).
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "files"."objects" IS 'Files of a tenant: what each one is, where its bytes lie, and whether they are safe to serve.
@kind tenant
@retention tenant
@subject subject_user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "org"."locations" IS 'Places where a tenant’s people work.
@kind tenant
@retention tenant
@subject nobody';
--> statement-breakpoint
COMMENT ON TABLE "org"."memberships" IS 'Which person belongs to which team, and as what.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "org"."tenant_allowed_networks" IS 'Networks that a tenant’s people must sign in from. Without any, they may from anywhere.
@kind tenant
@retention tenant
@subject nobody';
--> statement-breakpoint
COMMENT ON TABLE "org"."tenant_branding" IS 'How the platform looks and calls itself for a tenant’s people.
@kind tenant
@retention tenant
@evolving
@subject nobody';
--> statement-breakpoint
COMMENT ON TABLE "org"."user_assignments" IS 'Where a person works, as what and under whom, over time (RFC 7643, section 4.3). Who had to complete what is answered from it.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "admin"."audit_log" IS 'Everything that an auditor may ask about, one entry an act, in the order it was committed.
@kind partitioned_log
@retention evidence
@evolving
@subject subject_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "content"."assets" IS 'Images, sounds, films and typefaces that content shows; the bytes are an object of files.
@kind tenant
@retention tenant
@subject nobody';
--> statement-breakpoint
COMMENT ON TABLE "content"."item_versions" IS 'Every version of an item, as it was when it was frozen for review or release.
@kind append_only
@retention evidence
@evolving
@subject author_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "content"."items" IS 'Pieces of content of every kind, each with the draft that is being worked on.
@kind tenant
@retention tenant
@evolving
@subject author_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "content"."reviews" IS 'Verdicts of editors, trainers and lawyers on one item version or translation, before its release.
@kind append_only
@retention evidence
@subject reviewer_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "ai"."generation_jobs" IS 'Requests to generate content: by whom, with which prompt, how far they are, and what became of them.
@kind tenant
@retention tenant
@evolving
@subject requested_by_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "ai"."safety_reviews" IS 'Verdicts on whether generated content may be shown; a later verdict supersedes an earlier one.
@kind append_only
@retention evidence
@subject reviewer_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "game"."actions" IS 'Every accepted action by the id its sender gave it: what makes a repeated action answer the same and write nothing.
@kind append_only
@retention evidence
@evolving
@subject session_id of game.sessions';
--> statement-breakpoint
COMMENT ON TABLE "game"."blacklist_entries" IS 'Domains that the player’s denials put on the blacklist.
@kind tenant
@retention tenant
@subject session_id of game.sessions';
--> statement-breakpoint
COMMENT ON TABLE "game"."day_summaries" IS 'How each game day went: the shift report.
@kind tenant
@retention tenant
@subject session_id of game.sessions';
--> statement-breakpoint
COMMENT ON TABLE "game"."decisions" IS 'What the player decided about an e-mail, and how that turned out.
@kind tenant
@retention tenant
@subject session_id of game.sessions';
--> statement-breakpoint
COMMENT ON TABLE "game"."email_attachments" IS 'Attachments of an e-mail: their descriptions; there are no bytes.
@kind tenant
@retention tenant
@subject email_id of game.emails';
--> statement-breakpoint
COMMENT ON TABLE "game"."email_headers" IS 'Transport headers of an e-mail, in their order.
@kind tenant
@retention tenant
@subject email_id of game.emails';
--> statement-breakpoint
COMMENT ON TABLE "game"."email_indicators" IS 'Indicators that the player marked on an e-mail, and whether they were there.
@kind tenant
@retention tenant
@subject email_id of game.emails';
--> statement-breakpoint
COMMENT ON TABLE "game"."emails" IS 'The e-mails that arrived in a session, and what became of each.
@kind tenant
@retention tenant
@subject session_id of game.sessions';
--> statement-breakpoint
COMMENT ON TABLE "game"."events" IS 'What happened in each session, in a contiguous sequence from 1. The truth that everything else is derived from.
@kind partitioned_log
@retention evidence
@evolving
@subject session_id of game.sessions';
--> statement-breakpoint
COMMENT ON TABLE "game"."session_heads" IS 'The last sequence of each session, by the session’s id. Written by the triggers of sessions and events alone.
@kind tenant
@retention tenant
@subject id of game.sessions';
--> statement-breakpoint
COMMENT ON TABLE "game"."sessions" IS 'One game, from its start to its end: what it needs to be replayed, and how it stands.
@kind tenant
@retention tenant
@subject player_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "game"."snapshots" IS 'A session’s state after a sequence, so that opening it need not read every event. Never trusted over the events.
@kind append_only
@retention evidence
@subject session_id of game.sessions';
--> statement-breakpoint
COMMENT ON TABLE "game"."threat_assessments" IS 'The threat as it stood on each game day.
@kind tenant
@retention tenant
@subject session_id of game.sessions';
--> statement-breakpoint
COMMENT ON TABLE "game"."verification_artifacts" IS 'The papers that were delivered about an e-mail’s sender.
@kind tenant
@retention tenant
@subject email_id of game.emails';
--> statement-breakpoint
COMMENT ON TABLE "game"."verification_packets" IS 'Requests for papers about an e-mail’s sender.
@kind tenant
@retention tenant
@subject session_id of game.sessions';
--> statement-breakpoint
COMMENT ON TABLE "game"."whitelist_entries" IS 'Domains that the player’s approvals put on the whitelist.
@kind tenant
@retention tenant
@subject session_id of game.sessions';
--> statement-breakpoint
COMMENT ON TABLE "game"."worksheets" IS 'The player’s work on one e-mail: marks right and wrong, papers asked for, time spent.
@kind tenant
@retention tenant
@subject session_id of game.sessions';
--> statement-breakpoint
COMMENT ON TABLE "threat"."attacks" IS 'Attacks that were launched in a session: by what way, when they strike, and whether they were stopped.
@kind tenant
@retention tenant
@subject session_id of game.sessions';
--> statement-breakpoint
COMMENT ON TABLE "threat"."breaches" IS 'Attacks that got through, and what they cost at once.
@kind append_only
@retention evidence
@subject session_id of game.sessions';
--> statement-breakpoint
COMMENT ON TABLE "threat"."incident_actions" IS 'What the player did about an incident, in order, and what each step cost.
@kind append_only
@retention evidence
@subject incident_id of threat.incidents';
--> statement-breakpoint
COMMENT ON TABLE "threat"."incidents" IS 'What a breach leaves to be dealt with; a session goes on once none is open.
@kind tenant
@retention tenant
@subject session_id of game.sessions';
--> statement-breakpoint
COMMENT ON TABLE "threat"."intelligence_brief_vectors" IS 'Techniques that a brief warns of.
@kind tenant
@retention tenant
@subject brief_id of threat.intelligence_briefs';
--> statement-breakpoint
COMMENT ON TABLE "threat"."intelligence_briefs" IS 'What players are told about the adversary: to everybody, or in one session that paid for it.
@kind tenant
@retention tenant
@evolving
@subject session_id of game.sessions';
--> statement-breakpoint
COMMENT ON TABLE "facility"."capacity_readings" IS 'How a facility’s resources stood after an event, so that shortage can be seen coming and explained later.
@kind append_only
@retention tenant
@subject facility_id of facility.facilities';
--> statement-breakpoint
COMMENT ON TABLE "facility"."clients" IS 'The guests of a facility: invented organisations whose request the player approved.
@kind tenant
@retention tenant
@subject facility_id of facility.facilities';
--> statement-breakpoint
COMMENT ON TABLE "facility"."facilities" IS 'The data centre of a session: its tier, its upkeep, how it stands.
@kind tenant
@retention tenant
@evolving
@subject session_id of game.sessions';
--> statement-breakpoint
COMMENT ON TABLE "facility"."leases" IS 'What a guest occupies and pays a day, from one game day to another; a renewal is another lease.
@kind tenant
@retention tenant
@subject client_id of facility.clients';
--> statement-breakpoint
COMMENT ON TABLE "facility"."maintenance_tasks" IS 'Work that a facility needs: planned, forced by a failure, or put off at a risk.
@kind tenant
@retention tenant
@subject facility_id of facility.facilities';
--> statement-breakpoint
COMMENT ON TABLE "facility"."resources" IS 'How much of each resource a facility can hold, has online, and has given away.
@kind tenant
@retention tenant
@subject facility_id of facility.facilities';
--> statement-breakpoint
COMMENT ON TABLE "facility"."upgrades" IS 'What a facility bought: its defences, each once, and its next tiers.
@kind tenant
@retention tenant
@subject facility_id of facility.facilities';
--> statement-breakpoint
COMMENT ON TABLE "economy"."inventory_items" IS 'What people own: tools, consumables and decoration, each kind once with its quantity.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "economy"."ledger_entries" IS 'The lines of a transaction. Over each transaction and currency they add up to zero, which COMMIT enforces.
@kind append_only
@retention evidence
@subject wallet_id of economy.wallets';
--> statement-breakpoint
COMMENT ON TABLE "economy"."season_passes" IS 'A person’s way through the rewards of one season.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "economy"."transactions" IS 'Movements of value between wallets, each with the entries that make it up and the reason for it.
@kind append_only
@retention evidence
@subject session_id of game.sessions';
--> statement-breakpoint
COMMENT ON TABLE "economy"."user_achievements" IS 'Achievements that people earned, and the invalidation of those that they should not have.
@kind append_only
@retention evidence
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "economy"."wallet_balances" IS 'What a person’s or corporation’s wallet holds of each currency. Written by the trigger of ledger entries alone.
@kind tenant
@retention tenant
@subject wallet_id of economy.wallets';
--> statement-breakpoint
COMMENT ON TABLE "economy"."wallets" IS 'The accounts of the ledger: one for each person and corporation, and those that the system issues from and collects in.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "story"."faction_standings" IS 'How a faction regards a player by now, in one season.
@kind tenant
@retention tenant
@subject progress_id of story.player_progress';
--> statement-breakpoint
COMMENT ON TABLE "story"."player_choices" IS 'The choices that a player made in a season: the way through its scenes.
@kind tenant
@retention tenant
@subject progress_id of story.player_progress';
--> statement-breakpoint
COMMENT ON TABLE "story"."player_progress" IS 'How far a player is in a season: the scene where the story goes on, and what it remembers.
@kind tenant
@retention tenant
@evolving
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "social"."alliances" IS 'Corporations that hold together against the others.
@kind tenant
@retention tenant
@subject leader_corporation_id of social.corporations';
--> statement-breakpoint
COMMENT ON TABLE "social"."competitive_event_participants" IS 'Who entered a competitive event, and how it ended for them.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "social"."corporation_members" IS 'Who belongs to which corporation, and as what; one who has left is a deleted row.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "social"."corporations" IS 'Companies that players run together, with a wallet of their own in the economy.
@kind tenant
@retention tenant
@subject founder_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "social"."friendships" IS 'Pairs of people who are friends, were asked to be, or of whom one blocked the other: one row a pair.
@kind tenant
@retention tenant
@subject lower_user_id of auth.users
@subject higher_user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "social"."leaderboard_entries" IS 'The place of one person, team or corporation on a leaderboard.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "social"."match_participants" IS 'Who plays in a match, on which side, in which session, and with what result.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "ugc"."marketplace_listings" IS 'Offers of a project to the tenant’s players, at a price in a currency of the game.
@kind tenant
@retention tenant
@subject seller_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "ugc"."moderation_decisions" IS 'Decisions on players’ work and reviews, with the statement of reasons that the author is owed (Regulation (EU) 2022/2065, Art. 17).
@kind append_only
@retention evidence
@subject subject_key_id of governance.subject_keys';
--> statement-breakpoint
COMMENT ON TABLE "ugc"."projects" IS 'Pieces of content that a player is making: an e-mail, a scenario, a pack or a skin.
@kind tenant
@retention tenant
@subject owner_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "ugc"."reviews" IS 'What players who used a project think of it, one review a player.
@kind tenant
@retention tenant
@subject reviewer_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "ugc"."versions" IS 'The versions of a project as their author submitted them, encrypted with the author’s key.
@kind append_only
@retention evidence
@subject author_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "training"."assessment_results" IS 'What a person scored in one attempt at an assessment, and which questions they were asked.
@kind append_only
@retention evidence
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "training"."assignments" IS 'That a person must complete a programme by a day, once for each cycle, and how far they are.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "training"."attestations" IS 'That a person declared to have read a policy’s version and to follow it.
@kind append_only
@retention evidence
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "training"."certificates" IS 'Signed proof, for printing and for verifying, that a person completed a programme.
@kind append_only
@retention evidence
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "training"."completions" IS 'That a person completed a programme, or one module of it, and what that rests on.
@kind append_only
@retention evidence
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "training"."escalations" IS 'That somebody was told of an assignment which was not completed in time: the proof that the tenant insisted.
@kind append_only
@retention evidence
@subject assignment_id of training.assignments';
--> statement-breakpoint
COMMENT ON TABLE "training"."jit_interventions" IS 'Short lessons given just in time, at the moment when a person made a mistake.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "training"."management_attestations" IS 'That a member of management vouched for the training of a period, as NIS2 Art. 20 and DORA Art. 5 expect.
@kind append_only
@retention evidence
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "training"."program_reviews" IS 'The regular look back at whether a programme works, with the figures as they stood (NIST SP 800-50r1).
@kind append_only
@retention evidence
@subject reviewed_by_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "training"."spaced_repetition_reviews" IS 'Each time a person was asked for a concept, and how it went; states can be recomputed from these.
@kind append_only
@retention evidence
@subject state_id of training.spaced_repetition_states';
--> statement-breakpoint
COMMENT ON TABLE "training"."spaced_repetition_states" IS 'How well a person knows a concept and when to ask again, as scheduled by SM-2 or FSRS.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "phishing"."interactions" IS 'What people did with a simulated message. One that a mail scanner caused is invalidated by a later record.
@kind append_only
@retention evidence
@subject send_id of phishing.sends';
--> statement-breakpoint
COMMENT ON TABLE "phishing"."sends" IS 'Each simulated message to one person, from being scheduled to its delivery.
@kind tenant
@retention evidence
@subject target_id of phishing.targets';
--> statement-breakpoint
COMMENT ON TABLE "phishing"."targets" IS 'The people that a campaign reaches, with the department that each belonged to at the time.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."activity_profiles" IS 'What an activity keeps for everybody (xAPI Part Three §2.7).
@kind tenant
@retention tenant
@subject nobody';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."activity_states" IS 'What an activity remembers about one person, such as a bookmark (xAPI Part Three §2.3).
@kind tenant
@retention tenant
@subject agent_id of lrs.agents';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."agent_profiles" IS 'What is kept about a person across activities, such as cmi5 learner preferences (xAPI Part Three §2.6).
@kind tenant
@retention tenant
@subject agent_id of lrs.agents';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."agents" IS 'Who statements are about or were made by: people, groups and systems, by one identifier each (xAPI Part Two §2.4.2).
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."aicc_registrations" IS 'A learner’s enrolment in an AICC course, rolled up over its units.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."aicc_results" IS 'What a unit put with each PutParam: status, score and time; the last valid one of a session counts.
@kind append_only
@retention evidence
@subject session_id of lrs.aicc_sessions';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."aicc_sessions" IS 'One launch of an AICC unit until it leaves, and what it needs to resume.
@kind tenant
@retention tenant
@subject registration_id of lrs.aicc_registrations';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."attachments" IS 'Files that belong to a statement, such as a certificate or its signature (xAPI Part Two §2.4.11).
@kind tenant
@retention evidence
@subject statement_id of lrs.statements';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."cmi5_registrations" IS 'A learner’s enrolment in a cmi5 course; the row’s id is the registration that statements carry (§9.6.1).
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."cmi5_sessions" IS 'One launch of an assignable unit until it ends; the row’s id is the session id that its statements carry (§9.6.3.1).
@kind tenant
@retention tenant
@subject registration_id of lrs.cmi5_registrations';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."cmi5_waivers" IS 'Units that a learner need not take in a registration (§9.3.7); the row’s id is the session id of its statement.
@kind tenant
@retention tenant
@subject registration_id of lrs.cmi5_registrations';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."group_members" IS 'The agents that a group names as its members (xAPI Part Two §2.4.2.2).
@kind tenant
@retention tenant
@subject member_id of lrs.agents';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."scorm_registrations" IS 'A learner’s attempts at a SCORM package, rolled up over its parts; the row’s id is the xAPI registration.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."scorm_runtime_states" IS 'The run-time data of one part in one attempt, which the course reads and writes through the SCORM API.
@kind tenant
@retention tenant
@evolving
@subject registration_id of lrs.scorm_registrations';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."statement_context_activities" IS 'Activities that a statement names as its context, for queries with related_activities.
@kind append_only
@retention evidence
@subject statement_id of lrs.statements';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."statement_context_agents" IS 'Agents that a statement names beside its actor, for queries with related_agents.
@kind append_only
@retention evidence
@subject agent_id of lrs.agents';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."statement_voids" IS 'Which statement voids which: a voided one is found by its id alone (xAPI Part Two §2.3.2).
@kind append_only
@retention evidence
@subject voided_id of lrs.statements';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."statements" IS 'What somebody did, as xAPI 2.0 (IEEE 9274.1.1) states it; the row’s id is the statement’s, created_at its stored.
@kind append_only
@retention evidence
@subject actor_id of lrs.agents
@subject object_agent_id of lrs.agents';
--> statement-breakpoint
COMMENT ON TABLE "analytics"."events" IS 'What people did anywhere on the platform, as analysts may see it: by pseudonym, without free text.
@kind partitioned_log
@retention evidence
@evolving
@subject pseudonym_id of governance.pseudonyms';
--> statement-breakpoint
COMMENT ON TABLE "analytics"."experiment_assignments" IS 'Which variant a person sees in an experiment; it stays the same however often they come.
@kind tenant
@retention tenant
@subject pseudonym_id of governance.pseudonyms';
--> statement-breakpoint
COMMENT ON TABLE "analytics"."player_profiles" IS 'How well each person recognises deception, folded from the events; can be emptied and rebuilt.
@kind tenant
@retention tenant
@evolving
@subject pseudonym_id of governance.pseudonyms';
--> statement-breakpoint
COMMENT ON TABLE "integration"."credentials" IS 'Secrets that a connection authenticates with, encrypted; a rotated one stays until its overlap ends.
@kind tenant
@retention tenant
@subject nobody';
--> statement-breakpoint
COMMENT ON TABLE "integration"."hris_sync_events" IS 'What a synchronisation with an HR system found and did about each person: proof of joiners, movers and leavers.
@kind append_only
@retention evidence
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "integration"."webhook_subscriptions" IS 'Addresses of a tenant that are told of events, each with the secret that its requests are signed with.
@kind tenant
@retention tenant
@subject nobody';
--> statement-breakpoint
COMMENT ON TABLE "notification"."deliveries" IS 'What became of each attempt to deliver a message, one row an outcome, as the provider reported it.
@kind append_only
@retention operational
@subject message_id of notification.messages';
--> statement-breakpoint
COMMENT ON TABLE "notification"."messages" IS 'What one person is to be told, on whichever channels: the inbox within the application.
@kind tenant
@retention operational
@evolving
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "notification"."preferences" IS 'Where a person departs from the default: categories switched on or off by channel, or gathered into a digest.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "notification"."push_subscriptions" IS 'Browsers that a person receives web push messages in (RFC 8030).
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "notification"."quiet_hours" IS 'When a person is not to be disturbed; what is not mandatory waits until they are over.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "billing"."accounts" IS 'Whom a tenant’s invoices are made out to.
@kind tenant
@retention tenant
@subject nobody';
--> statement-breakpoint
COMMENT ON TABLE "billing"."invoices" IS 'Invoices and credit notes as they were issued (Directive 2006/112/EC, Art. 226). A credit note supersedes what it corrects.
@kind append_only
@retention evidence
@subject nobody';
--> statement-breakpoint
COMMENT ON TABLE "billing"."license_keys" IS 'Keys that entitle an installation of a tenant’s own to a plan, also where it cannot ask the platform.
@kind tenant
@retention tenant
@subject issued_to_user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "governance"."consents" IS 'Each time a person gave or withdrew consent for a purpose (GDPR Art. 7); the last record of a purpose holds.
@kind append_only
@retention evidence
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "governance"."erasure_certificates" IS 'Signed proof of what an erasure did, naming the person by a pseudonym that leads nowhere any more.
@kind append_only
@retention evidence
@subject privacy_request_id of governance.privacy_requests';
--> statement-breakpoint
COMMENT ON TABLE "governance"."legal_holds" IS 'Orders to keep data for a dispute or an authority, and their release by a later record.
@kind append_only
@retention evidence
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."legal_holds"."grounds" IS 'Kept for why the data must be kept or no longer be.
@pii free_text
@erasure shred
@subject ordered_by_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "governance"."privacy_requests" IS 'What people ask under their rights over their data (GDPR Art. 15 to 22), from receipt to answer.
@kind tenant
@retention evidence
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "governance"."pseudonyms" IS 'Which person stands behind a pseudonym: the one bridge from events and analytics to people (GDPR Art. 4(5)).
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON TABLE "governance"."subject_keys" IS 'The key that a person’s text in append-only records is encrypted with, wrapped by the tenant’s key.
@kind tenant
@retention tenant
@subject user_id of auth.users';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."subject_keys"."generation" IS 'From 1; the highest of those that keep the same encrypts.';
--> statement-breakpoint
COMMENT ON COLUMN "governance"."subject_keys"."keeps" IS 'What it reads: evidence, which duties of retention can make outlast an erasure, or all else.';
--> statement-breakpoint
COMMENT ON TABLE "governance"."transfer_log" IS 'Personal data that left the tenant or its region: to whom, on which ground (GDPR Art. 30(1)(e), Ch. V).
@kind append_only
@retention evidence
@subject privacy_request_id of governance.privacy_requests';
