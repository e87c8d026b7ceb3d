CREATE TABLE "auth"."scim_group_members" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"scim_group_id" uuid NOT NULL,
	"scim_user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "scim_group_members_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "scim_group_members_scim_group_id_scim_user_id_key" UNIQUE("tenant_id","scim_group_id","scim_user_id")
);
--> statement-breakpoint
CREATE TABLE "auth"."scim_groups" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"scim_connection_id" uuid NOT NULL,
	"external_id" text,
	"name" text NOT NULL,
	"role_id" uuid,
	"last_synced_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "scim_groups_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "scim_groups_scim_connection_id_external_id_key" UNIQUE("tenant_id","scim_connection_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "lrs"."lti_resource_links" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"lti_deployment_id" uuid NOT NULL,
	"resource_link_key" text NOT NULL,
	"context_key" text,
	"title" text,
	"module_id" uuid,
	"line_item_url" text,
	"line_items_url" text,
	"memberships_url" text,
	"last_launched_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "lti_resource_links_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "lti_resource_links_lti_deployment_id_resource_link_key_key" UNIQUE("tenant_id","lti_deployment_id","resource_link_key"),
	CONSTRAINT "lti_resource_links_resource_link_key_length_check" CHECK (char_length("resource_link_key") between 1 and 255),
	CONSTRAINT "lti_resource_links_line_item_url_form_check" CHECK ("line_item_url" ~ '^https://'),
	CONSTRAINT "lti_resource_links_line_items_url_form_check" CHECK ("line_items_url" ~ '^https://'),
	CONSTRAINT "lti_resource_links_memberships_url_form_check" CHECK ("memberships_url" ~ '^https://')
);
--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD COLUMN "identity_id" uuid;
--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD COLUMN "provider_session" text;
--> statement-breakpoint
ALTER TABLE "auth"."sso_connections" ADD COLUMN "requested_context" text;
--> statement-breakpoint
ALTER TABLE "auth"."webauthn_credentials" ADD COLUMN "attestation_object" text;
--> statement-breakpoint
ALTER TABLE "auth"."webauthn_credentials" ADD COLUMN "attestation_client_data" text;
--> statement-breakpoint
ALTER TABLE "lrs"."aicc_assignable_units" ADD COLUMN "max_score" numeric;
--> statement-breakpoint
ALTER TABLE "lrs"."aicc_assignable_units" ADD COLUMN "time_limit_action" text;
--> statement-breakpoint
ALTER TABLE "lrs"."cmi5_assignable_units" ADD COLUMN "description" jsonb;
--> statement-breakpoint
ALTER TABLE "lrs"."cmi5_assignable_units" ADD COLUMN "activity_type" text;
--> statement-breakpoint
ALTER TABLE "lrs"."cmi5_assignable_units" ADD COLUMN "entitlement_key" text;
--> statement-breakpoint
ALTER TABLE "lrs"."cmi5_sessions" ADD COLUMN "launch_parameters" text;
--> statement-breakpoint
ALTER TABLE "lrs"."lti_deployments" ADD COLUMN "assertion_audience" text;
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_runtime_states" ADD COLUMN "score_raw" numeric;
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_runtime_states" ADD COLUMN "score_min" numeric;
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_runtime_states" ADD COLUMN "score_max" numeric;
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_runtime_states" ADD COLUMN "progress_measure" numeric(9, 8);
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_runtime_states" ADD COLUMN "mode" text DEFAULT 'normal' NOT NULL;
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_runtime_states" ADD COLUMN "credit" text DEFAULT 'credit' NOT NULL;
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_scos" ADD COLUMN "time_limit_action" text;
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_scos" ADD COLUMN "completion_threshold" numeric(9, 8);
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_scos" ADD COLUMN "launch_data" text;
--> statement-breakpoint
ALTER TABLE "regulatory_frameworks" ADD COLUMN "retention_basis" text;
--> statement-breakpoint
ALTER TABLE "auth"."scim_group_members" ADD CONSTRAINT "scim_group_members_scim_group_id_fk" FOREIGN KEY ("tenant_id","scim_group_id") REFERENCES "auth"."scim_groups"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."scim_group_members" ADD CONSTRAINT "scim_group_members_scim_user_id_fk" FOREIGN KEY ("tenant_id","scim_user_id") REFERENCES "auth"."scim_users"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."scim_groups" ADD CONSTRAINT "scim_groups_scim_connection_id_fk" FOREIGN KEY ("tenant_id","scim_connection_id") REFERENCES "auth"."scim_connections"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."scim_groups" ADD CONSTRAINT "scim_groups_role_id_fk" FOREIGN KEY ("tenant_id","role_id") REFERENCES "auth"."roles"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lrs"."lti_resource_links" ADD CONSTRAINT "lti_resource_links_lti_deployment_id_fk" FOREIGN KEY ("tenant_id","lti_deployment_id") REFERENCES "lrs"."lti_deployments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "scim_group_members_scim_user_id_idx" ON "auth"."scim_group_members" USING btree ("tenant_id","scim_user_id");
--> statement-breakpoint
CREATE INDEX "scim_groups_role_id_idx" ON "auth"."scim_groups" USING btree ("tenant_id","role_id");
--> statement-breakpoint
ALTER TABLE "auth"."identities" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "auth"."sessions" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD CONSTRAINT "sessions_identity_id_fk" FOREIGN KEY ("tenant_id","identity_id") REFERENCES "auth"."identities"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "auth"."identities" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "auth"."sessions" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE INDEX "sessions_identity_id_idx" ON "auth"."sessions" USING btree ("tenant_id","identity_id");
--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD CONSTRAINT "sessions_provider_session_of_identity_check" CHECK ("provider_session" is null or "identity_id" is not null);
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_runtime_states" ADD CONSTRAINT "scorm_runtime_states_mode_check" CHECK ("mode" in ('normal', 'browse', 'review'));
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_runtime_states" ADD CONSTRAINT "scorm_runtime_states_credit_check" CHECK ("credit" in ('credit', 'no-credit'));
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_runtime_states" ADD CONSTRAINT "scorm_runtime_states_progress_measure_range_check" CHECK ("progress_measure" between 0 and 1);
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_scos" ADD CONSTRAINT "scorm_scos_time_limit_action_check" CHECK ("time_limit_action" in ('exit,message', 'exit,no message', 'continue,message', 'continue,no message'));
--> statement-breakpoint
ALTER TABLE "lrs"."scorm_scos" ADD CONSTRAINT "scorm_scos_completion_threshold_range_check" CHECK ("completion_threshold" between 0 and 1);
--> statement-breakpoint
ALTER TABLE "regulatory_frameworks" ADD CONSTRAINT "regulatory_frameworks_retention_basis_check" CHECK ("retention_basis" in ('rule', 'practice'));
--> statement-breakpoint
ALTER TABLE "regulatory_frameworks" ADD CONSTRAINT "regulatory_frameworks_basis_of_a_period_check" CHECK ("retention_basis" is null or "retention_years" is not null);
--> statement-breakpoint
ALTER TABLE "auth"."scim_group_members" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."scim_group_members" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."scim_group_members" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."scim_group_members" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."scim_group_members" IS 'Who is in a group of a directory.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON INDEX "auth"."scim_group_members_scim_user_id_idx" IS 'rows that refer to one target, and the check of foreign key scim_group_members_scim_user_id_fk';
--> statement-breakpoint
ALTER TABLE "auth"."scim_groups" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "auth"."scim_groups" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "auth"."scim_groups" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."scim_groups" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "auth"."scim_groups" IS 'Groups that a directory keeps (RFC 7643, section 4.2), and the role that their members are given.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."scim_groups"."external_id" IS 'The directory’s own identifier (RFC 7643, section 3.1).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."scim_groups"."name" IS 'displayName; two groups may have the same.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."scim_groups"."role_id" IS 'Null where the group gives none.';
--> statement-breakpoint
COMMENT ON INDEX "auth"."scim_groups_role_id_idx" IS 'rows that refer to one target, and the check of foreign key scim_groups_role_id_fk';
--> statement-breakpoint
ALTER TABLE "lrs"."lti_resource_links" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "lrs"."lti_resource_links" USING ("tenant_id" = (SELECT "dmz"."current_tenant"())) WITH CHECK ("tenant_id" = (SELECT "dmz"."current_tenant"()));
--> statement-breakpoint
CREATE TRIGGER "set_updated_at" BEFORE UPDATE ON "lrs"."lti_resource_links" FOR EACH ROW EXECUTE FUNCTION "dmz"."set_updated_at"();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "lrs"."lti_resource_links" TO "dmz_app";
--> statement-breakpoint
COMMENT ON TABLE "lrs"."lti_resource_links" IS 'Places in a learning platform’s courses that launch us, and where their scores and people are found.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_resource_links"."resource_link_key" IS 'id of the resource_link claim, unique within the deployment (LTI 1.3 Core §5.3.5).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_resource_links"."context_key" IS 'id of the context claim: the course it stands in.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_resource_links"."title" IS 'As the platform calls it.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_resource_links"."module_id" IS 'Id in training.modules: what it launches; null until chosen.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_resource_links"."line_item_url" IS 'Where its scores go: the claim’s lineitem (Assignment and Grade Services 2.0).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_resource_links"."line_items_url" IS 'Where the course’s line items are: lineitems.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_resource_links"."memberships_url" IS 'context_memberships_url of Names and Role Provisioning Services 2.0.';
--> statement-breakpoint
COMMENT ON TABLE "public"."regulatory_frameworks" IS 'Regulations and standards that a tenant can be bound by, and how long each one has evidence kept.
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."kind" IS 'Binding by law, by certification or contract, or an auditor’s report on chosen criteria.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."issuer" IS 'Who made it, such as PCI Security Standards Council.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."edition" IS 'Edition that these figures are of, such as v4.0.1.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."country_code" IS 'The country it is the law of; null where it is of several or of none.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."retention_years" IS 'Years that evidence is kept; null where neither the rule nor its field has a period.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."retention_basis" IS 'Whether the rule itself names the years, or its field keeps to them; null where there are none.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."retention_from" IS 'What the years count from: the record’s making, its last day in force or last follow-up, or the end of the fiscal year it is of.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."months_at_hand" IS 'Months of the period that must be readable at once, without an archive; null where the rule asks for none.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."source" IS 'Section that the period is taken from, or that names none.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."source_url" IS 'Where the text can be read.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."effective_on" IS 'First day that it applies.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."training_interval_months" IS 'How often people must be trained; null where the rule names no interval.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."training_source" IS 'Section that asks for training.';
--> statement-breakpoint
COMMENT ON INDEX "public"."regulatory_frameworks_country_code_idx" IS 'rows that refer to one target, and the check of foreign key regulatory_frameworks_country_code_fk';
--> statement-breakpoint
COMMENT ON TABLE "auth"."sessions" IS 'Signed-in sessions of people. Only the hash of a token is kept.
@kind tenant
@retention operational';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sessions"."authentication_methods" IS 'How the person signed in, as values of amr (RFC 8176), such as pwd and otp.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sessions"."assurance_level" IS 'Authenticator assurance level, 1 to 3 (NIST SP 800-63B-4, section 2).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sessions"."authenticated_at" IS 'When the person last proved who they are; a grave act asks for a recent time.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sessions"."identity_id" IS 'Who signed in at an identity provider; null where the platform asked itself.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sessions"."provider_session" IS 'SAML: SessionIndex (saml-core, section 2.7.2). OIDC: sid (Back-Channel Logout 1.0).
Kept for ending the session when the provider ends its own.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sessions"."idle_expires_at" IS 'When it ends unless it is used before.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sessions"."expires_at" IS 'When it ends, however much it is used.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sessions"."token_sha256" IS 'Kept for recognising a signed-in browser.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sessions"."ip_address" IS 'Kept for showing a person where they are signed in.
@pii network
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sessions"."user_agent" IS 'Kept for showing a person where they are signed in.
@pii network
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sessions"."last_used_at" IS 'Kept for finding what is no longer used.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON INDEX "auth"."sessions_expires_at_idx" IS 'sessions that have expired, to be removed';
--> statement-breakpoint
COMMENT ON INDEX "auth"."sessions_user_id_idx" IS 'rows that refer to one target, and the check of foreign key sessions_user_id_fk';
--> statement-breakpoint
COMMENT ON INDEX "auth"."sessions_identity_id_idx" IS 'rows that refer to one target, and the check of foreign key sessions_identity_id_fk';
--> statement-breakpoint
COMMENT ON TABLE "auth"."sso_connections" IS 'Identity providers that a tenant’s people sign in with.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."issuer" IS 'SAML: entityID of the provider (saml-core, section 8.3.6). OIDC: issuer identifier (Discovery 1.0, section 3).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."sso_url" IS 'SAML: SingleSignOnService of the provider; OIDC discovers its own.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."slo_url" IS 'SAML: SingleLogoutService of the provider.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."name_id_format" IS 'SAML: NameIDPolicy that is asked for (saml-core, section 8.3).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."requests_signed" IS 'SAML: AuthnRequestsSigned.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."assertions_encrypted" IS 'SAML: an unencrypted assertion is refused. An unsigned one always is.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."idp_initiated" IS 'SAML: whether a response that nobody asked for is accepted (saml-profiles, section 4.1.5).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."client_id" IS 'OIDC: the platform’s client identifier at the provider.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."client_secret_ciphertext" IS 'OIDC: encrypted with the key that `key_id` names; null with private_key_jwt.
Kept for redeeming a code at the provider.
@pii credential
@erasure null';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."key_id" IS 'Id of the tenant’s key; null where nothing here is encrypted.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."scopes" IS 'OIDC: separated by spaces.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."requested_context" IS 'How people are asked to sign in there. SAML: AuthnContextClassRef (saml-core, section 3.3.2.2.1). OIDC: acr_values.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."attribute_mapping" IS 'Which attribute or claim of theirs fills which of ours.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."creates_users" IS 'Whether somebody unknown is made a user at the first sign-in.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."default_role_id" IS 'Role of a user who is made so.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."sso_connections"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON INDEX "auth"."sso_connections_default_role_id_idx" IS 'rows that refer to one target, and the check of foreign key sso_connections_default_role_id_fk';
--> statement-breakpoint
COMMENT ON TABLE "auth"."webauthn_credentials" IS 'Passkeys and security keys that people registered (WebAuthn Level 2, section 7.1; what Level 3 added is marked).
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."credential_id" IS 'Base64url without padding; at most 1023 bytes (Level 3, section 4, Credential ID).
Kept for finding the key that answered.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."user_handle" IS 'Random, at most 64 bytes, base64url; tells nothing of the person (section 14.6.1).
Kept for finding the person of a passkey.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."public_key" IS 'COSE_Key (RFC 9052, section 7), base64url.
Kept for checking an assertion.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."algorithm" IS 'COSE algorithm, such as -7 for ES256 (RFC 9053).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."sign_count" IS 'Last signature counter; one that does not grow hints at a cloned key (section 6.1.1).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."aaguid" IS 'Model of the authenticator; null where it was not told.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."rp_id" IS 'Relying party ID that the key is bound to.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."transports" IS 'How the authenticator is reached: usb, nfc, ble, internal (section 5.8.4); smart-card, hybrid (Level 3).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."attestation_format" IS 'Section 8.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."attestation_object" IS 'Attestation object of the registration, base64url; null where none was asked for (section 6.5).
Kept for checking later what kind of authenticator was registered.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."attestation_client_data" IS 'clientDataJSON that the attestation was made over, base64url.
Kept for checking later what kind of authenticator was registered.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."discoverable" IS 'Signs in without a name typed first.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."user_verified" IS 'Asks for a gesture or code of the person.';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."backup_eligible" IS 'Whether the key can be synchronised to other devices; never changes (Level 3, section 6.1.3).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."backed_up" IS 'Whether it is, as of the last sign-in (Level 3, section 6.1.3).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."label" IS 'Kept for telling one’s keys apart.
@pii free_text
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."webauthn_credentials"."last_used_at" IS 'Kept for finding what is no longer used.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON INDEX "auth"."webauthn_credentials_user_handle_idx" IS 'the person of a passkey';
--> statement-breakpoint
COMMENT ON INDEX "auth"."webauthn_credentials_user_id_idx" IS 'rows that refer to one target, and the check of foreign key webauthn_credentials_user_id_fk';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."aicc_assignable_units" IS 'The parts of an AICC course that are launched, from its .au file.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_assignable_units"."system_key" IS 'System_ID within the course, such as A1.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_assignable_units"."launch_url" IS 'File_Name.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_assignable_units"."launch_parameters" IS 'Web_Launch.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_assignable_units"."mastery_score" IS 'Raw score that passes; null where none is set.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_assignable_units"."max_score" IS 'Raw score that can be reached; null where none is set.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_assignable_units"."max_time_ms" IS 'Max_Time_Allowed.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_assignable_units"."time_limit_action" IS 'Time_Limit_Action, such as C,M: go on, and say so.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."aicc_assignable_units"."core_vendor" IS 'Sent to the unit as it is.';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."cmi5_assignable_units" IS 'The parts of a cmi5 course that are launched and tracked one by one.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_assignable_units"."position" IS 'Order in the course, from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_assignable_units"."publisher_iri" IS 'The publisher’s id of the unit.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_assignable_units"."activity_iri" IS 'The id that we launch it under, another than the publisher’s (§8.1).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_assignable_units"."title" IS 'By language (BCP 47).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_assignable_units"."move_on" IS 'What satisfies the unit (cmi5 §13.1.4).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_assignable_units"."mastery_score" IS 'Scaled score from 0 to 1 that passes.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_assignable_units"."description" IS 'By language (BCP 47).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_assignable_units"."activity_type" IS 'IRI of the type of its activity (§13.1.4).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_assignable_units"."entitlement_key" IS 'Tells the unit that it may be used; it goes into the launch data (§10, §13.1.4).';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."cmi5_sessions" IS 'One launch of an assignable unit until it ends; the row’s id is the session id that its statements carry (§9.6.3.1).
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_sessions"."move_on" IS 'What satisfies the unit (cmi5 §13.1.4).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_sessions"."mastery_score" IS 'Scaled score from 0 to 1 that passes.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_sessions"."launch_parameters" IS 'As given to this launch (§9.6.3.7).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_sessions"."fetch_token_sha256" IS 'Hash of the fetch URL’s token (§8.2).
Kept for recognising a launched unit.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_sessions"."fetched_at" IS 'When the token was exchanged, which works once.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_sessions"."auth_token_sha256" IS 'Hash of the token that the unit then uses.
Kept for recognising a launched unit.
@pii credential
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_sessions"."abandoned_at" IS 'When we ended it, since the unit did not (§9.3.6).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."cmi5_sessions"."score_scaled" IS 'From 0 to 1 (§9.5.1).';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."cmi5_sessions_registration_id_launched_at_idx" IS 'launches of a unit in a registration, in order';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."cmi5_sessions_assignable_unit_id_idx" IS 'rows that refer to one target, and the check of foreign key cmi5_sessions_assignable_unit_id_fk';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."lti_deployments" IS 'Deployments of the tenant’s courses in a learning platform, by LTI 1.3 Core and its Advantage services.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."issuer" IS 'The platform’s iss (1EdTech Security Framework 1.0, §5.1.2).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."client_id" IS 'What the platform calls us; aud of its id tokens.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."deployment_id" IS 'The deployment_id claim (LTI 1.3 Core §5.3.3).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."authentication_url" IS 'OIDC authorisation endpoint.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."token_url" IS 'OAuth 2 token endpoint, for the services.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."assertion_audience" IS 'aud of the assertions that we ask for tokens with, where it is not the token endpoint.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."jwks_url" IS 'The platform’s public keys (RFC 7517).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."signing_credential_id" IS 'Id in integration.credentials: the private key that we sign with.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."deep_linking" IS 'LTI Deep Linking 2.0.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."names_and_roles" IS 'Names and Role Provisioning Services 2.0.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."grade_scopes" IS 'Scopes of Assignment and Grade Services 2.0 that the platform granted.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."lti_deployments"."deleted_at" IS 'When the row was deleted; null while it lives.';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."scorm_runtime_states" IS 'The run-time data of one part in one attempt, which the course reads and writes through the SCORM API.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_runtime_states"."score_scaled" IS 'From -1 to 1.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_runtime_states"."score_raw" IS 'Points as the part counts them (cmi.score.raw).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_runtime_states"."score_min" IS 'Least of these points (cmi.score.min).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_runtime_states"."score_max" IS 'Most of these points (cmi.score.max).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_runtime_states"."progress_measure" IS 'From 0 to 1 (cmi.progress_measure); SCORM 1.2 has none.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_runtime_states"."mode" IS 'cmi.mode of the last launch; only a normal one counts.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_runtime_states"."credit" IS 'cmi.credit of the last launch.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_runtime_states"."exit" IS 'cmi.exit.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_runtime_states"."data_model" IS 'The remaining elements: suspend data (64,000 characters at least, 4,096 in SCORM 1.2), location, interactions, objectives, comments.
Kept for resuming the course where the learner left it.
@pii behaviour
@erasure delete_row';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_runtime_states"."version" IS 'Version of the payload’s shape.';
--> statement-breakpoint
COMMENT ON INDEX "lrs"."scorm_runtime_states_sco_id_idx" IS 'rows that refer to one target, and the check of foreign key scorm_runtime_states_sco_id_fk';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."scorm_scos" IS 'The parts of a package that are launched and report back: its sharable content objects.
@kind tenant
@retention tenant';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_scos"."identifier" IS 'The manifest’s item identifier.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_scos"."position" IS 'Order in the organisation, from 1.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_scos"."href" IS 'Path in the package, with its parameters.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_scos"."passing_score_scaled" IS 'From -1 to 1 (cmi.scaled_passing_score); a SCORM 1.2 mastery score divided by 100.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_scos"."max_time_ms" IS 'Time allowed for an attempt.';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_scos"."time_limit_action" IS 'What the part does when that time is over (cmi.time_limit_action).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_scos"."completion_threshold" IS 'Progress from 0 to 1 at which it counts as completed (cmi.completion_threshold).';
--> statement-breakpoint
COMMENT ON COLUMN "lrs"."scorm_scos"."launch_data" IS 'From the manifest, handed over as it is (cmi.launch_data).';
--> statement-breakpoint
COMMENT ON COLUMN "public"."locales"."script_code" IS 'ISO 15924; null where the language’s usual script goes without saying (RFC 5646, section 3.1.9).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."password_credentials"."compromised_at" IS 'When it was found in a list of breached passwords (NIST SP 800-63B-4, section 3.1.1.2).';
--> statement-breakpoint
COMMENT ON COLUMN "auth"."permissions"."sensitive" IS 'Asks for a recent sign-in at assurance level 2 (NIST SP 800-63B-4).';
--> statement-breakpoint
COMMENT ON TABLE "org"."tenant_security_profiles" IS 'How strictly a tenant’s people sign in (NIST SP 800-63B-4), and for how long.
@kind tenant
@retention tenant
@evolving';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_security_profiles"."password_min_length" IS 'At least 8 with a second factor, 15 where the password is the only one (section 3.1.1.2).';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_security_profiles"."password_max_age_days" IS 'Null for no expiry, as section 3.1.1.2 demands; some frameworks still ask for one.';
--> statement-breakpoint
COMMENT ON COLUMN "org"."tenant_security_profiles"."session_max_minutes" IS 'After which a person signs in again, however busy (section 5.2).';
--> statement-breakpoint
COMMENT ON COLUMN "threat"."attack_vectors"."attack_release" IS 'Release of ATT&CK that the row was taken from, such as 19.1.';
--> statement-breakpoint
COMMENT ON TABLE "lrs"."cmi5_waivers" IS 'Units that a learner need not take in a registration (§9.3.7); the row’s id is the session id of its statement.
@kind tenant
@retention tenant';
