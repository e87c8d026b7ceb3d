-- Which tables have a payload that evolves, where the catalogue check can read it, and what a few columns hold whose name
-- and type do not tell.
COMMENT ON TABLE "auth"."user_profiles" IS 'What a person or their directory tells of them beyond the name shown (RFC 7643, section 4.1).
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "auth"."abac_policies" IS 'Rules that permit or deny an act by attributes of the person, of what is acted on, and of the circumstances.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "auth"."sso_connections" IS 'Identity providers that a tenant’s people sign in with.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "auth"."scim_connections" IS 'Directories that keep a tenant’s people up to date (SCIM 2.0, RFC 7643 and 7644).
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "org"."tenant_settings" IS 'What holds for a tenant’s people unless they choose for themselves, and what is switched on for them.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "org"."tenant_branding" IS 'How the platform looks and calls itself for a tenant’s people.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "org"."tenant_security_profiles" IS 'How strictly a tenant’s people sign in (NIST SP 800-63B), and for how long.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "admin"."audit_log" IS 'Everything that an auditor may ask about, one entry an act, in the order it was committed.
@kind partitioned_log
@retention evidence
@evolving';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_log"."subject_id" IS 'Id of the row that it was done to, in the table of the subject’s type.';
--> statement-breakpoint
COMMENT ON TABLE "content"."email_templates" IS 'The e-mails that can arrive in a game, honest and deceptive, each with its annotated indicators.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "content"."items" IS 'Pieces of content of every kind, each with the draft that is being worked on.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "content"."item_versions" IS 'Every version of an item, as it was when it was frozen for review or release.
@kind append_only
@retention evidence
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "content"."localizations" IS 'The texts of an item version, or of a released e-mail, in another language.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "content"."document_templates" IS 'The papers that a verification can bring, genuine and forged: extracts, transcripts, traces, identity papers.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "content"."scenarios" IS 'Prepared courses of a game: its length, how it opens, and which e-mails must arrive.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "ai"."prompt_templates" IS 'Prompts by the task that they are for, each with the draft that is being worked on.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "ai"."prompt_template_versions" IS 'Every version of a prompt that was ever released to jobs, so that what was generated can be explained.
@kind append_only
@retention evidence
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "ai"."generation_jobs" IS 'Requests to generate content: by whom, with which prompt, how far they are, and what became of them.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "game"."events" IS 'What happened in each session, in a contiguous sequence from 1. The truth that everything else is derived from.
@kind partitioned_log
@retention evidence
@evolving';
--> statement-breakpoint
COMMENT ON COLUMN "game"."events"."session_id" IS 'The game in game.sessions; advancing its head proves that it exists.';
--> statement-breakpoint
COMMENT ON TABLE "game"."actions" IS 'Every accepted action by the id its sender gave it: what makes a repeated action answer the same and write nothing.
@kind append_only
@retention evidence
@evolving';
--> statement-breakpoint
COMMENT ON COLUMN "game"."snapshots"."state" IS 'The state of the game after that event, as the reducer of that version folds it.';
--> statement-breakpoint
COMMENT ON TABLE "threat"."campaigns" IS 'Plans of an invented adversary that sessions can meet; released in a content pack and never changed after.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "threat"."intelligence_briefs" IS 'What players are told about the adversary: to everybody, or in one session that paid for it.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "facility"."facilities" IS 'The data centre of a session: its tier, its upkeep, how it stands.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON COLUMN "economy"."transactions"."cause_id" IS 'Id of the row in that table.';
--> statement-breakpoint
COMMENT ON TABLE "economy"."achievements" IS 'What a person can be distinguished for, and what must be done to earn it.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "story"."seasons" IS 'Seasons of the story, each open to players for a time.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "story"."chapters" IS 'Chapters of a season, told in their order.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "story"."nodes" IS 'Scenes of a chapter: what is shown at a point of the story, and what it changes.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "story"."choices" IS 'Ways from one scene to the next; a scene with one way and no label goes on by itself.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "story"."player_progress" IS 'How far a player is in a season: the scene where the story goes on, and what it remembers.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "social"."competitive_events" IS 'Tournaments and challenges of a tenant, from announcement to final places.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "training"."programs" IS 'Courses of study that a tenant requires of its people or offers them.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "training"."modules" IS 'The parts of a programme, in the order that they are taken.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "training"."assessments" IS 'Tests of what was learnt, with their questions and what counts as passing.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "training"."policies" IS 'Rules of the tenant that its people must know, such as acceptable use; the wording is in the versions.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "phishing"."teachable_moments" IS 'The short explanation that a person sees right after falling for a simulation.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "phishing"."landing_pages" IS 'The pages that simulated messages lead to. What people type into them is discarded in the browser.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "phishing"."templates" IS 'Simulated phishing messages, each rated by how hard it is to detect (NIST Phish Scale).
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "phishing"."campaigns" IS 'Series of simulated phishing messages: when they go out, to whom, and who allowed it.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."activities" IS 'What people can do and learn, by activity id, with the definition that was last received (xAPI Part Two §2.4.4.1).
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."statements"."score_raw" IS 'Points reached, between the least and the most.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."statements"."score_min" IS 'The least points that can be reached.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."statements"."score_max" IS 'The most points that can be reached.';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."scorm_runtime_states" IS 'The run-time data of one part in one attempt, which the course reads and writes through the SCORM API.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_results"."score_raw" IS 'Points reached, between the least and the most.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_results"."score_min" IS 'The least points that can be reached.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_results"."score_max" IS 'The most points that can be reached.';
--> statement-breakpoint
COMMENT ON TABLE "analytics"."events" IS 'What people did anywhere on the platform, as analysts may see it: by pseudonym, without free text.
@kind partitioned_log
@retention evidence
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "analytics"."player_profiles" IS 'How well each person recognises deception, folded from the events; can be emptied and rebuilt.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "analytics"."compliance_snapshots" IS 'How a tenant, or one of its departments, stood with a regulatory framework at the end of a period.
@kind append_only
@retention evidence
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "analytics"."variants" IS 'What an experiment compares: one control, and what is tried against it.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "integration"."configurations" IS 'Connections of a tenant to its other systems, one row a connection.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "integration"."webhook_deliveries" IS 'Attempts to deliver an event to a webhook, with what was sent and how it was answered.
@kind append_only
@retention operational
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "integration"."outbox" IS 'Messages that must leave the platform, written in the transaction that caused them and published afterwards, at least once.
@kind tenant
@retention operational
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "notification"."templates" IS 'Wordings of each kind of message, by channel and language.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "notification"."messages" IS 'What one person is to be told, on whichever channels: the inbox within the application.
@kind tenant
@retention operational
@evolving';
--> statement-breakpoint
COMMENT ON TABLE "billing"."plans" IS 'Plans that tenants can subscribe to.
@kind reference
@retention platform
@evolving';
