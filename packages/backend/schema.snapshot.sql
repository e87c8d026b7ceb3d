-- What the migrations make of an empty database, as PostgreSQL itself describes it. Not to be run, and not to be edited:
-- `pnpm dmz db snapshot` writes it, and `pnpm db:check` compares it with the database.

CREATE SCHEMA admin;
GRANT USAGE ON SCHEMA admin TO dmz_app;
GRANT USAGE ON SCHEMA admin TO dmz_maintenance;
GRANT USAGE ON SCHEMA admin TO dmz_mover;

CREATE TABLE admin.audit_chain_heads (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  sequence bigint NOT NULL DEFAULT 0,
  chain_sha256 text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
) WITH (fillfactor=50);
ALTER TABLE admin.audit_chain_heads ADD CONSTRAINT audit_chain_heads_chain_sha256_form_check CHECK ((chain_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE admin.audit_chain_heads ADD CONSTRAINT audit_chain_heads_key UNIQUE (tenant_id);
ALTER TABLE admin.audit_chain_heads ADD CONSTRAINT audit_chain_heads_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE admin.audit_chain_heads ADD CONSTRAINT audit_chain_heads_sequence_not_negative_check CHECK ((sequence >= 0));
ALTER TABLE admin.audit_chain_heads ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON admin.audit_chain_heads AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON admin.audit_chain_heads FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE admin.audit_chain_heads TO dmz_mover;
GRANT SELECT ON TABLE admin.audit_chain_heads TO dmz_app;
COMMENT ON TABLE admin.audit_chain_heads IS 'Where the tenant’s audit chain stands: one row a tenant, locked and advanced by the audit log’s trigger alone.
@kind tenant
@retention tenant';
COMMENT ON COLUMN admin.audit_chain_heads.chain_sha256 IS 'SHA-256 of the last entry, which covers the one before it; all zeros before the first.';
COMMENT ON COLUMN admin.audit_chain_heads.sequence IS 'Number of entries that the chain has; 0 before the first.';

CREATE TABLE admin.audit_checkpoints (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  sequence bigint NOT NULL DEFAULT 0,
  chain_sha256 text NOT NULL,
  previous_checkpoint_id uuid,
  merkle_root_sha256 text NOT NULL,
  signature text NOT NULL,
  signing_key_id text NOT NULL,
  taken_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  public_key text,
  cosigning_public_key text,
  cosignature text
);
ALTER TABLE admin.audit_checkpoints ADD CONSTRAINT audit_checkpoints_chain_sha256_form_check CHECK ((chain_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE admin.audit_checkpoints ADD CONSTRAINT audit_checkpoints_merkle_root_form_check CHECK ((merkle_root_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE admin.audit_checkpoints ADD CONSTRAINT audit_checkpoints_not_its_own_predecessor_check CHECK ((previous_checkpoint_id <> id));
ALTER TABLE admin.audit_checkpoints ADD CONSTRAINT audit_checkpoints_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE admin.audit_checkpoints ADD CONSTRAINT audit_checkpoints_previous_checkpoint_id_fk FOREIGN KEY (tenant_id, previous_checkpoint_id) REFERENCES admin.audit_checkpoints(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE admin.audit_checkpoints ADD CONSTRAINT audit_checkpoints_previous_checkpoint_id_key UNIQUE (tenant_id, previous_checkpoint_id);
ALTER TABLE admin.audit_checkpoints ADD CONSTRAINT audit_checkpoints_sequence_key UNIQUE (tenant_id, sequence);
ALTER TABLE admin.audit_checkpoints ADD CONSTRAINT audit_checkpoints_sequence_not_negative_check CHECK ((sequence >= 0));
ALTER TABLE admin.audit_checkpoints ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON admin.audit_checkpoints AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON admin.audit_checkpoints FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE admin.audit_checkpoints TO dmz_app;
GRANT INSERT, SELECT ON TABLE admin.audit_checkpoints TO dmz_mover;
COMMENT ON TABLE admin.audit_checkpoints IS 'Signed Merkle roots over the audit log, which prove inclusion, order and completeness without the database.
@kind append_only
@retention evidence';
COMMENT ON COLUMN admin.audit_checkpoints.chain_sha256 IS 'SHA-256 of the last entry, which covers the one before it; all zeros before the first.';
COMMENT ON COLUMN admin.audit_checkpoints.cosignature IS 'Signature by the key before, over the same document; null outside of an overlap.';
COMMENT ON COLUMN admin.audit_checkpoints.cosigning_public_key IS 'The key before this one, as long as both are in use; else null.';
COMMENT ON COLUMN admin.audit_checkpoints.merkle_root_sha256 IS 'Root over entries 1 to sequence, hashed as a Merkle tree of RFC 9162, section 2.1.';
COMMENT ON COLUMN admin.audit_checkpoints.previous_checkpoint_id IS 'Null for the tenant’s first.';
COMMENT ON COLUMN admin.audit_checkpoints.public_key IS 'The Ed25519 public key, 32 bytes as base64url.';
COMMENT ON COLUMN admin.audit_checkpoints.sequence IS 'Number of entries that the chain has; 0 before the first.';
COMMENT ON COLUMN admin.audit_checkpoints.signature IS 'Ed25519 (RFC 8032) over the checkpoint’s canonical JSON (RFC 8785), base64url.';
COMMENT ON COLUMN admin.audit_checkpoints.signing_key_id IS 'RFC 7638 thumbprint of the public key.';

CREATE TABLE admin.audit_log (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  occurred_at timestamp with time zone NOT NULL DEFAULT now(),
  actor_kind text NOT NULL,
  actor_id uuid,
  action text NOT NULL,
  subject_type text,
  subject_id uuid,
  details jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  sequence bigint,
  previous_sha256 text,
  entry_sha256 text
) PARTITION BY RANGE (occurred_at);
ALTER TABLE admin.audit_log ADD CONSTRAINT audit_log_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['person'::text, 'operator'::text, 'program'::text])));
ALTER TABLE admin.audit_log ADD CONSTRAINT audit_log_chain_link_form_check CHECK (((sequence >= 1) AND (previous_sha256 ~ '^[0-9a-f]{64}$'::text) AND (entry_sha256 ~ '^[0-9a-f]{64}$'::text)));
ALTER TABLE admin.audit_log ADD CONSTRAINT audit_log_chain_link_whole_check CHECK ((num_nulls(sequence, previous_sha256, entry_sha256) = ANY (ARRAY[0, 3])));
ALTER TABLE admin.audit_log ADD CONSTRAINT audit_log_pkey PRIMARY KEY (tenant_id, id, occurred_at);
CREATE INDEX audit_log_sequence_idx ON ONLY admin.audit_log USING btree (tenant_id, sequence);
CREATE INDEX audit_log_subject_id_occurred_at_idx ON ONLY admin.audit_log USING btree (tenant_id, subject_id, occurred_at DESC);
ALTER TABLE admin.audit_log ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON admin.audit_log AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER chain_audit_entry BEFORE INSERT ON admin.audit_log FOR EACH ROW EXECUTE FUNCTION admin.chain_audit_entry();
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON admin.audit_log FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE admin.audit_log TO dmz_app;
GRANT INSERT, SELECT ON TABLE admin.audit_log TO dmz_mover;
COMMENT ON TABLE admin.audit_log IS 'Everything that an auditor may ask about, one entry an act, in the order it was committed.
@kind partitioned_log
@retention evidence
@evolving
@subject subject_id of auth.users';
COMMENT ON COLUMN admin.audit_log.action IS 'What was done, as module.object.verb.';
COMMENT ON COLUMN admin.audit_log.actor_id IS 'The person who acted, by id; null for operators and programs.';
COMMENT ON COLUMN admin.audit_log.details IS 'Particulars, without personal data.';
COMMENT ON COLUMN admin.audit_log.entry_sha256 IS 'SHA-256 of this entry, as docs/adr/0007-audit-chain.md encodes it; null outside of the chain.';
COMMENT ON COLUMN admin.audit_log.previous_sha256 IS 'SHA-256 of the entry before, all zeros for the first; null outside of the chain.';
COMMENT ON COLUMN admin.audit_log.sequence IS 'Place in the tenant’s chain, from 1, given by the trigger; null for entries from before chains were kept.';
COMMENT ON COLUMN admin.audit_log.subject_id IS 'Id of the row that it was done to, in the table of the subject’s type.';
COMMENT ON COLUMN admin.audit_log.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX admin.audit_log_sequence_idx IS 'entries in the order of the chain';
COMMENT ON INDEX admin.audit_log_subject_id_occurred_at_idx IS 'what happened to one subject, newest first';

CREATE TABLE admin.audit_log_default (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  occurred_at timestamp with time zone NOT NULL DEFAULT now(),
  actor_kind text NOT NULL,
  actor_id uuid,
  action text NOT NULL,
  subject_type text,
  subject_id uuid,
  details jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  sequence bigint,
  previous_sha256 text,
  entry_sha256 text
) PARTITION OF admin.audit_log DEFAULT;
ALTER TABLE admin.audit_log_default ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON admin.audit_log_default AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER chain_audit_entry BEFORE INSERT ON admin.audit_log_default FOR EACH ROW EXECUTE FUNCTION admin.chain_audit_entry();
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON admin.audit_log_default FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT MAINTAIN ON TABLE admin.audit_log_default TO dmz_maintenance;

CREATE TABLE admin.audit_removals (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  number bigint NOT NULL,
  run_id uuid NOT NULL,
  first_sequence bigint NOT NULL,
  last_sequence bigint NOT NULL,
  entry_hashes text NOT NULL,
  removals_sha256 text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE admin.audit_removals ADD CONSTRAINT audit_removals_a_hash_for_each_check CHECK (((length(entry_hashes) = (64 * ((last_sequence - first_sequence) + 1))) AND (entry_hashes ~ '^[0-9a-f]+$'::text)));
ALTER TABLE admin.audit_removals ADD CONSTRAINT audit_removals_first_sequence_key UNIQUE (tenant_id, first_sequence);
ALTER TABLE admin.audit_removals ADD CONSTRAINT audit_removals_number_key UNIQUE (tenant_id, number);
ALTER TABLE admin.audit_removals ADD CONSTRAINT audit_removals_number_positive_check CHECK ((number >= 1));
ALTER TABLE admin.audit_removals ADD CONSTRAINT audit_removals_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE admin.audit_removals ADD CONSTRAINT audit_removals_range_order_check CHECK (((first_sequence >= 1) AND (first_sequence <= last_sequence)));
ALTER TABLE admin.audit_removals ADD CONSTRAINT audit_removals_removals_sha256_form_check CHECK ((removals_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE admin.audit_removals ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON admin.audit_removals AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON admin.audit_removals FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE admin.audit_removals TO dmz_mover;
GRANT SELECT ON TABLE admin.audit_removals TO dmz_app;
COMMENT ON TABLE admin.audit_removals IS 'What retention has left of the audit entries that it removed: their hashes, which keep the rest verifiable.
@kind append_only
@retention tenant';
COMMENT ON COLUMN admin.audit_removals.entry_hashes IS 'entry_sha256 of each, in the order of the chain, one behind the other.';
COMMENT ON COLUMN admin.audit_removals.first_sequence IS 'Of the first entry.';
COMMENT ON COLUMN admin.audit_removals.last_sequence IS 'Of the last entry; all between them were removed too.';
COMMENT ON COLUMN admin.audit_removals.number IS 'Place among the tenant’s removals, from 1.';
COMMENT ON COLUMN admin.audit_removals.removals_sha256 IS 'SHA-256 of this removal, which covers the one before it; an audit entry of the same transaction names the last.';
COMMENT ON COLUMN admin.audit_removals.run_id IS 'The run of retention that removed them.';

CREATE TABLE admin.break_glass_grants (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  operator_id uuid NOT NULL,
  reason text NOT NULL,
  ticket text NOT NULL,
  access text NOT NULL,
  scopes jsonb NOT NULL,
  approver_kind text NOT NULL,
  approver_id uuid NOT NULL,
  starts_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  status text NOT NULL DEFAULT 'valid'::text,
  supersedes_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  status_reason text
);
ALTER TABLE admin.break_glass_grants ADD CONSTRAINT break_glass_grants_access_check CHECK ((access = ANY (ARRAY['read'::text, 'write'::text])));
ALTER TABLE admin.break_glass_grants ADD CONSTRAINT break_glass_grants_approver_kind_check CHECK ((approver_kind = ANY (ARRAY['tenant_administrator'::text, 'operator'::text])));
ALTER TABLE admin.break_glass_grants ADD CONSTRAINT break_glass_grants_expires_within_a_day_check CHECK (((expires_at > starts_at) AND (expires_at <= (starts_at + '24:00:00'::interval))));
ALTER TABLE admin.break_glass_grants ADD CONSTRAINT break_glass_grants_not_approved_by_oneself_check CHECK ((approver_id <> operator_id));
ALTER TABLE admin.break_glass_grants ADD CONSTRAINT break_glass_grants_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE admin.break_glass_grants ADD CONSTRAINT break_glass_grants_reason_check CHECK ((reason = ANY (ARRAY['incident'::text, 'support'::text, 'data_recovery'::text, 'security_investigation'::text, 'legal_order'::text])));
ALTER TABLE admin.break_glass_grants ADD CONSTRAINT break_glass_grants_status_check CHECK ((status = ANY (ARRAY['valid'::text, 'superseded'::text, 'invalidated'::text])));
ALTER TABLE admin.break_glass_grants ADD CONSTRAINT break_glass_grants_status_reason_check CHECK ((status_reason = ANY (ARRAY['correction'::text, 'duplicate'::text, 'wrong_person'::text, 'misconduct'::text, 'automation'::text, 'withdrawal'::text, 'revocation'::text, 'appeal'::text, 'renewal'::text])));
ALTER TABLE admin.break_glass_grants ADD CONSTRAINT break_glass_grants_supersedes_id_fk FOREIGN KEY (tenant_id, supersedes_id) REFERENCES admin.break_glass_grants(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE admin.break_glass_grants ADD CONSTRAINT break_glass_grants_supersedes_id_key UNIQUE (tenant_id, supersedes_id);
CREATE INDEX break_glass_grants_expires_at_idx ON admin.break_glass_grants USING btree (tenant_id, expires_at);
ALTER TABLE admin.break_glass_grants ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON admin.break_glass_grants AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON admin.break_glass_grants FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE admin.break_glass_grants TO dmz_app;
GRANT INSERT, SELECT ON TABLE admin.break_glass_grants TO dmz_mover;
COMMENT ON TABLE admin.break_glass_grants IS 'Emergency access to the tenant, for whom, why and until when. Ended early by a later record that invalidates it.
@kind append_only
@retention evidence';
COMMENT ON COLUMN admin.break_glass_grants.access IS 'Whether the operator may change what they see.';
COMMENT ON COLUMN admin.break_glass_grants.approver_id IS 'Id in auth.users of the administrator who agreed, or in the operators’ directory.';
COMMENT ON COLUMN admin.break_glass_grants.approver_kind IS 'Who agreed; nobody grants access to themselves.';
COMMENT ON COLUMN admin.break_glass_grants.expires_at IS 'At most 24 hours after the start.';
COMMENT ON COLUMN admin.break_glass_grants.operator_id IS 'Id in the operators’ directory, which alone knows the name.';
COMMENT ON COLUMN admin.break_glass_grants.scopes IS 'Permissions that are granted.';
COMMENT ON COLUMN admin.break_glass_grants.status_reason IS 'Why it supersedes or invalidates another record.';
COMMENT ON COLUMN admin.break_glass_grants.supersedes_id IS 'The record that this one supersedes or invalidates.';
COMMENT ON COLUMN admin.break_glass_grants.ticket IS 'The case that says why in full.';
COMMENT ON INDEX admin.break_glass_grants_expires_at_idx IS 'grants that are in force';

CREATE OR REPLACE FUNCTION admin.chain_audit_entry()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
 SET enable_seqscan TO 'off'
AS $function$
DECLARE
  begun boolean := NEW.action = 'admin.audit_chain.begun' AND pg_catalog.pg_trigger_depth() > 1;
  earlier record;
BEGIN
  LOOP
    SELECT head.sequence + 1, head.chain_sha256 INTO NEW.sequence, NEW.previous_sha256 FROM admin.audit_chain_heads AS head
    WHERE head.tenant_id = NEW.tenant_id AND (head.sequence > 0 OR begun) FOR UPDATE;
    EXIT WHEN FOUND;
    -- The first entry of this tenant's chain.
    INSERT INTO admin.audit_chain_heads (tenant_id, sequence, chain_sha256)
    VALUES (NEW.tenant_id, 0, pg_catalog.repeat('0', 64)) ON CONFLICT (tenant_id) DO NOTHING;
    PERFORM FROM admin.audit_chain_heads WHERE tenant_id = NEW.tenant_id AND sequence = 0 FOR UPDATE;
    IF FOUND THEN
      SELECT count(*) AS entries, pg_catalog.encode(pg_catalog.sha256(pg_catalog.string_agg(pg_catalog.decode(dmz.hash_audit_entry(
        entry.tenant_id, NULL, NULL, entry.id, entry.occurred_at, entry.actor_kind, entry.actor_id, entry.action, entry.subject_type,
        entry.subject_id, entry.details, entry.version), 'hex'), ''::bytea ORDER BY entry.id)), 'hex') AS sha256 INTO earlier
      FROM admin.audit_log AS entry WHERE entry.tenant_id = NEW.tenant_id AND entry.sequence IS NULL;
      IF earlier.entries > 0 THEN
        INSERT INTO admin.audit_log (tenant_id, occurred_at, actor_kind, action, details)
        VALUES (NEW.tenant_id, NEW.occurred_at, 'program', 'admin.audit_chain.begun',
          pg_catalog.jsonb_build_object('entries', earlier.entries, 'sha256', earlier.sha256));
      END IF;
    END IF;
    begun := true;
  END LOOP;
  NEW.entry_sha256 := dmz.hash_audit_entry(NEW.tenant_id, NEW.sequence, NEW.previous_sha256, NEW.id, NEW.occurred_at, NEW.actor_kind,
    NEW.actor_id, NEW.action, NEW.subject_type, NEW.subject_id, NEW.details, NEW.version);
  UPDATE admin.audit_chain_heads SET sequence = NEW.sequence, chain_sha256 = NEW.entry_sha256 WHERE tenant_id = NEW.tenant_id;
  RETURN NEW;
END
$function$;
COMMENT ON FUNCTION admin.chain_audit_entry() IS 'Gives an entry of the audit log its place in the tenant''s chain, the hash of the one before and its own, under the lock of the chain''s head, and advances the head; what a writer sends for these is overwritten. The first entry ever is preceded by one that counts and hashes those from before chains were kept. SECURITY DEFINER because the application may not write heads.';

CREATE OR REPLACE FUNCTION admin.open_audit_chain(tenant uuid, known_epoch bigint, at_time timestamp with time zone, OUT opened boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  entered timestamptz := dmz.enter_tenant(tenant, known_epoch);
BEGIN
  INSERT INTO admin.audit_chain_heads (tenant_id, sequence, chain_sha256)
  VALUES (tenant, 0, pg_catalog.repeat('0', 64)) ON CONFLICT (tenant_id) DO NOTHING;
  opened := FOUND;
END
$function$;
GRANT EXECUTE ON FUNCTION admin.open_audit_chain(uuid,bigint,timestamp with time zone) TO dmz_app;
COMMENT ON FUNCTION admin.open_audit_chain(uuid,bigint,timestamp with time zone) IS 'Enters the tenant, and gives it the head of an audit chain without entries, if it has none; says whether it did. SECURITY DEFINER because the application may not write heads.';

CREATE OR REPLACE FUNCTION admin.read_audit_log(tenant uuid, known_epoch bigint, at_time timestamp with time zone, after_sequence bigint, after_id uuid, most integer, OUT entries json)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  entered timestamptz := dmz.enter_tenant(tenant, known_epoch);
BEGIN
  WITH page AS (
    (SELECT entry.* FROM admin.audit_log AS entry
     WHERE after_sequence IS NOT NULL AND entry.tenant_id = tenant AND (entry.sequence, entry.id) > (after_sequence, after_id)
     ORDER BY entry.sequence, entry.id LIMIT most)
    UNION ALL
    (SELECT entry.* FROM admin.audit_log AS entry
     WHERE after_sequence IS NULL AND entry.tenant_id = tenant AND entry.sequence IS NULL AND entry.id > after_id
     ORDER BY entry.id LIMIT most)
  )
  SELECT coalesce(pg_catalog.json_agg(pg_catalog.json_build_object('sequence', sequence, 'previousSha256', previous_sha256,
    'entrySha256', entry_sha256, 'id', id, 'occurredAt', pg_catalog.to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'actorKind', actor_kind, 'actorId', actor_id, 'action', action, 'subjectType', subject_type, 'subjectId', subject_id,
    'details', details::text, 'version', version) ORDER BY sequence, id), '[]') INTO entries
  FROM page;
END
$function$;
GRANT EXECUTE ON FUNCTION admin.read_audit_log(uuid,bigint,timestamp with time zone,bigint,uuid,integer) TO dmz_app;
COMMENT ON FUNCTION admin.read_audit_log(uuid,bigint,timestamp with time zone,bigint,uuid,integer) IS 'Enters the tenant, and reads entries of its audit log as they were hashed: those of the chain behind a place in it, or where after_sequence is null those from before chains were kept, by id.';

CREATE SCHEMA ai;
GRANT USAGE ON SCHEMA ai TO dmz_app;
GRANT USAGE ON SCHEMA ai TO dmz_maintenance;
GRANT USAGE ON SCHEMA ai TO dmz_mover;

CREATE TABLE ai.generation_jobs (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  prompt_template_version_id uuid NOT NULL,
  requested_by_id uuid,
  request_key text NOT NULL,
  inputs jsonb NOT NULL,
  state text NOT NULL DEFAULT 'queued'::text,
  priority integer NOT NULL DEFAULT 0,
  attempts integer NOT NULL DEFAULT 0,
  max_attempts integer NOT NULL DEFAULT 3,
  queued_at timestamp with time zone NOT NULL DEFAULT now(),
  started_at timestamp with time zone,
  lease_expires_at timestamp with time zone,
  finished_at timestamp with time zone,
  error_code text,
  item_id uuid,
  budget_micros bigint,
  currency_code text NOT NULL DEFAULT 'USD'::text,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE ai.generation_jobs ADD CONSTRAINT generation_jobs_attempts_range_check CHECK (((attempts >= 0) AND (attempts <= max_attempts)));
ALTER TABLE ai.generation_jobs ADD CONSTRAINT generation_jobs_budget_not_negative_check CHECK ((budget_micros >= 0));
ALTER TABLE ai.generation_jobs ADD CONSTRAINT generation_jobs_currency_code_fk FOREIGN KEY (currency_code) REFERENCES public.currencies(code) ON DELETE RESTRICT;
ALTER TABLE ai.generation_jobs ADD CONSTRAINT generation_jobs_end_has_time_check CHECK (((state = ANY (ARRAY['queued'::text, 'running'::text])) = (finished_at IS NULL)));
ALTER TABLE ai.generation_jobs ADD CONSTRAINT generation_jobs_failure_has_code_check CHECK (((state <> 'failed'::text) OR (error_code IS NOT NULL)));
ALTER TABLE ai.generation_jobs ADD CONSTRAINT generation_jobs_item_id_fk FOREIGN KEY (tenant_id, item_id) REFERENCES content.items(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE ai.generation_jobs ADD CONSTRAINT generation_jobs_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ai.generation_jobs ADD CONSTRAINT generation_jobs_prompt_template_version_id_fk FOREIGN KEY (tenant_id, prompt_template_version_id) REFERENCES ai.prompt_template_versions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE ai.generation_jobs ADD CONSTRAINT generation_jobs_request_key_key UNIQUE (tenant_id, request_key);
ALTER TABLE ai.generation_jobs ADD CONSTRAINT generation_jobs_requested_by_id_fk FOREIGN KEY (tenant_id, requested_by_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE ai.generation_jobs ADD CONSTRAINT generation_jobs_running_has_lease_check CHECK (((state <> 'running'::text) OR ((started_at IS NOT NULL) AND (lease_expires_at IS NOT NULL))));
ALTER TABLE ai.generation_jobs ADD CONSTRAINT generation_jobs_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'succeeded'::text, 'failed'::text, 'cancelled'::text, 'refused'::text])));
ALTER TABLE ai.generation_jobs ADD CONSTRAINT generation_jobs_times_in_order_check CHECK (((started_at >= queued_at) AND (finished_at >= queued_at)));
CREATE INDEX generation_jobs_currency_code_idx ON ai.generation_jobs USING btree (currency_code);
CREATE INDEX generation_jobs_item_id_idx ON ai.generation_jobs USING btree (tenant_id, item_id);
CREATE INDEX generation_jobs_prompt_template_version_id_idx ON ai.generation_jobs USING btree (tenant_id, prompt_template_version_id);
CREATE INDEX generation_jobs_requested_by_id_idx ON ai.generation_jobs USING btree (tenant_id, requested_by_id);
CREATE INDEX generation_jobs_state_priority_queued_at_idx ON ai.generation_jobs USING btree (tenant_id, state, priority DESC, queued_at);
ALTER TABLE ai.generation_jobs ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON ai.generation_jobs AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON ai.generation_jobs FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE ai.generation_jobs TO dmz_mover;
GRANT INSERT, SELECT, UPDATE ON TABLE ai.generation_jobs TO dmz_app;
COMMENT ON TABLE ai.generation_jobs IS 'Requests to generate content: by whom, with which prompt, how far they are, and what became of them.
@kind tenant
@retention tenant
@evolving
@subject requested_by_id of auth.users';
COMMENT ON COLUMN ai.generation_jobs.attempts IS 'Runs so far, the present one included.';
COMMENT ON COLUMN ai.generation_jobs.budget_micros IS 'Most that its calls may cost, in millionths of the currency’s unit: a call costs less than a cent.';
COMMENT ON COLUMN ai.generation_jobs.error_code IS 'Code of the last failure; its text may quote the inputs.';
COMMENT ON COLUMN ai.generation_jobs.inputs IS 'Values of the prompt’s placeholders, by its input schema.
Kept for telling the model what to write.
@pii free_text
@erasure replace';
COMMENT ON COLUMN ai.generation_jobs.item_id IS 'The content item that the result became a draft of.';
COMMENT ON COLUMN ai.generation_jobs.lease_expires_at IS 'A running job whose worker has not renewed it by then is taken by another.';
COMMENT ON COLUMN ai.generation_jobs.priority IS 'Higher runs first.';
COMMENT ON COLUMN ai.generation_jobs.request_key IS 'Given by the sender; a repeated request finds the first job.';
COMMENT ON COLUMN ai.generation_jobs.requested_by_id IS 'Null where a schedule asked.';
COMMENT ON COLUMN ai.generation_jobs.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX ai.generation_jobs_currency_code_idx IS 'rows that refer to one target, and the check of foreign key generation_jobs_currency_code_fk';
COMMENT ON INDEX ai.generation_jobs_item_id_idx IS 'rows that refer to one target, and the check of foreign key generation_jobs_item_id_fk';
COMMENT ON INDEX ai.generation_jobs_prompt_template_version_id_idx IS 'rows that refer to one target, and the check of foreign key generation_jobs_prompt_template_version_id_fk';
COMMENT ON INDEX ai.generation_jobs_requested_by_id_idx IS 'rows that refer to one target, and the check of foreign key generation_jobs_requested_by_id_fk';
COMMENT ON INDEX ai.generation_jobs_state_priority_queued_at_idx IS 'the next job to run';

CREATE TABLE ai.generation_log (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  job_id uuid NOT NULL,
  attempt integer NOT NULL,
  call integer NOT NULL,
  prompt_template_version_id uuid NOT NULL,
  provider text NOT NULL,
  model text NOT NULL,
  outcome text NOT NULL,
  error_code text,
  request_sha256 text NOT NULL,
  response_sha256 text,
  exchange_object_id uuid,
  input_tokens integer NOT NULL DEFAULT 0,
  cached_input_tokens integer NOT NULL DEFAULT 0,
  output_tokens integer NOT NULL DEFAULT 0,
  cost_micros bigint NOT NULL DEFAULT 0,
  called_at timestamp with time zone NOT NULL,
  latency_ms integer NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE ai.generation_log ADD CONSTRAINT generation_log_completed_has_response_check CHECK (((outcome <> 'completed'::text) OR (response_sha256 IS NOT NULL)));
ALTER TABLE ai.generation_log ADD CONSTRAINT generation_log_cost_not_negative_check CHECK ((cost_micros >= 0));
ALTER TABLE ai.generation_log ADD CONSTRAINT generation_log_job_id_attempt_call_key UNIQUE (tenant_id, job_id, attempt, call);
ALTER TABLE ai.generation_log ADD CONSTRAINT generation_log_job_id_fk FOREIGN KEY (tenant_id, job_id) REFERENCES ai.generation_jobs(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE ai.generation_log ADD CONSTRAINT generation_log_latency_not_negative_check CHECK ((latency_ms >= 0));
ALTER TABLE ai.generation_log ADD CONSTRAINT generation_log_order_positive_check CHECK (((attempt > 0) AND (call > 0)));
ALTER TABLE ai.generation_log ADD CONSTRAINT generation_log_outcome_check CHECK ((outcome = ANY (ARRAY['completed'::text, 'truncated'::text, 'refused'::text, 'invalid_output'::text, 'timed_out'::text, 'failed'::text])));
ALTER TABLE ai.generation_log ADD CONSTRAINT generation_log_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ai.generation_log ADD CONSTRAINT generation_log_prompt_template_version_id_fk FOREIGN KEY (tenant_id, prompt_template_version_id) REFERENCES ai.prompt_template_versions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE ai.generation_log ADD CONSTRAINT generation_log_request_sha256_form_check CHECK ((request_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE ai.generation_log ADD CONSTRAINT generation_log_response_sha256_form_check CHECK ((response_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE ai.generation_log ADD CONSTRAINT generation_log_tokens_range_check CHECK ((((cached_input_tokens >= 0) AND (cached_input_tokens <= input_tokens)) AND (output_tokens >= 0)));
CREATE INDEX generation_log_called_at_idx ON ai.generation_log USING btree (tenant_id, called_at);
CREATE INDEX generation_log_prompt_template_version_id_idx ON ai.generation_log USING btree (tenant_id, prompt_template_version_id);
ALTER TABLE ai.generation_log ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON ai.generation_log AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON ai.generation_log FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE ai.generation_log TO dmz_app;
GRANT INSERT, SELECT ON TABLE ai.generation_log TO dmz_mover;
COMMENT ON TABLE ai.generation_log IS 'Every call to a model, as Regulation (EU) 2024/1689, Art. 12, asks: which model, what it cost, how it ended.
@kind append_only
@retention evidence';
COMMENT ON COLUMN ai.generation_log.attempt IS 'Which run of the job it belongs to, from 1.';
COMMENT ON COLUMN ai.generation_log.cached_input_tokens IS 'Of the input, read from the cache.';
COMMENT ON COLUMN ai.generation_log.call IS 'Order of the call within the run, from 1.';
COMMENT ON COLUMN ai.generation_log.cost_micros IS 'Price of the call in millionths of the unit of the job’s currency.';
COMMENT ON COLUMN ai.generation_log.exchange_object_id IS 'Id in files.objects: request and answer, encrypted; null where the tenant keeps none.';
COMMENT ON COLUMN ai.generation_log.latency_ms IS 'From sending to the end of the answer.';
COMMENT ON COLUMN ai.generation_log.model IS 'The model’s full name, its version included.';
COMMENT ON COLUMN ai.generation_log.provider IS 'Who ran the model.';
COMMENT ON COLUMN ai.generation_log.request_sha256 IS 'Hash of all that was sent.';
COMMENT ON COLUMN ai.generation_log.response_sha256 IS 'Hash of the answer; null where none came.';
COMMENT ON INDEX ai.generation_log_called_at_idx IS 'calls and their cost over a period';
COMMENT ON INDEX ai.generation_log_prompt_template_version_id_idx IS 'rows that refer to one target, and the check of foreign key generation_log_prompt_template_version_id_fk';

CREATE TABLE ai.prompt_template_versions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  prompt_template_id uuid NOT NULL,
  revision integer NOT NULL,
  instructions text NOT NULL,
  template text NOT NULL,
  input_schema jsonb NOT NULL,
  output_schema jsonb NOT NULL,
  temperature_permille integer,
  max_output_tokens integer NOT NULL,
  prompt_sha256 text NOT NULL,
  author_id uuid,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE ai.prompt_template_versions ADD CONSTRAINT prompt_template_versions_author_id_fk FOREIGN KEY (tenant_id, author_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE ai.prompt_template_versions ADD CONSTRAINT prompt_template_versions_max_output_tokens_positive_check CHECK ((max_output_tokens > 0));
ALTER TABLE ai.prompt_template_versions ADD CONSTRAINT prompt_template_versions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ai.prompt_template_versions ADD CONSTRAINT prompt_template_versions_prompt_sha256_form_check CHECK ((prompt_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE ai.prompt_template_versions ADD CONSTRAINT prompt_template_versions_prompt_template_id_fk FOREIGN KEY (tenant_id, prompt_template_id) REFERENCES ai.prompt_templates(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE ai.prompt_template_versions ADD CONSTRAINT prompt_template_versions_prompt_template_id_revision_key UNIQUE (tenant_id, prompt_template_id, revision);
ALTER TABLE ai.prompt_template_versions ADD CONSTRAINT prompt_template_versions_revision_positive_check CHECK ((revision > 0));
ALTER TABLE ai.prompt_template_versions ADD CONSTRAINT prompt_template_versions_temperature_range_check CHECK (((temperature_permille >= 0) AND (temperature_permille <= 2000)));
CREATE INDEX prompt_template_versions_author_id_idx ON ai.prompt_template_versions USING btree (tenant_id, author_id);
ALTER TABLE ai.prompt_template_versions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON ai.prompt_template_versions AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON ai.prompt_template_versions FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE ai.prompt_template_versions TO dmz_app;
GRANT INSERT, SELECT ON TABLE ai.prompt_template_versions TO dmz_mover;
COMMENT ON TABLE ai.prompt_template_versions IS 'Every version of a prompt that was ever released to jobs, so that what was generated can be explained.
@kind append_only
@retention evidence
@evolving';
COMMENT ON COLUMN ai.prompt_template_versions.author_id IS 'Who released it; null for what the platform ships.';
COMMENT ON COLUMN ai.prompt_template_versions.input_schema IS 'JSON Schema (draft 2020-12) of the inputs that fill the placeholders.';
COMMENT ON COLUMN ai.prompt_template_versions.instructions IS 'What the model is told before the request.';
COMMENT ON COLUMN ai.prompt_template_versions.output_schema IS 'JSON Schema that an answer must meet to be taken.';
COMMENT ON COLUMN ai.prompt_template_versions.prompt_sha256 IS 'SHA-256 of the canonical JSON (RFC 8785) of instructions, template, schemas and settings.';
COMMENT ON COLUMN ai.prompt_template_versions.revision IS 'Counts the prompt’s versions from 1.';
COMMENT ON COLUMN ai.prompt_template_versions.temperature_permille IS 'Sampling temperature in thousandths; null for the model’s default.';
COMMENT ON COLUMN ai.prompt_template_versions.template IS 'The request, with a placeholder for each input.';
COMMENT ON COLUMN ai.prompt_template_versions.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX ai.prompt_template_versions_author_id_idx IS 'rows that refer to one target, and the check of foreign key prompt_template_versions_author_id_fk';

CREATE TABLE ai.prompt_templates (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  key text NOT NULL,
  name text NOT NULL,
  task text NOT NULL,
  instructions text NOT NULL,
  template text NOT NULL,
  input_schema jsonb NOT NULL,
  output_schema jsonb NOT NULL,
  active_revision integer,
  owner_id uuid,
  version integer NOT NULL DEFAULT 1,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE ai.prompt_templates ADD CONSTRAINT prompt_templates_active_revision_fk FOREIGN KEY (tenant_id, id, active_revision) REFERENCES ai.prompt_template_versions(tenant_id, prompt_template_id, revision);
ALTER TABLE ai.prompt_templates ADD CONSTRAINT prompt_templates_active_revision_positive_check CHECK ((active_revision > 0));
ALTER TABLE ai.prompt_templates ADD CONSTRAINT prompt_templates_key_form_check CHECK ((key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text));
ALTER TABLE ai.prompt_templates ADD CONSTRAINT prompt_templates_owner_id_fk FOREIGN KEY (tenant_id, owner_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE ai.prompt_templates ADD CONSTRAINT prompt_templates_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ai.prompt_templates ADD CONSTRAINT prompt_templates_task_check CHECK ((task = ANY (ARRAY['write_email'::text, 'write_document'::text, 'write_scenario'::text, 'write_lesson'::text, 'translate'::text, 'rate_difficulty'::text, 'explain_mistake'::text, 'review_safety'::text])));
CREATE INDEX prompt_templates_id_active_revision_idx ON ai.prompt_templates USING btree (tenant_id, id, active_revision);
CREATE INDEX prompt_templates_owner_id_idx ON ai.prompt_templates USING btree (tenant_id, owner_id);
CREATE INDEX prompt_templates_task_idx ON ai.prompt_templates USING btree (tenant_id, task);
CREATE UNIQUE INDEX prompt_templates_key_key ON ai.prompt_templates USING btree (tenant_id, key) WHERE (deleted_at IS NULL);
ALTER TABLE ai.prompt_templates ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON ai.prompt_templates AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON ai.prompt_templates FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE ai.prompt_templates TO dmz_mover;
GRANT INSERT, SELECT, UPDATE ON TABLE ai.prompt_templates TO dmz_app;
COMMENT ON TABLE ai.prompt_templates IS 'Prompts by the task that they are for, each with the draft that is being worked on.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN ai.prompt_templates.active_revision IS 'Revision in prompt_template_versions that new jobs run; null while none is approved.';
COMMENT ON COLUMN ai.prompt_templates.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN ai.prompt_templates.input_schema IS 'JSON Schema (draft 2020-12) of the inputs that fill the placeholders.';
COMMENT ON COLUMN ai.prompt_templates.instructions IS 'What the model is told before the request.';
COMMENT ON COLUMN ai.prompt_templates.output_schema IS 'JSON Schema that an answer must meet to be taken.';
COMMENT ON COLUMN ai.prompt_templates.owner_id IS 'Who answers for it; null for what the platform ships.';
COMMENT ON COLUMN ai.prompt_templates.template IS 'The request, with a placeholder for each input.';
COMMENT ON COLUMN ai.prompt_templates.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX ai.prompt_templates_id_active_revision_idx IS 'rows that refer to one target, and the check of foreign key prompt_templates_active_revision_fk';
COMMENT ON INDEX ai.prompt_templates_owner_id_idx IS 'rows that refer to one target, and the check of foreign key prompt_templates_owner_id_fk';
COMMENT ON INDEX ai.prompt_templates_task_idx IS 'prompts for a task';

CREATE TABLE ai.safety_findings (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  review_id uuid NOT NULL,
  hazard text NOT NULL,
  location text NOT NULL DEFAULT ''::text,
  severity integer NOT NULL,
  score_permille integer,
  treatment text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE ai.safety_findings ADD CONSTRAINT safety_findings_hazard_check CHECK ((hazard = ANY (ARRAY['real_person'::text, 'real_brand'::text, 'live_address'::text, 'working_malware'::text, 'attack_instructions'::text, 'personal_data'::text, 'hate'::text, 'sexual'::text, 'violence'::text, 'self_harm'::text, 'prompt_injection'::text])));
ALTER TABLE ai.safety_findings ADD CONSTRAINT safety_findings_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ai.safety_findings ADD CONSTRAINT safety_findings_review_id_fk FOREIGN KEY (tenant_id, review_id) REFERENCES ai.safety_reviews(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE ai.safety_findings ADD CONSTRAINT safety_findings_review_id_hazard_location_key UNIQUE (tenant_id, review_id, hazard, location);
ALTER TABLE ai.safety_findings ADD CONSTRAINT safety_findings_score_range_check CHECK (((score_permille >= 0) AND (score_permille <= 1000)));
ALTER TABLE ai.safety_findings ADD CONSTRAINT safety_findings_severity_range_check CHECK (((severity >= 1) AND (severity <= 4)));
ALTER TABLE ai.safety_findings ADD CONSTRAINT safety_findings_treatment_check CHECK ((treatment = ANY (ARRAY['accepted'::text, 'replaced'::text, 'removed'::text, 'blocked'::text])));
CREATE INDEX safety_findings_hazard_created_at_idx ON ai.safety_findings USING btree (tenant_id, hazard, created_at);
ALTER TABLE ai.safety_findings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON ai.safety_findings AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON ai.safety_findings FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE ai.safety_findings TO dmz_mover;
GRANT SELECT ON TABLE ai.safety_findings TO dmz_app;
COMMENT ON TABLE ai.safety_findings IS 'What a safety review found: the hazard, where it stands, how sure the reviewer is, and what was done.
@kind append_only
@retention evidence';
COMMENT ON COLUMN ai.safety_findings.location IS 'JSON Pointer (RFC 6901) into the content; empty for the whole of it.';
COMMENT ON COLUMN ai.safety_findings.score_permille IS 'How sure the classifier is, of 1000; null where a person reviewed.';
COMMENT ON COLUMN ai.safety_findings.severity IS '1 slight to 4 severe.';
COMMENT ON INDEX ai.safety_findings_hazard_created_at_idx IS 'how often a hazard is found';

CREATE TABLE ai.safety_reviews (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  generation_log_id uuid,
  item_version_id uuid,
  content_sha256 text NOT NULL,
  reviewer_id uuid,
  classifier text,
  policy text NOT NULL,
  verdict text NOT NULL,
  rationale text,
  reviewed_at timestamp with time zone NOT NULL,
  status text NOT NULL DEFAULT 'valid'::text,
  supersedes_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  status_reason text
);
ALTER TABLE ai.safety_reviews ADD CONSTRAINT safety_reviews_content_sha256_form_check CHECK ((content_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE ai.safety_reviews ADD CONSTRAINT safety_reviews_generation_log_id_fk FOREIGN KEY (tenant_id, generation_log_id) REFERENCES ai.generation_log(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE ai.safety_reviews ADD CONSTRAINT safety_reviews_has_subject_check CHECK ((num_nonnulls(generation_log_id, item_version_id) >= 1));
ALTER TABLE ai.safety_reviews ADD CONSTRAINT safety_reviews_one_reviewer_check CHECK ((num_nonnulls(reviewer_id, classifier) = 1));
ALTER TABLE ai.safety_reviews ADD CONSTRAINT safety_reviews_person_decides_check CHECK (((reviewer_id IS NULL) OR (verdict <> 'needs_person'::text)));
ALTER TABLE ai.safety_reviews ADD CONSTRAINT safety_reviews_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ai.safety_reviews ADD CONSTRAINT safety_reviews_rationale_encrypted_check CHECK ((rationale ~ '^dmz:[1-9][0-9]*:(person:[0-9a-f-]{36}|tenant:[0-9a-f-]{36}):[A-Za-z0-9_-]+$'::text));
ALTER TABLE ai.safety_reviews ADD CONSTRAINT safety_reviews_reviewer_id_fk FOREIGN KEY (tenant_id, reviewer_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE ai.safety_reviews ADD CONSTRAINT safety_reviews_status_check CHECK ((status = ANY (ARRAY['valid'::text, 'superseded'::text, 'invalidated'::text])));
ALTER TABLE ai.safety_reviews ADD CONSTRAINT safety_reviews_status_reason_check CHECK ((status_reason = ANY (ARRAY['correction'::text, 'duplicate'::text, 'wrong_person'::text, 'misconduct'::text, 'automation'::text, 'withdrawal'::text, 'revocation'::text, 'appeal'::text, 'renewal'::text])));
ALTER TABLE ai.safety_reviews ADD CONSTRAINT safety_reviews_supersedes_id_fk FOREIGN KEY (tenant_id, supersedes_id) REFERENCES ai.safety_reviews(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE ai.safety_reviews ADD CONSTRAINT safety_reviews_supersedes_id_key UNIQUE (tenant_id, supersedes_id);
ALTER TABLE ai.safety_reviews ADD CONSTRAINT safety_reviews_verdict_check CHECK ((verdict = ANY (ARRAY['passed'::text, 'needs_person'::text, 'blocked'::text])));
CREATE INDEX safety_reviews_content_sha256_reviewed_at_idx ON ai.safety_reviews USING btree (tenant_id, content_sha256, reviewed_at DESC);
CREATE INDEX safety_reviews_generation_log_id_idx ON ai.safety_reviews USING btree (tenant_id, generation_log_id);
CREATE INDEX safety_reviews_reviewer_id_idx ON ai.safety_reviews USING btree (tenant_id, reviewer_id);
CREATE INDEX safety_reviews_verdict_reviewed_at_idx ON ai.safety_reviews USING btree (tenant_id, verdict, reviewed_at);
ALTER TABLE ai.safety_reviews ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON ai.safety_reviews AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON ai.safety_reviews FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE ai.safety_reviews TO dmz_app;
GRANT INSERT, SELECT ON TABLE ai.safety_reviews TO dmz_mover;
COMMENT ON TABLE ai.safety_reviews IS 'Verdicts on whether generated content may be shown; a later verdict supersedes an earlier one.
@kind append_only
@retention evidence
@subject reviewer_id of auth.users';
COMMENT ON COLUMN ai.safety_reviews.classifier IS 'Name and version of the program that reviewed; null where a person did.';
COMMENT ON COLUMN ai.safety_reviews.content_sha256 IS 'Hash of exactly what was reviewed: a changed text needs a new review.';
COMMENT ON COLUMN ai.safety_reviews.generation_log_id IS 'The call whose answer is reviewed; null for content from elsewhere.';
COMMENT ON COLUMN ai.safety_reviews.item_version_id IS 'Id in content.item_versions; null until the answer became a version.';
COMMENT ON COLUMN ai.safety_reviews.policy IS 'Name and version of the safety policy that was applied.';
COMMENT ON COLUMN ai.safety_reviews.rationale IS 'Kept for explaining the verdict.
@pii free_text
@erasure shred';
COMMENT ON COLUMN ai.safety_reviews.reviewer_id IS 'The person who reviewed; null where a classifier did.';
COMMENT ON COLUMN ai.safety_reviews.status_reason IS 'Why it supersedes or invalidates another record.';
COMMENT ON COLUMN ai.safety_reviews.supersedes_id IS 'The record that this one supersedes or invalidates.';
COMMENT ON INDEX ai.safety_reviews_content_sha256_reviewed_at_idx IS 'whether this very content has passed';
COMMENT ON INDEX ai.safety_reviews_generation_log_id_idx IS 'rows that refer to one target, and the check of foreign key safety_reviews_generation_log_id_fk';
COMMENT ON INDEX ai.safety_reviews_reviewer_id_idx IS 'rows that refer to one target, and the check of foreign key safety_reviews_reviewer_id_fk';
COMMENT ON INDEX ai.safety_reviews_verdict_reviewed_at_idx IS 'what waits for a person';

CREATE SCHEMA analytics;
GRANT USAGE ON SCHEMA analytics TO dmz_app;
GRANT USAGE ON SCHEMA analytics TO dmz_maintenance;
GRANT USAGE ON SCHEMA analytics TO dmz_mover;

CREATE TABLE analytics.compliance_snapshots (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  framework_code text NOT NULL,
  department_id uuid,
  period_starts_on date NOT NULL,
  period_ends_on date NOT NULL,
  people_in_scope integer NOT NULL,
  people_trained integer NOT NULL,
  phishing_sends integer NOT NULL,
  phishing_clicks integer NOT NULL,
  phishing_reports integer NOT NULL,
  controls jsonb NOT NULL,
  content_sha256 text NOT NULL,
  taken_at timestamp with time zone NOT NULL,
  version integer NOT NULL DEFAULT 1,
  status text NOT NULL DEFAULT 'valid'::text,
  supersedes_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  status_reason text
);
ALTER TABLE analytics.compliance_snapshots ADD CONSTRAINT compliance_snapshots_answers_to_sends_check CHECK ((((phishing_clicks >= 0) AND (phishing_clicks <= phishing_sends)) AND ((phishing_reports >= 0) AND (phishing_reports <= phishing_sends))));
ALTER TABLE analytics.compliance_snapshots ADD CONSTRAINT compliance_snapshots_content_sha256_form_check CHECK ((content_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE analytics.compliance_snapshots ADD CONSTRAINT compliance_snapshots_department_id_fk FOREIGN KEY (tenant_id, department_id) REFERENCES org.departments(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE analytics.compliance_snapshots ADD CONSTRAINT compliance_snapshots_framework_code_fk FOREIGN KEY (framework_code) REFERENCES public.regulatory_frameworks(code) ON DELETE RESTRICT;
ALTER TABLE analytics.compliance_snapshots ADD CONSTRAINT compliance_snapshots_period_in_order_check CHECK ((period_starts_on <= period_ends_on));
ALTER TABLE analytics.compliance_snapshots ADD CONSTRAINT compliance_snapshots_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE analytics.compliance_snapshots ADD CONSTRAINT compliance_snapshots_status_check CHECK ((status = ANY (ARRAY['valid'::text, 'superseded'::text, 'invalidated'::text])));
ALTER TABLE analytics.compliance_snapshots ADD CONSTRAINT compliance_snapshots_status_reason_check CHECK ((status_reason = ANY (ARRAY['correction'::text, 'duplicate'::text, 'wrong_person'::text, 'misconduct'::text, 'automation'::text, 'withdrawal'::text, 'revocation'::text, 'appeal'::text, 'renewal'::text])));
ALTER TABLE analytics.compliance_snapshots ADD CONSTRAINT compliance_snapshots_supersedes_id_fk FOREIGN KEY (tenant_id, supersedes_id) REFERENCES analytics.compliance_snapshots(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE analytics.compliance_snapshots ADD CONSTRAINT compliance_snapshots_supersedes_id_key UNIQUE (tenant_id, supersedes_id);
ALTER TABLE analytics.compliance_snapshots ADD CONSTRAINT compliance_snapshots_trained_are_in_scope_check CHECK (((people_trained >= 0) AND (people_trained <= people_in_scope)));
CREATE INDEX compliance_snapshots_department_id_idx ON analytics.compliance_snapshots USING btree (tenant_id, department_id);
CREATE INDEX compliance_snapshots_framework_code_idx ON analytics.compliance_snapshots USING btree (framework_code);
CREATE INDEX compliance_snapshots_framework_code_period_ends_on_idx ON analytics.compliance_snapshots USING btree (tenant_id, framework_code, period_ends_on DESC);
ALTER TABLE analytics.compliance_snapshots ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON analytics.compliance_snapshots AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON analytics.compliance_snapshots FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE analytics.compliance_snapshots TO dmz_app;
GRANT INSERT, SELECT ON TABLE analytics.compliance_snapshots TO dmz_mover;
COMMENT ON TABLE analytics.compliance_snapshots IS 'How a tenant, or one of its departments, stood with a regulatory framework at the end of a period.
@kind append_only
@retention evidence
@evolving';
COMMENT ON COLUMN analytics.compliance_snapshots.content_sha256 IS 'SHA-256 of the snapshot’s canonical JSON (RFC 8785).';
COMMENT ON COLUMN analytics.compliance_snapshots.controls IS 'Each control of the framework: met or not, and by which evidence.';
COMMENT ON COLUMN analytics.compliance_snapshots.department_id IS 'Null for the whole tenant.';
COMMENT ON COLUMN analytics.compliance_snapshots.people_trained IS 'Those who had completed all that the framework asks of them.';
COMMENT ON COLUMN analytics.compliance_snapshots.period_ends_on IS 'Last day, inclusive.';
COMMENT ON COLUMN analytics.compliance_snapshots.status_reason IS 'Why it supersedes or invalidates another record.';
COMMENT ON COLUMN analytics.compliance_snapshots.supersedes_id IS 'The record that this one supersedes or invalidates.';
COMMENT ON COLUMN analytics.compliance_snapshots.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX analytics.compliance_snapshots_department_id_idx IS 'rows that refer to one target, and the check of foreign key compliance_snapshots_department_id_fk';
COMMENT ON INDEX analytics.compliance_snapshots_framework_code_idx IS 'rows that refer to one target, and the check of foreign key compliance_snapshots_framework_code_fk';
COMMENT ON INDEX analytics.compliance_snapshots_framework_code_period_ends_on_idx IS 'the standing with a framework over time';

CREATE TABLE analytics.events (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  pseudonym_id uuid NOT NULL,
  source text NOT NULL,
  source_id uuid NOT NULL,
  session_id uuid,
  event_type text NOT NULL,
  event_data jsonb NOT NULL,
  server_time timestamp with time zone NOT NULL,
  client_time timestamp with time zone,
  version integer NOT NULL DEFAULT 1
) PARTITION BY RANGE (server_time);
ALTER TABLE analytics.events ADD CONSTRAINT events_pkey PRIMARY KEY (tenant_id, id, server_time);
ALTER TABLE analytics.events ADD CONSTRAINT events_source_check CHECK ((source = ANY (ARRAY['game'::text, 'training'::text, 'phishing'::text, 'lrs'::text, 'social'::text, 'web'::text])));
ALTER TABLE analytics.events ADD CONSTRAINT events_source_source_id_server_time_key UNIQUE (tenant_id, source, source_id, server_time);
CREATE INDEX events_event_type_server_time_idx ON ONLY analytics.events USING btree (tenant_id, event_type, server_time);
CREATE INDEX events_pseudonym_id_server_time_idx ON ONLY analytics.events USING btree (tenant_id, pseudonym_id, server_time);
ALTER TABLE analytics.events ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON analytics.events AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON analytics.events FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE analytics.events TO dmz_app;
GRANT INSERT, SELECT ON TABLE analytics.events TO dmz_mover;
COMMENT ON TABLE analytics.events IS 'What people did anywhere on the platform, as analysts may see it: by pseudonym, without free text.
@kind partitioned_log
@retention evidence
@evolving
@subject pseudonym_id of governance.pseudonyms';
COMMENT ON COLUMN analytics.events.client_time IS 'What the person’s clock said; never trusted.';
COMMENT ON COLUMN analytics.events.event_data IS 'Measures of the type and version; never names, addresses or text that people wrote.';
COMMENT ON COLUMN analytics.events.event_type IS 'As module.object.verb.';
COMMENT ON COLUMN analytics.events.pseudonym_id IS 'The person, by id in governance.pseudonyms; erasure removes what leads back (GDPR, Art. 4(5)).';
COMMENT ON COLUMN analytics.events.server_time IS 'The time of the fact at its source.';
COMMENT ON COLUMN analytics.events.session_id IS 'Id in game.sessions; not a foreign key, since the log is hot and outlives sessions.';
COMMENT ON COLUMN analytics.events.source IS 'The module whose fact it is.';
COMMENT ON COLUMN analytics.events.source_id IS 'Id of the fact in its source: each is counted once.';
COMMENT ON COLUMN analytics.events.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX analytics.events_event_type_server_time_idx IS 'events of one type over a time';
COMMENT ON INDEX analytics.events_pseudonym_id_server_time_idx IS 'what one person did over a time';

CREATE TABLE analytics.events_default (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  pseudonym_id uuid NOT NULL,
  source text NOT NULL,
  source_id uuid NOT NULL,
  session_id uuid,
  event_type text NOT NULL,
  event_data jsonb NOT NULL,
  server_time timestamp with time zone NOT NULL,
  client_time timestamp with time zone,
  version integer NOT NULL DEFAULT 1
) PARTITION OF analytics.events DEFAULT;
ALTER TABLE analytics.events_default ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON analytics.events_default AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON analytics.events_default FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT MAINTAIN ON TABLE analytics.events_default TO dmz_maintenance;

CREATE TABLE analytics.experiment_assignments (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  experiment_id uuid NOT NULL,
  variant_id uuid NOT NULL,
  pseudonym_id uuid NOT NULL,
  assigned_at timestamp with time zone NOT NULL,
  exposed_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE analytics.experiment_assignments ADD CONSTRAINT experiment_assignments_experiment_id_fk FOREIGN KEY (tenant_id, experiment_id) REFERENCES analytics.experiments(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE analytics.experiment_assignments ADD CONSTRAINT experiment_assignments_experiment_id_pseudonym_id_key UNIQUE (tenant_id, experiment_id, pseudonym_id);
ALTER TABLE analytics.experiment_assignments ADD CONSTRAINT experiment_assignments_experiment_id_variant_id_fk FOREIGN KEY (tenant_id, experiment_id, variant_id) REFERENCES analytics.variants(tenant_id, experiment_id, id) ON DELETE RESTRICT;
ALTER TABLE analytics.experiment_assignments ADD CONSTRAINT experiment_assignments_exposed_after_assigned_check CHECK ((exposed_at >= assigned_at));
ALTER TABLE analytics.experiment_assignments ADD CONSTRAINT experiment_assignments_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE analytics.experiment_assignments ADD CONSTRAINT experiment_assignments_variant_id_fk FOREIGN KEY (tenant_id, variant_id) REFERENCES analytics.variants(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX experiment_assignments_experiment_id_variant_id_idx ON analytics.experiment_assignments USING btree (tenant_id, experiment_id, variant_id);
CREATE INDEX experiment_assignments_pseudonym_id_idx ON analytics.experiment_assignments USING btree (tenant_id, pseudonym_id);
CREATE INDEX experiment_assignments_variant_id_idx ON analytics.experiment_assignments USING btree (tenant_id, variant_id);
ALTER TABLE analytics.experiment_assignments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON analytics.experiment_assignments AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON analytics.experiment_assignments FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE analytics.experiment_assignments TO dmz_mover;
GRANT SELECT ON TABLE analytics.experiment_assignments TO dmz_app;
COMMENT ON TABLE analytics.experiment_assignments IS 'Which variant a person sees in an experiment; it stays the same however often they come.
@kind tenant
@retention tenant
@subject pseudonym_id of governance.pseudonyms';
COMMENT ON COLUMN analytics.experiment_assignments.exposed_at IS 'When they first saw it: only then do they count.';
COMMENT ON COLUMN analytics.experiment_assignments.pseudonym_id IS 'The person, by id in governance.pseudonyms; erasure removes what leads back (GDPR, Art. 4(5)).';
COMMENT ON INDEX analytics.experiment_assignments_experiment_id_variant_id_idx IS 'rows that refer to one target, and the check of foreign key experiment_assignments_experiment_id_variant_id_fk';
COMMENT ON INDEX analytics.experiment_assignments_pseudonym_id_idx IS 'the experiments that a person takes part in';
COMMENT ON INDEX analytics.experiment_assignments_variant_id_idx IS 'rows that refer to one target, and the check of foreign key experiment_assignments_variant_id_fk';

CREATE TABLE analytics.experiments (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  key text NOT NULL,
  name text NOT NULL,
  hypothesis text NOT NULL,
  primary_metric text NOT NULL,
  salt text NOT NULL,
  traffic_basis_points integer NOT NULL,
  minimum_sample integer NOT NULL,
  status text NOT NULL DEFAULT 'draft'::text,
  starts_at timestamp with time zone,
  ends_at timestamp with time zone,
  conclusion text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE analytics.experiments ADD CONSTRAINT experiments_conclusion_given_check CHECK (((status <> 'concluded'::text) OR (conclusion IS NOT NULL)));
ALTER TABLE analytics.experiments ADD CONSTRAINT experiments_ends_after_start_check CHECK ((ends_at > starts_at));
ALTER TABLE analytics.experiments ADD CONSTRAINT experiments_key_key UNIQUE (tenant_id, key);
ALTER TABLE analytics.experiments ADD CONSTRAINT experiments_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE analytics.experiments ADD CONSTRAINT experiments_sample_positive_check CHECK ((minimum_sample > 0));
ALTER TABLE analytics.experiments ADD CONSTRAINT experiments_start_dated_check CHECK (((status = ANY (ARRAY['draft'::text, 'abandoned'::text])) OR (starts_at IS NOT NULL)));
ALTER TABLE analytics.experiments ADD CONSTRAINT experiments_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'running'::text, 'paused'::text, 'concluded'::text, 'abandoned'::text])));
ALTER TABLE analytics.experiments ADD CONSTRAINT experiments_traffic_range_check CHECK (((traffic_basis_points >= 0) AND (traffic_basis_points <= 10000)));
CREATE INDEX experiments_status_idx ON analytics.experiments USING btree (tenant_id, status);
ALTER TABLE analytics.experiments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON analytics.experiments AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON analytics.experiments FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE analytics.experiments TO dmz_mover;
GRANT SELECT ON TABLE analytics.experiments TO dmz_app;
COMMENT ON TABLE analytics.experiments IS 'Controlled comparisons of variants, each with the question it is to answer, stated before it starts.
@kind tenant
@retention tenant';
COMMENT ON COLUMN analytics.experiments.conclusion IS 'What was found, in a sentence.';
COMMENT ON COLUMN analytics.experiments.hypothesis IS 'What is expected, in a sentence.';
COMMENT ON COLUMN analytics.experiments.key IS 'Stable name that code asks by.';
COMMENT ON COLUMN analytics.experiments.minimum_sample IS 'People a variant before it is looked at, from the power analysis.';
COMMENT ON COLUMN analytics.experiments.primary_metric IS 'The measure that decides it.';
COMMENT ON COLUMN analytics.experiments.salt IS 'Hashed with the pseudonym to choose a variant, so that experiments are independent.';
COMMENT ON COLUMN analytics.experiments.traffic_basis_points IS 'Share of people who take part, in hundredths of a percent.';
COMMENT ON INDEX analytics.experiments_status_idx IS 'experiments that are running';

CREATE TABLE analytics.player_profiles (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  pseudonym_id uuid NOT NULL,
  department_id uuid,
  decisions integer NOT NULL DEFAULT 0,
  accuracy_permille integer,
  missed_permille integer,
  false_alarm_permille integer,
  median_decision_ms integer,
  risk_band text NOT NULL DEFAULT 'unknown'::text,
  competencies jsonb NOT NULL,
  last_active_at timestamp with time zone,
  model_version integer NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE analytics.player_profiles ADD CONSTRAINT player_profiles_decisions_not_negative_check CHECK (((decisions >= 0) AND (median_decision_ms >= 0)));
ALTER TABLE analytics.player_profiles ADD CONSTRAINT player_profiles_department_id_fk FOREIGN KEY (tenant_id, department_id) REFERENCES org.departments(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE analytics.player_profiles ADD CONSTRAINT player_profiles_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE analytics.player_profiles ADD CONSTRAINT player_profiles_pseudonym_id_key UNIQUE (tenant_id, pseudonym_id);
ALTER TABLE analytics.player_profiles ADD CONSTRAINT player_profiles_rates_in_range_check CHECK ((((accuracy_permille IS NULL) OR ((accuracy_permille >= 0) AND (accuracy_permille <= 1000))) AND ((missed_permille IS NULL) OR ((missed_permille >= 0) AND (missed_permille <= 1000))) AND ((false_alarm_permille IS NULL) OR ((false_alarm_permille >= 0) AND (false_alarm_permille <= 1000)))));
ALTER TABLE analytics.player_profiles ADD CONSTRAINT player_profiles_risk_band_check CHECK ((risk_band = ANY (ARRAY['unknown'::text, 'low'::text, 'moderate'::text, 'high'::text])));
CREATE INDEX player_profiles_department_id_risk_band_idx ON analytics.player_profiles USING btree (tenant_id, department_id, risk_band);
ALTER TABLE analytics.player_profiles ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON analytics.player_profiles AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON analytics.player_profiles FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE analytics.player_profiles TO dmz_mover;
GRANT DELETE, SELECT ON TABLE analytics.player_profiles TO dmz_app;
COMMENT ON TABLE analytics.player_profiles IS 'How well each person recognises deception, folded from the events; can be emptied and rebuilt.
@kind tenant
@retention tenant
@evolving
@subject pseudonym_id of governance.pseudonyms';
COMMENT ON COLUMN analytics.player_profiles.accuracy_permille IS 'Kept for right decisions in a thousand.
@pii behaviour
@erasure delete_row';
COMMENT ON COLUMN analytics.player_profiles.competencies IS 'Kept for mastery of each technique, for adaptive difficulty.
@pii behaviour
@erasure delete_row';
COMMENT ON COLUMN analytics.player_profiles.decisions IS 'Decisions that the rates are of.';
COMMENT ON COLUMN analytics.player_profiles.department_id IS 'For reports on groups.';
COMMENT ON COLUMN analytics.player_profiles.false_alarm_permille IS 'Kept for honest e-mails kept out, in a thousand of them.
@pii behaviour
@erasure delete_row';
COMMENT ON COLUMN analytics.player_profiles.last_active_at IS 'Kept for knowing who has stopped playing.
@pii behaviour
@erasure delete_row';
COMMENT ON COLUMN analytics.player_profiles.median_decision_ms IS 'Kept for half of the decisions are faster.
@pii behaviour
@erasure delete_row';
COMMENT ON COLUMN analytics.player_profiles.missed_permille IS 'Kept for deceptive e-mails let through, in a thousand of them.
@pii behaviour
@erasure delete_row';
COMMENT ON COLUMN analytics.player_profiles.model_version IS 'Version of the fold that made it.';
COMMENT ON COLUMN analytics.player_profiles.pseudonym_id IS 'The person, by id in governance.pseudonyms; erasure removes what leads back (GDPR, Art. 4(5)).';
COMMENT ON COLUMN analytics.player_profiles.risk_band IS 'Kept for offering training to those who need it most.
@pii behaviour
@erasure delete_row';
COMMENT ON COLUMN analytics.player_profiles.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX analytics.player_profiles_department_id_risk_band_idx IS 'people of a department by risk';

CREATE TABLE analytics.projection_cursors (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  consumer text NOT NULL,
  session_id uuid NOT NULL,
  sequence bigint NOT NULL DEFAULT 0,
  projection_version integer NOT NULL,
  failed_at timestamp with time zone,
  error_code text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  error_text text,
  attempts integer NOT NULL DEFAULT 0,
  retry_at timestamp with time zone
) WITH (fillfactor=50);
ALTER TABLE analytics.projection_cursors ADD CONSTRAINT projection_cursors_attempts_not_negative_check CHECK ((attempts >= 0));
ALTER TABLE analytics.projection_cursors ADD CONSTRAINT projection_cursors_consumer_session_id_key UNIQUE (tenant_id, consumer, session_id);
ALTER TABLE analytics.projection_cursors ADD CONSTRAINT projection_cursors_failure_has_code_check CHECK ((num_nonnulls(failed_at, error_code) = ANY (ARRAY[0, 2])));
ALTER TABLE analytics.projection_cursors ADD CONSTRAINT projection_cursors_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE analytics.projection_cursors ADD CONSTRAINT projection_cursors_retry_after_failure_check CHECK (((retry_at IS NULL) OR (failed_at IS NOT NULL)));
ALTER TABLE analytics.projection_cursors ADD CONSTRAINT projection_cursors_sequence_not_negative_check CHECK ((sequence >= 0));
ALTER TABLE analytics.projection_cursors ADD CONSTRAINT projection_cursors_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX projection_cursors_consumer_failed_at_idx ON analytics.projection_cursors USING btree (tenant_id, consumer, failed_at);
CREATE INDEX projection_cursors_session_id_idx ON analytics.projection_cursors USING btree (tenant_id, session_id);
ALTER TABLE analytics.projection_cursors ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON analytics.projection_cursors AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON analytics.projection_cursors FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE analytics.projection_cursors TO dmz_mover;
GRANT INSERT, SELECT, UPDATE ON TABLE analytics.projection_cursors TO dmz_app;
COMMENT ON TABLE analytics.projection_cursors IS 'How far each consumer has read each session; moved in the transaction of the effect, so none is lost or doubled.
@kind tenant
@retention tenant';
COMMENT ON COLUMN analytics.projection_cursors.attempts IS 'Tries of the next event so far.';
COMMENT ON COLUMN analytics.projection_cursors.consumer IS 'Stable name of the projection that reads.';
COMMENT ON COLUMN analytics.projection_cursors.error_text IS 'What was found, without personal data.';
COMMENT ON COLUMN analytics.projection_cursors.failed_at IS 'When the next event could not be handled; null while all is well.';
COMMENT ON COLUMN analytics.projection_cursors.projection_version IS 'Version of the consumer; a newer one reads again from the start. 0 where that was asked for.';
COMMENT ON COLUMN analytics.projection_cursors.retry_at IS 'When it is tried again by itself; null for a parked session, which waits for somebody.';
COMMENT ON COLUMN analytics.projection_cursors.sequence IS 'The last sequence handled; 0 before the first.';
COMMENT ON INDEX analytics.projection_cursors_consumer_failed_at_idx IS 'sessions that a consumer is stuck at';
COMMENT ON INDEX analytics.projection_cursors_session_id_idx IS 'rows that refer to one target, and the check of foreign key projection_cursors_session_id_fk';

CREATE TABLE analytics.variants (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  experiment_id uuid NOT NULL,
  key text NOT NULL,
  control boolean NOT NULL DEFAULT false,
  weight integer NOT NULL,
  configuration jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE analytics.variants ADD CONSTRAINT variants_experiment_id_fk FOREIGN KEY (tenant_id, experiment_id) REFERENCES analytics.experiments(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE analytics.variants ADD CONSTRAINT variants_experiment_id_id_key UNIQUE (tenant_id, experiment_id, id);
ALTER TABLE analytics.variants ADD CONSTRAINT variants_experiment_id_key_key UNIQUE (tenant_id, experiment_id, key);
ALTER TABLE analytics.variants ADD CONSTRAINT variants_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE analytics.variants ADD CONSTRAINT variants_weight_not_negative_check CHECK ((weight >= 0));
CREATE UNIQUE INDEX variants_one_control_key ON analytics.variants USING btree (tenant_id, experiment_id) WHERE control;
ALTER TABLE analytics.variants ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON analytics.variants AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON analytics.variants FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE analytics.variants TO dmz_mover;
GRANT SELECT ON TABLE analytics.variants TO dmz_app;
COMMENT ON TABLE analytics.variants IS 'What an experiment compares: one control, and what is tried against it.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN analytics.variants.configuration IS 'What is different under it.';
COMMENT ON COLUMN analytics.variants.control IS 'What the others are compared with.';
COMMENT ON COLUMN analytics.variants.key IS 'Stable name that code switches on.';
COMMENT ON COLUMN analytics.variants.version IS 'Version of the payload’s shape.';
COMMENT ON COLUMN analytics.variants.weight IS 'Share of the participants, relative to the other weights.';
COMMENT ON INDEX analytics.variants_one_control_key IS 'an experiment has one control';

CREATE SCHEMA auth;
GRANT USAGE ON SCHEMA auth TO dmz_app;
GRANT USAGE ON SCHEMA auth TO dmz_maintenance;
GRANT USAGE ON SCHEMA auth TO dmz_mover;
GRANT USAGE ON SCHEMA auth TO dmz_tenant;

CREATE TABLE auth.abac_policies (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  description text,
  effect text NOT NULL,
  permission_key text,
  condition jsonb NOT NULL,
  priority integer NOT NULL DEFAULT 100,
  status text NOT NULL DEFAULT 'draft'::text,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.abac_policies ADD CONSTRAINT abac_policies_condition_is_an_object_check CHECK ((jsonb_typeof(condition) = 'object'::text));
ALTER TABLE auth.abac_policies ADD CONSTRAINT abac_policies_effect_check CHECK ((effect = ANY (ARRAY['permit'::text, 'deny'::text])));
ALTER TABLE auth.abac_policies ADD CONSTRAINT abac_policies_name_key UNIQUE (tenant_id, name);
ALTER TABLE auth.abac_policies ADD CONSTRAINT abac_policies_permission_key_fk FOREIGN KEY (permission_key) REFERENCES auth.permissions(key) ON DELETE RESTRICT;
ALTER TABLE auth.abac_policies ADD CONSTRAINT abac_policies_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.abac_policies ADD CONSTRAINT abac_policies_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'active'::text, 'retired'::text])));
CREATE INDEX abac_policies_permission_key_idx ON auth.abac_policies USING btree (permission_key);
ALTER TABLE auth.abac_policies ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.abac_policies AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.abac_policies FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.abac_policies TO dmz_mover;
GRANT SELECT ON TABLE auth.abac_policies TO dmz_app;
COMMENT ON TABLE auth.abac_policies IS 'Rules that permit or deny an act by attributes of the person, of what is acted on, and of the circumstances.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN auth.abac_policies.condition IS 'Expression over subject, resource and environment attributes; an empty one always holds.';
COMMENT ON COLUMN auth.abac_policies.permission_key IS 'The act that it is about; null for every act.';
COMMENT ON COLUMN auth.abac_policies.priority IS 'Order of evaluation, lowest first.';
COMMENT ON COLUMN auth.abac_policies.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX auth.abac_policies_permission_key_idx IS 'rows that refer to one target, and the check of foreign key abac_policies_permission_key_fk';

CREATE TABLE auth.abac_policy_bindings (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  policy_id uuid NOT NULL,
  subject_kind text NOT NULL,
  subject_id uuid NOT NULL,
  expires_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.abac_policy_bindings ADD CONSTRAINT abac_policy_bindings_everybody_is_the_tenant_check CHECK (((subject_kind <> 'tenant'::text) OR (subject_id = tenant_id)));
ALTER TABLE auth.abac_policy_bindings ADD CONSTRAINT abac_policy_bindings_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.abac_policy_bindings ADD CONSTRAINT abac_policy_bindings_policy_id_fk FOREIGN KEY (tenant_id, policy_id) REFERENCES auth.abac_policies(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE auth.abac_policy_bindings ADD CONSTRAINT abac_policy_bindings_policy_id_subject_kind_subject_id_key UNIQUE (tenant_id, policy_id, subject_kind, subject_id);
ALTER TABLE auth.abac_policy_bindings ADD CONSTRAINT abac_policy_bindings_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['tenant'::text, 'department'::text, 'team'::text, 'role'::text, 'user'::text, 'api_key'::text, 'oauth_client'::text])));
CREATE INDEX abac_policy_bindings_subject_kind_subject_id_idx ON auth.abac_policy_bindings USING btree (tenant_id, subject_kind, subject_id);
ALTER TABLE auth.abac_policy_bindings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.abac_policy_bindings AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.abac_policy_bindings FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.abac_policy_bindings TO dmz_mover;
GRANT SELECT ON TABLE auth.abac_policy_bindings TO dmz_app;
COMMENT ON TABLE auth.abac_policy_bindings IS 'Whom a policy is for. One without a binding has no effect.
@kind tenant
@retention tenant';
COMMENT ON COLUMN auth.abac_policy_bindings.subject_id IS 'Id in the table of that kind: org.departments, org.teams or one of auth; for everybody the tenant’s own.';
COMMENT ON INDEX auth.abac_policy_bindings_subject_kind_subject_id_idx IS 'policies for one person, role, team or department';

CREATE TABLE auth.api_keys (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  name text NOT NULL,
  key_prefix text NOT NULL,
  key_sha256 text NOT NULL,
  scopes jsonb NOT NULL,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  last_used_at timestamp with time zone
);
ALTER TABLE auth.api_keys ADD CONSTRAINT api_keys_key_prefix_length_check CHECK ((length(key_prefix) <= 16));
ALTER TABLE auth.api_keys ADD CONSTRAINT api_keys_key_sha256_form_check CHECK ((key_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE auth.api_keys ADD CONSTRAINT api_keys_key_sha256_key UNIQUE (tenant_id, key_sha256);
ALTER TABLE auth.api_keys ADD CONSTRAINT api_keys_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.api_keys ADD CONSTRAINT api_keys_scopes_are_a_list_check CHECK ((jsonb_typeof(scopes) = 'array'::text));
ALTER TABLE auth.api_keys ADD CONSTRAINT api_keys_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX api_keys_user_id_idx ON auth.api_keys USING btree (tenant_id, user_id);
ALTER TABLE auth.api_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.api_keys AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.api_keys FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.api_keys TO dmz_mover;
GRANT DELETE, SELECT ON TABLE auth.api_keys TO dmz_app;
COMMENT ON TABLE auth.api_keys IS 'Keys that programs of a tenant sign in with. Only the hash of a key is kept.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN auth.api_keys.key_prefix IS 'First characters of the key, for people to recognise it by.
Kept for telling keys apart.
@pii credential
@erasure delete_row';
COMMENT ON COLUMN auth.api_keys.key_sha256 IS 'Kept for recognising a program.
@pii credential
@erasure delete_row';
COMMENT ON COLUMN auth.api_keys.last_used_at IS 'Kept for finding what is no longer used.
@pii behaviour
@erasure delete_row';
COMMENT ON COLUMN auth.api_keys.name IS 'Kept for telling keys apart.
@pii free_text
@erasure delete_row';
COMMENT ON COLUMN auth.api_keys.scopes IS 'Permissions that the key is limited to.';
COMMENT ON COLUMN auth.api_keys.user_id IS 'The person who made the key and answers for it.';
COMMENT ON INDEX auth.api_keys_user_id_idx IS 'rows that refer to one target, and the check of foreign key api_keys_user_id_fk';

CREATE TABLE auth.identities (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  sso_connection_id uuid NOT NULL,
  subject text NOT NULL,
  email text,
  last_used_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.identities ADD CONSTRAINT identities_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.identities ADD CONSTRAINT identities_sso_connection_id_fk FOREIGN KEY (tenant_id, sso_connection_id) REFERENCES auth.sso_connections(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE auth.identities ADD CONSTRAINT identities_sso_connection_id_subject_key UNIQUE (tenant_id, sso_connection_id, subject);
ALTER TABLE auth.identities ADD CONSTRAINT identities_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX identities_user_id_idx ON auth.identities USING btree (tenant_id, user_id);
ALTER TABLE auth.identities ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.identities AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.identities FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.identities TO dmz_mover;
GRANT DELETE, SELECT ON TABLE auth.identities TO dmz_app;
COMMENT ON TABLE auth.identities IS 'Who a person is at an identity provider: what a sign-in there is recognised by.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN auth.identities.email IS 'As the provider last asserted it; never what a person is found by.
Kept for noticing that the provider’s address changed.
@pii contact
@erasure delete_row';
COMMENT ON COLUMN auth.identities.last_used_at IS 'Kept for finding what is no longer used.
@pii behaviour
@erasure delete_row';
COMMENT ON COLUMN auth.identities.subject IS 'SAML: NameID. OIDC: sub, never reassigned (OpenID Connect Core, section 5.7).
Kept for recognising a sign-in through the provider.
@pii identity
@erasure delete_row';
COMMENT ON INDEX auth.identities_user_id_idx IS 'rows that refer to one target, and the check of foreign key identities_user_id_fk';

CREATE TABLE auth.invitations (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  email text NOT NULL,
  role_id uuid NOT NULL,
  department_id uuid,
  team_id uuid,
  locale_tag text,
  message text,
  token_sha256 text NOT NULL,
  status text NOT NULL DEFAULT 'pending'::text,
  invited_by_user_id uuid,
  accepted_by_user_id uuid,
  expires_at timestamp with time zone NOT NULL,
  accepted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.invitations ADD CONSTRAINT invitations_accepted_at_a_time_check CHECK (((status = 'accepted'::text) = (accepted_at IS NOT NULL)));
ALTER TABLE auth.invitations ADD CONSTRAINT invitations_accepted_by_user_id_fk FOREIGN KEY (tenant_id, accepted_by_user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE auth.invitations ADD CONSTRAINT invitations_accepted_in_time_check CHECK ((accepted_at <= expires_at));
ALTER TABLE auth.invitations ADD CONSTRAINT invitations_email_lower_case_check CHECK ((email = lower(email)));
ALTER TABLE auth.invitations ADD CONSTRAINT invitations_invited_by_user_id_fk FOREIGN KEY (tenant_id, invited_by_user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE auth.invitations ADD CONSTRAINT invitations_locale_tag_fk FOREIGN KEY (locale_tag) REFERENCES public.locales(tag) ON DELETE RESTRICT;
ALTER TABLE auth.invitations ADD CONSTRAINT invitations_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.invitations ADD CONSTRAINT invitations_role_id_fk FOREIGN KEY (tenant_id, role_id) REFERENCES auth.roles(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE auth.invitations ADD CONSTRAINT invitations_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'accepted'::text, 'revoked'::text, 'expired'::text])));
ALTER TABLE auth.invitations ADD CONSTRAINT invitations_token_sha256_form_check CHECK ((token_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE auth.invitations ADD CONSTRAINT invitations_token_sha256_key UNIQUE (tenant_id, token_sha256);
CREATE INDEX invitations_accepted_by_user_id_idx ON auth.invitations USING btree (tenant_id, accepted_by_user_id);
CREATE INDEX invitations_email_idx ON auth.invitations USING btree (tenant_id, email);
CREATE INDEX invitations_invited_by_user_id_idx ON auth.invitations USING btree (tenant_id, invited_by_user_id);
CREATE INDEX invitations_locale_tag_idx ON auth.invitations USING btree (locale_tag);
CREATE INDEX invitations_role_id_idx ON auth.invitations USING btree (tenant_id, role_id);
CREATE UNIQUE INDEX invitations_pending_key ON auth.invitations USING btree (tenant_id, email) WHERE (status = 'pending'::text);
ALTER TABLE auth.invitations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.invitations AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.invitations FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.invitations TO dmz_mover;
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE auth.invitations TO dmz_app;
COMMENT ON TABLE auth.invitations IS 'People who were asked to join a tenant, and what became of it.
@kind tenant
@retention tenant
@subject accepted_by_user_id of auth.users
@subject email of auth.users';
COMMENT ON COLUMN auth.invitations.department_id IS 'Id in org.departments that the person joins.';
COMMENT ON COLUMN auth.invitations.email IS 'Kept for sending the invitation.
@pii contact
@erasure replace';
COMMENT ON COLUMN auth.invitations.invited_by_user_id IS 'Null where a program invited.';
COMMENT ON COLUMN auth.invitations.locale_tag IS 'Language of the invitation; null for the tenant’s own.';
COMMENT ON COLUMN auth.invitations.message IS 'Kept for greeting in the words of who invites.
@pii free_text
@erasure null
@subject invited_by_user_id of auth.users';
COMMENT ON COLUMN auth.invitations.role_id IS 'Role that the person gets on joining.';
COMMENT ON COLUMN auth.invitations.team_id IS 'Id in org.teams that the person joins.';
COMMENT ON COLUMN auth.invitations.token_sha256 IS 'Kept for recognising the link that was sent.
@pii credential
@erasure delete_row';
COMMENT ON INDEX auth.invitations_accepted_by_user_id_idx IS 'rows that refer to one target, and the check of foreign key invitations_accepted_by_user_id_fk';
COMMENT ON INDEX auth.invitations_email_idx IS 'the invitations of an address';
COMMENT ON INDEX auth.invitations_invited_by_user_id_idx IS 'rows that refer to one target, and the check of foreign key invitations_invited_by_user_id_fk';
COMMENT ON INDEX auth.invitations_locale_tag_idx IS 'rows that refer to one target, and the check of foreign key invitations_locale_tag_fk';
COMMENT ON INDEX auth.invitations_pending_key IS 'one pending invitation an address';
COMMENT ON INDEX auth.invitations_role_id_idx IS 'rows that refer to one target, and the check of foreign key invitations_role_id_fk';

CREATE TABLE auth.mfa_factors (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  kind text NOT NULL,
  status text NOT NULL DEFAULT 'pending'::text,
  secret_ciphertext text,
  key_id uuid,
  phone_number text,
  label text,
  last_step bigint,
  confirmed_at timestamp with time zone,
  last_used_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.mfa_factors ADD CONSTRAINT mfa_factors_active_once_confirmed_check CHECK (((status <> 'active'::text) OR (confirmed_at IS NOT NULL)));
ALTER TABLE auth.mfa_factors ADD CONSTRAINT mfa_factors_kind_check CHECK ((kind = ANY (ARRAY['totp'::text, 'sms'::text, 'email'::text])));
ALTER TABLE auth.mfa_factors ADD CONSTRAINT mfa_factors_number_of_sms_check CHECK (((kind = 'sms'::text) = (phone_number IS NOT NULL)));
ALTER TABLE auth.mfa_factors ADD CONSTRAINT mfa_factors_phone_number_form_check CHECK ((phone_number ~ '^[+][1-9][0-9]{6,14}$'::text));
ALTER TABLE auth.mfa_factors ADD CONSTRAINT mfa_factors_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.mfa_factors ADD CONSTRAINT mfa_factors_secret_ciphertext_encrypted_check CHECK ((secret_ciphertext ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE auth.mfa_factors ADD CONSTRAINT mfa_factors_secret_has_key_check CHECK (((secret_ciphertext IS NULL) = (key_id IS NULL)));
ALTER TABLE auth.mfa_factors ADD CONSTRAINT mfa_factors_secret_of_totp_check CHECK (((kind = 'totp'::text) = (secret_ciphertext IS NOT NULL)));
ALTER TABLE auth.mfa_factors ADD CONSTRAINT mfa_factors_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'active'::text, 'disabled'::text])));
ALTER TABLE auth.mfa_factors ADD CONSTRAINT mfa_factors_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX mfa_factors_user_id_idx ON auth.mfa_factors USING btree (tenant_id, user_id);
ALTER TABLE auth.mfa_factors ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.mfa_factors AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.mfa_factors FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.mfa_factors TO dmz_mover;
GRANT DELETE, SELECT ON TABLE auth.mfa_factors TO dmz_app;
COMMENT ON TABLE auth.mfa_factors IS 'Second factors other than passkeys: one-time passwords, and codes sent to a telephone or mailbox.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN auth.mfa_factors.key_id IS 'Id in governance.subject_keys; null where nothing here is encrypted.';
COMMENT ON COLUMN auth.mfa_factors.label IS 'Kept for telling one’s factors apart.
@pii free_text
@erasure delete_row';
COMMENT ON COLUMN auth.mfa_factors.last_step IS 'Last time step that was accepted, so that a code works once (RFC 6238, section 5.2).';
COMMENT ON COLUMN auth.mfa_factors.last_used_at IS 'Kept for finding what is no longer used.
@pii behaviour
@erasure delete_row';
COMMENT ON COLUMN auth.mfa_factors.phone_number IS 'E.164, with its plus sign.
Kept for sending a sign-in code.
@pii contact
@erasure delete_row';
COMMENT ON COLUMN auth.mfa_factors.secret_ciphertext IS 'Encrypted (AES-256-GCM) with the key that `key_id` names.
Kept for computing one-time passwords (RFC 6238).
@pii credential
@erasure delete_row';
COMMENT ON INDEX auth.mfa_factors_user_id_idx IS 'rows that refer to one target, and the check of foreign key mfa_factors_user_id_fk';

CREATE TABLE auth.oauth_clients (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  client_id text NOT NULL,
  name text NOT NULL,
  owner_user_id uuid,
  confidentiality text NOT NULL,
  endpoint_auth_method text NOT NULL,
  client_secret_sha256 text,
  secret_expires_at timestamp with time zone,
  jwks_uri text,
  grant_types jsonb NOT NULL,
  scopes jsonb NOT NULL,
  access_token_seconds integer NOT NULL DEFAULT 600,
  refresh_token_seconds integer NOT NULL DEFAULT 1209600,
  consent_required boolean NOT NULL DEFAULT true,
  status text NOT NULL DEFAULT 'active'::text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.oauth_clients ADD CONSTRAINT oauth_clients_client_id_key UNIQUE (tenant_id, client_id);
ALTER TABLE auth.oauth_clients ADD CONSTRAINT oauth_clients_confidentiality_check CHECK ((confidentiality = ANY (ARRAY['confidential'::text, 'public'::text])));
ALTER TABLE auth.oauth_clients ADD CONSTRAINT oauth_clients_endpoint_auth_method_check CHECK ((endpoint_auth_method = ANY (ARRAY['none'::text, 'client_secret_basic'::text, 'client_secret_post'::text, 'private_key_jwt'::text])));
ALTER TABLE auth.oauth_clients ADD CONSTRAINT oauth_clients_jwks_uri_form_check CHECK ((jwks_uri ~ '^https://'::text));
ALTER TABLE auth.oauth_clients ADD CONSTRAINT oauth_clients_keys_where_used_check CHECK (((endpoint_auth_method = 'private_key_jwt'::text) = (jwks_uri IS NOT NULL)));
ALTER TABLE auth.oauth_clients ADD CONSTRAINT oauth_clients_lifetimes_positive_check CHECK (((access_token_seconds > 0) AND (refresh_token_seconds > 0)));
ALTER TABLE auth.oauth_clients ADD CONSTRAINT oauth_clients_owner_user_id_fk FOREIGN KEY (tenant_id, owner_user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE auth.oauth_clients ADD CONSTRAINT oauth_clients_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.oauth_clients ADD CONSTRAINT oauth_clients_public_has_no_authentication_check CHECK (((confidentiality = 'public'::text) = (endpoint_auth_method = 'none'::text)));
ALTER TABLE auth.oauth_clients ADD CONSTRAINT oauth_clients_secret_form_check CHECK ((client_secret_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE auth.oauth_clients ADD CONSTRAINT oauth_clients_secret_where_used_check CHECK (((endpoint_auth_method = ANY (ARRAY['client_secret_basic'::text, 'client_secret_post'::text])) = (client_secret_sha256 IS NOT NULL)));
ALTER TABLE auth.oauth_clients ADD CONSTRAINT oauth_clients_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'retired'::text])));
CREATE INDEX oauth_clients_owner_user_id_idx ON auth.oauth_clients USING btree (tenant_id, owner_user_id);
ALTER TABLE auth.oauth_clients ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.oauth_clients AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.oauth_clients FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.oauth_clients TO dmz_mover;
GRANT SELECT ON TABLE auth.oauth_clients TO dmz_app;
GRANT UPDATE ON COLUMN auth.oauth_clients.client_secret_sha256 TO dmz_app;
COMMENT ON TABLE auth.oauth_clients IS 'Applications that may ask for access tokens (OAuth 2.0, RFC 6749), by their metadata (RFC 7591, section 2).
@kind tenant
@retention tenant
@subject owner_user_id of auth.users';
COMMENT ON COLUMN auth.oauth_clients.client_id IS 'Public identifier, never reused.';
COMMENT ON COLUMN auth.oauth_clients.client_secret_sha256 IS 'Kept for recognising the application.
@pii credential
@erasure replace';
COMMENT ON COLUMN auth.oauth_clients.confidentiality IS 'Whether it can keep a secret (RFC 6749, section 2.1).';
COMMENT ON COLUMN auth.oauth_clients.endpoint_auth_method IS 'token_endpoint_auth_method (RFC 7591, section 2).';
COMMENT ON COLUMN auth.oauth_clients.grant_types IS 'authorization_code, refresh_token or client_credentials; the implicit and password grants are gone (RFC 9700).';
COMMENT ON COLUMN auth.oauth_clients.jwks_uri IS 'Where its public keys are, with private_key_jwt.';
COMMENT ON COLUMN auth.oauth_clients.owner_user_id IS 'The person who answers for it; null once nobody does.';
COMMENT ON COLUMN auth.oauth_clients.scopes IS 'Permissions that it may ask for at most.';
COMMENT ON INDEX auth.oauth_clients_owner_user_id_idx IS 'rows that refer to one target, and the check of foreign key oauth_clients_owner_user_id_fk';

CREATE TABLE auth.oauth_grants (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  oauth_client_id uuid NOT NULL,
  scopes jsonb NOT NULL,
  granted_at timestamp with time zone NOT NULL DEFAULT now(),
  revoked_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.oauth_grants ADD CONSTRAINT oauth_grants_oauth_client_id_fk FOREIGN KEY (tenant_id, oauth_client_id) REFERENCES auth.oauth_clients(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE auth.oauth_grants ADD CONSTRAINT oauth_grants_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.oauth_grants ADD CONSTRAINT oauth_grants_revoked_after_granted_check CHECK ((revoked_at >= granted_at));
ALTER TABLE auth.oauth_grants ADD CONSTRAINT oauth_grants_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE auth.oauth_grants ADD CONSTRAINT oauth_grants_user_id_oauth_client_id_key UNIQUE (tenant_id, user_id, oauth_client_id);
CREATE INDEX oauth_grants_oauth_client_id_idx ON auth.oauth_grants USING btree (tenant_id, oauth_client_id);
ALTER TABLE auth.oauth_grants ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.oauth_grants AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.oauth_grants FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.oauth_grants TO dmz_mover;
GRANT SELECT ON TABLE auth.oauth_grants TO dmz_app;
COMMENT ON TABLE auth.oauth_grants IS 'What a person let an application do on their behalf.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN auth.oauth_grants.scopes IS 'Permissions that the person agreed to.';
COMMENT ON INDEX auth.oauth_grants_oauth_client_id_idx IS 'rows that refer to one target, and the check of foreign key oauth_grants_oauth_client_id_fk';

CREATE TABLE auth.oauth_redirect_uris (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  oauth_client_id uuid NOT NULL,
  uri text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.oauth_redirect_uris ADD CONSTRAINT oauth_redirect_uris_oauth_client_id_fk FOREIGN KEY (tenant_id, oauth_client_id) REFERENCES auth.oauth_clients(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE auth.oauth_redirect_uris ADD CONSTRAINT oauth_redirect_uris_oauth_client_id_uri_key UNIQUE (tenant_id, oauth_client_id, uri);
ALTER TABLE auth.oauth_redirect_uris ADD CONSTRAINT oauth_redirect_uris_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.oauth_redirect_uris ADD CONSTRAINT oauth_redirect_uris_uri_form_check CHECK (((uri ~ '^(https://|http://(127[.]0[.]0[.]1|\[::1\])[:/]|[a-z][a-z0-9+-]*[.][a-z0-9.+-]+:/)'::text) AND (uri !~ '[#*]'::text)));
ALTER TABLE auth.oauth_redirect_uris ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.oauth_redirect_uris AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.oauth_redirect_uris FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.oauth_redirect_uris TO dmz_mover;
GRANT SELECT ON TABLE auth.oauth_redirect_uris TO dmz_app;
COMMENT ON TABLE auth.oauth_redirect_uris IS 'Where an application’s users may be sent back to; compared character by character (RFC 9700, section 2.1).
@kind tenant
@retention tenant';

CREATE TABLE auth.oauth_refresh_tokens (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  oauth_grant_id uuid NOT NULL,
  family_id uuid NOT NULL,
  token_sha256 text NOT NULL,
  ip_address inet,
  user_agent text,
  expires_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.oauth_refresh_tokens ADD CONSTRAINT oauth_refresh_tokens_oauth_grant_id_fk FOREIGN KEY (tenant_id, oauth_grant_id) REFERENCES auth.oauth_grants(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE auth.oauth_refresh_tokens ADD CONSTRAINT oauth_refresh_tokens_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.oauth_refresh_tokens ADD CONSTRAINT oauth_refresh_tokens_token_sha256_form_check CHECK ((token_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE auth.oauth_refresh_tokens ADD CONSTRAINT oauth_refresh_tokens_token_sha256_key UNIQUE (tenant_id, token_sha256);
CREATE INDEX oauth_refresh_tokens_expires_at_idx ON auth.oauth_refresh_tokens USING btree (tenant_id, expires_at);
CREATE INDEX oauth_refresh_tokens_family_id_idx ON auth.oauth_refresh_tokens USING btree (tenant_id, family_id);
CREATE INDEX oauth_refresh_tokens_oauth_grant_id_idx ON auth.oauth_refresh_tokens USING btree (tenant_id, oauth_grant_id);
ALTER TABLE auth.oauth_refresh_tokens ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.oauth_refresh_tokens AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.oauth_refresh_tokens FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.oauth_refresh_tokens TO dmz_mover;
GRANT DELETE, SELECT ON TABLE auth.oauth_refresh_tokens TO dmz_app;
COMMENT ON TABLE auth.oauth_refresh_tokens IS 'Refresh tokens, each used once; a second use revokes its whole family (RFC 9700, section 4.14.2).
@kind tenant
@retention operational
@subject oauth_grant_id of auth.oauth_grants';
COMMENT ON COLUMN auth.oauth_refresh_tokens.family_id IS 'Common to all tokens that descend from one sign-in.';
COMMENT ON COLUMN auth.oauth_refresh_tokens.ip_address IS 'Kept for noticing a stolen token.
@pii network
@erasure delete_row';
COMMENT ON COLUMN auth.oauth_refresh_tokens.token_sha256 IS 'Kept for recognising the application’s session.
@pii credential
@erasure delete_row';
COMMENT ON COLUMN auth.oauth_refresh_tokens.used_at IS 'When it was exchanged for the next one.';
COMMENT ON COLUMN auth.oauth_refresh_tokens.user_agent IS 'Kept for noticing a stolen token.
@pii network
@erasure delete_row';
COMMENT ON INDEX auth.oauth_refresh_tokens_expires_at_idx IS 'tokens that have expired, to be removed';
COMMENT ON INDEX auth.oauth_refresh_tokens_family_id_idx IS 'the family of a token that was used twice';
COMMENT ON INDEX auth.oauth_refresh_tokens_oauth_grant_id_idx IS 'rows that refer to one target, and the check of foreign key oauth_refresh_tokens_oauth_grant_id_fk';

CREATE TABLE auth.one_time_tokens (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  purpose text NOT NULL,
  token_sha256 text NOT NULL,
  email text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.one_time_tokens ADD CONSTRAINT one_time_tokens_email_lower_case_check CHECK ((email = lower(email)));
ALTER TABLE auth.one_time_tokens ADD CONSTRAINT one_time_tokens_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.one_time_tokens ADD CONSTRAINT one_time_tokens_purpose_check CHECK ((purpose = ANY (ARRAY['verify_email'::text, 'reset_password'::text, 'sign_in'::text])));
ALTER TABLE auth.one_time_tokens ADD CONSTRAINT one_time_tokens_token_sha256_form_check CHECK ((token_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE auth.one_time_tokens ADD CONSTRAINT one_time_tokens_token_sha256_key UNIQUE (tenant_id, token_sha256);
ALTER TABLE auth.one_time_tokens ADD CONSTRAINT one_time_tokens_used_in_time_check CHECK ((used_at <= expires_at));
ALTER TABLE auth.one_time_tokens ADD CONSTRAINT one_time_tokens_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX one_time_tokens_expires_at_idx ON auth.one_time_tokens USING btree (tenant_id, expires_at);
CREATE INDEX one_time_tokens_user_id_idx ON auth.one_time_tokens USING btree (tenant_id, user_id);
ALTER TABLE auth.one_time_tokens ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.one_time_tokens AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.one_time_tokens FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.one_time_tokens TO dmz_mover;
GRANT DELETE, SELECT ON TABLE auth.one_time_tokens TO dmz_app;
COMMENT ON TABLE auth.one_time_tokens IS 'Links sent to a person that work once: to confirm an address, reset a password or sign in.
@kind tenant
@retention operational
@subject user_id of auth.users';
COMMENT ON COLUMN auth.one_time_tokens.email IS 'A link is void once the person’s address is another.
Kept for tying the link to the address it went to.
@pii contact
@erasure delete_row';
COMMENT ON COLUMN auth.one_time_tokens.token_sha256 IS 'Kept for recognising the link.
@pii credential
@erasure delete_row';
COMMENT ON INDEX auth.one_time_tokens_expires_at_idx IS 'links that have expired, to be removed';
COMMENT ON INDEX auth.one_time_tokens_user_id_idx IS 'rows that refer to one target, and the check of foreign key one_time_tokens_user_id_fk';

CREATE TABLE auth.password_credentials (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  password_hash text NOT NULL,
  changed_at timestamp with time zone NOT NULL DEFAULT now(),
  must_change boolean NOT NULL DEFAULT false,
  compromised_at timestamp with time zone,
  failed_attempts integer NOT NULL DEFAULT 0,
  locked_until timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.password_credentials ADD CONSTRAINT password_credentials_failed_attempts_not_negative_check CHECK ((failed_attempts >= 0));
ALTER TABLE auth.password_credentials ADD CONSTRAINT password_credentials_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.password_credentials ADD CONSTRAINT password_credentials_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE auth.password_credentials ADD CONSTRAINT password_credentials_user_id_key UNIQUE (tenant_id, user_id);
ALTER TABLE auth.password_credentials ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.password_credentials AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.password_credentials FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.password_credentials TO dmz_mover;
GRANT DELETE, SELECT ON TABLE auth.password_credentials TO dmz_app;
COMMENT ON TABLE auth.password_credentials IS 'The password of each person who signs in with one, and how often it was lately mistaken.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN auth.password_credentials.compromised_at IS 'When it was found in a list of breached passwords (NIST SP 800-63B-4, section 3.1.1.2).';
COMMENT ON COLUMN auth.password_credentials.failed_attempts IS 'Consecutive failures since the last success.';
COMMENT ON COLUMN auth.password_credentials.password_hash IS 'Salted hash in PHC string format, such as $argon2id$v=19$…
Kept for checking a password.
@pii credential
@erasure delete_row';

CREATE TABLE auth.password_history (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  password_hash_ciphertext text NOT NULL,
  key_id uuid NOT NULL,
  reason text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.password_history ADD CONSTRAINT password_history_password_hash_ciphertext_encrypted_check CHECK ((password_hash_ciphertext ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE auth.password_history ADD CONSTRAINT password_history_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.password_history ADD CONSTRAINT password_history_reason_check CHECK ((reason = ANY (ARRAY['first'::text, 'changed'::text, 'reset'::text, 'expired'::text, 'compromised'::text])));
ALTER TABLE auth.password_history ADD CONSTRAINT password_history_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX password_history_user_id_created_at_idx ON auth.password_history USING btree (tenant_id, user_id, created_at DESC);
ALTER TABLE auth.password_history ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.password_history AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON auth.password_history FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE auth.password_history TO dmz_mover;
GRANT SELECT ON TABLE auth.password_history TO dmz_app;
COMMENT ON TABLE auth.password_history IS 'Passwords that a person had, so that one is not chosen again, and why each was set.
@kind append_only
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN auth.password_history.key_id IS 'Id in governance.subject_keys.';
COMMENT ON COLUMN auth.password_history.password_hash_ciphertext IS 'The PHC string, encrypted with the person’s key.
Kept for refusing a password that was used before.
@pii credential
@erasure shred';
COMMENT ON INDEX auth.password_history_user_id_created_at_idx IS 'a person’s past passwords, newest first';

CREATE TABLE auth.permissions (
  key text NOT NULL,
  module text NOT NULL,
  description text NOT NULL,
  sensitive boolean NOT NULL DEFAULT false,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.permissions ADD CONSTRAINT permissions_key_form_check CHECK (((key ~ '^[a-z_]+([.][a-z_]+){2}$'::text) AND (key ~~ (module || '.%'::text))));
ALTER TABLE auth.permissions ADD CONSTRAINT permissions_pkey PRIMARY KEY (key);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.permissions FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT SELECT ON TABLE auth.permissions TO dmz_app;
GRANT SELECT ON TABLE auth.permissions TO dmz_mover;
GRANT SELECT ON TABLE auth.permissions TO dmz_tenant;
COMMENT ON TABLE auth.permissions IS 'Everything that can be allowed, as code asks for it.
@kind reference
@retention platform';
COMMENT ON COLUMN auth.permissions.description IS 'What it allows, for the person who grants it.';
COMMENT ON COLUMN auth.permissions.key IS 'module.resource.action, such as training.certificates.issue.';
COMMENT ON COLUMN auth.permissions.module IS 'Module that asks for it.';
COMMENT ON COLUMN auth.permissions.sensitive IS 'Asks for a recent sign-in at assurance level 2 (NIST SP 800-63B-4).';

CREATE TABLE auth.recovery_codes (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  code_hash text NOT NULL,
  used_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.recovery_codes ADD CONSTRAINT recovery_codes_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.recovery_codes ADD CONSTRAINT recovery_codes_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX recovery_codes_user_id_idx ON auth.recovery_codes USING btree (tenant_id, user_id);
ALTER TABLE auth.recovery_codes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.recovery_codes AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.recovery_codes FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.recovery_codes TO dmz_mover;
GRANT DELETE, SELECT ON TABLE auth.recovery_codes TO dmz_app;
COMMENT ON TABLE auth.recovery_codes IS 'Codes that let a person in once when the other factors are lost.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN auth.recovery_codes.code_hash IS 'Salted hash in PHC string format.
Kept for letting in a person who lost their factors.
@pii credential
@erasure delete_row';
COMMENT ON INDEX auth.recovery_codes_user_id_idx IS 'rows that refer to one target, and the check of foreign key recovery_codes_user_id_fk';

CREATE TABLE auth.role_permissions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  role_id uuid NOT NULL,
  permission_key text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.role_permissions ADD CONSTRAINT role_permissions_permission_key_fk FOREIGN KEY (permission_key) REFERENCES auth.permissions(key) ON DELETE RESTRICT;
ALTER TABLE auth.role_permissions ADD CONSTRAINT role_permissions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.role_permissions ADD CONSTRAINT role_permissions_role_id_fk FOREIGN KEY (tenant_id, role_id) REFERENCES auth.roles(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE auth.role_permissions ADD CONSTRAINT role_permissions_role_id_permission_key_key UNIQUE (tenant_id, role_id, permission_key);
CREATE INDEX role_permissions_permission_key_idx ON auth.role_permissions USING btree (permission_key);
ALTER TABLE auth.role_permissions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.role_permissions AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.role_permissions FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.role_permissions TO dmz_mover;
GRANT INSERT, SELECT ON TABLE auth.role_permissions TO dmz_app;
COMMENT ON TABLE auth.role_permissions IS 'Which permission belongs to which role.
@kind tenant
@retention tenant';
COMMENT ON INDEX auth.role_permissions_permission_key_idx IS 'rows that refer to one target, and the check of foreign key role_permissions_permission_key_fk';

CREATE TABLE auth.roles (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  key text NOT NULL,
  name text NOT NULL,
  origin text NOT NULL DEFAULT 'custom'::text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  description text
);
ALTER TABLE auth.roles ADD CONSTRAINT roles_key_form_check CHECK ((key ~ '^[a-z][a-z0-9_]{1,62}$'::text));
ALTER TABLE auth.roles ADD CONSTRAINT roles_key_key UNIQUE (tenant_id, key);
ALTER TABLE auth.roles ADD CONSTRAINT roles_origin_check CHECK ((origin = ANY (ARRAY['built_in'::text, 'custom'::text])));
ALTER TABLE auth.roles ADD CONSTRAINT roles_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.roles ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.roles AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.roles FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.roles TO dmz_mover;
GRANT INSERT, SELECT ON TABLE auth.roles TO dmz_app;
COMMENT ON TABLE auth.roles IS 'Named sets of permissions within a tenant; the five built-in ones come with every tenant.
@kind tenant
@retention tenant';
COMMENT ON COLUMN auth.roles.key IS 'Stable name that code and commands use.';

CREATE TABLE auth.scim_connections (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  sso_connection_id uuid,
  status text NOT NULL DEFAULT 'active'::text,
  token_sha256 text NOT NULL,
  token_expires_at timestamp with time zone,
  on_deprovision text NOT NULL DEFAULT 'suspend'::text,
  attribute_mapping jsonb NOT NULL DEFAULT '{}'::jsonb,
  last_synced_at timestamp with time zone,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.scim_connections ADD CONSTRAINT scim_connections_name_key UNIQUE (tenant_id, name);
ALTER TABLE auth.scim_connections ADD CONSTRAINT scim_connections_on_deprovision_check CHECK ((on_deprovision = ANY (ARRAY['suspend'::text, 'delete'::text])));
ALTER TABLE auth.scim_connections ADD CONSTRAINT scim_connections_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.scim_connections ADD CONSTRAINT scim_connections_sso_connection_id_fk FOREIGN KEY (tenant_id, sso_connection_id) REFERENCES auth.sso_connections(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE auth.scim_connections ADD CONSTRAINT scim_connections_status_check CHECK ((status = ANY (ARRAY['active'::text, 'paused'::text, 'revoked'::text])));
ALTER TABLE auth.scim_connections ADD CONSTRAINT scim_connections_token_sha256_form_check CHECK ((token_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE auth.scim_connections ADD CONSTRAINT scim_connections_token_sha256_key UNIQUE (tenant_id, token_sha256);
CREATE INDEX scim_connections_sso_connection_id_idx ON auth.scim_connections USING btree (tenant_id, sso_connection_id);
ALTER TABLE auth.scim_connections ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.scim_connections AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.scim_connections FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.scim_connections TO dmz_mover;
GRANT SELECT ON TABLE auth.scim_connections TO dmz_app;
COMMENT ON TABLE auth.scim_connections IS 'Directories that keep a tenant’s people up to date (SCIM 2.0, RFC 7643 and 7644).
@kind tenant
@retention tenant
@evolving
@subject nobody';
COMMENT ON COLUMN auth.scim_connections.attribute_mapping IS 'Which attribute or claim of theirs fills which of ours.';
COMMENT ON COLUMN auth.scim_connections.on_deprovision IS 'What happens to a person whom the directory deactivates or deletes.';
COMMENT ON COLUMN auth.scim_connections.sso_connection_id IS 'How the people it provisions sign in.';
COMMENT ON COLUMN auth.scim_connections.token_sha256 IS 'SHA-256 of the bearer token (RFC 7644, section 2).
Kept for recognising the directory.
@pii credential
@erasure delete_row';
COMMENT ON COLUMN auth.scim_connections.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX auth.scim_connections_sso_connection_id_idx IS 'rows that refer to one target, and the check of foreign key scim_connections_sso_connection_id_fk';

CREATE TABLE auth.scim_group_members (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  scim_group_id uuid NOT NULL,
  scim_user_id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.scim_group_members ADD CONSTRAINT scim_group_members_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.scim_group_members ADD CONSTRAINT scim_group_members_scim_group_id_fk FOREIGN KEY (tenant_id, scim_group_id) REFERENCES auth.scim_groups(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE auth.scim_group_members ADD CONSTRAINT scim_group_members_scim_group_id_scim_user_id_key UNIQUE (tenant_id, scim_group_id, scim_user_id);
ALTER TABLE auth.scim_group_members ADD CONSTRAINT scim_group_members_scim_user_id_fk FOREIGN KEY (tenant_id, scim_user_id) REFERENCES auth.scim_users(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX scim_group_members_scim_user_id_idx ON auth.scim_group_members USING btree (tenant_id, scim_user_id);
ALTER TABLE auth.scim_group_members ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.scim_group_members AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.scim_group_members FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.scim_group_members TO dmz_mover;
GRANT SELECT ON TABLE auth.scim_group_members TO dmz_app;
COMMENT ON TABLE auth.scim_group_members IS 'Who is in a group of a directory.
@kind tenant
@retention tenant
@subject scim_user_id of auth.scim_users';
COMMENT ON INDEX auth.scim_group_members_scim_user_id_idx IS 'rows that refer to one target, and the check of foreign key scim_group_members_scim_user_id_fk';

CREATE TABLE auth.scim_groups (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  scim_connection_id uuid NOT NULL,
  external_id text,
  name text NOT NULL,
  role_id uuid,
  last_synced_at timestamp with time zone NOT NULL DEFAULT now(),
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.scim_groups ADD CONSTRAINT scim_groups_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.scim_groups ADD CONSTRAINT scim_groups_role_id_fk FOREIGN KEY (tenant_id, role_id) REFERENCES auth.roles(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE auth.scim_groups ADD CONSTRAINT scim_groups_scim_connection_id_external_id_key UNIQUE (tenant_id, scim_connection_id, external_id);
ALTER TABLE auth.scim_groups ADD CONSTRAINT scim_groups_scim_connection_id_fk FOREIGN KEY (tenant_id, scim_connection_id) REFERENCES auth.scim_connections(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX scim_groups_role_id_idx ON auth.scim_groups USING btree (tenant_id, role_id);
ALTER TABLE auth.scim_groups ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.scim_groups AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.scim_groups FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.scim_groups TO dmz_mover;
GRANT SELECT ON TABLE auth.scim_groups TO dmz_app;
COMMENT ON TABLE auth.scim_groups IS 'Groups that a directory keeps (RFC 7643, section 4.2), and the role that their members are given.
@kind tenant
@retention tenant';
COMMENT ON COLUMN auth.scim_groups.external_id IS 'The directory’s own identifier (RFC 7643, section 3.1).';
COMMENT ON COLUMN auth.scim_groups.name IS 'displayName; two groups may have the same.';
COMMENT ON COLUMN auth.scim_groups.role_id IS 'Null where the group gives none.';
COMMENT ON INDEX auth.scim_groups_role_id_idx IS 'rows that refer to one target, and the check of foreign key scim_groups_role_id_fk';

CREATE TABLE auth.scim_users (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  scim_connection_id uuid NOT NULL,
  user_id uuid NOT NULL,
  external_id text,
  user_name text NOT NULL,
  active boolean NOT NULL DEFAULT true,
  last_synced_at timestamp with time zone NOT NULL DEFAULT now(),
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.scim_users ADD CONSTRAINT scim_users_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.scim_users ADD CONSTRAINT scim_users_scim_connection_id_external_id_key UNIQUE (tenant_id, scim_connection_id, external_id);
ALTER TABLE auth.scim_users ADD CONSTRAINT scim_users_scim_connection_id_fk FOREIGN KEY (tenant_id, scim_connection_id) REFERENCES auth.scim_connections(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE auth.scim_users ADD CONSTRAINT scim_users_scim_connection_id_user_id_key UNIQUE (tenant_id, scim_connection_id, user_id);
ALTER TABLE auth.scim_users ADD CONSTRAINT scim_users_scim_connection_id_user_name_key UNIQUE (tenant_id, scim_connection_id, user_name);
ALTER TABLE auth.scim_users ADD CONSTRAINT scim_users_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE auth.scim_users ADD CONSTRAINT scim_users_user_name_lower_case_check CHECK ((user_name = lower(user_name)));
CREATE INDEX scim_users_user_id_idx ON auth.scim_users USING btree (tenant_id, user_id);
ALTER TABLE auth.scim_users ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.scim_users AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.scim_users FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.scim_users TO dmz_mover;
GRANT DELETE, SELECT ON TABLE auth.scim_users TO dmz_app;
COMMENT ON TABLE auth.scim_users IS 'Which person a directory means by which of its records.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN auth.scim_users.external_id IS 'The directory’s own identifier (RFC 7643, section 3.1).
Kept for matching the directory’s records.
@pii identity
@erasure delete_row';
COMMENT ON COLUMN auth.scim_users.user_name IS 'userName, unique at the directory without regard to case (RFC 7643, section 4.1.1).
Kept for matching the directory’s records.
@pii identity
@erasure delete_row';
COMMENT ON INDEX auth.scim_users_user_id_idx IS 'rows that refer to one target, and the check of foreign key scim_users_user_id_fk';

CREATE TABLE auth.sessions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  token_sha256 text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  revoked_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  authentication_methods jsonb NOT NULL DEFAULT '[]'::jsonb,
  assurance_level integer NOT NULL DEFAULT 1,
  authenticated_at timestamp with time zone NOT NULL DEFAULT now(),
  ip_address inet,
  user_agent text,
  last_used_at timestamp with time zone,
  idle_expires_at timestamp with time zone,
  revoked_reason text,
  identity_id uuid,
  provider_session text
);
ALTER TABLE auth.sessions ADD CONSTRAINT sessions_assurance_level_range_check CHECK (((assurance_level >= 1) AND (assurance_level <= 3)));
ALTER TABLE auth.sessions ADD CONSTRAINT sessions_identity_id_fk FOREIGN KEY (tenant_id, identity_id) REFERENCES auth.identities(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE auth.sessions ADD CONSTRAINT sessions_idle_before_end_check CHECK ((idle_expires_at <= expires_at));
ALTER TABLE auth.sessions ADD CONSTRAINT sessions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.sessions ADD CONSTRAINT sessions_provider_session_of_identity_check CHECK (((provider_session IS NULL) OR (identity_id IS NOT NULL)));
ALTER TABLE auth.sessions ADD CONSTRAINT sessions_revoked_for_a_reason_check CHECK (((revoked_at IS NULL) = (revoked_reason IS NULL)));
ALTER TABLE auth.sessions ADD CONSTRAINT sessions_revoked_reason_check CHECK ((revoked_reason = ANY (ARRAY['signed_out'::text, 'administrator'::text, 'password_changed'::text, 'suspended'::text, 'identity_provider'::text, 'replay'::text])));
ALTER TABLE auth.sessions ADD CONSTRAINT sessions_token_sha256_form_check CHECK ((token_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE auth.sessions ADD CONSTRAINT sessions_token_sha256_key UNIQUE (tenant_id, token_sha256);
ALTER TABLE auth.sessions ADD CONSTRAINT sessions_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX sessions_expires_at_idx ON auth.sessions USING btree (tenant_id, expires_at);
CREATE INDEX sessions_identity_id_idx ON auth.sessions USING btree (tenant_id, identity_id);
CREATE INDEX sessions_user_id_idx ON auth.sessions USING btree (tenant_id, user_id);
ALTER TABLE auth.sessions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.sessions AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.sessions FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.sessions TO dmz_mover;
GRANT DELETE, SELECT ON TABLE auth.sessions TO dmz_app;
COMMENT ON TABLE auth.sessions IS 'Signed-in sessions of people. Only the hash of a token is kept.
@kind tenant
@retention operational
@subject user_id of auth.users';
COMMENT ON COLUMN auth.sessions.assurance_level IS 'Authenticator assurance level, 1 to 3 (NIST SP 800-63B-4, section 2).';
COMMENT ON COLUMN auth.sessions.authenticated_at IS 'When the person last proved who they are; a grave act asks for a recent time.';
COMMENT ON COLUMN auth.sessions.authentication_methods IS 'How the person signed in, as values of amr (RFC 8176), such as pwd and otp.';
COMMENT ON COLUMN auth.sessions.expires_at IS 'When it ends, however much it is used.';
COMMENT ON COLUMN auth.sessions.identity_id IS 'Who signed in at an identity provider; null where the platform asked itself.';
COMMENT ON COLUMN auth.sessions.idle_expires_at IS 'When it ends unless it is used before.';
COMMENT ON COLUMN auth.sessions.ip_address IS 'Kept for showing a person where they are signed in.
@pii network
@erasure delete_row';
COMMENT ON COLUMN auth.sessions.last_used_at IS 'Kept for finding what is no longer used.
@pii behaviour
@erasure delete_row';
COMMENT ON COLUMN auth.sessions.provider_session IS 'SAML: SessionIndex (saml-core, section 2.7.2). OIDC: sid (Back-Channel Logout 1.0).
Kept for ending the session when the provider ends its own.
@pii credential
@erasure delete_row';
COMMENT ON COLUMN auth.sessions.token_sha256 IS 'Kept for recognising a signed-in browser.
@pii credential
@erasure delete_row';
COMMENT ON COLUMN auth.sessions.user_agent IS 'Kept for showing a person where they are signed in.
@pii network
@erasure delete_row';
COMMENT ON INDEX auth.sessions_expires_at_idx IS 'sessions that have expired, to be removed';
COMMENT ON INDEX auth.sessions_identity_id_idx IS 'rows that refer to one target, and the check of foreign key sessions_identity_id_fk';
COMMENT ON INDEX auth.sessions_user_id_idx IS 'rows that refer to one target, and the check of foreign key sessions_user_id_fk';

CREATE TABLE auth.sso_certificates (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  sso_connection_id uuid NOT NULL,
  purpose text NOT NULL,
  certificate text NOT NULL,
  certificate_sha256 text NOT NULL,
  private_key_ciphertext text,
  key_id uuid,
  not_before timestamp with time zone NOT NULL,
  not_after timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.sso_certificates ADD CONSTRAINT sso_certificates_certificate_sha256_form_check CHECK ((certificate_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE auth.sso_certificates ADD CONSTRAINT sso_certificates_own_has_private_key_check CHECK (((purpose = 'idp_signing'::text) = (private_key_ciphertext IS NULL)));
ALTER TABLE auth.sso_certificates ADD CONSTRAINT sso_certificates_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.sso_certificates ADD CONSTRAINT sso_certificates_private_key_ciphertext_encrypted_check CHECK ((private_key_ciphertext ~ '^dmz:[1-9][0-9]*:tenant:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE auth.sso_certificates ADD CONSTRAINT sso_certificates_private_key_has_key_check CHECK (((private_key_ciphertext IS NULL) = (key_id IS NULL)));
ALTER TABLE auth.sso_certificates ADD CONSTRAINT sso_certificates_purpose_check CHECK ((purpose = ANY (ARRAY['idp_signing'::text, 'sp_signing'::text, 'sp_encryption'::text])));
ALTER TABLE auth.sso_certificates ADD CONSTRAINT sso_certificates_sso_connection_id_fk FOREIGN KEY (tenant_id, sso_connection_id) REFERENCES auth.sso_connections(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE auth.sso_certificates ADD CONSTRAINT sso_certificates_sso_connection_id_purpose_certifi_0ed95aef_key UNIQUE (tenant_id, sso_connection_id, purpose, certificate_sha256);
ALTER TABLE auth.sso_certificates ADD CONSTRAINT sso_certificates_validity_order_check CHECK ((not_after > not_before));
CREATE INDEX sso_certificates_not_after_idx ON auth.sso_certificates USING btree (tenant_id, not_after);
ALTER TABLE auth.sso_certificates ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.sso_certificates AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.sso_certificates FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.sso_certificates TO dmz_mover;
GRANT SELECT ON TABLE auth.sso_certificates TO dmz_app;
COMMENT ON TABLE auth.sso_certificates IS 'Certificates that SAML messages are checked and encrypted with; several at once while one is replaced.
@kind tenant
@retention tenant
@subject nobody';
COMMENT ON COLUMN auth.sso_certificates.certificate IS 'X.509, PEM.';
COMMENT ON COLUMN auth.sso_certificates.certificate_sha256 IS 'SHA-256 of the DER form.';
COMMENT ON COLUMN auth.sso_certificates.key_id IS 'Id of the tenant’s key; null where nothing here is encrypted.';
COMMENT ON COLUMN auth.sso_certificates.private_key_ciphertext IS 'PKCS #8, encrypted with the key that `key_id` names; null for the provider’s certificates.
Kept for signing requests and reading encrypted assertions.
@pii credential
@erasure null';
COMMENT ON INDEX auth.sso_certificates_not_after_idx IS 'certificates that expire soon';

CREATE TABLE auth.sso_connections (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  protocol text NOT NULL,
  status text NOT NULL DEFAULT 'draft'::text,
  issuer text NOT NULL,
  sso_url text,
  slo_url text,
  name_id_format text,
  requests_signed boolean NOT NULL DEFAULT true,
  assertions_encrypted boolean NOT NULL DEFAULT false,
  idp_initiated boolean NOT NULL DEFAULT false,
  client_id text,
  client_secret_ciphertext text,
  key_id uuid,
  scopes text NOT NULL DEFAULT 'openid email profile'::text,
  attribute_mapping jsonb NOT NULL DEFAULT '{}'::jsonb,
  creates_users boolean NOT NULL DEFAULT false,
  default_role_id uuid,
  clock_skew_seconds integer NOT NULL DEFAULT 60,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  requested_context text
);
ALTER TABLE auth.sso_connections ADD CONSTRAINT sso_connections_client_secret_ciphertext_encrypted_check CHECK ((client_secret_ciphertext ~ '^dmz:[1-9][0-9]*:tenant:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE auth.sso_connections ADD CONSTRAINT sso_connections_clock_skew_range_check CHECK (((clock_skew_seconds >= 0) AND (clock_skew_seconds <= 300)));
ALTER TABLE auth.sso_connections ADD CONSTRAINT sso_connections_default_role_id_fk FOREIGN KEY (tenant_id, default_role_id) REFERENCES auth.roles(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE auth.sso_connections ADD CONSTRAINT sso_connections_issuer_client_id_key UNIQUE (tenant_id, issuer, client_id);
ALTER TABLE auth.sso_connections ADD CONSTRAINT sso_connections_name_key UNIQUE (tenant_id, name);
ALTER TABLE auth.sso_connections ADD CONSTRAINT sso_connections_oidc_has_its_client_check CHECK (((protocol = 'oidc'::text) = (client_id IS NOT NULL)));
ALTER TABLE auth.sso_connections ADD CONSTRAINT sso_connections_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.sso_connections ADD CONSTRAINT sso_connections_protocol_check CHECK ((protocol = ANY (ARRAY['saml'::text, 'oidc'::text])));
ALTER TABLE auth.sso_connections ADD CONSTRAINT sso_connections_saml_has_its_url_check CHECK (((protocol <> 'saml'::text) OR (sso_url IS NOT NULL)));
ALTER TABLE auth.sso_connections ADD CONSTRAINT sso_connections_secret_has_key_check CHECK (((client_secret_ciphertext IS NULL) = (key_id IS NULL)));
ALTER TABLE auth.sso_connections ADD CONSTRAINT sso_connections_slo_url_form_check CHECK ((slo_url ~ '^https://'::text));
ALTER TABLE auth.sso_connections ADD CONSTRAINT sso_connections_sso_url_form_check CHECK ((sso_url ~ '^https://'::text));
ALTER TABLE auth.sso_connections ADD CONSTRAINT sso_connections_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'active'::text, 'disabled'::text])));
CREATE INDEX sso_connections_default_role_id_idx ON auth.sso_connections USING btree (tenant_id, default_role_id);
CREATE UNIQUE INDEX sso_connections_saml_issuer_key ON auth.sso_connections USING btree (tenant_id, issuer) WHERE (client_id IS NULL);
ALTER TABLE auth.sso_connections ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.sso_connections AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.sso_connections FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.sso_connections TO dmz_mover;
GRANT SELECT ON TABLE auth.sso_connections TO dmz_app;
COMMENT ON TABLE auth.sso_connections IS 'Identity providers that a tenant’s people sign in with.
@kind tenant
@retention tenant
@evolving
@subject nobody';
COMMENT ON COLUMN auth.sso_connections.assertions_encrypted IS 'SAML: an unencrypted assertion is refused. An unsigned one always is.';
COMMENT ON COLUMN auth.sso_connections.attribute_mapping IS 'Which attribute or claim of theirs fills which of ours.';
COMMENT ON COLUMN auth.sso_connections.client_id IS 'OIDC: the platform’s client identifier at the provider.';
COMMENT ON COLUMN auth.sso_connections.client_secret_ciphertext IS 'OIDC: encrypted with the key that `key_id` names; null with private_key_jwt.
Kept for redeeming a code at the provider.
@pii credential
@erasure null';
COMMENT ON COLUMN auth.sso_connections.creates_users IS 'Whether somebody unknown is made a user at the first sign-in.';
COMMENT ON COLUMN auth.sso_connections.default_role_id IS 'Role of a user who is made so.';
COMMENT ON COLUMN auth.sso_connections.idp_initiated IS 'SAML: whether a response that nobody asked for is accepted (saml-profiles, section 4.1.5).';
COMMENT ON COLUMN auth.sso_connections.issuer IS 'SAML: entityID of the provider (saml-core, section 8.3.6). OIDC: issuer identifier (Discovery 1.0, section 3).';
COMMENT ON COLUMN auth.sso_connections.key_id IS 'Id of the tenant’s key; null where nothing here is encrypted.';
COMMENT ON COLUMN auth.sso_connections.name_id_format IS 'SAML: NameIDPolicy that is asked for (saml-core, section 8.3).';
COMMENT ON COLUMN auth.sso_connections.requested_context IS 'How people are asked to sign in there. SAML: AuthnContextClassRef (saml-core, section 3.3.2.2.1). OIDC: acr_values.';
COMMENT ON COLUMN auth.sso_connections.requests_signed IS 'SAML: AuthnRequestsSigned.';
COMMENT ON COLUMN auth.sso_connections.scopes IS 'OIDC: separated by spaces.';
COMMENT ON COLUMN auth.sso_connections.slo_url IS 'SAML: SingleLogoutService of the provider.';
COMMENT ON COLUMN auth.sso_connections.sso_url IS 'SAML: SingleSignOnService of the provider; OIDC discovers its own.';
COMMENT ON COLUMN auth.sso_connections.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX auth.sso_connections_default_role_id_idx IS 'rows that refer to one target, and the check of foreign key sso_connections_default_role_id_fk';
COMMENT ON INDEX auth.sso_connections_saml_issuer_key IS 'the SAML connection of an issuer, one a tenant';

CREATE TABLE auth.sso_group_roles (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  sso_connection_id uuid NOT NULL,
  group_name text NOT NULL,
  role_id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.sso_group_roles ADD CONSTRAINT sso_group_roles_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.sso_group_roles ADD CONSTRAINT sso_group_roles_role_id_fk FOREIGN KEY (tenant_id, role_id) REFERENCES auth.roles(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE auth.sso_group_roles ADD CONSTRAINT sso_group_roles_sso_connection_id_fk FOREIGN KEY (tenant_id, sso_connection_id) REFERENCES auth.sso_connections(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE auth.sso_group_roles ADD CONSTRAINT sso_group_roles_sso_connection_id_group_name_role_id_key UNIQUE (tenant_id, sso_connection_id, group_name, role_id);
CREATE INDEX sso_group_roles_role_id_idx ON auth.sso_group_roles USING btree (tenant_id, role_id);
ALTER TABLE auth.sso_group_roles ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.sso_group_roles AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.sso_group_roles FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.sso_group_roles TO dmz_mover;
GRANT SELECT ON TABLE auth.sso_group_roles TO dmz_app;
COMMENT ON TABLE auth.sso_group_roles IS 'Which role a group of the identity provider gives.
@kind tenant
@retention tenant';
COMMENT ON COLUMN auth.sso_group_roles.group_name IS 'As the provider sends it.';
COMMENT ON INDEX auth.sso_group_roles_role_id_idx IS 'rows that refer to one target, and the check of foreign key sso_group_roles_role_id_fk';

CREATE TABLE auth.user_profiles (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  handle text,
  given_name text,
  middle_name text,
  family_name text,
  honorific_prefix text,
  honorific_suffix text,
  phone_number text,
  avatar_object_id uuid,
  accessibility jsonb NOT NULL DEFAULT '{}'::jsonb,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE auth.user_profiles ADD CONSTRAINT user_profiles_handle_form_check CHECK ((handle ~ '^[a-z0-9][a-z0-9_-]{2,23}$'::text));
ALTER TABLE auth.user_profiles ADD CONSTRAINT user_profiles_handle_key UNIQUE (tenant_id, handle);
ALTER TABLE auth.user_profiles ADD CONSTRAINT user_profiles_phone_number_form_check CHECK ((phone_number ~ '^[+][1-9][0-9]{6,14}$'::text));
ALTER TABLE auth.user_profiles ADD CONSTRAINT user_profiles_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.user_profiles ADD CONSTRAINT user_profiles_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE auth.user_profiles ADD CONSTRAINT user_profiles_user_id_key UNIQUE (tenant_id, user_id);
ALTER TABLE auth.user_profiles ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.user_profiles AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.user_profiles FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.user_profiles TO dmz_mover;
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE auth.user_profiles TO dmz_app;
COMMENT ON TABLE auth.user_profiles IS 'What a person or their directory tells of them beyond the name shown (RFC 7643, section 4.1).
@kind tenant
@retention tenant
@evolving
@subject user_id of auth.users';
COMMENT ON COLUMN auth.user_profiles.accessibility IS 'Choices such as reduced motion, contrast and text size; they can tell of health (GDPR Art. 9).
Kept for showing everything the way the person can use it.
@pii behaviour
@erasure delete_row';
COMMENT ON COLUMN auth.user_profiles.avatar_object_id IS 'Id in files.objects.';
COMMENT ON COLUMN auth.user_profiles.family_name IS 'Kept for addressing the person.
@pii identity
@erasure delete_row';
COMMENT ON COLUMN auth.user_profiles.given_name IS 'Kept for addressing the person.
@pii identity
@erasure delete_row';
COMMENT ON COLUMN auth.user_profiles.handle IS 'Name in play, lower case; null until one is chosen.
Kept for shown to other players instead of the name.
@pii identity
@erasure delete_row';
COMMENT ON COLUMN auth.user_profiles.honorific_prefix IS 'Kept for addressing the person.
@pii identity
@erasure delete_row';
COMMENT ON COLUMN auth.user_profiles.honorific_suffix IS 'Kept for addressing the person.
@pii identity
@erasure delete_row';
COMMENT ON COLUMN auth.user_profiles.middle_name IS 'Kept for addressing the person.
@pii identity
@erasure delete_row';
COMMENT ON COLUMN auth.user_profiles.phone_number IS 'E.164, with its plus sign.
Kept for reaching the person, and simulated calls.
@pii contact
@erasure delete_row';
COMMENT ON COLUMN auth.user_profiles.version IS 'Version of the payload’s shape.';

CREATE TABLE auth.user_roles (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  role_id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  source text NOT NULL DEFAULT 'direct'::text,
  granted_by_user_id uuid,
  expires_at timestamp with time zone
);
ALTER TABLE auth.user_roles ADD CONSTRAINT user_roles_granted_by_user_id_fk FOREIGN KEY (tenant_id, granted_by_user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE auth.user_roles ADD CONSTRAINT user_roles_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.user_roles ADD CONSTRAINT user_roles_role_id_fk FOREIGN KEY (tenant_id, role_id) REFERENCES auth.roles(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE auth.user_roles ADD CONSTRAINT user_roles_source_check CHECK ((source = ANY (ARRAY['direct'::text, 'invitation'::text, 'sso'::text, 'scim'::text])));
ALTER TABLE auth.user_roles ADD CONSTRAINT user_roles_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE auth.user_roles ADD CONSTRAINT user_roles_user_id_role_id_key UNIQUE (tenant_id, user_id, role_id);
CREATE INDEX user_roles_granted_by_user_id_idx ON auth.user_roles USING btree (tenant_id, granted_by_user_id);
CREATE INDEX user_roles_role_id_idx ON auth.user_roles USING btree (tenant_id, role_id);
ALTER TABLE auth.user_roles ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.user_roles AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.user_roles FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.user_roles TO dmz_mover;
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE auth.user_roles TO dmz_app;
COMMENT ON TABLE auth.user_roles IS 'Which person holds which role.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN auth.user_roles.expires_at IS 'When it ends by itself; null for one without an end.';
COMMENT ON COLUMN auth.user_roles.granted_by_user_id IS 'Null where a program granted it.';
COMMENT ON COLUMN auth.user_roles.source IS 'What gave it; what an identity provider gave, it also takes away.';
COMMENT ON INDEX auth.user_roles_granted_by_user_id_idx IS 'rows that refer to one target, and the check of foreign key user_roles_granted_by_user_id_fk';
COMMENT ON INDEX auth.user_roles_role_id_idx IS 'rows that refer to one target, and the check of foreign key user_roles_role_id_fk';

CREATE TABLE auth.users (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  email text NOT NULL,
  display_name text NOT NULL,
  locale_tag text NOT NULL DEFAULT 'en'::text,
  status text NOT NULL DEFAULT 'active'::text,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  email_verified_at timestamp with time zone,
  time_zone text,
  last_signed_in_at timestamp with time zone,
  erased_at timestamp with time zone
);
ALTER TABLE auth.users ADD CONSTRAINT users_email_lower_case_check CHECK ((email = lower(email)));
ALTER TABLE auth.users ADD CONSTRAINT users_erased_at_a_time_check CHECK (((status = 'erased'::text) = (erased_at IS NOT NULL)));
ALTER TABLE auth.users ADD CONSTRAINT users_locale_tag_fk FOREIGN KEY (locale_tag) REFERENCES public.locales(tag) ON DELETE RESTRICT;
ALTER TABLE auth.users ADD CONSTRAINT users_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.users ADD CONSTRAINT users_status_check CHECK ((status = ANY (ARRAY['invited'::text, 'active'::text, 'suspended'::text, 'erased'::text])));
ALTER TABLE auth.users ADD CONSTRAINT users_time_zone_form_check CHECK ((time_zone ~ '^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$'::text));
CREATE INDEX users_locale_tag_idx ON auth.users USING btree (locale_tag);
CREATE INDEX users_status_idx ON auth.users USING btree (tenant_id, status);
CREATE UNIQUE INDEX users_email_key ON auth.users USING btree (tenant_id, email) WHERE (deleted_at IS NULL);
ALTER TABLE auth.users ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.users AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.users FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.users TO dmz_mover;
GRANT INSERT, SELECT, UPDATE ON TABLE auth.users TO dmz_app;
COMMENT ON TABLE auth.users IS 'The people of a tenant: players, trainers and administrators.
@kind tenant
@retention tenant
@subject itself';
COMMENT ON COLUMN auth.users.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN auth.users.display_name IS 'Kept for shown to the person and to colleagues.
@pii identity
@erasure replace';
COMMENT ON COLUMN auth.users.email IS 'Kept for signing in and being invited.
@pii contact
@erasure replace';
COMMENT ON COLUMN auth.users.erased_at IS 'When the person was forgotten; the row stays for what refers to it.';
COMMENT ON COLUMN auth.users.last_signed_in_at IS 'Kept for finding accounts that nobody uses.
@pii behaviour
@erasure null';
COMMENT ON COLUMN auth.users.time_zone IS 'IANA time zone, such as Europe/Berlin; null for the tenant’s own.';
COMMENT ON INDEX auth.users_locale_tag_idx IS 'rows that refer to one target, and the check of foreign key users_locale_tag_fk';
COMMENT ON INDEX auth.users_status_idx IS 'people of a tenant by their standing';

CREATE TABLE auth.webauthn_credentials (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  credential_id text NOT NULL,
  user_handle text NOT NULL,
  public_key text NOT NULL,
  algorithm integer NOT NULL,
  sign_count bigint NOT NULL DEFAULT 0,
  aaguid uuid,
  rp_id text NOT NULL,
  transports jsonb NOT NULL DEFAULT '[]'::jsonb,
  attestation_format text NOT NULL DEFAULT 'none'::text,
  discoverable boolean NOT NULL,
  user_verified boolean NOT NULL,
  backup_eligible boolean NOT NULL DEFAULT false,
  backed_up boolean NOT NULL DEFAULT false,
  label text,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  attestation_object text,
  attestation_client_data text
);
ALTER TABLE auth.webauthn_credentials ADD CONSTRAINT webauthn_credentials_backed_up_if_eligible_check CHECK ((backup_eligible OR (NOT backed_up)));
ALTER TABLE auth.webauthn_credentials ADD CONSTRAINT webauthn_credentials_credential_id_form_check CHECK (((credential_id ~ '^[A-Za-z0-9_-]+$'::text) AND (length(credential_id) <= 1364)));
ALTER TABLE auth.webauthn_credentials ADD CONSTRAINT webauthn_credentials_credential_id_key UNIQUE (tenant_id, credential_id);
ALTER TABLE auth.webauthn_credentials ADD CONSTRAINT webauthn_credentials_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE auth.webauthn_credentials ADD CONSTRAINT webauthn_credentials_sign_count_range_check CHECK (((sign_count >= 0) AND (sign_count <= '4294967295'::bigint)));
ALTER TABLE auth.webauthn_credentials ADD CONSTRAINT webauthn_credentials_user_handle_form_check CHECK ((user_handle ~ '^[A-Za-z0-9_-]{1,86}$'::text));
ALTER TABLE auth.webauthn_credentials ADD CONSTRAINT webauthn_credentials_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX webauthn_credentials_user_handle_idx ON auth.webauthn_credentials USING btree (tenant_id, user_handle);
CREATE INDEX webauthn_credentials_user_id_idx ON auth.webauthn_credentials USING btree (tenant_id, user_id);
ALTER TABLE auth.webauthn_credentials ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON auth.webauthn_credentials AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON auth.webauthn_credentials FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE auth.webauthn_credentials TO dmz_mover;
GRANT DELETE, SELECT ON TABLE auth.webauthn_credentials TO dmz_app;
COMMENT ON TABLE auth.webauthn_credentials IS 'Passkeys and security keys that people registered (WebAuthn Level 2, section 7.1; what Level 3 added is marked).
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN auth.webauthn_credentials.aaguid IS 'Model of the authenticator; null where it was not told.';
COMMENT ON COLUMN auth.webauthn_credentials.algorithm IS 'COSE algorithm, such as -7 for ES256 (RFC 9053).';
COMMENT ON COLUMN auth.webauthn_credentials.attestation_client_data IS 'clientDataJSON that the attestation was made over, base64url.
Kept for checking later what kind of authenticator was registered.
@pii credential
@erasure delete_row';
COMMENT ON COLUMN auth.webauthn_credentials.attestation_format IS 'Section 8.';
COMMENT ON COLUMN auth.webauthn_credentials.attestation_object IS 'Attestation object of the registration, base64url; null where none was asked for (section 6.5).
Kept for checking later what kind of authenticator was registered.
@pii credential
@erasure delete_row';
COMMENT ON COLUMN auth.webauthn_credentials.backed_up IS 'Whether it is, as of the last sign-in (Level 3, section 6.1.3).';
COMMENT ON COLUMN auth.webauthn_credentials.backup_eligible IS 'Whether the key can be synchronised to other devices; never changes (Level 3, section 6.1.3).';
COMMENT ON COLUMN auth.webauthn_credentials.credential_id IS 'Base64url without padding; at most 1023 bytes (Level 3, section 4, Credential ID).
Kept for finding the key that answered.
@pii credential
@erasure delete_row';
COMMENT ON COLUMN auth.webauthn_credentials.discoverable IS 'Signs in without a name typed first.';
COMMENT ON COLUMN auth.webauthn_credentials.label IS 'Kept for telling one’s keys apart.
@pii free_text
@erasure delete_row';
COMMENT ON COLUMN auth.webauthn_credentials.last_used_at IS 'Kept for finding what is no longer used.
@pii behaviour
@erasure delete_row';
COMMENT ON COLUMN auth.webauthn_credentials.public_key IS 'COSE_Key (RFC 9052, section 7), base64url.
Kept for checking an assertion.
@pii credential
@erasure delete_row';
COMMENT ON COLUMN auth.webauthn_credentials.rp_id IS 'Relying party ID that the key is bound to.';
COMMENT ON COLUMN auth.webauthn_credentials.sign_count IS 'Last signature counter; one that does not grow hints at a cloned key (section 6.1.1).';
COMMENT ON COLUMN auth.webauthn_credentials.transports IS 'How the authenticator is reached: usb, nfc, ble, internal (section 5.8.4); smart-card, hybrid (Level 3).';
COMMENT ON COLUMN auth.webauthn_credentials.user_handle IS 'Random, at most 64 bytes, base64url; tells nothing of the person (section 14.6.1).
Kept for finding the person of a passkey.
@pii credential
@erasure delete_row';
COMMENT ON COLUMN auth.webauthn_credentials.user_verified IS 'Asks for a gesture or code of the person.';
COMMENT ON INDEX auth.webauthn_credentials_user_handle_idx IS 'the person of a passkey';
COMMENT ON INDEX auth.webauthn_credentials_user_id_idx IS 'rows that refer to one target, and the check of foreign key webauthn_credentials_user_id_fk';

CREATE SCHEMA billing;
GRANT USAGE ON SCHEMA billing TO dmz_app;
GRANT USAGE ON SCHEMA billing TO dmz_maintenance;
GRANT USAGE ON SCHEMA billing TO dmz_mover;
GRANT USAGE ON SCHEMA billing TO dmz_tenant;

CREATE TABLE billing.accounts (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  legal_name text NOT NULL,
  billing_email text NOT NULL,
  street_address text NOT NULL,
  postal_code text,
  locality text NOT NULL,
  country_code text NOT NULL,
  tax_number text,
  tax_number_checked_at timestamp with time zone,
  purchase_order text,
  payment_term_days integer NOT NULL DEFAULT 30,
  currency_code text NOT NULL,
  provider_reference text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE billing.accounts ADD CONSTRAINT accounts_billing_email_lower_case_check CHECK ((billing_email = lower(billing_email)));
ALTER TABLE billing.accounts ADD CONSTRAINT accounts_country_code_fk FOREIGN KEY (country_code) REFERENCES public.countries(code) ON DELETE RESTRICT;
ALTER TABLE billing.accounts ADD CONSTRAINT accounts_currency_code_fk FOREIGN KEY (currency_code) REFERENCES public.currencies(code) ON DELETE RESTRICT;
ALTER TABLE billing.accounts ADD CONSTRAINT accounts_legal_name_key UNIQUE (tenant_id, legal_name);
ALTER TABLE billing.accounts ADD CONSTRAINT accounts_payment_term_range_check CHECK (((payment_term_days >= 0) AND (payment_term_days <= 180)));
ALTER TABLE billing.accounts ADD CONSTRAINT accounts_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX accounts_country_code_idx ON billing.accounts USING btree (country_code);
CREATE INDEX accounts_currency_code_idx ON billing.accounts USING btree (currency_code);
ALTER TABLE billing.accounts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON billing.accounts AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON billing.accounts FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE billing.accounts TO dmz_mover;
GRANT SELECT ON TABLE billing.accounts TO dmz_app;
COMMENT ON TABLE billing.accounts IS 'Whom a tenant’s invoices are made out to.
@kind tenant
@retention tenant
@subject nobody';
COMMENT ON COLUMN billing.accounts.billing_email IS 'Kept for making out invoices.
@pii contact
@erasure replace';
COMMENT ON COLUMN billing.accounts.legal_name IS 'Kept for making out invoices.
@pii identity
@erasure replace';
COMMENT ON COLUMN billing.accounts.locality IS 'City or town.
Kept for making out invoices.
@pii contact
@erasure replace';
COMMENT ON COLUMN billing.accounts.postal_code IS 'Kept for making out invoices.
@pii contact
@erasure replace';
COMMENT ON COLUMN billing.accounts.provider_reference IS 'Its id at the payment provider; null where none is involved.';
COMMENT ON COLUMN billing.accounts.purchase_order IS 'What the tenant wants printed on its invoices.';
COMMENT ON COLUMN billing.accounts.street_address IS 'Kept for making out invoices.
@pii contact
@erasure replace';
COMMENT ON COLUMN billing.accounts.tax_number IS 'VAT identification number or the like, as checked with the authority.
Kept for reverse charge and tax returns.
@pii identity
@erasure null';
COMMENT ON INDEX billing.accounts_country_code_idx IS 'rows that refer to one target, and the check of foreign key accounts_country_code_fk';
COMMENT ON INDEX billing.accounts_currency_code_idx IS 'rows that refer to one target, and the check of foreign key accounts_currency_code_fk';

CREATE TABLE billing.entitlements (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  feature_key text NOT NULL,
  source text NOT NULL,
  subscription_id uuid,
  license_key_id uuid,
  quantity integer,
  valid_from timestamp with time zone NOT NULL,
  valid_until timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE billing.entitlements ADD CONSTRAINT entitlements_feature_key_fk FOREIGN KEY (feature_key) REFERENCES billing.features(key) ON DELETE RESTRICT;
ALTER TABLE billing.entitlements ADD CONSTRAINT entitlements_feature_key_source_valid_from_key UNIQUE (tenant_id, feature_key, source, valid_from);
ALTER TABLE billing.entitlements ADD CONSTRAINT entitlements_license_key_id_fk FOREIGN KEY (tenant_id, license_key_id) REFERENCES billing.license_keys(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE billing.entitlements ADD CONSTRAINT entitlements_license_where_named_check CHECK (((source <> 'license'::text) OR (license_key_id IS NOT NULL)));
ALTER TABLE billing.entitlements ADD CONSTRAINT entitlements_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE billing.entitlements ADD CONSTRAINT entitlements_quantity_not_negative_check CHECK ((quantity >= 0));
ALTER TABLE billing.entitlements ADD CONSTRAINT entitlements_source_check CHECK ((source = ANY (ARRAY['subscription'::text, 'license'::text, 'trial'::text, 'courtesy'::text])));
ALTER TABLE billing.entitlements ADD CONSTRAINT entitlements_subscription_id_fk FOREIGN KEY (tenant_id, subscription_id) REFERENCES billing.subscriptions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE billing.entitlements ADD CONSTRAINT entitlements_subscription_where_named_check CHECK (((source <> 'subscription'::text) OR (subscription_id IS NOT NULL)));
ALTER TABLE billing.entitlements ADD CONSTRAINT entitlements_validity_order_check CHECK ((valid_until > valid_from));
CREATE INDEX entitlements_feature_key_idx ON billing.entitlements USING btree (feature_key);
CREATE INDEX entitlements_license_key_id_idx ON billing.entitlements USING btree (tenant_id, license_key_id);
CREATE INDEX entitlements_subscription_id_idx ON billing.entitlements USING btree (tenant_id, subscription_id);
ALTER TABLE billing.entitlements ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON billing.entitlements AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON billing.entitlements FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE billing.entitlements TO dmz_mover;
GRANT INSERT, SELECT ON TABLE billing.entitlements TO dmz_app;
COMMENT ON TABLE billing.entitlements IS 'What a tenant may use now, and how much of it: the one place that features are asked for.
@kind tenant
@retention tenant';
COMMENT ON COLUMN billing.entitlements.license_key_id IS 'The license it comes from, if any.';
COMMENT ON COLUMN billing.entitlements.quantity IS 'Null for a switch, and for as much as is wanted.';
COMMENT ON COLUMN billing.entitlements.subscription_id IS 'The subscription it comes from, if any.';
COMMENT ON COLUMN billing.entitlements.valid_until IS 'Null without an end.';
COMMENT ON INDEX billing.entitlements_feature_key_idx IS 'rows that refer to one target, and the check of foreign key entitlements_feature_key_fk';
COMMENT ON INDEX billing.entitlements_license_key_id_idx IS 'rows that refer to one target, and the check of foreign key entitlements_license_key_id_fk';
COMMENT ON INDEX billing.entitlements_subscription_id_idx IS 'rows that refer to one target, and the check of foreign key entitlements_subscription_id_fk';

CREATE TABLE billing.features (
  key text NOT NULL,
  name text NOT NULL,
  measure text NOT NULL,
  unit text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE billing.features ADD CONSTRAINT features_key_form_check CHECK ((key ~ '^[a-z_]+[.][a-z_]+$'::text));
ALTER TABLE billing.features ADD CONSTRAINT features_measure_check CHECK ((measure = ANY (ARRAY['switch'::text, 'limit'::text, 'metered'::text])));
ALTER TABLE billing.features ADD CONSTRAINT features_pkey PRIMARY KEY (key);
ALTER TABLE billing.features ADD CONSTRAINT features_unit_where_counted_check CHECK (((measure = 'switch'::text) = (unit IS NULL)));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON billing.features FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT SELECT ON TABLE billing.features TO dmz_app;
GRANT SELECT ON TABLE billing.features TO dmz_mover;
GRANT SELECT ON TABLE billing.features TO dmz_tenant;
COMMENT ON TABLE billing.features IS 'What a plan can contain: a thing that is there or not, or one that is counted.
@kind reference
@retention platform';
COMMENT ON COLUMN billing.features.key IS 'module.feature, such as phishing.campaigns.';
COMMENT ON COLUMN billing.features.measure IS 'There or not; there up to a number; or paid by use.';
COMMENT ON COLUMN billing.features.unit IS 'What is counted, such as seats or GiB; null for a switch.';

CREATE TABLE billing.invoice_lines (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  invoice_id uuid NOT NULL,
  "position" integer NOT NULL,
  kind text NOT NULL,
  feature_key text,
  description text NOT NULL,
  quantity_milli bigint NOT NULL,
  unit_minor bigint NOT NULL,
  net_minor bigint NOT NULL,
  tax_minor bigint NOT NULL,
  tax_basis_points integer NOT NULL DEFAULT 0,
  period_start timestamp with time zone NOT NULL,
  period_end timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE billing.invoice_lines ADD CONSTRAINT invoice_lines_feature_key_fk FOREIGN KEY (feature_key) REFERENCES billing.features(key) ON DELETE RESTRICT;
ALTER TABLE billing.invoice_lines ADD CONSTRAINT invoice_lines_invoice_id_fk FOREIGN KEY (tenant_id, invoice_id) REFERENCES billing.invoices(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE billing.invoice_lines ADD CONSTRAINT invoice_lines_invoice_id_position_key UNIQUE (tenant_id, invoice_id, "position");
ALTER TABLE billing.invoice_lines ADD CONSTRAINT invoice_lines_kind_check CHECK ((kind = ANY (ARRAY['seats'::text, 'usage'::text, 'service'::text, 'discount'::text, 'proration'::text, 'credit'::text])));
ALTER TABLE billing.invoice_lines ADD CONSTRAINT invoice_lines_period_in_order_check CHECK ((period_end > period_start));
ALTER TABLE billing.invoice_lines ADD CONSTRAINT invoice_lines_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE billing.invoice_lines ADD CONSTRAINT invoice_lines_position_positive_check CHECK (("position" > 0));
ALTER TABLE billing.invoice_lines ADD CONSTRAINT invoice_lines_quantity_not_negative_check CHECK ((quantity_milli >= 0));
ALTER TABLE billing.invoice_lines ADD CONSTRAINT invoice_lines_tax_rate_range_check CHECK (((tax_basis_points >= 0) AND (tax_basis_points <= 10000)));
ALTER TABLE billing.invoice_lines ADD CONSTRAINT invoice_lines_usage_names_feature_check CHECK (((kind <> 'usage'::text) OR (feature_key IS NOT NULL)));
ALTER TABLE billing.invoice_lines ADD CONSTRAINT refuse_unbalanced_invoice TRIGGER DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX invoice_lines_feature_key_idx ON billing.invoice_lines USING btree (feature_key);
ALTER TABLE billing.invoice_lines ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON billing.invoice_lines AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE CONSTRAINT TRIGGER refuse_unbalanced_invoice AFTER INSERT ON billing.invoice_lines DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION billing.refuse_unbalanced_invoice();
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON billing.invoice_lines FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE billing.invoice_lines TO dmz_mover;
GRANT SELECT ON TABLE billing.invoice_lines TO dmz_app;
COMMENT ON TABLE billing.invoice_lines IS 'The positions of an invoice, which add up to its amounts.
@kind append_only
@retention evidence';
COMMENT ON COLUMN billing.invoice_lines.description IS 'As printed; names no person.';
COMMENT ON COLUMN billing.invoice_lines.feature_key IS 'What was used, on a line of usage.';
COMMENT ON COLUMN billing.invoice_lines.net_minor IS 'Without tax, in minor units; negative on a credit note.';
COMMENT ON COLUMN billing.invoice_lines.period_end IS 'The first instant that is no longer of it.';
COMMENT ON COLUMN billing.invoice_lines.quantity_milli IS 'In thousandths, so that half a month of a seat is 500.';
COMMENT ON COLUMN billing.invoice_lines.tax_basis_points IS 'Tax rate in hundredths of a per cent: 1900 is 19 %.';
COMMENT ON COLUMN billing.invoice_lines.unit_minor IS 'Price of one, in minor units, without tax.';
COMMENT ON INDEX billing.invoice_lines_feature_key_idx IS 'rows that refer to one target, and the check of foreign key invoice_lines_feature_key_fk';

CREATE TABLE billing.invoices (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  account_id uuid NOT NULL,
  subscription_id uuid,
  kind text NOT NULL DEFAULT 'invoice'::text,
  number text NOT NULL,
  issued_on date NOT NULL,
  due_on date NOT NULL,
  period_start timestamp with time zone NOT NULL,
  period_end timestamp with time zone NOT NULL,
  currency_code text NOT NULL,
  net_minor bigint NOT NULL,
  tax_minor bigint NOT NULL,
  total_minor bigint NOT NULL,
  buyer_ciphertext text NOT NULL,
  key_id uuid NOT NULL,
  tax_note text,
  document_object_id uuid,
  status text NOT NULL DEFAULT 'valid'::text,
  supersedes_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  status_reason text
);
ALTER TABLE billing.invoices ADD CONSTRAINT invoices_account_id_fk FOREIGN KEY (tenant_id, account_id) REFERENCES billing.accounts(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE billing.invoices ADD CONSTRAINT invoices_buyer_ciphertext_encrypted_check CHECK ((buyer_ciphertext ~ '^dmz:[1-9][0-9]*:tenant:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE billing.invoices ADD CONSTRAINT invoices_credit_note_names_invoice_check CHECK (((kind <> 'credit_note'::text) OR (supersedes_id IS NOT NULL)));
ALTER TABLE billing.invoices ADD CONSTRAINT invoices_currency_code_fk FOREIGN KEY (currency_code) REFERENCES public.currencies(code) ON DELETE RESTRICT;
ALTER TABLE billing.invoices ADD CONSTRAINT invoices_document_object_id_fk FOREIGN KEY (tenant_id, document_object_id) REFERENCES files.objects(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE billing.invoices ADD CONSTRAINT invoices_due_after_issue_check CHECK ((due_on >= issued_on));
ALTER TABLE billing.invoices ADD CONSTRAINT invoices_kind_check CHECK ((kind = ANY (ARRAY['invoice'::text, 'credit_note'::text])));
ALTER TABLE billing.invoices ADD CONSTRAINT invoices_period_in_order_check CHECK ((period_end > period_start));
ALTER TABLE billing.invoices ADD CONSTRAINT invoices_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE billing.invoices ADD CONSTRAINT invoices_sign_of_kind_check CHECK (
CASE kind
    WHEN 'invoice'::text THEN ((net_minor >= 0) AND (tax_minor >= 0))
    ELSE ((net_minor <= 0) AND (tax_minor <= 0))
END);
ALTER TABLE billing.invoices ADD CONSTRAINT invoices_status_check CHECK ((status = ANY (ARRAY['valid'::text, 'superseded'::text, 'invalidated'::text])));
ALTER TABLE billing.invoices ADD CONSTRAINT invoices_status_reason_check CHECK ((status_reason = ANY (ARRAY['correction'::text, 'duplicate'::text, 'wrong_person'::text, 'misconduct'::text, 'automation'::text, 'withdrawal'::text, 'revocation'::text, 'appeal'::text, 'renewal'::text])));
ALTER TABLE billing.invoices ADD CONSTRAINT invoices_subscription_id_fk FOREIGN KEY (tenant_id, subscription_id) REFERENCES billing.subscriptions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE billing.invoices ADD CONSTRAINT invoices_supersedes_id_fk FOREIGN KEY (tenant_id, supersedes_id) REFERENCES billing.invoices(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE billing.invoices ADD CONSTRAINT invoices_supersedes_id_key UNIQUE (tenant_id, supersedes_id);
ALTER TABLE billing.invoices ADD CONSTRAINT invoices_total_is_net_and_tax_check CHECK ((total_minor = (net_minor + tax_minor)));
ALTER TABLE billing.invoices ADD CONSTRAINT refuse_unbalanced_invoice TRIGGER DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX invoices_account_id_idx ON billing.invoices USING btree (tenant_id, account_id);
CREATE INDEX invoices_currency_code_idx ON billing.invoices USING btree (currency_code);
CREATE INDEX invoices_document_object_id_idx ON billing.invoices USING btree (tenant_id, document_object_id);
CREATE INDEX invoices_issued_on_idx ON billing.invoices USING btree (tenant_id, issued_on DESC);
CREATE INDEX invoices_subscription_id_idx ON billing.invoices USING btree (tenant_id, subscription_id);
CREATE UNIQUE INDEX invoices_number_key ON billing.invoices USING btree (tenant_id, number) WHERE (supersedes_id IS NULL);
ALTER TABLE billing.invoices ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON billing.invoices AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE CONSTRAINT TRIGGER refuse_unbalanced_invoice AFTER INSERT ON billing.invoices DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION billing.refuse_unbalanced_invoice();
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON billing.invoices FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE billing.invoices TO dmz_app;
GRANT INSERT, SELECT ON TABLE billing.invoices TO dmz_mover;
COMMENT ON TABLE billing.invoices IS 'Invoices and credit notes as they were issued (Directive 2006/112/EC, Art. 226). A credit note supersedes what it corrects.
@kind append_only
@retention evidence
@subject nobody';
COMMENT ON COLUMN billing.invoices.buyer_ciphertext IS 'Name, address and tax number as printed: JSON, encrypted with the key that `key_id` names.
Kept for proving who was billed, as long as tax law asks.
@pii identity
@erasure shred';
COMMENT ON COLUMN billing.invoices.document_object_id IS 'The document that was sent.';
COMMENT ON COLUMN billing.invoices.key_id IS 'Id of the tenant’s key, destroyed when the tax law’s period is over.';
COMMENT ON COLUMN billing.invoices.net_minor IS 'Without tax, in minor units; negative on a credit note.';
COMMENT ON COLUMN billing.invoices.number IS 'Sequential and unique, as printed (Art. 226(2)).';
COMMENT ON COLUMN billing.invoices.period_end IS 'The first instant that is no longer of it.';
COMMENT ON COLUMN billing.invoices.status_reason IS 'Why it supersedes or invalidates another record.';
COMMENT ON COLUMN billing.invoices.subscription_id IS 'Null for what is no subscription’s.';
COMMENT ON COLUMN billing.invoices.supersedes_id IS 'The record that this one supersedes or invalidates.';
COMMENT ON COLUMN billing.invoices.tax_note IS 'Why no tax was charged, such as reverse charge (Art. 226(11a)).';
COMMENT ON COLUMN billing.invoices.total_minor IS 'Net and tax.';
COMMENT ON INDEX billing.invoices_account_id_idx IS 'rows that refer to one target, and the check of foreign key invoices_account_id_fk';
COMMENT ON INDEX billing.invoices_currency_code_idx IS 'rows that refer to one target, and the check of foreign key invoices_currency_code_fk';
COMMENT ON INDEX billing.invoices_document_object_id_idx IS 'rows that refer to one target, and the check of foreign key invoices_document_object_id_fk';
COMMENT ON INDEX billing.invoices_issued_on_idx IS 'a tenant’s invoices, newest first';
COMMENT ON INDEX billing.invoices_subscription_id_idx IS 'rows that refer to one target, and the check of foreign key invoices_subscription_id_fk';

CREATE TABLE billing.license_keys (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  plan_code text NOT NULL,
  key_sha256 text NOT NULL,
  seats integer NOT NULL,
  signature text NOT NULL,
  issued_to_user_id uuid,
  valid_from timestamp with time zone NOT NULL,
  valid_until timestamp with time zone NOT NULL,
  activated_at timestamp with time zone,
  revoked_at timestamp with time zone,
  revoked_reason text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE billing.license_keys ADD CONSTRAINT license_keys_issued_to_user_id_fk FOREIGN KEY (tenant_id, issued_to_user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE billing.license_keys ADD CONSTRAINT license_keys_key_sha256_form_check CHECK ((key_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE billing.license_keys ADD CONSTRAINT license_keys_key_sha256_key UNIQUE (tenant_id, key_sha256);
ALTER TABLE billing.license_keys ADD CONSTRAINT license_keys_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE billing.license_keys ADD CONSTRAINT license_keys_plan_code_fk FOREIGN KEY (plan_code) REFERENCES billing.plans(code) ON DELETE RESTRICT;
ALTER TABLE billing.license_keys ADD CONSTRAINT license_keys_revoked_for_a_reason_check CHECK (((revoked_at IS NULL) = (revoked_reason IS NULL)));
ALTER TABLE billing.license_keys ADD CONSTRAINT license_keys_revoked_reason_check CHECK ((revoked_reason = ANY (ARRAY['replaced'::text, 'leaked'::text, 'unpaid'::text, 'cancelled'::text])));
ALTER TABLE billing.license_keys ADD CONSTRAINT license_keys_seats_positive_check CHECK ((seats > 0));
ALTER TABLE billing.license_keys ADD CONSTRAINT license_keys_validity_order_check CHECK ((valid_until > valid_from));
CREATE INDEX license_keys_issued_to_user_id_idx ON billing.license_keys USING btree (tenant_id, issued_to_user_id);
CREATE INDEX license_keys_plan_code_idx ON billing.license_keys USING btree (plan_code);
ALTER TABLE billing.license_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON billing.license_keys AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON billing.license_keys FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE billing.license_keys TO dmz_mover;
GRANT SELECT ON TABLE billing.license_keys TO dmz_app;
GRANT UPDATE ON COLUMN billing.license_keys.key_sha256 TO dmz_app;
GRANT UPDATE ON COLUMN billing.license_keys.signature TO dmz_app;
COMMENT ON TABLE billing.license_keys IS 'Keys that entitle an installation of a tenant’s own to a plan, also where it cannot ask the platform.
@kind tenant
@retention tenant
@subject issued_to_user_id of auth.users';
COMMENT ON COLUMN billing.license_keys.issued_to_user_id IS 'The person who received the key.';
COMMENT ON COLUMN billing.license_keys.key_sha256 IS 'Kept for recognising an installation.
@pii credential
@erasure replace';
COMMENT ON COLUMN billing.license_keys.signature IS 'Ed25519 (RFC 8032) over the license’s canonical JSON (RFC 8785), base64url.
Kept for proving the license without asking the platform.
@pii credential
@erasure replace';
COMMENT ON INDEX billing.license_keys_issued_to_user_id_idx IS 'rows that refer to one target, and the check of foreign key license_keys_issued_to_user_id_fk';
COMMENT ON INDEX billing.license_keys_plan_code_idx IS 'rows that refer to one target, and the check of foreign key license_keys_plan_code_fk';

CREATE TABLE billing.payments (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  invoice_id uuid NOT NULL,
  kind text NOT NULL,
  method text NOT NULL,
  amount_minor bigint NOT NULL,
  currency_code text NOT NULL,
  occurred_at timestamp with time zone NOT NULL,
  provider_reference text,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE billing.payments ADD CONSTRAINT payments_currency_code_fk FOREIGN KEY (currency_code) REFERENCES public.currencies(code) ON DELETE RESTRICT;
ALTER TABLE billing.payments ADD CONSTRAINT payments_invoice_id_fk FOREIGN KEY (tenant_id, invoice_id) REFERENCES billing.invoices(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE billing.payments ADD CONSTRAINT payments_kind_check CHECK ((kind = ANY (ARRAY['payment'::text, 'refund'::text, 'chargeback'::text, 'write_off'::text])));
ALTER TABLE billing.payments ADD CONSTRAINT payments_method_check CHECK ((method = ANY (ARRAY['card'::text, 'direct_debit'::text, 'transfer'::text, 'none'::text])));
ALTER TABLE billing.payments ADD CONSTRAINT payments_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE billing.payments ADD CONSTRAINT payments_provider_reference_key UNIQUE (tenant_id, provider_reference);
ALTER TABLE billing.payments ADD CONSTRAINT payments_sign_of_kind_check CHECK (
CASE
    WHEN (kind = ANY (ARRAY['payment'::text, 'write_off'::text])) THEN (amount_minor > 0)
    ELSE (amount_minor < 0)
END);
CREATE INDEX payments_currency_code_idx ON billing.payments USING btree (currency_code);
CREATE INDEX payments_invoice_id_idx ON billing.payments USING btree (tenant_id, invoice_id);
ALTER TABLE billing.payments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON billing.payments AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON billing.payments FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE billing.payments TO dmz_mover;
GRANT SELECT ON TABLE billing.payments TO dmz_app;
COMMENT ON TABLE billing.payments IS 'Money that moved for an invoice. What is still owed is its total less the sum of these.
@kind append_only
@retention evidence';
COMMENT ON COLUMN billing.payments.amount_minor IS 'In minor units; negative where money went back.';
COMMENT ON COLUMN billing.payments.provider_reference IS 'Its id at the payment provider; null where none is involved.';
COMMENT ON INDEX billing.payments_currency_code_idx IS 'rows that refer to one target, and the check of foreign key payments_currency_code_fk';
COMMENT ON INDEX billing.payments_invoice_id_idx IS 'rows that refer to one target, and the check of foreign key payments_invoice_id_fk';

CREATE TABLE billing.plan_features (
  plan_code text NOT NULL,
  feature_key text NOT NULL,
  quantity integer,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE billing.plan_features ADD CONSTRAINT plan_features_feature_key_fk FOREIGN KEY (feature_key) REFERENCES billing.features(key) ON DELETE RESTRICT;
ALTER TABLE billing.plan_features ADD CONSTRAINT plan_features_pkey PRIMARY KEY (plan_code, feature_key);
ALTER TABLE billing.plan_features ADD CONSTRAINT plan_features_plan_code_fk FOREIGN KEY (plan_code) REFERENCES billing.plans(code) ON DELETE RESTRICT;
ALTER TABLE billing.plan_features ADD CONSTRAINT plan_features_quantity_not_negative_check CHECK ((quantity >= 0));
CREATE INDEX plan_features_feature_key_idx ON billing.plan_features USING btree (feature_key);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON billing.plan_features FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT SELECT ON TABLE billing.plan_features TO dmz_app;
GRANT SELECT ON TABLE billing.plan_features TO dmz_tenant;
COMMENT ON TABLE billing.plan_features IS 'What a plan contains, and how much of it.
@kind reference
@retention platform';
COMMENT ON COLUMN billing.plan_features.quantity IS 'Null for a switch, and for as much as is wanted.';
COMMENT ON INDEX billing.plan_features_feature_key_idx IS 'rows that refer to one target, and the check of foreign key plan_features_feature_key_fk';

CREATE TABLE billing.plan_prices (
  plan_code text NOT NULL,
  currency_code text NOT NULL,
  billing_interval text NOT NULL,
  seat_minor bigint NOT NULL,
  valid_from date NOT NULL,
  valid_until date,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE billing.plan_prices ADD CONSTRAINT plan_prices_billing_interval_check CHECK ((billing_interval = ANY (ARRAY['month'::text, 'year'::text])));
ALTER TABLE billing.plan_prices ADD CONSTRAINT plan_prices_currency_code_fk FOREIGN KEY (currency_code) REFERENCES public.currencies(code) ON DELETE RESTRICT;
ALTER TABLE billing.plan_prices ADD CONSTRAINT plan_prices_days_in_order_check CHECK ((valid_until >= valid_from));
ALTER TABLE billing.plan_prices ADD CONSTRAINT plan_prices_pkey PRIMARY KEY (plan_code, currency_code, billing_interval, valid_from);
ALTER TABLE billing.plan_prices ADD CONSTRAINT plan_prices_plan_code_fk FOREIGN KEY (plan_code) REFERENCES billing.plans(code) ON DELETE RESTRICT;
ALTER TABLE billing.plan_prices ADD CONSTRAINT plan_prices_price_not_negative_check CHECK ((seat_minor >= 0));
CREATE INDEX plan_prices_currency_code_idx ON billing.plan_prices USING btree (currency_code);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON billing.plan_prices FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT SELECT ON TABLE billing.plan_prices TO dmz_app;
GRANT SELECT ON TABLE billing.plan_prices TO dmz_tenant;
COMMENT ON TABLE billing.plan_prices IS 'What a seat of a plan costs, by currency, interval and the day from which the price holds.
@kind reference
@retention platform';
COMMENT ON COLUMN billing.plan_prices.seat_minor IS 'Per seat and interval, in minor units, without tax.';
COMMENT ON COLUMN billing.plan_prices.valid_until IS 'Last day; null while it holds.';
COMMENT ON INDEX billing.plan_prices_currency_code_idx IS 'rows that refer to one target, and the check of foreign key plan_prices_currency_code_fk';

CREATE TABLE billing.plans (
  code text NOT NULL,
  name text NOT NULL,
  description text NOT NULL,
  "position" integer NOT NULL,
  isolation text NOT NULL DEFAULT 'shared'::text,
  min_seats integer NOT NULL DEFAULT 1,
  max_seats integer,
  trial_days integer NOT NULL DEFAULT 0,
  is_public boolean NOT NULL DEFAULT true,
  details jsonb NOT NULL DEFAULT '{}'::jsonb,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE billing.plans ADD CONSTRAINT plans_code_form_check CHECK ((code ~ '^[a-z][a-z0-9_]*$'::text));
ALTER TABLE billing.plans ADD CONSTRAINT plans_isolation_check CHECK ((isolation = ANY (ARRAY['shared'::text, 'schema'::text, 'instance'::text])));
ALTER TABLE billing.plans ADD CONSTRAINT plans_pkey PRIMARY KEY (code);
ALTER TABLE billing.plans ADD CONSTRAINT plans_position_key UNIQUE ("position");
ALTER TABLE billing.plans ADD CONSTRAINT plans_seats_range_check CHECK (((min_seats > 0) AND (max_seats >= min_seats)));
ALTER TABLE billing.plans ADD CONSTRAINT plans_trial_days_not_negative_check CHECK ((trial_days >= 0));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON billing.plans FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT SELECT ON TABLE billing.plans TO dmz_app;
GRANT SELECT ON TABLE billing.plans TO dmz_mover;
GRANT SELECT ON TABLE billing.plans TO dmz_tenant;
COMMENT ON TABLE billing.plans IS 'Plans that tenants can subscribe to.
@kind reference
@retention platform
@evolving';
COMMENT ON COLUMN billing.plans."position" IS 'Order in which plans are shown, smallest first.';
COMMENT ON COLUMN billing.plans.details IS 'What the price page shows beyond features and limits.';
COMMENT ON COLUMN billing.plans.is_public IS 'Whether a tenant can choose it alone; others are agreed on.';
COMMENT ON COLUMN billing.plans.isolation IS 'How its tenants are kept apart, as public.tenants.tier.';
COMMENT ON COLUMN billing.plans.max_seats IS 'Null without a limit.';
COMMENT ON COLUMN billing.plans.version IS 'Version of the payload’s shape.';

CREATE OR REPLACE FUNCTION billing.refuse_unbalanced_invoice()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  invoice uuid;
  difference record;
BEGIN
  IF TG_TABLE_NAME = 'invoices' THEN
    invoice := NEW.id;
  ELSE
    invoice := NEW.invoice_id;
  END IF;
  SELECT i.net_minor, i.tax_minor, coalesce(sum(l.net_minor), 0) AS net_of_lines, coalesce(sum(l.tax_minor), 0) AS tax_of_lines
    INTO difference
    FROM billing.invoices AS i LEFT JOIN billing.invoice_lines AS l ON l.tenant_id = i.tenant_id AND l.invoice_id = i.id
    WHERE i.tenant_id = NEW.tenant_id AND i.id = invoice
    GROUP BY i.net_minor, i.tax_minor;
  IF NOT FOUND OR difference.net_minor <> difference.net_of_lines OR difference.tax_minor <> difference.tax_of_lines THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD040', MESSAGE = 'the lines of an invoice do not add up to its amounts',
      DETAIL = pg_catalog.json_build_object('invoiceId', invoice, 'invoice', pg_catalog.json_build_array(difference.net_minor, difference.tax_minor),
        'lines', pg_catalog.json_build_array(difference.net_of_lines, difference.tax_of_lines))::text,
      HINT = 'Insert an invoice and all of its lines in one transaction; correct an issued one by a credit note.';
  END IF;
  RETURN NULL;
END
$function$;
COMMENT ON FUNCTION billing.refuse_unbalanced_invoice() IS 'At commit, the lines of each new invoice add up to its net and its tax; ZD040 is a difference, or an invoice that the context of the commit does not see.';

CREATE TABLE billing.subscriptions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  account_id uuid NOT NULL,
  plan_code text NOT NULL,
  status text NOT NULL,
  seats integer NOT NULL,
  seat_minor bigint NOT NULL,
  currency_code text NOT NULL,
  billing_interval text NOT NULL,
  period_start timestamp with time zone NOT NULL,
  period_end timestamp with time zone NOT NULL,
  started_at timestamp with time zone NOT NULL,
  trial_ends_at timestamp with time zone,
  cancel_at timestamp with time zone,
  ended_at timestamp with time zone,
  provider_reference text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE billing.subscriptions ADD CONSTRAINT subscriptions_account_id_fk FOREIGN KEY (tenant_id, account_id) REFERENCES billing.accounts(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE billing.subscriptions ADD CONSTRAINT subscriptions_billing_interval_check CHECK ((billing_interval = ANY (ARRAY['month'::text, 'year'::text])));
ALTER TABLE billing.subscriptions ADD CONSTRAINT subscriptions_currency_code_fk FOREIGN KEY (currency_code) REFERENCES public.currencies(code) ON DELETE RESTRICT;
ALTER TABLE billing.subscriptions ADD CONSTRAINT subscriptions_ended_where_over_check CHECK (((status = ANY (ARRAY['cancelled'::text, 'expired'::text])) = (ended_at IS NOT NULL)));
ALTER TABLE billing.subscriptions ADD CONSTRAINT subscriptions_period_in_order_check CHECK ((period_end > period_start));
ALTER TABLE billing.subscriptions ADD CONSTRAINT subscriptions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE billing.subscriptions ADD CONSTRAINT subscriptions_plan_code_fk FOREIGN KEY (plan_code) REFERENCES billing.plans(code) ON DELETE RESTRICT;
ALTER TABLE billing.subscriptions ADD CONSTRAINT subscriptions_price_not_negative_check CHECK ((seat_minor >= 0));
ALTER TABLE billing.subscriptions ADD CONSTRAINT subscriptions_provider_reference_key UNIQUE (tenant_id, provider_reference);
ALTER TABLE billing.subscriptions ADD CONSTRAINT subscriptions_seats_positive_check CHECK ((seats > 0));
ALTER TABLE billing.subscriptions ADD CONSTRAINT subscriptions_status_check CHECK ((status = ANY (ARRAY['trialing'::text, 'active'::text, 'past_due'::text, 'paused'::text, 'cancelled'::text, 'expired'::text])));
ALTER TABLE billing.subscriptions ADD CONSTRAINT subscriptions_trial_has_an_end_check CHECK (((status <> 'trialing'::text) OR (trial_ends_at IS NOT NULL)));
CREATE INDEX subscriptions_account_id_idx ON billing.subscriptions USING btree (tenant_id, account_id);
CREATE INDEX subscriptions_currency_code_idx ON billing.subscriptions USING btree (currency_code);
CREATE INDEX subscriptions_plan_code_idx ON billing.subscriptions USING btree (plan_code);
CREATE INDEX subscriptions_status_period_end_idx ON billing.subscriptions USING btree (tenant_id, status, period_end);
ALTER TABLE billing.subscriptions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON billing.subscriptions AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON billing.subscriptions FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE billing.subscriptions TO dmz_mover;
GRANT SELECT ON TABLE billing.subscriptions TO dmz_app;
COMMENT ON TABLE billing.subscriptions IS 'Plans that a tenant subscribed to, at the price that was agreed.
@kind tenant
@retention tenant';
COMMENT ON COLUMN billing.subscriptions.cancel_at IS 'When it ends as things stand; null while it renews itself.';
COMMENT ON COLUMN billing.subscriptions.period_end IS 'The first instant that is no longer of it.';
COMMENT ON COLUMN billing.subscriptions.provider_reference IS 'Its id at the payment provider; null where none is involved.';
COMMENT ON COLUMN billing.subscriptions.seat_minor IS 'Agreed per seat and interval, in minor units, without tax.';
COMMENT ON INDEX billing.subscriptions_account_id_idx IS 'rows that refer to one target, and the check of foreign key subscriptions_account_id_fk';
COMMENT ON INDEX billing.subscriptions_currency_code_idx IS 'rows that refer to one target, and the check of foreign key subscriptions_currency_code_fk';
COMMENT ON INDEX billing.subscriptions_plan_code_idx IS 'rows that refer to one target, and the check of foreign key subscriptions_plan_code_fk';
COMMENT ON INDEX billing.subscriptions_status_period_end_idx IS 'subscriptions to renew or to end';

CREATE TABLE billing.usage_records (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  subscription_id uuid NOT NULL,
  feature_key text NOT NULL,
  quantity bigint NOT NULL,
  period_start timestamp with time zone NOT NULL,
  period_end timestamp with time zone NOT NULL,
  source_key text NOT NULL,
  status text NOT NULL DEFAULT 'valid'::text,
  supersedes_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  status_reason text
);
ALTER TABLE billing.usage_records ADD CONSTRAINT usage_records_feature_key_fk FOREIGN KEY (feature_key) REFERENCES billing.features(key) ON DELETE RESTRICT;
ALTER TABLE billing.usage_records ADD CONSTRAINT usage_records_period_in_order_check CHECK ((period_end > period_start));
ALTER TABLE billing.usage_records ADD CONSTRAINT usage_records_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE billing.usage_records ADD CONSTRAINT usage_records_quantity_not_negative_check CHECK ((quantity >= 0));
ALTER TABLE billing.usage_records ADD CONSTRAINT usage_records_status_check CHECK ((status = ANY (ARRAY['valid'::text, 'superseded'::text, 'invalidated'::text])));
ALTER TABLE billing.usage_records ADD CONSTRAINT usage_records_status_reason_check CHECK ((status_reason = ANY (ARRAY['correction'::text, 'duplicate'::text, 'wrong_person'::text, 'misconduct'::text, 'automation'::text, 'withdrawal'::text, 'revocation'::text, 'appeal'::text, 'renewal'::text])));
ALTER TABLE billing.usage_records ADD CONSTRAINT usage_records_subscription_id_fk FOREIGN KEY (tenant_id, subscription_id) REFERENCES billing.subscriptions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE billing.usage_records ADD CONSTRAINT usage_records_supersedes_id_fk FOREIGN KEY (tenant_id, supersedes_id) REFERENCES billing.usage_records(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE billing.usage_records ADD CONSTRAINT usage_records_supersedes_id_key UNIQUE (tenant_id, supersedes_id);
CREATE INDEX usage_records_feature_key_idx ON billing.usage_records USING btree (feature_key);
CREATE INDEX usage_records_subscription_id_feature_key_period_start_idx ON billing.usage_records USING btree (tenant_id, subscription_id, feature_key, period_start);
CREATE UNIQUE INDEX usage_records_feature_key_source_key_key ON billing.usage_records USING btree (tenant_id, feature_key, source_key) WHERE (supersedes_id IS NULL);
ALTER TABLE billing.usage_records ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON billing.usage_records AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON billing.usage_records FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE billing.usage_records TO dmz_app;
GRANT INSERT, SELECT ON TABLE billing.usage_records TO dmz_mover;
COMMENT ON TABLE billing.usage_records IS 'How much of a metered feature a tenant used. What was counted wrongly is superseded.
@kind append_only
@retention evidence';
COMMENT ON COLUMN billing.usage_records.period_end IS 'The first instant that is no longer of it.';
COMMENT ON COLUMN billing.usage_records.source_key IS 'Names the count that it reports, so that the same one reported twice is kept once.';
COMMENT ON COLUMN billing.usage_records.status_reason IS 'Why it supersedes or invalidates another record.';
COMMENT ON COLUMN billing.usage_records.supersedes_id IS 'The record that this one supersedes or invalidates.';
COMMENT ON INDEX billing.usage_records_feature_key_idx IS 'rows that refer to one target, and the check of foreign key usage_records_feature_key_fk';
COMMENT ON INDEX billing.usage_records_subscription_id_feature_key_period_start_idx IS 'usage to be billed for a period';

CREATE SCHEMA content;
GRANT USAGE ON SCHEMA content TO dmz_app;
GRANT USAGE ON SCHEMA content TO dmz_maintenance;
GRANT USAGE ON SCHEMA content TO dmz_mover;

CREATE TABLE content.assets (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  key text NOT NULL,
  object_id uuid NOT NULL,
  kind text NOT NULL,
  alt_text text,
  width_px integer,
  height_px integer,
  duration_ms integer,
  licence text NOT NULL,
  attribution text,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE content.assets ADD CONSTRAINT assets_duration_positive_check CHECK ((duration_ms > 0));
ALTER TABLE content.assets ADD CONSTRAINT assets_image_has_alt_text_check CHECK (((kind <> 'image'::text) OR (alt_text IS NOT NULL)));
ALTER TABLE content.assets ADD CONSTRAINT assets_key_form_check CHECK ((key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text));
ALTER TABLE content.assets ADD CONSTRAINT assets_kind_check CHECK ((kind = ANY (ARRAY['image'::text, 'audio'::text, 'video'::text, 'font'::text, 'document'::text])));
ALTER TABLE content.assets ADD CONSTRAINT assets_object_id_fk FOREIGN KEY (tenant_id, object_id) REFERENCES files.objects(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE content.assets ADD CONSTRAINT assets_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE content.assets ADD CONSTRAINT assets_size_complete_check CHECK (((width_px IS NULL) = (height_px IS NULL)));
ALTER TABLE content.assets ADD CONSTRAINT assets_size_positive_check CHECK (((width_px > 0) AND (height_px > 0)));
CREATE INDEX assets_object_id_idx ON content.assets USING btree (tenant_id, object_id);
CREATE UNIQUE INDEX assets_key_key ON content.assets USING btree (tenant_id, key) WHERE (deleted_at IS NULL);
ALTER TABLE content.assets ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON content.assets AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON content.assets FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE content.assets TO dmz_mover;
GRANT SELECT ON TABLE content.assets TO dmz_app;
COMMENT ON TABLE content.assets IS 'Images, sounds, films and typefaces that content shows; the bytes are an object of files.
@kind tenant
@retention tenant
@subject nobody';
COMMENT ON COLUMN content.assets.alt_text IS 'What it shows, in words (WCAG 2.2, success criterion 1.1.1); empty for what only decorates.';
COMMENT ON COLUMN content.assets.attribution IS 'Kept for naming the author, as the licence asks.
@pii identity
@erasure null';
COMMENT ON COLUMN content.assets.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN content.assets.key IS 'Stable name that content refers to it by.';
COMMENT ON COLUMN content.assets.licence IS 'SPDX licence expression, or LicenseRef-… of the tenant’s.';
COMMENT ON COLUMN content.assets.object_id IS 'The bytes, with their type, size and hash.';
COMMENT ON INDEX content.assets_object_id_idx IS 'rows that refer to one target, and the check of foreign key assets_object_id_fk';

CREATE TABLE content.content_packs (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  number integer NOT NULL,
  pack_version text NOT NULL,
  title text NOT NULL,
  description text,
  licence text,
  state text NOT NULL DEFAULT 'draft'::text,
  manifest_sha256 text,
  released_by_id uuid,
  released_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE content.content_packs ADD CONSTRAINT content_packs_manifest_sha256_form_check CHECK ((manifest_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE content.content_packs ADD CONSTRAINT content_packs_name_form_check CHECK ((name ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text));
ALTER TABLE content.content_packs ADD CONSTRAINT content_packs_name_number_key UNIQUE (tenant_id, name, number);
ALTER TABLE content.content_packs ADD CONSTRAINT content_packs_number_positive_check CHECK ((number > 0));
ALTER TABLE content.content_packs ADD CONSTRAINT content_packs_pack_version_form_check CHECK ((pack_version = ((name || '@'::text) || number)));
ALTER TABLE content.content_packs ADD CONSTRAINT content_packs_pack_version_key UNIQUE (tenant_id, pack_version);
ALTER TABLE content.content_packs ADD CONSTRAINT content_packs_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE content.content_packs ADD CONSTRAINT content_packs_release_complete_check CHECK ((((state = 'draft'::text) = (released_at IS NULL)) AND ((state = 'draft'::text) = (manifest_sha256 IS NULL))));
ALTER TABLE content.content_packs ADD CONSTRAINT content_packs_released_by_id_fk FOREIGN KEY (tenant_id, released_by_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE content.content_packs ADD CONSTRAINT content_packs_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'released'::text, 'withdrawn'::text])));
ALTER TABLE content.content_packs ADD CONSTRAINT content_packs_times_in_order_check CHECK ((withdrawn_at >= released_at));
ALTER TABLE content.content_packs ADD CONSTRAINT content_packs_withdrawal_complete_check CHECK (((state = 'withdrawn'::text) = (withdrawn_at IS NOT NULL)));
CREATE INDEX content_packs_released_by_id_idx ON content.content_packs USING btree (tenant_id, released_by_id);
ALTER TABLE content.content_packs ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON content.content_packs AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER keep_released_pack BEFORE UPDATE ON content.content_packs FOR EACH ROW EXECUTE FUNCTION content.keep_released_pack();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON content.content_packs FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE content.content_packs TO dmz_mover;
GRANT SELECT ON TABLE content.content_packs TO dmz_app;
COMMENT ON TABLE content.content_packs IS 'Packs of content by name and number; once released, a pack keeps its content for good.
@kind tenant
@retention tenant';
COMMENT ON COLUMN content.content_packs.licence IS 'SPDX licence expression; null for the tenant’s own.';
COMMENT ON COLUMN content.content_packs.manifest_sha256 IS 'SHA-256 over the hashes of all that it holds, in the order of their keys; null while a draft.';
COMMENT ON COLUMN content.content_packs.name IS 'Name that the numbers count under, such as base.';
COMMENT ON COLUMN content.content_packs.number IS 'Counts the pack’s releases from 1.';
COMMENT ON COLUMN content.content_packs.pack_version IS 'Pack and version that a session names, such as base@1.';
COMMENT ON COLUMN content.content_packs.withdrawn_at IS 'From then on no new session takes it; old ones still replay.';
COMMENT ON INDEX content.content_packs_released_by_id_idx IS 'rows that refer to one target, and the check of foreign key content_packs_released_by_id_fk';

CREATE TABLE content.document_templates (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  pack_version text NOT NULL,
  key text NOT NULL,
  kind text NOT NULL,
  title text NOT NULL,
  supports text NOT NULL,
  difficulty integer NOT NULL,
  template jsonb NOT NULL,
  template_sha256 text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE content.document_templates ADD CONSTRAINT document_templates_difficulty_range_check CHECK (((difficulty >= 1) AND (difficulty <= 5)));
ALTER TABLE content.document_templates ADD CONSTRAINT document_templates_kind_check CHECK ((kind = ANY (ARRAY['registry_extract'::text, 'callback_transcript'::text, 'header_trace'::text, 'identity_document'::text, 'reference'::text, 'site_photo'::text])));
ALTER TABLE content.document_templates ADD CONSTRAINT document_templates_pack_version_key_key UNIQUE (tenant_id, pack_version, key);
ALTER TABLE content.document_templates ADD CONSTRAINT document_templates_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE content.document_templates ADD CONSTRAINT document_templates_supports_check CHECK ((supports = ANY (ARRAY['honest'::text, 'deceptive'::text, 'inconclusive'::text])));
ALTER TABLE content.document_templates ADD CONSTRAINT document_templates_template_sha256_form_check CHECK ((template_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE content.document_templates ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON content.document_templates AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON content.document_templates FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE content.document_templates TO dmz_mover;
GRANT SELECT ON TABLE content.document_templates TO dmz_app;
COMMENT ON TABLE content.document_templates IS 'The papers that a verification can bring, genuine and forged: extracts, transcripts, traces, identity papers.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN content.document_templates.difficulty IS 'How hard it is to read: 1 plain to 5 expert.';
COMMENT ON COLUMN content.document_templates.pack_version IS 'Pack and version that a session names, such as base@1.';
COMMENT ON COLUMN content.document_templates.supports IS 'What the paper, read carefully, speaks for.';
COMMENT ON COLUMN content.document_templates.template IS 'Text with its placeholders, and what gives a forgery away.';
COMMENT ON COLUMN content.document_templates.template_sha256 IS 'SHA-256 of the template’s canonical JSON (RFC 8785).';
COMMENT ON COLUMN content.document_templates.version IS 'Version of the payload’s shape.';

CREATE TABLE content.email_templates (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  pack_version text NOT NULL,
  key text NOT NULL,
  category text NOT NULL,
  legitimate boolean NOT NULL,
  difficulty integer NOT NULL,
  subject text NOT NULL,
  template jsonb NOT NULL,
  template_sha256 text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE content.email_templates ADD CONSTRAINT email_templates_difficulty_range_check CHECK (((difficulty >= 1) AND (difficulty <= 5)));
ALTER TABLE content.email_templates ADD CONSTRAINT email_templates_pack_version_key_key UNIQUE (tenant_id, pack_version, key);
ALTER TABLE content.email_templates ADD CONSTRAINT email_templates_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE content.email_templates ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON content.email_templates AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON content.email_templates FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE content.email_templates TO dmz_mover;
GRANT INSERT, SELECT ON TABLE content.email_templates TO dmz_app;
COMMENT ON TABLE content.email_templates IS 'The e-mails that can arrive in a game, honest and deceptive, each with its annotated indicators.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN content.email_templates.pack_version IS 'Pack and version that a session names, such as base@1.';
COMMENT ON COLUMN content.email_templates.template IS 'The whole template, as the engine reads it.';
COMMENT ON COLUMN content.email_templates.template_sha256 IS 'SHA-256 of the template’s canonical JSON (RFC 8785).';
COMMENT ON COLUMN content.email_templates.version IS 'Version of the payload’s shape.';

CREATE TABLE content.item_versions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  item_id uuid NOT NULL,
  revision integer NOT NULL,
  payload jsonb NOT NULL,
  payload_sha256 text NOT NULL,
  change_note text,
  author_id uuid,
  generation_job_id uuid,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE content.item_versions ADD CONSTRAINT item_versions_author_id_fk FOREIGN KEY (tenant_id, author_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE content.item_versions ADD CONSTRAINT item_versions_change_note_encrypted_check CHECK ((change_note ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE content.item_versions ADD CONSTRAINT item_versions_item_id_fk FOREIGN KEY (tenant_id, item_id) REFERENCES content.items(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE content.item_versions ADD CONSTRAINT item_versions_item_id_revision_key UNIQUE (tenant_id, item_id, revision);
ALTER TABLE content.item_versions ADD CONSTRAINT item_versions_payload_sha256_form_check CHECK ((payload_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE content.item_versions ADD CONSTRAINT item_versions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE content.item_versions ADD CONSTRAINT item_versions_revision_positive_check CHECK ((revision > 0));
CREATE INDEX item_versions_author_id_idx ON content.item_versions USING btree (tenant_id, author_id);
ALTER TABLE content.item_versions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON content.item_versions AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON content.item_versions FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE content.item_versions TO dmz_mover;
GRANT SELECT ON TABLE content.item_versions TO dmz_app;
COMMENT ON TABLE content.item_versions IS 'Every version of an item, as it was when it was frozen for review or release.
@kind append_only
@retention evidence
@evolving
@subject author_id of auth.users';
COMMENT ON COLUMN content.item_versions.author_id IS 'Who froze it; null for what the platform ships or a model generated.';
COMMENT ON COLUMN content.item_versions.change_note IS 'Kept for telling reviewers what changed.
@pii free_text
@erasure shred';
COMMENT ON COLUMN content.item_versions.generation_job_id IS 'Id in ai.generation_jobs; null where no model wrote it.';
COMMENT ON COLUMN content.item_versions.payload IS 'The whole item in the shape of its kind.';
COMMENT ON COLUMN content.item_versions.payload_sha256 IS 'SHA-256 of the payload’s canonical JSON (RFC 8785).';
COMMENT ON COLUMN content.item_versions.revision IS 'Counts the item’s versions from 1.';
COMMENT ON COLUMN content.item_versions.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX content.item_versions_author_id_idx IS 'rows that refer to one target, and the check of foreign key item_versions_author_id_fk';

CREATE TABLE content.items (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  key text NOT NULL,
  kind text NOT NULL,
  title text NOT NULL,
  source_locale_tag text NOT NULL DEFAULT 'en'::text,
  state text NOT NULL DEFAULT 'draft'::text,
  origin text NOT NULL DEFAULT 'authored'::text,
  difficulty integer,
  attack_technique_id text,
  tags jsonb NOT NULL DEFAULT '[]'::jsonb,
  draft jsonb NOT NULL,
  latest_revision integer NOT NULL DEFAULT 0,
  author_id uuid,
  released_at timestamp with time zone,
  version integer NOT NULL DEFAULT 1,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE content.items ADD CONSTRAINT items_attack_technique_form_check CHECK ((attack_technique_id ~ '^T[0-9]{4}([.][0-9]{3})?$'::text));
ALTER TABLE content.items ADD CONSTRAINT items_author_id_fk FOREIGN KEY (tenant_id, author_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE content.items ADD CONSTRAINT items_difficulty_range_check CHECK (((difficulty >= 1) AND (difficulty <= 5)));
ALTER TABLE content.items ADD CONSTRAINT items_key_form_check CHECK ((key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text));
ALTER TABLE content.items ADD CONSTRAINT items_kind_check CHECK ((kind = ANY (ARRAY['email'::text, 'document'::text, 'scenario'::text, 'campaign'::text, 'story_node'::text, 'lesson'::text, 'landing_page'::text, 'teachable_moment'::text])));
ALTER TABLE content.items ADD CONSTRAINT items_latest_revision_counted_check CHECK ((latest_revision >= 0));
ALTER TABLE content.items ADD CONSTRAINT items_origin_check CHECK ((origin = ANY (ARRAY['authored'::text, 'generated'::text, 'imported'::text, 'community'::text])));
ALTER TABLE content.items ADD CONSTRAINT items_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE content.items ADD CONSTRAINT items_released_has_version_check CHECK (((state <> 'released'::text) OR ((released_at IS NOT NULL) AND (latest_revision > 0))));
ALTER TABLE content.items ADD CONSTRAINT items_source_locale_tag_fk FOREIGN KEY (source_locale_tag) REFERENCES public.locales(tag) ON DELETE RESTRICT;
ALTER TABLE content.items ADD CONSTRAINT items_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'in_review'::text, 'approved'::text, 'released'::text, 'retired'::text])));
ALTER TABLE content.items ADD CONSTRAINT items_tags_are_a_list_check CHECK ((jsonb_typeof(tags) = 'array'::text));
CREATE INDEX items_author_id_idx ON content.items USING btree (tenant_id, author_id);
CREATE INDEX items_source_locale_tag_idx ON content.items USING btree (source_locale_tag);
CREATE INDEX items_state_created_at_idx ON content.items USING btree (tenant_id, state, created_at DESC);
CREATE UNIQUE INDEX items_kind_key_key ON content.items USING btree (tenant_id, kind, key) WHERE (deleted_at IS NULL);
ALTER TABLE content.items ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON content.items AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON content.items FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE content.items TO dmz_mover;
GRANT SELECT ON TABLE content.items TO dmz_app;
COMMENT ON TABLE content.items IS 'Pieces of content of every kind, each with the draft that is being worked on.
@kind tenant
@retention tenant
@evolving
@subject author_id of auth.users';
COMMENT ON COLUMN content.items.attack_technique_id IS 'What it trains to recognise: key of threat.attack_vectors, such as T1566.002.';
COMMENT ON COLUMN content.items.author_id IS 'Who answers for it; null for what the platform ships.';
COMMENT ON COLUMN content.items.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN content.items.difficulty IS '1 obvious to 5 expert; null where the kind has none.';
COMMENT ON COLUMN content.items.draft IS 'The item as it stands, in the shape of its kind; a version freezes it.';
COMMENT ON COLUMN content.items.key IS 'Stable name, which the released content carries too.';
COMMENT ON COLUMN content.items.latest_revision IS 'Revision of the newest of item_versions; 0 before the first.';
COMMENT ON COLUMN content.items.origin IS 'Where it came from; generated content is marked as such, Regulation (EU) 2024/1689, Art. 50(2).';
COMMENT ON COLUMN content.items.source_locale_tag IS 'Language that the item is written in (BCP 47); translations start from it.';
COMMENT ON COLUMN content.items.tags IS 'Words that editors file it under.';
COMMENT ON COLUMN content.items.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX content.items_author_id_idx IS 'rows that refer to one target, and the check of foreign key items_author_id_fk';
COMMENT ON INDEX content.items_source_locale_tag_idx IS 'rows that refer to one target, and the check of foreign key items_source_locale_tag_fk';
COMMENT ON INDEX content.items_state_created_at_idx IS 'items in a state, newest first';

CREATE OR REPLACE FUNCTION content.keep_released_pack()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
BEGIN
  IF OLD.state <> 'draft' AND (NEW.state = 'draft'
    OR (OLD.name, OLD.number, OLD.pack_version, OLD.manifest_sha256, OLD.released_at)
       IS DISTINCT FROM (NEW.name, NEW.number, NEW.pack_version, NEW.manifest_sha256, NEW.released_at)) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', SCHEMA = 'content', TABLE = 'content_packs',
      CONSTRAINT = 'content_packs_released_is_kept',
      MESSAGE = pg_catalog.format('content pack %s was released and keeps its content', OLD.pack_version),
      HINT = 'Release the pack under its next number.';
  END IF;
  RETURN NEW;
END
$function$;
COMMENT ON FUNCTION content.keep_released_pack() IS 'Trigger of content packs: refuses to change what a released pack holds, and to make it a draft again.';

CREATE OR REPLACE FUNCTION content.keep_released_pack_items()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  touched record;
BEGIN
  FOR touched IN
    SELECT p.pack_version, p.state FROM content.content_packs AS p
    WHERE (p.tenant_id, p.id) IN ((OLD.tenant_id, OLD.pack_id), (NEW.tenant_id, NEW.pack_id))
    FOR SHARE
  LOOP
    IF touched.state <> 'draft' THEN
      RAISE EXCEPTION USING ERRCODE = 'check_violation', SCHEMA = 'content', TABLE = 'pack_items',
        CONSTRAINT = 'pack_items_of_released_are_kept',
        MESSAGE = pg_catalog.format('content pack %s was released and keeps its content', touched.pack_version),
        HINT = 'Release the pack under its next number.';
    END IF;
  END LOOP;
  RETURN coalesce(NEW, OLD);
END
$function$;
COMMENT ON FUNCTION content.keep_released_pack_items() IS 'Trigger of pack items: refuses to add to, change or remove from a pack that was released.';

CREATE TABLE content.localizations (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  item_version_id uuid,
  email_template_id uuid,
  locale_tag text NOT NULL,
  state text NOT NULL DEFAULT 'draft'::text,
  method text NOT NULL,
  texts jsonb NOT NULL,
  source_sha256 text NOT NULL,
  translator_id uuid,
  approver_id uuid,
  approved_at timestamp with time zone,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE content.localizations ADD CONSTRAINT localizations_approval_complete_check CHECK (((approver_id IS NULL) = (approved_at IS NULL)));
ALTER TABLE content.localizations ADD CONSTRAINT localizations_approved_by_another_check CHECK ((approver_id <> translator_id));
ALTER TABLE content.localizations ADD CONSTRAINT localizations_approved_has_approval_check CHECK (((state <> 'approved'::text) OR (approved_at IS NOT NULL)));
ALTER TABLE content.localizations ADD CONSTRAINT localizations_approver_id_fk FOREIGN KEY (tenant_id, approver_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE content.localizations ADD CONSTRAINT localizations_email_template_id_fk FOREIGN KEY (tenant_id, email_template_id) REFERENCES content.email_templates(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE content.localizations ADD CONSTRAINT localizations_email_template_id_locale_tag_key UNIQUE (tenant_id, email_template_id, locale_tag);
ALTER TABLE content.localizations ADD CONSTRAINT localizations_human_has_translator_check CHECK (((method = 'machine'::text) OR (translator_id IS NOT NULL)));
ALTER TABLE content.localizations ADD CONSTRAINT localizations_item_version_id_fk FOREIGN KEY (tenant_id, item_version_id) REFERENCES content.item_versions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE content.localizations ADD CONSTRAINT localizations_item_version_id_locale_tag_key UNIQUE (tenant_id, item_version_id, locale_tag);
ALTER TABLE content.localizations ADD CONSTRAINT localizations_locale_tag_fk FOREIGN KEY (locale_tag) REFERENCES public.locales(tag) ON DELETE RESTRICT;
ALTER TABLE content.localizations ADD CONSTRAINT localizations_method_check CHECK ((method = ANY (ARRAY['human'::text, 'machine'::text, 'machine_post_edited'::text])));
ALTER TABLE content.localizations ADD CONSTRAINT localizations_one_source_check CHECK ((num_nonnulls(item_version_id, email_template_id) = 1));
ALTER TABLE content.localizations ADD CONSTRAINT localizations_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE content.localizations ADD CONSTRAINT localizations_source_sha256_form_check CHECK ((source_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE content.localizations ADD CONSTRAINT localizations_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'in_review'::text, 'approved'::text, 'rejected'::text, 'outdated'::text])));
ALTER TABLE content.localizations ADD CONSTRAINT localizations_translator_id_fk FOREIGN KEY (tenant_id, translator_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX localizations_approver_id_idx ON content.localizations USING btree (tenant_id, approver_id);
CREATE INDEX localizations_locale_tag_idx ON content.localizations USING btree (locale_tag);
CREATE INDEX localizations_locale_tag_state_idx ON content.localizations USING btree (tenant_id, locale_tag, state);
CREATE INDEX localizations_translator_id_idx ON content.localizations USING btree (tenant_id, translator_id);
ALTER TABLE content.localizations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON content.localizations AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON content.localizations FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE content.localizations TO dmz_mover;
GRANT SELECT ON TABLE content.localizations TO dmz_app;
COMMENT ON TABLE content.localizations IS 'The texts of an item version, or of a released e-mail, in another language.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN content.localizations.item_version_id IS 'What is translated: this, or an e-mail template.';
COMMENT ON COLUMN content.localizations.method IS 'How it was made; post-editing in the sense of ISO 18587.';
COMMENT ON COLUMN content.localizations.source_sha256 IS 'Hash of the source that was translated; another hash there makes this outdated.';
COMMENT ON COLUMN content.localizations.texts IS 'Translated text by the JSON Pointer (RFC 6901) of what it replaces.';
COMMENT ON COLUMN content.localizations.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX content.localizations_approver_id_idx IS 'rows that refer to one target, and the check of foreign key localizations_approver_id_fk';
COMMENT ON INDEX content.localizations_locale_tag_idx IS 'rows that refer to one target, and the check of foreign key localizations_locale_tag_fk';
COMMENT ON INDEX content.localizations_locale_tag_state_idx IS 'translations into a language that wait for work';
COMMENT ON INDEX content.localizations_translator_id_idx IS 'rows that refer to one target, and the check of foreign key localizations_translator_id_fk';

CREATE TABLE content.pack_items (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  pack_id uuid NOT NULL,
  item_version_id uuid NOT NULL,
  "position" integer NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE content.pack_items ADD CONSTRAINT pack_items_item_version_id_fk FOREIGN KEY (tenant_id, item_version_id) REFERENCES content.item_versions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE content.pack_items ADD CONSTRAINT pack_items_pack_id_fk FOREIGN KEY (tenant_id, pack_id) REFERENCES content.content_packs(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE content.pack_items ADD CONSTRAINT pack_items_pack_id_item_version_id_key UNIQUE (tenant_id, pack_id, item_version_id);
ALTER TABLE content.pack_items ADD CONSTRAINT pack_items_pack_id_position_key UNIQUE (tenant_id, pack_id, "position");
ALTER TABLE content.pack_items ADD CONSTRAINT pack_items_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE content.pack_items ADD CONSTRAINT pack_items_position_positive_check CHECK (("position" > 0));
CREATE INDEX pack_items_item_version_id_idx ON content.pack_items USING btree (tenant_id, item_version_id);
ALTER TABLE content.pack_items ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON content.pack_items AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER keep_released_pack_items BEFORE INSERT OR DELETE OR UPDATE ON content.pack_items FOR EACH ROW EXECUTE FUNCTION content.keep_released_pack_items();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON content.pack_items FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE content.pack_items TO dmz_mover;
GRANT SELECT ON TABLE content.pack_items TO dmz_app;
COMMENT ON TABLE content.pack_items IS 'Which version of which item a pack holds.
@kind tenant
@retention tenant';
COMMENT ON COLUMN content.pack_items."position" IS 'Order in the pack’s listing, from 1.';
COMMENT ON INDEX content.pack_items_item_version_id_idx IS 'rows that refer to one target, and the check of foreign key pack_items_item_version_id_fk';

CREATE TABLE content.pool_emails (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  key text NOT NULL,
  difficulty integer NOT NULL,
  template jsonb NOT NULL,
  template_sha256 text NOT NULL,
  generation_job_id uuid NOT NULL,
  taken_by_session_id uuid,
  taken_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE content.pool_emails ADD CONSTRAINT pool_emails_difficulty_range_check CHECK (((difficulty >= 1) AND (difficulty <= 5)));
ALTER TABLE content.pool_emails ADD CONSTRAINT pool_emails_key_key UNIQUE (tenant_id, key);
ALTER TABLE content.pool_emails ADD CONSTRAINT pool_emails_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE content.pool_emails ADD CONSTRAINT pool_emails_taken_has_time_check CHECK ((num_nonnulls(taken_by_session_id, taken_at) = ANY (ARRAY[0, 2])));
ALTER TABLE content.pool_emails ADD CONSTRAINT pool_emails_template_sha256_form_check CHECK ((template_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE content.pool_emails ADD CONSTRAINT pool_emails_template_sha256_key UNIQUE (tenant_id, template_sha256);
CREATE INDEX pool_emails_difficulty_taken_by_session_id_id_idx ON content.pool_emails USING btree (tenant_id, difficulty, taken_by_session_id, id);
CREATE INDEX pool_emails_taken_by_session_id_key_idx ON content.pool_emails USING btree (tenant_id, taken_by_session_id, key);
ALTER TABLE content.pool_emails ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON content.pool_emails AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON content.pool_emails FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE content.pool_emails TO dmz_mover;
GRANT INSERT, SELECT, UPDATE ON TABLE content.pool_emails TO dmz_app;
COMMENT ON TABLE content.pool_emails IS 'E-mails that were written ahead and reviewed: each is given to one session, and never changed.
@kind tenant
@retention tenant';
COMMENT ON COLUMN content.pool_emails.generation_job_id IS 'Id in ai.generation_jobs.';
COMMENT ON COLUMN content.pool_emails.key IS 'As the template has it.';
COMMENT ON COLUMN content.pool_emails.taken_by_session_id IS 'Id in game.sessions, which is played and replayed with it; null while it waits.';
COMMENT ON COLUMN content.pool_emails.template IS 'The whole template, as the engine reads it.';
COMMENT ON COLUMN content.pool_emails.template_sha256 IS 'SHA-256 of the template’s canonical JSON (RFC 8785).';
COMMENT ON INDEX content.pool_emails_difficulty_taken_by_session_id_id_idx IS 'e-mails of a difficulty that wait';
COMMENT ON INDEX content.pool_emails_taken_by_session_id_key_idx IS 'what a session was given';

CREATE TABLE content.reviews (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  item_version_id uuid,
  localization_id uuid,
  aspect text NOT NULL,
  verdict text NOT NULL,
  reviewer_id uuid NOT NULL,
  comment text,
  reviewed_at timestamp with time zone NOT NULL DEFAULT now(),
  status text NOT NULL DEFAULT 'valid'::text,
  supersedes_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  status_reason text
);
ALTER TABLE content.reviews ADD CONSTRAINT reviews_aspect_check CHECK ((aspect = ANY (ARRAY['editorial'::text, 'training_value'::text, 'security'::text, 'legal'::text, 'accessibility'::text, 'cultural'::text, 'translation'::text])));
ALTER TABLE content.reviews ADD CONSTRAINT reviews_comment_encrypted_check CHECK ((comment ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE content.reviews ADD CONSTRAINT reviews_item_version_id_fk FOREIGN KEY (tenant_id, item_version_id) REFERENCES content.item_versions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE content.reviews ADD CONSTRAINT reviews_localization_id_fk FOREIGN KEY (tenant_id, localization_id) REFERENCES content.localizations(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE content.reviews ADD CONSTRAINT reviews_one_subject_check CHECK ((num_nonnulls(item_version_id, localization_id) = 1));
ALTER TABLE content.reviews ADD CONSTRAINT reviews_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE content.reviews ADD CONSTRAINT reviews_refusal_says_why_check CHECK (((verdict = 'approved'::text) OR (comment IS NOT NULL)));
ALTER TABLE content.reviews ADD CONSTRAINT reviews_reviewer_id_fk FOREIGN KEY (tenant_id, reviewer_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE content.reviews ADD CONSTRAINT reviews_status_check CHECK ((status = ANY (ARRAY['valid'::text, 'superseded'::text, 'invalidated'::text])));
ALTER TABLE content.reviews ADD CONSTRAINT reviews_status_reason_check CHECK ((status_reason = ANY (ARRAY['correction'::text, 'duplicate'::text, 'wrong_person'::text, 'misconduct'::text, 'automation'::text, 'withdrawal'::text, 'revocation'::text, 'appeal'::text, 'renewal'::text])));
ALTER TABLE content.reviews ADD CONSTRAINT reviews_supersedes_id_fk FOREIGN KEY (tenant_id, supersedes_id) REFERENCES content.reviews(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE content.reviews ADD CONSTRAINT reviews_supersedes_id_key UNIQUE (tenant_id, supersedes_id);
ALTER TABLE content.reviews ADD CONSTRAINT reviews_verdict_check CHECK ((verdict = ANY (ARRAY['approved'::text, 'changes_requested'::text, 'rejected'::text])));
CREATE INDEX reviews_item_version_id_idx ON content.reviews USING btree (tenant_id, item_version_id);
CREATE INDEX reviews_localization_id_idx ON content.reviews USING btree (tenant_id, localization_id);
CREATE INDEX reviews_reviewer_id_idx ON content.reviews USING btree (tenant_id, reviewer_id);
ALTER TABLE content.reviews ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON content.reviews AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON content.reviews FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE content.reviews TO dmz_app;
GRANT INSERT, SELECT ON TABLE content.reviews TO dmz_mover;
COMMENT ON TABLE content.reviews IS 'Verdicts of editors, trainers and lawyers on one item version or translation, before its release.
@kind append_only
@retention evidence
@subject reviewer_id of auth.users';
COMMENT ON COLUMN content.reviews.aspect IS 'What the reviewer looked at; a release may ask for several aspects.';
COMMENT ON COLUMN content.reviews.comment IS 'Kept for telling the author what to change.
@pii free_text
@erasure shred';
COMMENT ON COLUMN content.reviews.item_version_id IS 'What is reviewed: this, or a translation.';
COMMENT ON COLUMN content.reviews.status_reason IS 'Why it supersedes or invalidates another record.';
COMMENT ON COLUMN content.reviews.supersedes_id IS 'The record that this one supersedes or invalidates.';
COMMENT ON INDEX content.reviews_item_version_id_idx IS 'rows that refer to one target, and the check of foreign key reviews_item_version_id_fk';
COMMENT ON INDEX content.reviews_localization_id_idx IS 'rows that refer to one target, and the check of foreign key reviews_localization_id_fk';
COMMENT ON INDEX content.reviews_reviewer_id_idx IS 'rows that refer to one target, and the check of foreign key reviews_reviewer_id_fk';

CREATE TABLE content.scenario_emails (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  scenario_id uuid NOT NULL,
  email_template_id uuid NOT NULL,
  day integer NOT NULL,
  "position" integer NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE content.scenario_emails ADD CONSTRAINT scenario_emails_day_positive_check CHECK ((day > 0));
ALTER TABLE content.scenario_emails ADD CONSTRAINT scenario_emails_email_template_id_fk FOREIGN KEY (tenant_id, email_template_id) REFERENCES content.email_templates(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE content.scenario_emails ADD CONSTRAINT scenario_emails_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE content.scenario_emails ADD CONSTRAINT scenario_emails_position_positive_check CHECK (("position" > 0));
ALTER TABLE content.scenario_emails ADD CONSTRAINT scenario_emails_scenario_id_day_position_key UNIQUE (tenant_id, scenario_id, day, "position");
ALTER TABLE content.scenario_emails ADD CONSTRAINT scenario_emails_scenario_id_email_template_id_key UNIQUE (tenant_id, scenario_id, email_template_id);
ALTER TABLE content.scenario_emails ADD CONSTRAINT scenario_emails_scenario_id_fk FOREIGN KEY (tenant_id, scenario_id) REFERENCES content.scenarios(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX scenario_emails_email_template_id_idx ON content.scenario_emails USING btree (tenant_id, email_template_id);
ALTER TABLE content.scenario_emails ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON content.scenario_emails AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON content.scenario_emails FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE content.scenario_emails TO dmz_mover;
GRANT SELECT ON TABLE content.scenario_emails TO dmz_app;
COMMENT ON TABLE content.scenario_emails IS 'The e-mails that arrive in a scenario whatever is drawn, and on which day.
@kind tenant
@retention tenant';
COMMENT ON COLUMN content.scenario_emails."position" IS 'Order of arrival within the day, from 1.';
COMMENT ON INDEX content.scenario_emails_email_template_id_idx IS 'rows that refer to one target, and the check of foreign key scenario_emails_email_template_id_fk';

CREATE TABLE content.scenarios (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  pack_version text NOT NULL,
  key text NOT NULL,
  title text NOT NULL,
  synopsis text NOT NULL,
  difficulty integer NOT NULL,
  days integer NOT NULL,
  opening_threat_tier text NOT NULL DEFAULT 'LOW'::text,
  template jsonb NOT NULL,
  template_sha256 text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE content.scenarios ADD CONSTRAINT scenarios_days_range_check CHECK (((days >= 1) AND (days <= 1000)));
ALTER TABLE content.scenarios ADD CONSTRAINT scenarios_difficulty_range_check CHECK (((difficulty >= 1) AND (difficulty <= 5)));
ALTER TABLE content.scenarios ADD CONSTRAINT scenarios_opening_threat_tier_check CHECK ((opening_threat_tier = ANY (ARRAY['LOW'::text, 'GUARDED'::text, 'ELEVATED'::text, 'HIGH'::text, 'SEVERE'::text])));
ALTER TABLE content.scenarios ADD CONSTRAINT scenarios_pack_version_key_key UNIQUE (tenant_id, pack_version, key);
ALTER TABLE content.scenarios ADD CONSTRAINT scenarios_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE content.scenarios ADD CONSTRAINT scenarios_template_sha256_form_check CHECK ((template_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE content.scenarios ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON content.scenarios AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON content.scenarios FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE content.scenarios TO dmz_mover;
GRANT SELECT ON TABLE content.scenarios TO dmz_app;
COMMENT ON TABLE content.scenarios IS 'Prepared courses of a game: its length, how it opens, and which e-mails must arrive.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN content.scenarios.days IS 'Length of the game in game days.';
COMMENT ON COLUMN content.scenarios.opening_threat_tier IS 'Threat of the first day, in the words of the game’s events.';
COMMENT ON COLUMN content.scenarios.pack_version IS 'Pack and version that a session names, such as base@1.';
COMMENT ON COLUMN content.scenarios.template IS 'Opening state and scripted turns; its e-mails are rows of scenario_emails.';
COMMENT ON COLUMN content.scenarios.template_sha256 IS 'SHA-256 of the template’s canonical JSON (RFC 8785).';
COMMENT ON COLUMN content.scenarios.version IS 'Version of the payload’s shape.';

CREATE SCHEMA dmz;
COMMENT ON SCHEMA dmz IS 'Functions of the platform: tenant context, guards of table kinds, partitions. It holds no tables.';
GRANT USAGE ON SCHEMA dmz TO dmz_app;
GRANT USAGE ON SCHEMA dmz TO dmz_maintenance;
GRANT USAGE ON SCHEMA dmz TO dmz_mover;
GRANT USAGE ON SCHEMA dmz TO dmz_tenant;

CREATE OR REPLACE FUNCTION dmz.active_tenants()
 RETURNS TABLE(slug text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT t.slug FROM public.tenants AS t WHERE t.status = 'active' ORDER BY t.slug
$function$;
GRANT EXECUTE ON FUNCTION dmz.active_tenants() TO dmz_maintenance;
COMMENT ON FUNCTION dmz.active_tenants() IS 'Slugs of the tenants that are active, by the register of this database. SECURITY DEFINER because the register is closed to every role but its owner.';

CREATE OR REPLACE FUNCTION dmz.advance_move(move uuid, known_attempt integer, reached text, changes bigint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  UPDATE public.move_ends SET lsn = reached, changes_applied = changes_applied + changes
    WHERE move_id = move AND side = 'target' AND attempt = known_attempt;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD060', MESSAGE = 'another program has taken this move over';
  END IF;
END
$function$;
GRANT EXECUTE ON FUNCTION dmz.advance_move(uuid,integer,text,bigint) TO dmz_mover;
COMMENT ON FUNCTION dmz.advance_move(uuid,integer,text,bigint) IS 'Says up to which position of the source’s log the target has everything, in the transaction that brought it there; ZD060 where another program has taken the move over. SECURITY DEFINER because the register of moves is closed to the mover.';

CREATE OR REPLACE FUNCTION dmz.attach_month(log regclass, month date)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  it record;
  moved bigint := 0;
BEGIN
  EXECUTE pg_catalog.format('LOCK TABLE ONLY %s IN ACCESS EXCLUSIVE MODE', log);
  it := dmz.find_month(log, month);
  IF it.state = 'attached' THEN
    RETURN 0;
  ELSIF it.state NOT IN ('prepared', 'detached') THEN
    PERFORM dmz.refuse_month(it.part, it.state);
  END IF;
  IF it.rest IS NOT NULL AND pg_catalog.pg_relation_size(it.rest) > 0 THEN
    moved := dmz.move_strays(log, month);
  END IF;
  EXECUTE pg_catalog.format('ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%L) TO (%L)', log, it.part, it.first, it.past);
  EXECUTE pg_catalog.format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS within_month', it.part);
  EXECUTE pg_catalog.format('COMMENT ON TABLE %s IS NULL', it.part);
  RETURN moved;
END
$function$;
GRANT EXECUTE ON FUNCTION dmz.attach_month(regclass,date) TO dmz_maintenance;
COMMENT ON FUNCTION dmz.attach_month(regclass,date) IS 'Attaches the table that dmz.prepare_month made, and moves the month’s rows out of the default partition into it; returns their number. Who uses the log waits while it runs. SECURITY DEFINER so that the maintenance role can call it without owning the log.';

CREATE OR REPLACE FUNCTION dmz.closed_to_everybody()
 RETURNS TABLE(kind text, object oid)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  -- Large objects know no row-level security. A prepared statement outlives its tenant's transaction, and who knows its name
  -- can put another one in its place. What is published for a move names the tenant that moves.
  SELECT 'function', oid FROM pg_catalog.pg_proc
  WHERE pronamespace = 'pg_catalog'::regnamespace
    AND (proname LIKE 'lo\_%' OR proname IN ('loread', 'lowrite', 'pg_prepared_statement', 'pg_get_publication_tables'))
  UNION ALL SELECT 'table', oid FROM pg_catalog.pg_class
  WHERE relnamespace = 'pg_catalog'::regnamespace AND relname IN ('pg_publication_rel', 'pg_publication_tables')
$function$;
ALTER FUNCTION dmz.closed_to_everybody() OWNER TO administrator;
COMMENT ON FUNCTION dmz.closed_to_everybody() IS 'What of PostgreSQL’s own PUBLIC has no right on, as dmz.secure_database leaves it and dmz db check expects it.';

CREATE OR REPLACE FUNCTION dmz.context_key()
 RETURNS TABLE(id uuid, salt text, database name, at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT k.id, k.salt, pg_catalog.current_database(), pg_catalog.clock_timestamp()
  FROM public.context_keys AS k WHERE k.retired_at IS NULL ORDER BY k.created_at DESC, k.id DESC LIMIT 1
$function$;
GRANT EXECUTE ON FUNCTION dmz.context_key() TO dmz_app;
COMMENT ON FUNCTION dmz.context_key() IS 'What a program needs to sign entries: which key, the salt to derive it with, and by which name and clock this database goes. The key itself stays here. SECURITY DEFINER because the keys are closed to every role but their owner.';

CREATE OR REPLACE FUNCTION dmz.count_month(log regclass, month date)
 RETURNS TABLE(tenant uuid, served boolean, rows bigint)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  it record;
  own_schema name := (dmz.placement_of(log)).own_schema;
  resident record;
BEGIN
  it := dmz.find_month(log, month);
  IF it.state NOT IN ('attached', 'detached') THEN
    PERFORM dmz.refuse_month(it.part, it.state);
  END IF;
  FOR resident IN SELECT r.tenant_id, r.state = 'serving' AS served FROM public.residents AS r
    WHERE r.schema_name IS NOT DISTINCT FROM own_schema
  LOOP
    tenant := resident.tenant_id;
    served := resident.served;
    rows := NULL;
    IF served THEN
      PERFORM dmz.set_context(tenant, own_schema);
      EXECUTE pg_catalog.format('SELECT pg_catalog.count(*) FROM %s', it.part) INTO rows;
    END IF;
    RETURN NEXT;
  END LOOP;
  PERFORM dmz.set_context(NULL, NULL);
END
$function$;
GRANT EXECUTE ON FUNCTION dmz.count_month(regclass,date) TO dmz_maintenance;
COMMENT ON FUNCTION dmz.count_month(regclass,date) IS 'How many rows each tenant has in a month; null for one that is not served, whose rows cannot be looked at. SECURITY DEFINER because nobody but the owner may read a partition.';

CREATE OR REPLACE FUNCTION dmz.count_strays(log regclass)
 RETURNS TABLE(month date, found bigint)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  it record;
  own_schema name := (dmz.placement_of(log)).own_schema;
  resident uuid;
BEGIN
  it := dmz.find_month(log, pg_catalog.now()::date);
  IF it.rest IS NULL OR pg_catalog.pg_relation_size(it.rest) = 0 THEN
    RETURN;
  END IF;
  FOR resident IN SELECT r.tenant_id FROM public.residents AS r
    WHERE r.state = 'serving' AND r.schema_name IS NOT DISTINCT FROM own_schema
  LOOP
    PERFORM dmz.set_context(resident, own_schema);
    RETURN QUERY EXECUTE pg_catalog.format(
      'SELECT pg_catalog.date_trunc(''month'', %1$I AT TIME ZONE ''UTC'')::date, pg_catalog.count(*) FROM %2$s GROUP BY 1', it.time_column, it.rest);
  END LOOP;
  PERFORM dmz.set_context(NULL, NULL);
END
$function$;
GRANT EXECUTE ON FUNCTION dmz.count_strays(regclass) TO dmz_maintenance;
COMMENT ON FUNCTION dmz.count_strays(regclass) IS 'How many rows of which months lie in the default partition, a line a tenant and month, without saying whose; of tenants that are served. SECURITY DEFINER because nobody but the owner may read a partition.';

CREATE OR REPLACE FUNCTION dmz.current_tenant()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN CASE WHEN (length(current_setting('backtrace_functions'::text)) = 32) THEN (current_setting('backtrace_functions'::text))::uuid ELSE dmz.refuse_context(NULL::text) END;
GRANT EXECUTE ON FUNCTION dmz.current_tenant() TO dmz_app;
COMMENT ON FUNCTION dmz.current_tenant() IS 'The tenant that this transaction entered in the module schemas. Policies compare tenant_id with it through a scalar sub-select, so it runs once a statement. No context, and one of a schema of its own, are errors ZD001 and ZD002, never an empty answer.';

CREATE OR REPLACE FUNCTION dmz.current_tenant_in(own_schema text)
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN CASE WHEN (substr(current_setting('backtrace_functions'::text), 34) = own_schema) THEN ("left"(current_setting('backtrace_functions'::text), 32))::uuid ELSE dmz.refuse_context(own_schema) END;
GRANT EXECUTE ON FUNCTION dmz.current_tenant_in(text) TO dmz_tenant;
COMMENT ON FUNCTION dmz.current_tenant_in(text) IS 'The tenant that this transaction entered in the schema of its own: what dmz.current_tenant is for the module schemas.';

CREATE OR REPLACE FUNCTION dmz.delete_moved_row(move uuid, known_attempt integer, part oid, place tid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  tenant uuid;
  space name;
BEGIN
  SELECT tenant_id INTO tenant FROM public.move_ends WHERE move_id = move AND side = 'target' AND attempt = known_attempt;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD060', MESSAGE = 'another program has taken this move over';
  END IF;
  SELECT nspname INTO space FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE c.oid = part;
  IF dmz.is_served_from(tenant, CASE WHEN space LIKE 'tenant\_%' THEN space END) THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD062', MESSAGE = 'the tenant is served from here, so its rows stay';
  END IF;
  PERFORM dmz.set_context(tenant, CASE WHEN space LIKE 'tenant\_%' THEN space END);
  EXECUTE pg_catalog.format('DELETE FROM ONLY %s WHERE ctid = $1 AND tenant_id = $2', part::regclass) USING place, tenant;
  PERFORM dmz.set_context(NULL, NULL);
END
$function$;
GRANT EXECUTE ON FUNCTION dmz.delete_moved_row(uuid,integer,oid,tid) TO dmz_mover;
COMMENT ON FUNCTION dmz.delete_moved_row(uuid,integer,oid,tid) IS 'A door in append-only: deletes at the target of a move what its source’s transactions have deleted, which was let go by a door there; for a session that is a replica, and while the tenant is not served from here. SECURITY DEFINER because nobody but the owner may delete what is append-only.';

CREATE OR REPLACE FUNCTION dmz.delete_units(place regclass, ids uuid[], parts jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  link record;
  nested uuid[];
  found_rows bigint;
  counts jsonb := '{}';
BEGIN
  FOR link IN SELECT * FROM dmz.links_to(place, parts) AS l WHERE l.is_part AND NOT l.is_self LOOP
    IF EXISTS (SELECT FROM dmz.links_to(link.child, parts) AS l WHERE l.is_part AND NOT l.is_self) THEN
      EXECUTE pg_catalog.format('SELECT pg_catalog.array_agg(c.id) FROM %s AS c JOIN %s AS t ON %s WHERE t.id = ANY ($1)', link.child, place, link.condition)
        INTO nested USING ids;
      IF nested IS NOT NULL THEN
        counts := dmz.sum_counts(counts, dmz.delete_units(link.child, nested, parts));
      END IF;
    ELSE
      EXECUTE pg_catalog.format('DELETE FROM %s AS c USING %s AS t WHERE %s AND t.id = ANY ($1)', link.child, place, link.condition) USING ids;
      GET DIAGNOSTICS found_rows = ROW_COUNT;
      counts := dmz.sum_counts(counts, pg_catalog.jsonb_build_object(link.canonical, found_rows));
    END IF;
  END LOOP;
  EXECUTE pg_catalog.format('DELETE FROM %s AS t WHERE t.id = ANY ($1)', place) USING ids;
  GET DIAGNOSTICS found_rows = ROW_COUNT;
  RETURN dmz.sum_counts(counts, pg_catalog.jsonb_build_object((dmz.placement_of(place)).canonical, found_rows));
END
$function$;
COMMENT ON FUNCTION dmz.delete_units(regclass,uuid[],jsonb) IS 'Deletes rows with what goes with them, for a function that has triggers off, and returns how many of which table.';

CREATE OR REPLACE FUNCTION dmz.detach_month(log regclass, month date)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  it record;
  grantee record;
BEGIN
  it := dmz.find_month(log, month);
  IF it.state = 'detached' THEN
    RETURN it.part;
  ELSIF it.state NOT IN ('attached', 'pending') THEN
    PERFORM dmz.refuse_month(it.part, it.state);
  END IF;
  PERFORM dmz.guard_partition(log, it.part::regclass);
  EXECUTE pg_catalog.format('ALTER TABLE %s DETACH PARTITION %s %s', log, it.part, CASE it.state WHEN 'pending' THEN 'FINALIZE' ELSE '' END);
  EXECUTE pg_catalog.format('COMMENT ON TABLE %s IS %L', it.part,
    pg_catalog.format(E'The month %s of %s, detached on %s.\n@month detached', pg_catalog.to_char(it.first AT TIME ZONE 'UTC', 'YYYY-MM'), log, pg_catalog.now()::date));
  FOR grantee IN SELECT DISTINCT a.grantee AS role FROM pg_catalog.pg_class, pg_catalog.aclexplode(relacl) AS a
    WHERE oid = it.part::regclass AND a.grantee <> relowner
  LOOP
    EXECUTE pg_catalog.format('REVOKE ALL ON %s FROM %s', it.part, CASE grantee.role WHEN 0 THEN 'PUBLIC' ELSE grantee.role::regrole::text END);
  END LOOP;
  RETURN it.part;
END
$function$;
GRANT EXECUTE ON FUNCTION dmz.detach_month(regclass,date) TO dmz_maintenance;
COMMENT ON FUNCTION dmz.detach_month(regclass,date) IS 'Takes a month out of its log, in one step, or finishes an interrupted one. The table keeps its row security and its triggers, and nobody is granted it. SECURITY DEFINER so that the maintenance role can call it without owning the log.';

CREATE OR REPLACE FUNCTION dmz.drop_month(log regclass, month date, reason text, expected jsonb)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  it record;
  place record := dmz.placement_of(log);
  audit regclass := dmz.table_beside(log, 'admin.audit_log');
  present bigint;
  holder record;
  sequences bigint[];
  known bigint := (SELECT coalesce(pg_catalog.sum(value::bigint), 0) FROM pg_catalog.jsonb_each_text(expected));
BEGIN
  IF reason !~ '\S' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD053', MESSAGE = 'a month is dropped for a reason, and none was given';
  END IF;
  it := dmz.find_month(log, month);
  IF it.state <> 'detached' THEN
    PERFORM dmz.refuse_month(it.part, it.state);
  END IF;
  EXECUTE pg_catalog.format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', it.part);
  EXECUTE pg_catalog.format('SELECT pg_catalog.count(*) FROM %s', it.part) INTO present;
  IF present <> known THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD052', MESSAGE = pg_catalog.format('%s holds other rows than were looked at', it.part),
      DETAIL = pg_catalog.json_build_object('expected', known, 'actual', present)::text;
  END IF;
  FOR holder IN SELECT key::uuid AS tenant, value::bigint AS rows FROM pg_catalog.jsonb_each_text(expected) WHERE value::bigint > 0 LOOP
    IF NOT EXISTS (SELECT FROM public.residents AS r WHERE r.tenant_id = holder.tenant AND r.state = 'serving'
      AND r.schema_name IS NOT DISTINCT FROM place.own_schema) THEN
      RAISE EXCEPTION USING ERRCODE = 'ZD002', MESSAGE = 'the tenant is not served here';
    END IF;
    PERFORM dmz.set_context(holder.tenant, place.own_schema);
    IF place.canonical = 'admin.audit_log' THEN
      EXECUTE pg_catalog.format('SELECT coalesce(pg_catalog.array_agg(sequence) FILTER (WHERE sequence IS NOT NULL AND action <> ''admin.audit_chain.begun''), ''{}'') FROM %s WHERE tenant_id = $1', it.part)
        INTO sequences USING holder.tenant;
      IF pg_catalog.cardinality(sequences) < holder.rows THEN
        RAISE EXCEPTION USING ERRCODE = 'ZD051', MESSAGE = pg_catalog.format('%s holds entries from before chains were kept', it.part);
      END IF;
      PERFORM dmz.leave_audit_hashes(pg_catalog.uuidv7(), audit, it.part, holder.tenant, sequences);
    END IF;
    EXECUTE pg_catalog.format('INSERT INTO %s (tenant_id, actor_kind, action, details) VALUES ($1, ''operator'', ''governance.month.purged'', $2)', audit)
      USING holder.tenant, pg_catalog.jsonb_build_object('log', place.canonical,
        'month', pg_catalog.to_char(it.first AT TIME ZONE 'UTC', 'YYYY-MM'), 'rows', holder.rows, 'reason', reason);
  END LOOP;
  PERFORM dmz.set_context(NULL, NULL);
  EXECUTE pg_catalog.format('DROP TABLE %s', it.part);
  RETURN present;
END
$function$;
GRANT EXECUTE ON FUNCTION dmz.drop_month(regclass,date,text,jsonb) TO dmz_maintenance;
COMMENT ON FUNCTION dmz.drop_month(regclass,date,text,jsonb) IS 'A door in append-only: drops a detached month for a reason that is audited, where the log is, with each tenant that had rows in it; of audit entries it leaves the hashes. expected is the number of rows by tenant that the caller found free to go; ZD052 where there are others. SECURITY DEFINER so that the maintenance role can call it without owning the log.';

CREATE OR REPLACE FUNCTION dmz.due_condition(place regclass)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
DECLARE
  comment text := pg_catalog.obj_description(place, 'pg_class');
  condition text := dmz.time_of_row(place, 't') || ' <@ $2';
  needed name;
BEGIN
  IF comment !~ '@kind (tenant|append_only|partitioned_log)\M' OR EXISTS (SELECT FROM pg_catalog.pg_class WHERE oid = place AND relispartition)
    OR comment ~ '@retention tenant\M' AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = place AND attname = 'deleted_at')
  THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD061', MESSAGE = pg_catalog.format('%s has no rows that retention may take', place);
  END IF;
  FOR needed IN
    SELECT attname FROM pg_catalog.pg_attribute WHERE attrelid = place AND NOT attnotnull AND NOT attisdropped
      AND (attname IN ('ended_at', 'closed_at') OR attname = 'deleted_at' AND comment ~ '@retention tenant\M')
  LOOP
    condition := condition || pg_catalog.format(' AND t.%I IS NOT NULL', needed);
  END LOOP;
  IF (dmz.placement_of(place)).canonical = 'governance.legal_holds' THEN
    condition := condition || pg_catalog.format(' AND (t.releases_id IS NOT NULL OR EXISTS (SELECT FROM %s AS r WHERE r.tenant_id = t.tenant_id AND r.releases_id = t.id))', place);
  END IF;
  RETURN condition;
END
$function$;
COMMENT ON FUNCTION dmz.due_condition(regclass) IS 'The condition of rows t of a table that have outlived their times, which are $2: what goes on is not due, nor a hold in force, nor what lives, where rows are kept as long as their tenant is a customer. ZD061 where retention takes nothing.';

CREATE OR REPLACE FUNCTION dmz.ensure_partition(parent regclass, month date)
 RETURNS regclass
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  IF dmz.prepare_month(parent, month) = 'prepared' THEN
    PERFORM dmz.attach_month(parent, month);
  END IF;
  RETURN (dmz.find_month(parent, month)).part::regclass;
END
$function$;
COMMENT ON FUNCTION dmz.ensure_partition(regclass,date) IS 'Prepares and attaches the partition of a month (UTC) in one transaction, if it is missing. SECURITY DEFINER so that the maintenance role can call it without owning the log.';

CREATE OR REPLACE FUNCTION dmz.ensure_partitions(parent regclass, months_ahead integer)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  this_month date := pg_catalog.date_trunc('month', pg_catalog.now() AT TIME ZONE 'UTC')::date;
  rest text;
  ahead integer;
BEGIN
  SELECT pg_catalog.format('%I.%I', nspname, relname || '_default') INTO STRICT rest
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.oid = parent AND c.relkind = 'p';
  IF pg_catalog.to_regclass(rest) IS NULL THEN
    EXECUTE pg_catalog.format('CREATE TABLE %s PARTITION OF %s DEFAULT', rest, parent);
  END IF;
  PERFORM dmz.guard_partition(parent, rest::regclass);
  EXECUTE pg_catalog.format('GRANT MAINTAIN ON %s TO dmz_maintenance', rest);
  FOR ahead IN 0..months_ahead LOOP
    PERFORM dmz.ensure_partition(parent, (this_month + pg_catalog.make_interval(months => ahead))::date);
  END LOOP;
END
$function$;
COMMENT ON FUNCTION dmz.ensure_partitions(regclass,integer) IS 'For migrations: makes the default partition of a log that they create, and the months that it needs at once. Later ones are made by dmz partitions ensure. SECURITY DEFINER so that the maintenance role can call it without owning the log.';

CREATE OR REPLACE FUNCTION dmz.enter_tenant(tenant uuid, known_epoch bigint DEFAULT NULL::bigint)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
DECLARE
  context text := pg_catalog.current_setting('backtrace_functions');
BEGIN
  IF pg_catalog.left(context, 32) = pg_catalog.replace(tenant::text, '-', '') THEN
    RETURN pg_catalog.now();
  END IF;
  IF context ~ '^[0-9a-f]{32}( |$)' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD004', MESSAGE = 'this transaction has entered another tenant',
      HINT = 'A transaction serves one tenant. Begin another one.';
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'ZD001', MESSAGE = 'no tenant has been entered in this transaction',
    HINT = 'A program enters with dmz.enter_tenant(tenant, epoch, token) after BEGIN.';
END
$function$;
GRANT EXECUTE ON FUNCTION dmz.enter_tenant(uuid,bigint) TO dmz_app;
GRANT EXECUTE ON FUNCTION dmz.enter_tenant(uuid,bigint) TO dmz_tenant;
COMMENT ON FUNCTION dmz.enter_tenant(uuid,bigint) IS 'Says at what time this transaction entered the tenant, for functions that work in it: ZD001 where it has entered none, ZD004 where it has entered another.';

CREATE OR REPLACE FUNCTION dmz.enter_tenant(tenant uuid, known_epoch bigint, token text)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  asked text := dmz.verify_token(tenant, known_epoch, token);
  entered timestamptz := dmz.open_tenant(tenant, known_epoch);
BEGIN
  IF asked <> pg_catalog.substr(pg_catalog.current_setting('backtrace_functions'), 34) THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD082', MESSAGE = 'the token was signed for another place of the tenant';
  END IF;
  RETURN entered;
END
$function$;
GRANT EXECUTE ON FUNCTION dmz.enter_tenant(uuid,bigint,text) TO dmz_app;
COMMENT ON FUNCTION dmz.enter_tenant(uuid,bigint,text) IS 'Opens a tenant transaction for a program that shows, by a token of this moment, connection, tenant and place, that it is one: what dmz.open_tenant does after dmz.verify_token. SECURITY DEFINER to read the keys and the residents, and to set the context.';

CREATE OR REPLACE FUNCTION dmz.find_blocks(place regclass, ids uuid[], due tstzmultirange, parts jsonb)
 RETURNS TABLE(id uuid, ground text)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
DECLARE
  link record;
  nested uuid[];
BEGIN
  FOR link IN SELECT * FROM dmz.links_to(place, parts) LOOP
    IF link.is_self OR NOT link.is_part THEN
      RETURN QUERY EXECUTE pg_catalog.format('SELECT t.id, %L::text FROM %s AS t WHERE t.id = ANY ($1) AND EXISTS (SELECT FROM %s AS c WHERE %s%s)',
        link.canonical || ' refers to it', place, link.child, link.condition, CASE WHEN link.is_self THEN ' AND c.id <> ALL ($1)' ELSE '' END) USING ids;
      CONTINUE;
    END IF;
    IF pg_catalog.obj_description(link.child, 'pg_class') ~ '@kind (append_only|partitioned_log)\M' THEN
      RETURN QUERY EXECUTE pg_catalog.format('SELECT t.id, %L::text FROM %s AS t WHERE t.id = ANY ($1) AND EXISTS (SELECT FROM %s AS c WHERE %s AND NOT %s <@ $2)',
        'its rows of ' || link.canonical || ' are not due', place, link.child, link.condition, dmz.time_of_row(link.child, 'c')) USING ids, due;
    END IF;
    IF EXISTS (SELECT FROM dmz.links_to(link.child, parts)) THEN
      EXECUTE pg_catalog.format('SELECT pg_catalog.array_agg(c.id) FROM %s AS c JOIN %s AS t ON %s WHERE t.id = ANY ($1)', link.child, place, link.condition)
        INTO nested USING ids;
      IF nested IS NOT NULL THEN
        RETURN QUERY EXECUTE pg_catalog.format(
          'SELECT DISTINCT t.id, b.ground FROM dmz.find_blocks(%L::regclass, $2, $3, $4) AS b JOIN %s AS c ON c.id = b.id JOIN %s AS t ON %s WHERE t.id = ANY ($1)',
          link.child, link.child, place, link.condition) USING ids, nested, due, parts;
      END IF;
    END IF;
  END LOOP;
END
$function$;
COMMENT ON FUNCTION dmz.find_blocks(regclass,uuid[],tstzmultirange,jsonb) IS 'Which of these rows must stay, and why: others refer to them or to what goes with them, or records that go with them are not due.';

CREATE OR REPLACE FUNCTION dmz.find_month(log regclass, month date, OUT part text, OUT state text, OUT first timestamp with time zone, OUT past timestamp with time zone, OUT time_column name, OUT rest regclass)
 RETURNS record
 LANGUAGE plpgsql
 STABLE STRICT
 SET search_path TO ''
AS $function$
DECLARE
  first_day date := pg_catalog.date_trunc('month', month)::date;
  found record;
BEGIN
  SELECT pg_catalog.format('%I.%I', n.nspname, c.relname || pg_catalog.to_char(first_day, '"_y"FMYYYY"m"MM')), a.attname, p.partdefid::regclass
    INTO STRICT part, time_column, rest
    FROM pg_catalog.pg_partitioned_table AS p JOIN pg_catalog.pg_class AS c ON c.oid = p.partrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = p.partattrs[0]
    WHERE p.partrelid = log;
  first := first_day::timestamp AT TIME ZONE 'UTC';
  past := (first_day + interval '1 month')::timestamp AT TIME ZONE 'UTC';
  SELECT c.oid, c.relowner, i.inhparent, i.inhdetachpending, pg_catalog.obj_description(c.oid, 'pg_class') AS comment INTO found
    FROM pg_catalog.pg_class AS c LEFT JOIN pg_catalog.pg_inherits AS i ON i.inhrelid = c.oid
    WHERE c.oid = pg_catalog.to_regclass(part);
  state := CASE
    WHEN found.oid IS NULL THEN 'absent'
    WHEN found.inhparent = log AND found.inhdetachpending THEN 'pending'
    WHEN found.inhparent = log THEN 'attached'
    WHEN found.inhparent IS NULL AND found.relowner = 'dmz_owner'::regrole
      THEN coalesce(pg_catalog.substring(found.comment, '@month prepared$|@month detached$'), 'taken')
    ELSE 'taken' END;
  state := pg_catalog.replace(state, '@month ', '');
END
$function$;
GRANT EXECUTE ON FUNCTION dmz.find_month(regclass,date) TO dmz_maintenance;
COMMENT ON FUNCTION dmz.find_month(regclass,date) IS 'The partition of a month (UTC) of a log: its name, bounds, and how it stands: absent, prepared, attached, pending (its detaching was interrupted), detached, or taken by a table that is something else. rest is the default partition.';

CREATE OR REPLACE FUNCTION dmz.guard_months(log regclass)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  part regclass;
BEGIN
  FOR part IN
    SELECT inhrelid FROM pg_catalog.pg_inherits WHERE inhparent = log
    UNION ALL
    SELECT apart.oid FROM pg_catalog.pg_class AS whole JOIN pg_catalog.pg_class AS apart ON apart.relnamespace = whole.relnamespace
    WHERE whole.oid = log AND apart.relkind = 'r' AND NOT apart.relispartition
      AND apart.relname ~ ('^' || whole.relname || '_y[0-9]+m(0[1-9]|1[0-2])$')
      AND pg_catalog.obj_description(apart.oid, 'pg_class') ~ '@month (prepared|detached)$'
  LOOP
    PERFORM dmz.guard_partition(log, part);
  END LOOP;
END
$function$;
COMMENT ON FUNCTION dmz.guard_months(regclass) IS 'For migrations that change the policy of a log: gives it to every partition, and to months that are not attached. Repeatable.';

CREATE OR REPLACE FUNCTION dmz.guard_partition(parent regclass, part regclass)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  guard record;
BEGIN
  -- Nothing is locked where nothing is missing.
  IF EXISTS (SELECT FROM pg_catalog.pg_class WHERE oid = part AND NOT (relrowsecurity AND relforcerowsecurity)) THEN
    EXECUTE pg_catalog.format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', part);
  END IF;
  FOR guard IN
    SELECT polname, pg_catalog.pg_get_expr(polqual, polrelid) AS condition FROM pg_catalog.pg_policy WHERE polrelid = parent
    EXCEPT
    SELECT polname, pg_catalog.pg_get_expr(polqual, polrelid) FROM pg_catalog.pg_policy WHERE polrelid = part
  LOOP
    EXECUTE pg_catalog.format('DROP POLICY IF EXISTS %I ON %s', guard.polname, part);
    EXECUTE pg_catalog.format('CREATE POLICY %I ON %s USING (%s) WITH CHECK (%s)', guard.polname, part, guard.condition, guard.condition);
  END LOOP;
  FOR guard IN
    SELECT pg_catalog.pg_get_triggerdef(oid) AS definition FROM pg_catalog.pg_trigger AS wanted
    WHERE tgrelid = parent AND NOT tgisinternal AND (tgtype & 1) = 0 -- bit 1 is FOR EACH ROW, which partitions inherit
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger AS present WHERE present.tgrelid = part AND present.tgname = wanted.tgname)
  LOOP
    EXECUTE pg_catalog.replace(guard.definition, pg_catalog.format(' ON %s ', parent), pg_catalog.format(' ON %s ', part));
  END LOOP;
END
$function$;
COMMENT ON FUNCTION dmz.guard_partition(regclass,regclass) IS 'Gives a partition the row-level security and the statement triggers of its parent. Repeatable.';

CREATE OR REPLACE FUNCTION dmz.hash_audit_entry(tenant uuid, sequence bigint, previous_sha256 text, id uuid, occurred_at timestamp with time zone, actor_kind text, actor_id uuid, action text, subject_type text, subject_id uuid, details jsonb, version integer)
 RETURNS text
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE
 SET search_path TO ''
AS $function$
DECLARE
  encoded text := '';
  field text;
BEGIN
  FOREACH field IN ARRAY ARRAY['dmz.audit.entry/1', tenant::text, sequence::text, previous_sha256, id::text,
    (extract(epoch FROM occurred_at) * 1000000)::bigint::text, actor_kind, actor_id::text, action, subject_type, subject_id::text,
    details::text, version::text]
  LOOP
    encoded := encoded || coalesce(pg_catalog.octet_length(pg_catalog.convert_to(field, 'UTF8')) || ':' || field, '-');
  END LOOP;
  RETURN pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(encoded, 'UTF8')), 'hex');
END
$function$;
COMMENT ON FUNCTION dmz.hash_audit_entry(uuid,bigint,text,uuid,timestamp with time zone,text,uuid,text,text,uuid,jsonb,integer) IS 'SHA-256, in hex, of an entry of an audit log with its place in the chain; null as sequence and previous hash where it is in none. docs/adr/0007-audit-chain.md has the encoding.';

CREATE OR REPLACE FUNCTION dmz.hold_move(move uuid, known_attempt integer)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  PERFORM FROM public.move_ends WHERE move_id = move AND side = 'target' AND attempt = known_attempt FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD060', MESSAGE = 'another program has taken this move over';
  END IF;
END
$function$;
GRANT EXECUTE ON FUNCTION dmz.hold_move(uuid,integer) TO dmz_mover;
COMMENT ON FUNCTION dmz.hold_move(uuid,integer) IS 'Makes a transaction at the target of a move one of its attempt: ZD060 where another one has begun, and none can begin before it ends. SECURITY DEFINER because the register of moves is closed to the mover.';

CREATE OR REPLACE FUNCTION dmz.holds_over(place regclass, parts jsonb)
 RETURNS TABLE(ground text, person uuid)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
BEGIN
  RETURN QUERY EXECUTE pg_catalog.format(
    'SELECT ''legal hold '' || h.matter, CASE WHEN h.scope = ''person'' AND dmz.person_column($1) IS NOT NULL THEN h.user_id END FROM %1$s AS h
     WHERE h.action = ''placed'' AND NOT EXISTS (SELECT FROM %1$s AS r WHERE r.tenant_id = h.tenant_id AND r.releases_id = h.id)
       AND (h.scope <> ''table'' OR h.table_name IN (SELECT dmz.unit_of($1, $2))) ORDER BY 2 NULLS FIRST, 1', dmz.table_beside(place, 'governance.legal_holds'))
  USING place, parts;
END
$function$;
COMMENT ON FUNCTION dmz.holds_over(regclass,jsonb) IS 'Legal holds in force over rows of a table or what goes with them: over one person''s, or over all where person is null.';

CREATE OR REPLACE FUNCTION dmz.interrupted_by_move(tenant uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT EXISTS (SELECT FROM public.residents
    WHERE tenant_id = tenant AND interrupted_at > pg_catalog.clock_timestamp() - interval '10 seconds')
$function$;
GRANT EXECUTE ON FUNCTION dmz.interrupted_by_move(uuid) TO dmz_app;
COMMENT ON FUNCTION dmz.interrupted_by_move(uuid) IS 'Whether a move has just cancelled transactions of the tenant here, because they kept it from being fenced. SECURITY DEFINER because the register of residents is closed to the application.';

CREATE OR REPLACE FUNCTION dmz.is_served_from(tenant uuid, place text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT EXISTS (SELECT FROM public.residents
    WHERE tenant_id = tenant AND state <> 'departed' AND schema_name IS NOT DISTINCT FROM place)
$function$;
GRANT EXECUTE ON FUNCTION dmz.is_served_from(uuid,text) TO dmz_maintenance;
COMMENT ON FUNCTION dmz.is_served_from(uuid,text) IS 'Whether a tenant lives here in that schema, or in the module schemas where it is null. SECURITY DEFINER because the register of residents is closed to the maintenance role.';

CREATE OR REPLACE FUNCTION dmz.latest_retention_run(tenant uuid)
 RETURNS TABLE(run uuid, table_name text, rows bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT pg_catalog.right(p.reason, 36)::uuid, p.table_name, p.rows_purged FROM public.purges AS p WHERE p.tenant_id = tenant AND p.reason = (
    SELECT pg_catalog.max(q.reason) FROM public.purges AS q WHERE q.tenant_id = tenant AND q.reason ~ '^retention run [0-9a-f-]{36}$')
  ORDER BY p.table_name
$function$;
GRANT EXECUTE ON FUNCTION dmz.latest_retention_run(uuid) TO dmz_maintenance;
COMMENT ON FUNCTION dmz.latest_retention_run(uuid) IS 'What the latest run of retention has purged of a tenant here: one that was killed is found by it, and goes on. SECURITY DEFINER because the record of purges is closed to the maintenance role.';

CREATE OR REPLACE FUNCTION dmz.leave_audit_hashes(run uuid, audit regclass, source regclass, tenant uuid, sequences bigint[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  removals regclass := dmz.table_beside(audit, 'admin.audit_removals');
  at bigint;
  latest text;
  island record;
  field text;
  encoded text;
BEGIN
  EXECUTE pg_catalog.format('SELECT FROM %s WHERE tenant_id = $1 FOR UPDATE', dmz.table_beside(audit, 'admin.audit_chain_heads')) USING tenant;
  EXECUTE pg_catalog.format('SELECT number, removals_sha256 FROM %s WHERE tenant_id = $1 ORDER BY number DESC LIMIT 1', removals) INTO at, latest USING tenant;
  at := coalesce(at, 0);
  FOR island IN EXECUTE pg_catalog.format('SELECT pg_catalog.min(sequence) AS first, pg_catalog.max(sequence) AS last,
      pg_catalog.string_agg(entry_sha256, '''' ORDER BY sequence) AS hashes FROM (SELECT sequence, entry_sha256,
        sequence - pg_catalog.row_number() OVER (ORDER BY sequence) AS number FROM %s WHERE tenant_id = $1 AND sequence = ANY ($2)) AS entry
      GROUP BY number ORDER BY 1', source) USING tenant, sequences
  LOOP
    at := at + 1;
    encoded := '';
    FOREACH field IN ARRAY ARRAY['dmz.audit.removal/1', tenant::text, at::text, run::text, island.first::text, island.last::text, island.hashes, latest] LOOP
      encoded := encoded || coalesce(pg_catalog.octet_length(field) || ':' || field, '-');
    END LOOP;
    latest := pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(encoded, 'UTF8')), 'hex');
    EXECUTE pg_catalog.format('INSERT INTO %s (tenant_id, number, run_id, first_sequence, last_sequence, entry_hashes, removals_sha256)
      VALUES ($1, $2, $3, $4, $5, $6, $7)', removals) USING tenant, at, run, island.first, island.last, island.hashes, latest;
  END LOOP;
  EXECUTE pg_catalog.format('INSERT INTO %s (tenant_id, actor_kind, action, subject_type, subject_id, details)
    VALUES ($1, ''program'', ''admin.audit_log.removed'', ''governance.retention_runs'', $2, $3)', audit)
    USING tenant, run, pg_catalog.jsonb_build_object('entries', pg_catalog.cardinality(sequences), 'removals', at, 'removalsSha256', latest);
END
$function$;
COMMENT ON FUNCTION dmz.leave_audit_hashes(uuid,regclass,regclass,uuid,bigint[]) IS 'Keeps the hashes of audit entries that are about to be removed, chained to those of before, and writes the entry that names the last of these. docs/adr/0009-retention.md has the encoding.';

CREATE OR REPLACE FUNCTION dmz.links_to(place regclass, parts jsonb)
 RETURNS TABLE(child regclass, canonical text, condition text, is_part boolean, is_self boolean)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  WITH part AS (
    SELECT dmz.table_beside(place, p.child) AS child, p."column" FROM pg_catalog.jsonb_to_recordset(parts) AS p(child text, "column" name, "of" text)
    WHERE p."of" = (dmz.placement_of(place)).canonical
  ), key AS (
    SELECT conrelid, pg_catalog.string_agg(pg_catalog.format('c.%I = t.%I', one.attname, other.attname), ' AND ' ORDER BY other.attnum) AS condition,
      pg_catalog.bool_or(confdeltype = 'c' OR EXISTS (SELECT FROM part WHERE part.child = conrelid AND part."column" = one.attname)) AS is_part
    FROM pg_catalog.pg_constraint CROSS JOIN LATERAL ROWS FROM (unnest(conkey), unnest(confkey)) AS pair(from_number, to_number)
    JOIN pg_catalog.pg_attribute AS one ON one.attrelid = conrelid AND one.attnum = from_number
    JOIN pg_catalog.pg_attribute AS other ON other.attrelid = confrelid AND other.attnum = to_number
    WHERE contype = 'f' AND confrelid = place AND conparentid = 0 GROUP BY pg_constraint.oid, conrelid
  ), link AS (
    SELECT conrelid AS child, condition, is_part FROM key
    UNION ALL
    SELECT part.child, pg_catalog.format('c.tenant_id = t.tenant_id AND c.%I = t.id', part."column"), true FROM part
    WHERE NOT EXISTS (SELECT FROM key WHERE key.conrelid = part.child AND key.is_part)
  )
  SELECT child::regclass, (dmz.placement_of(child::regclass)).canonical, condition, is_part, child = place::oid FROM link
$function$;
COMMENT ON FUNCTION dmz.links_to(regclass,jsonb) IS 'What refers to a table: by foreign key, or as a part that is told of as {child, column, of}. Parts, and what a foreign key deletes with its row, go with it; the rest keeps it. Rows are c and t in the condition.';

CREATE OR REPLACE FUNCTION dmz.locate_tenant(reference text)
 RETURNS TABLE(id uuid, slug text, name text, tier text, status text, region text, instance text, schema text, epoch bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT t.id, t.slug, t.name, t.tier, t.status, t.region, i.name, p.schema_name, p.epoch
  FROM public.tenants AS t
  JOIN public.placements AS p ON p.tenant_id = t.id
  JOIN public.instances AS i ON i.id = p.instance_id
  WHERE t.slug = reference OR t.id::text = reference
$function$;
COMMENT ON FUNCTION dmz.locate_tenant(text) IS 'Where the tenant with this id or slug lives. For the owner alone; SECURITY DEFINER because programs of before asked it, to whom the register is closed.';

CREATE OR REPLACE FUNCTION dmz.locate_tenant(reference text, token text)
 RETURNS TABLE(id uuid, slug text, name text, tier text, status text, region text, instance text, schema text, epoch bigint)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  question uuid := pg_catalog.left(pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(reference, 'UTF8')), 'hex'), 32)::uuid;
BEGIN
  IF dmz.verify_token(question, NULL, token) <> 'register' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD082', MESSAGE = 'the token was not signed for a question of the register';
  END IF;
  RETURN QUERY SELECT * FROM dmz.locate_tenant(reference);
END
$function$;
GRANT EXECUTE ON FUNCTION dmz.locate_tenant(text,text) TO dmz_app;
COMMENT ON FUNCTION dmz.locate_tenant(text,text) IS 'Where the tenant with this id or slug lives, for a program that shows by a token of this moment, connection and question that it is one. SECURITY DEFINER because the keys and the register are closed to the application.';

CREATE OR REPLACE FUNCTION dmz.move_strays(log regclass, month date)
 RETURNS bigint
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  it record;
  names text;
  of_month text;
  side text;
  moved bigint;
BEGIN
  it := dmz.find_month(log, month);
  of_month := pg_catalog.format('%I >= %L AND %I < %L', it.time_column, it.first, it.time_column, it.past);
  SELECT pg_catalog.string_agg(pg_catalog.quote_ident(attname), ', ' ORDER BY attnum) INTO names
    FROM pg_catalog.pg_attribute WHERE attrelid = log AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
  FOREACH side IN ARRAY ARRAY[it.rest::text, it.part] LOOP
    EXECUTE pg_catalog.format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY, DISABLE TRIGGER USER', side);
  END LOOP;
  EXECUTE pg_catalog.format('WITH gone AS (DELETE FROM %1$s WHERE %2$s RETURNING %3$s) INSERT INTO %4$s (%3$s) SELECT %3$s FROM gone',
    it.rest, of_month, names, it.part);
  GET DIAGNOSTICS moved = ROW_COUNT;
  FOREACH side IN ARRAY ARRAY[it.rest::text, it.part] LOOP
    EXECUTE pg_catalog.format('ALTER TABLE %s FORCE ROW LEVEL SECURITY, ENABLE TRIGGER USER', side);
  END LOOP;
  RETURN moved;
END
$function$;
COMMENT ON FUNCTION dmz.move_strays(regclass,date) IS 'A door in append-only: moves a month’s rows, unchanged, from the default partition into the month’s own, within the transaction that attaches it. For dmz.attach_month alone, which holds the locks.';

CREATE OR REPLACE FUNCTION dmz.note_purge(run uuid, tenant uuid, counts jsonb)
 RETURNS void
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  INSERT INTO public.purges (tenant_id, reason, table_name, rows_purged)
  SELECT tenant, 'retention run ' || run, key, value::bigint FROM pg_catalog.jsonb_each_text(counts) WHERE value::bigint > 0 ORDER BY key
  ON CONFLICT ON CONSTRAINT purges_pkey DO UPDATE SET rows_purged = purges.rows_purged + excluded.rows_purged
$function$;
COMMENT ON FUNCTION dmz.note_purge(uuid,uuid,jsonb) IS 'Adds what a run of retention has just purged to what it has purged before, in the same transaction.';

CREATE OR REPLACE FUNCTION dmz.open_tenant(tenant uuid, known_epoch bigint DEFAULT NULL::bigint)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  context text := pg_catalog.current_setting('backtrace_functions');
  fence text;
  resident record;
BEGIN
  IF tenant IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD001', MESSAGE = 'no tenant was named';
  END IF;
  IF context ~ '^[0-9a-f]{32}( |$)' AND pg_catalog.left(context, 32) <> pg_catalog.replace(tenant::text, '-', '') THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD004', MESSAGE = 'this transaction has entered another tenant',
      HINT = 'A transaction serves one tenant. Begin another one.';
  END IF;
  fence := pg_catalog.pg_advisory_xact_lock_shared(pg_catalog.hashtextextended('fence:' || tenant::text, 0))::text;
  SELECT state, epoch, schema_name INTO resident FROM public.residents WHERE tenant_id = tenant;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD002', MESSAGE = 'the tenant does not live here';
  END IF;
  IF resident.state = 'departed' OR known_epoch <> resident.epoch THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD005', MESSAGE = 'the tenant has moved since this router looked',
      DETAIL = pg_catalog.json_build_object('expected', known_epoch, 'actual', resident.epoch)::text;
  END IF;
  IF resident.state <> 'serving' AND NOT (resident.state = 'archived' AND pg_catalog.current_setting('transaction_read_only') = 'on') THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD003', MESSAGE = pg_catalog.format('the tenant is %s', resident.state),
      DETAIL = pg_catalog.json_build_object('state', resident.state)::text;
  END IF;
  PERFORM dmz.set_context(tenant, resident.schema_name);
  RETURN pg_catalog.now();
END
$function$;
COMMENT ON FUNCTION dmz.open_tenant(uuid,bigint) IS 'Opens a tenant transaction: takes the shared fence that a move needs, checks that the tenant lives here at the epoch that the caller knows and may be served, and sets the context until the transaction ends. Returns the time of the transaction. For the owner and its functions, which have checked who asks.';

CREATE OR REPLACE FUNCTION dmz.person_column(place regclass)
 RETURNS name
 LANGUAGE sql
 STABLE STRICT
 SET search_path TO ''
AS $function$
  SELECT coalesce((SELECT 'id' WHERE place = dmz.table_beside(place, 'auth.users')),
    (SELECT attname FROM pg_catalog.pg_constraint JOIN pg_catalog.pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)
     WHERE conrelid = place AND contype = 'f' AND confrelid = dmz.table_beside(place, 'auth.users') AND attname IN ('user_id', 'player_id') LIMIT 1))
$function$;
COMMENT ON FUNCTION dmz.person_column(regclass) IS 'The column that tells whose a row is; null where rows of one person cannot be told from others''.';

CREATE OR REPLACE FUNCTION dmz.placement_of(log regclass, OUT own_schema name, OUT canonical text)
 RETURNS record
 LANGUAGE sql
 STABLE STRICT
 SET search_path TO ''
AS $function$
  SELECT CASE WHEN n.nspname LIKE 'tenant\_%' THEN n.nspname END,
    CASE WHEN n.nspname LIKE 'tenant\_%' THEN pg_catalog.regexp_replace(c.relname, '_', '.') ELSE n.nspname || '.' || c.relname END
  FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE c.oid = log
$function$;
GRANT EXECUTE ON FUNCTION dmz.placement_of(regclass) TO dmz_maintenance;
COMMENT ON FUNCTION dmz.placement_of(regclass) IS 'The schema of a tenant’s own that a table is in, null for the module schemas; and the name that its module gave it, such as game.events.';

CREATE OR REPLACE FUNCTION dmz.prepare_month(log regclass, month date, again boolean DEFAULT false)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  it record;
  within text;
BEGIN
  it := dmz.find_month(log, month);
  IF it.state = 'attached' THEN
    RETURN it.state;
  END IF;
  within := pg_catalog.format('CHECK (%I >= %L AND %I < %L)', it.time_column, it.first, it.time_column, it.past);
  IF it.state = 'detached' AND again THEN
    EXECUTE pg_catalog.format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS within_month, ADD CONSTRAINT within_month %s', it.part, within);
    RETURN it.state;
  END IF;
  IF it.state = 'prepared' THEN
    -- Left by a program that was killed. Rows reach it in the transaction that attaches it, so it is empty.
    EXECUTE pg_catalog.format('DROP TABLE %s', it.part);
  ELSIF it.state <> 'absent' OR again THEN
    PERFORM dmz.refuse_month(it.part, it.state);
  END IF;
  EXECUTE pg_catalog.format('CREATE TABLE %s (LIKE %s INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING CONSTRAINTS INCLUDING INDEXES'
    ' INCLUDING STORAGE INCLUDING COMPRESSION INCLUDING STATISTICS, CONSTRAINT within_month %s)', it.part, log, within);
  EXECUTE pg_catalog.format('COMMENT ON TABLE %s IS %L', it.part, E'A month that is about to be attached to ' || log::text || E'.\n@month prepared');
  PERFORM dmz.guard_partition(log, it.part::regclass);
  RETURN 'prepared';
END
$function$;
GRANT EXECUTE ON FUNCTION dmz.prepare_month(regclass,date,boolean) TO dmz_maintenance;
COMMENT ON FUNCTION dmz.prepare_month(regclass,date,boolean) IS 'Makes the table of a month (UTC) beside its log, guarded as a partition is, and locks nothing that a writer meets; with again, makes a detached month ready to be attached again. Repeatable. SECURITY DEFINER so that the maintenance role can call it without owning the log.';

CREATE OR REPLACE FUNCTION dmz.purge_audit_entries(run uuid, place regclass, tenant uuid, known_epoch bigint, due tstzmultirange, after bigint, most integer, rehearsal boolean, OUT last bigint, OUT matched bigint, OUT purged jsonb, OUT kept jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  sequences bigint[];
  hold record;
BEGIN
  PERFORM dmz.open_tenant(tenant, known_epoch);
  IF (dmz.placement_of(place)).canonical <> 'admin.audit_log' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD061', MESSAGE = pg_catalog.format('%s is no audit log', place);
  END IF;
  EXECUTE pg_catalog.format('SELECT coalesce(pg_catalog.array_agg(sequence ORDER BY sequence), ''{}'') FROM (SELECT t.sequence FROM %s AS t
    WHERE t.sequence > $1 AND t.occurred_at <@ $2 AND t.action <> ''admin.audit_chain.begun'' ORDER BY t.sequence LIMIT $3) AS batch', place) INTO sequences USING after, due, most;
  matched := pg_catalog.cardinality(sequences);
  last := sequences[matched::integer];
  purged := '{}';
  kept := '{}';
  IF matched = 0 THEN
    RETURN;
  END IF;
  SELECT * INTO hold FROM dmz.holds_over(place, '[]') LIMIT 1;
  IF FOUND THEN
    kept := pg_catalog.jsonb_build_object(hold.ground, matched);
    RETURN;
  END IF;
  purged := pg_catalog.jsonb_build_object('admin.audit_log', matched);
  IF rehearsal THEN
    RETURN;
  END IF;
  PERFORM dmz.leave_audit_hashes(run, place, place, tenant, sequences);
  PERFORM pg_catalog.set_config('session_replication_role', 'replica', true);
  EXECUTE pg_catalog.format('DELETE FROM %s AS t WHERE t.sequence = ANY ($1)', place) USING sequences;
  PERFORM pg_catalog.set_config('session_replication_role', 'origin', true), dmz.note_purge(run, tenant, purged);
END
$function$;
GRANT EXECUTE ON FUNCTION dmz.purge_audit_entries(uuid,regclass,uuid,bigint,tstzmultirange,bigint,integer,boolean) TO dmz_maintenance;
COMMENT ON FUNCTION dmz.purge_audit_entries(uuid,regclass,uuid,bigint,tstzmultirange,bigint,integer,boolean) IS 'As purge_due_rows, for entries of an audit log: their hashes stay in admin.audit_removals, and an entry of the same transaction names them. Entries from before chains were kept stay, and so does the one that vouches for them. A rehearsal counts alone, since a program that writes an entry would wait for its end. SECURITY DEFINER because nobody but the owner may delete what is append-only.';

CREATE OR REPLACE FUNCTION dmz.purge_due_rows(run uuid, place regclass, tenant uuid, known_epoch bigint, due tstzmultirange, parts jsonb, after uuid, most integer, OUT last uuid, OUT matched bigint, OUT purged jsonb, OUT kept jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  condition text;
  candidates uuid[];
  members uuid[];
  more uuid[];
  grounds jsonb;
  grown jsonb;
  link record;
  hold record;
BEGIN
  PERFORM dmz.open_tenant(tenant, known_epoch);
  condition := dmz.due_condition(place);
  EXECUTE pg_catalog.format('SELECT coalesce(pg_catalog.array_agg(id ORDER BY id), ''{}'') FROM (SELECT t.id FROM %s AS t WHERE t.id > $1 AND %s ORDER BY t.id LIMIT $3) AS batch',
    place, condition) INTO candidates USING after, due, most;
  matched := pg_catalog.cardinality(candidates);
  last := candidates[matched::integer];
  purged := '{}';
  kept := '{}';
  SELECT * INTO hold FROM dmz.holds_over(place, parts) WHERE person IS NULL LIMIT 1;
  IF FOUND OR matched = 0 THEN
    IF matched > 0 THEN
      kept := pg_catalog.jsonb_build_object(hold.ground, matched);
    END IF;
    RETURN;
  END IF;
  members := candidates;
  LOOP
    more := '{}';
    FOR link IN SELECT * FROM dmz.links_to(place, parts) AS l WHERE l.is_self LOOP
      EXECUTE pg_catalog.format('SELECT $2 || coalesce(pg_catalog.array_agg(DISTINCT n), ''{}'') FROM (SELECT c.id AS n FROM %1$s AS c JOIN %1$s AS t ON %2$s WHERE t.id = ANY ($1)
        UNION SELECT t.id FROM %1$s AS c JOIN %1$s AS t ON %2$s WHERE c.id = ANY ($1)) AS near WHERE n <> ALL ($1)', place, link.condition) INTO more USING members, more;
    END LOOP;
    EXIT WHEN more = '{}';
    members := ARRAY(SELECT DISTINCT pg_catalog.unnest(members || more));
  END LOOP;
  EXECUTE pg_catalog.format('SELECT FROM %s AS t WHERE t.id = ANY ($1) ORDER BY t.id FOR UPDATE', place) USING members;
  EXECUTE pg_catalog.format('SELECT coalesce(pg_catalog.jsonb_object_agg(id, ground), ''{}'') FROM (
      SELECT t.id, ''a row of its chain is not due'' AS ground FROM %1$s AS t WHERE t.id = ANY ($1) AND NOT coalesce(%2$s, false)
      UNION ALL SELECT b.id, b.ground FROM dmz.find_blocks($3, $1, $2, $4) AS b
      UNION ALL SELECT t.id, h.ground FROM %1$s AS t JOIN dmz.holds_over($3, $4) AS h ON h.person = t.%3$I WHERE t.id = ANY ($1)) AS blocked',
    place, condition, coalesce(dmz.person_column(place), 'id')) INTO grounds USING members, due, place, parts;
  LOOP
    grown := grounds;
    FOR link IN SELECT * FROM dmz.links_to(place, parts) AS l WHERE l.is_self LOOP
      EXECUTE pg_catalog.format('SELECT coalesce(pg_catalog.jsonb_object_agg(n, ''a row of its chain stays''), ''{}'') || $2 FROM (
          SELECT c.id AS n FROM %1$s AS c JOIN %1$s AS t ON %2$s WHERE t.id = ANY ($1) AND $2 ? t.id::text
          UNION SELECT t.id FROM %1$s AS c JOIN %1$s AS t ON %2$s WHERE c.id = ANY ($1) AND $2 ? c.id::text) AS near', place, link.condition)
        INTO grown USING members, grown;
    END LOOP;
    EXIT WHEN grown = grounds;
    grounds := grown;
  END LOOP;
  SELECT coalesce(pg_catalog.jsonb_object_agg(ground, n), '{}') INTO kept FROM (SELECT value AS ground, pg_catalog.count(*) AS n
    FROM pg_catalog.jsonb_each_text(grounds) WHERE key::uuid = ANY (candidates) GROUP BY value) AS counted;
  members := ARRAY(SELECT m FROM pg_catalog.unnest(members) AS m WHERE NOT grounds ? m::text);
  IF members <> '{}' THEN
    PERFORM pg_catalog.set_config('session_replication_role', 'replica', true);
    purged := dmz.delete_units(place, members, parts);
    PERFORM pg_catalog.set_config('session_replication_role', 'origin', true), dmz.note_purge(run, tenant, purged);
  END IF;
END
$function$;
GRANT EXECUTE ON FUNCTION dmz.purge_due_rows(uuid,regclass,uuid,bigint,tstzmultirange,jsonb,uuid,integer) TO dmz_maintenance;
COMMENT ON FUNCTION dmz.purge_due_rows(uuid,regclass,uuid,bigint,tstzmultirange,jsonb,uuid,integer) IS 'A door in append-only: deletes what is due of some of a tenant''s rows behind a place in a table, with their chains and parts, unless a legal hold or another row keeps them; tells where it stopped, how many were due, what went by table and what stayed by ground, and notes it in public.purges. SECURITY DEFINER because nobody but the owner may delete what is append-only.';

CREATE OR REPLACE FUNCTION dmz.purge_tenant_rows(place regclass, tenant uuid, most integer, reason text)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  part regclass;
  purged bigint := 0;
  found_rows bigint;
BEGIN
  IF reason !~ '\S' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD053', MESSAGE = 'rows are purged for a reason, and none was given';
  END IF;
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.oid = place AND c.relowner = 'dmz_owner'::regrole AND NOT c.relispartition AND n.nspname NOT LIKE 'tenant\_%'
      AND pg_catalog.obj_description(c.oid, 'pg_class') ~ '@kind (tenant|append_only|partitioned_log)\M') THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD061', MESSAGE = pg_catalog.format('%s is no table of tenants in the module schemas', place);
  END IF;
  IF dmz.is_served_from(tenant, NULL) THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD062', MESSAGE = 'the tenant is served from here, so its rows stay';
  END IF;
  PERFORM dmz.set_context(tenant, NULL), pg_catalog.set_config('session_replication_role', 'replica', true);
  FOR part IN
    SELECT place WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_partitioned_table WHERE partrelid = place)
    UNION ALL
    SELECT relid FROM pg_catalog.pg_partition_tree(place) WHERE isleaf
    UNION ALL
    SELECT apart.oid FROM pg_catalog.pg_class AS log JOIN pg_catalog.pg_class AS apart ON apart.relnamespace = log.relnamespace
    WHERE log.oid = place AND log.relkind = 'p' AND apart.relkind = 'r' AND NOT apart.relispartition
      AND apart.relname ~ ('^' || log.relname || '_y[0-9]{4}m(0[1-9]|1[0-2])$')
      AND pg_catalog.obj_description(apart.oid, 'pg_class') LIKE '%@month detached'
  LOOP
    EXECUTE pg_catalog.format(
      'DELETE FROM ONLY %1$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM ONLY %1$s WHERE tenant_id = $1 LIMIT $2))', part)
      USING tenant, most - purged;
    GET DIAGNOSTICS found_rows = ROW_COUNT;
    purged := purged + found_rows;
    EXIT WHEN purged >= most;
  END LOOP;
  PERFORM pg_catalog.set_config('session_replication_role', 'origin', true), dmz.set_context(NULL, NULL);
  IF purged > 0 THEN
    INSERT INTO public.purges (tenant_id, reason, table_name, rows_purged) VALUES (tenant, reason, place::text, purged)
    ON CONFLICT ON CONSTRAINT purges_pkey DO UPDATE SET rows_purged = purges.rows_purged + excluded.rows_purged;
  END IF;
  RETURN purged;
END
$function$;
COMMENT ON FUNCTION dmz.purge_tenant_rows(regclass,uuid,integer,text) IS 'A door in append-only: deletes up to so many rows of a tenant from one table of the module schemas, for a reason that is kept in public.purges with their number, and returns it; ZD062 where the tenant is served from here. SECURITY DEFINER because nobody but the owner may delete what is append-only.';

CREATE OR REPLACE FUNCTION dmz.purge_unmoved_rows(move uuid, known_attempt integer, place regclass, tenant uuid, most integer, reason text)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  bringing record;
BEGIN
  SELECT move_id, attempt INTO bringing FROM public.move_ends WHERE tenant_id = tenant AND side = 'target' FOR SHARE;
  IF bringing.move_id IS DISTINCT FROM move OR bringing.attempt IS DISTINCT FROM known_attempt THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD060', MESSAGE = 'another program has taken this place over';
  END IF;
  RETURN dmz.purge_tenant_rows(place, tenant, most, reason);
END
$function$;
GRANT EXECUTE ON FUNCTION dmz.purge_unmoved_rows(uuid,integer,regclass,uuid,integer,text) TO dmz_maintenance;
COMMENT ON FUNCTION dmz.purge_unmoved_rows(uuid,integer,regclass,uuid,integer,text) IS 'As purge_tenant_rows, for the attempt of the move that brings the tenant here, or for nobody’s (null) while none does: ZD060 where it is another’s. SECURITY DEFINER because the register of moves is closed to the maintenance role.';

CREATE OR REPLACE FUNCTION dmz.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'ZD010',
    MESSAGE = pg_catalog.format('%s is append-only: %s is refused for everyone', TG_RELID::regclass, TG_OP),
    HINT = 'A correction or an invalidation is a new record.';
END
$function$;
COMMENT ON FUNCTION dmz.refuse_change() IS 'Trigger of every append-only table: refuses UPDATE, DELETE and TRUNCATE, for the owner too.';

CREATE OR REPLACE FUNCTION dmz.refuse_context(own_schema text)
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE
 SET search_path TO ''
AS $function$
BEGIN
  IF pg_catalog.current_setting('backtrace_functions') ~ '^[0-9a-f]{32}( |$)' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD002', MESSAGE = 'the tenant of the context is not served here';
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'ZD001', MESSAGE = 'no tenant has been entered in this transaction',
    HINT = 'A program enters with dmz.enter_tenant(tenant, epoch, token) after BEGIN.';
END
$function$;
GRANT EXECUTE ON FUNCTION dmz.refuse_context(text) TO dmz_app;
GRANT EXECUTE ON FUNCTION dmz.refuse_context(text) TO dmz_tenant;
COMMENT ON FUNCTION dmz.refuse_context(text) IS 'Says why no tenant is entered in a schema, or with null in the module schemas: ZD001 without a context, ZD002 where it is of another place.';

CREATE OR REPLACE FUNCTION dmz.refuse_foreign_region()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  misplaced record;
BEGIN
  SELECT t.slug, t.region AS tenant_region, i.name AS instance, i.region AS instance_region INTO misplaced
  FROM public.placements AS p JOIN public.tenants AS t ON t.id = p.tenant_id JOIN public.instances AS i ON i.id = p.instance_id
  WHERE t.region <> i.region AND CASE TG_RELID
    WHEN 'public.placements'::regclass THEN p.tenant_id = (pg_catalog.to_jsonb(NEW)->>'tenant_id')::uuid
    WHEN 'public.tenants'::regclass THEN t.id = (pg_catalog.to_jsonb(NEW)->>'id')::uuid
    ELSE i.id = (pg_catalog.to_jsonb(NEW)->>'id')::uuid END
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD070', MESSAGE = pg_catalog.format('%s belongs in region %s, and instance %s is in %s',
      misplaced.slug, misplaced.tenant_region, misplaced.instance, misplaced.instance_region);
  END IF;
  RETURN NULL;
END
$function$;
COMMENT ON FUNCTION dmz.refuse_foreign_region() IS 'Trigger of the register: at the end of a transaction a tenant’s region is that of its instance, or ZD070.';

CREATE OR REPLACE FUNCTION dmz.refuse_month(part text, state text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
BEGIN
  IF state = 'taken' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD050', MESSAGE = pg_catalog.format('%s is there, and is no month of the log', part);
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'ZD051', MESSAGE = pg_catalog.format('%s is %s', part, state),
    DETAIL = pg_catalog.json_build_object('partition', part, 'state', state)::text;
END
$function$;
COMMENT ON FUNCTION dmz.refuse_month(text,text) IS 'Refuses a step that does not fit the state of a month: ZD050 where its name belongs to another table, else ZD051.';

CREATE OR REPLACE FUNCTION dmz.report_program(program uuid, called text, of_version text, knows integer, running_at text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  INSERT INTO public.running_programs (id, name, program_version, schema_number, host)
  VALUES (program, called, of_version, knows, running_at)
  ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, program_version = EXCLUDED.program_version,
    schema_number = EXCLUDED.schema_number, host = EXCLUDED.host, seen_at = pg_catalog.now()
$function$;
GRANT EXECUTE ON FUNCTION dmz.report_program(uuid,text,text,integer,text) TO dmz_app;
COMMENT ON FUNCTION dmz.report_program(uuid,text,text,integer,text) IS 'Says that a program runs, and the last migration that it knows. SECURITY DEFINER because the register of programs is closed to every role but its owner.';

CREATE OR REPLACE FUNCTION dmz.secure_database()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  closed record;
BEGIN
  EXECUTE pg_catalog.format('REVOKE ALL ON DATABASE %I FROM PUBLIC, dmz_owner', pg_catalog.current_database());
  EXECUTE pg_catalog.format('GRANT CONNECT ON DATABASE %I TO dmz_app, dmz_mover, dmz_maintenance', pg_catalog.current_database());
  EXECUTE pg_catalog.format('GRANT CREATE ON DATABASE %I TO dmz_owner', pg_catalog.current_database());
  -- What came with PostgreSQL is a superuser's.
  IF (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = CURRENT_USER) THEN
    FOR closed IN SELECT * FROM dmz.closed_to_everybody() LOOP
      EXECUTE pg_catalog.format('REVOKE ALL ON %s %s FROM PUBLIC', closed.kind,
        CASE closed.kind WHEN 'function' THEN closed.object::regprocedure::text ELSE closed.object::regclass::text END);
    END LOOP;
    -- PostgreSQL asks the cheapest conditions of a row first, and of equals the policy. Only here can a cost be nothing, which
    -- is what it takes to be no dearer than IS NULL.
    UPDATE pg_catalog.pg_proc SET procost = 0 WHERE oid = 'pg_catalog.uuid_eq(uuid,uuid)'::regprocedure AND procost <> 0;
  END IF;
END
$function$;
ALTER FUNCTION dmz.secure_database() OWNER TO administrator;
COMMENT ON FUNCTION dmz.secure_database() IS 'Leaves PUBLIC no right on this database nor, where a superuser runs it, on what dmz.closed_to_everybody lists; has policies asked before other conditions; and gives each role its own. For its administrator.';

CREATE OR REPLACE FUNCTION dmz.set_context(tenant uuid, own_schema text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
BEGIN
  PERFORM pg_catalog.set_config('backtrace_functions',
    coalesce(pg_catalog.replace(tenant::text, '-', '') || coalesce(' ' || own_schema, ''), ''), true);
END
$function$;
COMMENT ON FUNCTION dmz.set_context(uuid,text) IS 'Sets the tenant that policies compare with until the transaction ends, in the module schemas or in a schema of its own; with nulls, none. For the owner alone: whoever may call it is every tenant.';

CREATE OR REPLACE FUNCTION dmz.set_updated_at()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
BEGIN
  NEW.updated_at := pg_catalog.now();
  RETURN NEW;
END
$function$;
COMMENT ON FUNCTION dmz.set_updated_at() IS 'Trigger of every table with updated_at.';

CREATE OR REPLACE FUNCTION dmz.sign_off_program(program uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  DELETE FROM public.running_programs WHERE id = program
$function$;
GRANT EXECUTE ON FUNCTION dmz.sign_off_program(uuid) TO dmz_app;
COMMENT ON FUNCTION dmz.sign_off_program(uuid) IS 'Says that a program has ended. SECURITY DEFINER because the register of programs is closed to every role but its owner.';

CREATE OR REPLACE FUNCTION dmz.sum_counts(one jsonb, other jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  SELECT coalesce(pg_catalog.jsonb_object_agg(key, total), '{}') FROM (SELECT key, pg_catalog.sum(value::bigint) AS total
    FROM (SELECT * FROM pg_catalog.jsonb_each_text(one) UNION ALL SELECT * FROM pg_catalog.jsonb_each_text(other)) AS counts GROUP BY key) AS totals
$function$;
COMMENT ON FUNCTION dmz.sum_counts(jsonb,jsonb) IS 'The sums of two objects of numbers.';

CREATE OR REPLACE FUNCTION dmz.table_beside(place regclass, canonical text)
 RETURNS regclass
 LANGUAGE sql
 STABLE STRICT
 SET search_path TO ''
AS $function$
  SELECT coalesce(pg_catalog.to_regclass(pg_catalog.format('%I.%I', coalesce(own_schema, pg_catalog.split_part(canonical, '.', 1)),
    CASE WHEN own_schema IS NULL THEN pg_catalog.split_part(canonical, '.', 2) ELSE pg_catalog.replace(canonical, '.', '_') END)), canonical::regclass)
  FROM (SELECT (dmz.placement_of(place)).own_schema) AS here
$function$;
COMMENT ON FUNCTION dmz.table_beside(regclass,text) IS 'The table that a module calls so, such as governance.legal_holds, at the placement of another one.';

CREATE OR REPLACE FUNCTION dmz.tenant_of_domain(asked text, usage text)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT tenant_id FROM public.tenant_domains
  WHERE domain = pg_catalog.lower(asked) AND purpose = usage AND verified_at IS NOT NULL
$function$;
COMMENT ON FUNCTION dmz.tenant_of_domain(text,text) IS 'The tenant that showed a domain to be its own, for sign_in or for web. SECURITY DEFINER because the register is closed to the application.';

CREATE OR REPLACE FUNCTION dmz.time_of_row(place regclass, alias text)
 RETURNS text
 LANGUAGE sql
 STABLE STRICT
 SET search_path TO ''
AS $function$
  SELECT 'greatest(' || pg_catalog.string_agg(CASE WHEN atttypid = 'date'::regtype
    THEN pg_catalog.format('((%s.%I + 1)::timestamp AT TIME ZONE ''UTC'')', alias, attname) ELSE pg_catalog.format('%s.%I', alias, attname) END, ', ' ORDER BY attnum) || ')'
  FROM pg_catalog.pg_attribute WHERE attrelid = place AND attnum > 0 AND NOT attisdropped
    AND atttypid IN ('date'::regtype, 'timestamptz'::regtype) AND attname NOT IN ('updated_at', 'client_time')
$function$;
COMMENT ON FUNCTION dmz.time_of_row(regclass,text) IS 'The expression of the time that a row''s retention counts from: the latest that it has, other than its last update and what the player''s clock said.';

CREATE OR REPLACE FUNCTION dmz.unit_of(place regclass, parts jsonb)
 RETURNS SETOF text
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  WITH RECURSIVE unit AS (
    SELECT place AS member
    UNION
    SELECT link.child FROM unit CROSS JOIN LATERAL dmz.links_to(unit.member, parts) AS link WHERE link.is_part
  )
  SELECT (dmz.placement_of(member)).canonical FROM unit
$function$;
COMMENT ON FUNCTION dmz.unit_of(regclass,jsonb) IS 'The tables whose rows go with those of a table, itself included.';

CREATE OR REPLACE FUNCTION dmz.verify_token(tenant uuid, known_epoch bigint, token text)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
DECLARE
  parts text[] := pg_catalog.string_to_array(token, '.');
  signer record;
  code text;
  age bigint;
BEGIN
  -- Lengths are not counted: that took PostgreSQL ten times as long as all that follows.
  IF token IS NULL OR token !~ '^v1[.][0-9a-f-]+[.][0-9]+[.][0-9]+[.][a-z0-9_]*[.][0-9a-f]+$' OR NOT pg_catalog.pg_input_is_valid(parts[2], 'uuid') THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD080', MESSAGE = 'a tenant is entered with a token, and this is none';
  END IF;
  SELECT k.inner_pad, k.outer_pad INTO signer FROM public.context_keys AS k
  WHERE k.id = parts[2]::uuid AND (k.retired_at IS NULL OR k.retired_at > pg_catalog.statement_timestamp());
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD081', MESSAGE = 'the key that signed the token is unknown here, or retired';
  END IF;
  code := pg_catalog.encode(pg_catalog.sha256(pg_catalog.decode(signer.outer_pad, 'hex') || pg_catalog.sha256(
    pg_catalog.decode(signer.inner_pad, 'hex') || pg_catalog.convert_to(pg_catalog.concat_ws(E'\n', 'dmz-context-v1', parts[3], parts[4],
      tenant::text, coalesce(known_epoch::text, ''), parts[5], pg_catalog.current_database()), 'UTF8'))), 'hex');
  IF pg_catalog.sha256(code::bytea) <> pg_catalog.sha256(parts[6]::bytea) THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD082', MESSAGE = 'the token was not signed for this entry';
  END IF;
  IF parts[4] <> pg_catalog.pg_backend_pid()::text THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD083', MESSAGE = 'the token was made for another connection',
      HINT = 'A pooler that lends connections by transaction cannot stand between a program and the database.';
  END IF;
  age := extract(epoch FROM pg_catalog.statement_timestamp()) * 1000 - parts[3]::bigint;
  IF age NOT BETWEEN -5000 AND 15000 THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD084', MESSAGE = pg_catalog.format('the token was made %s s %s', pg_catalog.round(abs(age) / 1000.0, 1),
        CASE WHEN age > 0 THEN 'ago' ELSE 'ahead of this database''s clock' END),
      DETAIL = pg_catalog.json_build_object('ageMs', age)::text;
  END IF;
  RETURN parts[5];
END
$function$;
COMMENT ON FUNCTION dmz.verify_token(uuid,bigint,text) IS 'Holds a token against what is entered: ZD080 for what is none, ZD081 for an unknown or retired key, ZD082 where it is not signed for this tenant, epoch and database, ZD083 on another connection than its own, ZD084 when it is older than 15 s or more than 5 s ahead. Returns the schema that it is for, empty for the module schemas.';

CREATE SCHEMA economy;
GRANT USAGE ON SCHEMA economy TO dmz_app;
GRANT USAGE ON SCHEMA economy TO dmz_maintenance;
GRANT USAGE ON SCHEMA economy TO dmz_mover;
GRANT USAGE ON SCHEMA economy TO dmz_tenant;

CREATE TABLE economy.achievements (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  key text NOT NULL,
  name text NOT NULL,
  description text NOT NULL,
  category text NOT NULL,
  tier text NOT NULL,
  criteria jsonb NOT NULL,
  hidden boolean NOT NULL DEFAULT false,
  experience_reward integer NOT NULL DEFAULT 0,
  credits_reward integer NOT NULL DEFAULT 0,
  retired_at timestamp with time zone,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE economy.achievements ADD CONSTRAINT achievements_category_check CHECK ((category = ANY (ARRAY['detection'::text, 'verification'::text, 'operations'::text, 'story'::text, 'social'::text, 'learning'::text])));
ALTER TABLE economy.achievements ADD CONSTRAINT achievements_key_key UNIQUE (tenant_id, key);
ALTER TABLE economy.achievements ADD CONSTRAINT achievements_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE economy.achievements ADD CONSTRAINT achievements_rewards_not_negative_check CHECK (((experience_reward >= 0) AND (credits_reward >= 0)));
ALTER TABLE economy.achievements ADD CONSTRAINT achievements_tier_check CHECK ((tier = ANY (ARRAY['bronze'::text, 'silver'::text, 'gold'::text, 'platinum'::text])));
ALTER TABLE economy.achievements ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON economy.achievements AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON economy.achievements FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE economy.achievements TO dmz_mover;
GRANT SELECT ON TABLE economy.achievements TO dmz_app;
COMMENT ON TABLE economy.achievements IS 'What a person can be distinguished for, and what must be done to earn it.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN economy.achievements.criteria IS 'Condition over the player’s events, in the form that version names.';
COMMENT ON COLUMN economy.achievements.hidden IS 'Not shown until it is earned.';
COMMENT ON COLUMN economy.achievements.key IS 'Stable name that code and content use.';
COMMENT ON COLUMN economy.achievements.retired_at IS 'From then on it is no longer awarded.';
COMMENT ON COLUMN economy.achievements.version IS 'Version of the payload’s shape.';

CREATE OR REPLACE FUNCTION economy.check_transaction()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  entries bigint;
  unbalanced json;
BEGIN
  SELECT coalesce(sum(per_currency.entries), 0), json_object_agg(per_currency.currency, per_currency.total) FILTER (WHERE per_currency.total <> 0)
  INTO entries, unbalanced
  FROM (
    SELECT currency, count(*) AS entries, sum(amount) AS total FROM economy.ledger_entries
    WHERE tenant_id = NEW.tenant_id AND transaction_id = NEW.id GROUP BY currency
  ) AS per_currency;
  IF entries <> NEW.entry_count THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD031', MESSAGE = 'the ledger transaction has not the number of entries that it states',
      DETAIL = json_build_object('transactionId', NEW.id, 'expected', NEW.entry_count, 'actual', entries)::text,
      HINT = 'Insert a transaction and all of its entries before COMMIT.';
  END IF;
  IF unbalanced IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD030', MESSAGE = 'the ledger transaction does not balance',
      DETAIL = json_build_object('transactionId', NEW.id, 'unbalanced', unbalanced)::text,
      HINT = 'The entries of a transaction add up to zero in every currency.';
  END IF;
  RETURN NULL;
END
$function$;
COMMENT ON FUNCTION economy.check_transaction() IS 'At COMMIT, holds a ledger transaction to the number of entries that it states (ZD031) and to a sum of zero in every currency (ZD030).';

CREATE TABLE economy.inventory_items (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  item_key text NOT NULL,
  kind text NOT NULL,
  quantity integer NOT NULL DEFAULT 1,
  equipped boolean NOT NULL DEFAULT false,
  transaction_id uuid,
  acquired_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE economy.inventory_items ADD CONSTRAINT inventory_items_consumables_not_equipped_check CHECK ((NOT (equipped AND (kind = 'consumable'::text))));
ALTER TABLE economy.inventory_items ADD CONSTRAINT inventory_items_equipped_is_held_check CHECK (((NOT equipped) OR (quantity > 0)));
ALTER TABLE economy.inventory_items ADD CONSTRAINT inventory_items_expires_after_acquired_check CHECK ((expires_at > acquired_at));
ALTER TABLE economy.inventory_items ADD CONSTRAINT inventory_items_kind_check CHECK ((kind = ANY (ARRAY['tool'::text, 'consumable'::text, 'cosmetic'::text, 'badge'::text])));
ALTER TABLE economy.inventory_items ADD CONSTRAINT inventory_items_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE economy.inventory_items ADD CONSTRAINT inventory_items_quantity_not_negative_check CHECK ((quantity >= 0));
ALTER TABLE economy.inventory_items ADD CONSTRAINT inventory_items_transaction_id_fk FOREIGN KEY (tenant_id, transaction_id) REFERENCES economy.transactions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE economy.inventory_items ADD CONSTRAINT inventory_items_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE economy.inventory_items ADD CONSTRAINT inventory_items_user_id_item_key_key UNIQUE (tenant_id, user_id, item_key);
CREATE INDEX inventory_items_transaction_id_idx ON economy.inventory_items USING btree (tenant_id, transaction_id);
ALTER TABLE economy.inventory_items ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON economy.inventory_items AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON economy.inventory_items FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE economy.inventory_items TO dmz_mover;
GRANT SELECT ON TABLE economy.inventory_items TO dmz_app;
COMMENT ON TABLE economy.inventory_items IS 'What people own: tools, consumables and decoration, each kind once with its quantity.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN economy.inventory_items.item_key IS 'The item’s stable name in the content.';
COMMENT ON COLUMN economy.inventory_items.transaction_id IS 'The purchase or award that it was last acquired by.';
COMMENT ON INDEX economy.inventory_items_transaction_id_idx IS 'rows that refer to one target, and the check of foreign key inventory_items_transaction_id_fk';

CREATE TABLE economy.ledger_entries (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  transaction_id uuid NOT NULL,
  "position" integer NOT NULL,
  wallet_id uuid NOT NULL,
  currency text NOT NULL,
  amount bigint NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE economy.ledger_entries ADD CONSTRAINT ledger_entries_amount_not_zero_check CHECK ((amount <> 0));
ALTER TABLE economy.ledger_entries ADD CONSTRAINT ledger_entries_currency_check CHECK ((currency = ANY (ARRAY['credits'::text, 'intel'::text, 'tokens'::text, 'experience'::text])));
ALTER TABLE economy.ledger_entries ADD CONSTRAINT ledger_entries_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE economy.ledger_entries ADD CONSTRAINT ledger_entries_position_from_one_check CHECK (("position" >= 1));
ALTER TABLE economy.ledger_entries ADD CONSTRAINT ledger_entries_transaction_id_fk FOREIGN KEY (tenant_id, transaction_id) REFERENCES economy.transactions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE economy.ledger_entries ADD CONSTRAINT ledger_entries_transaction_id_position_key UNIQUE (tenant_id, transaction_id, "position");
ALTER TABLE economy.ledger_entries ADD CONSTRAINT ledger_entries_wallet_id_fk FOREIGN KEY (tenant_id, wallet_id) REFERENCES economy.wallets(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX ledger_entries_wallet_id_created_at_idx ON economy.ledger_entries USING btree (tenant_id, wallet_id, created_at DESC);
ALTER TABLE economy.ledger_entries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON economy.ledger_entries AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER post_ledger_entries AFTER INSERT ON economy.ledger_entries REFERENCING NEW TABLE AS entered FOR EACH STATEMENT EXECUTE FUNCTION economy.post_ledger_entries();
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON economy.ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
CREATE TRIGGER refuse_late_entries AFTER INSERT ON economy.ledger_entries REFERENCING NEW TABLE AS entered FOR EACH STATEMENT EXECUTE FUNCTION economy.refuse_late_entries();
GRANT INSERT, SELECT ON TABLE economy.ledger_entries TO dmz_app;
GRANT INSERT, SELECT ON TABLE economy.ledger_entries TO dmz_mover;
COMMENT ON TABLE economy.ledger_entries IS 'The lines of a transaction. Over each transaction and currency they add up to zero, which COMMIT enforces.
@kind append_only
@retention evidence
@subject wallet_id of economy.wallets';
COMMENT ON COLUMN economy.ledger_entries."position" IS 'Line within the transaction, from 1.';
COMMENT ON COLUMN economy.ledger_entries.amount IS 'In whole units of the currency: positive into the wallet, negative out of it.';
COMMENT ON COLUMN economy.ledger_entries.currency IS 'A currency of the game, never real money: experience is only earned, tokens are bought or granted by a season.';
COMMENT ON INDEX economy.ledger_entries_wallet_id_created_at_idx IS 'a wallet’s statement, newest first';

CREATE TABLE economy.levels (
  level integer NOT NULL,
  title text NOT NULL,
  experience_required bigint NOT NULL,
  credits_reward integer NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE economy.levels ADD CONSTRAINT levels_amounts_not_negative_check CHECK (((experience_required >= 0) AND (credits_reward >= 0)));
ALTER TABLE economy.levels ADD CONSTRAINT levels_experience_required_key UNIQUE (experience_required);
ALTER TABLE economy.levels ADD CONSTRAINT levels_level_from_one_check CHECK ((level >= 1));
ALTER TABLE economy.levels ADD CONSTRAINT levels_pkey PRIMARY KEY (level);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON economy.levels FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT SELECT ON TABLE economy.levels TO dmz_app;
GRANT SELECT ON TABLE economy.levels TO dmz_tenant;
COMMENT ON TABLE economy.levels IS 'The ranks of operators, the same for every tenant, and the experience that each one takes.
@kind reference
@retention platform';
COMMENT ON COLUMN economy.levels.credits_reward IS 'Paid once, on reaching the level.';
COMMENT ON COLUMN economy.levels.experience_required IS 'Experience earned in all from which the level is held.';

CREATE OR REPLACE FUNCTION economy.post_ledger_entries()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  refused uuid;
  overdrawn record;
BEGIN
  SELECT entry.wallet_id INTO refused FROM entered AS entry
  JOIN economy.wallets AS wallet ON wallet.tenant_id = entry.tenant_id AND wallet.id = entry.wallet_id
  WHERE wallet.status = 'closed' OR (wallet.status = 'frozen' AND entry.amount < 0)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD032', MESSAGE = 'the wallet is frozen or closed',
      DETAIL = json_build_object('walletId', refused)::text;
  END IF;

  INSERT INTO economy.wallet_balances (tenant_id, wallet_id, currency)
  SELECT DISTINCT entry.tenant_id, entry.wallet_id, entry.currency FROM entered AS entry
  JOIN economy.wallets AS wallet ON wallet.tenant_id = entry.tenant_id AND wallet.id = entry.wallet_id
  WHERE wallet.system_account IS NULL
  ORDER BY entry.tenant_id, entry.wallet_id, entry.currency
  ON CONFLICT (tenant_id, wallet_id, currency) DO NOTHING;

  PERFORM FROM economy.wallet_balances AS held
  WHERE (held.tenant_id, held.wallet_id, held.currency) IN (SELECT tenant_id, wallet_id, currency FROM entered)
  ORDER BY held.tenant_id, held.wallet_id, held.currency
  FOR UPDATE;

  SELECT held.wallet_id, held.currency, held.balance, change.amount INTO overdrawn
  FROM economy.wallet_balances AS held JOIN (
    SELECT tenant_id, wallet_id, currency, sum(amount) AS amount FROM entered GROUP BY tenant_id, wallet_id, currency
  ) AS change USING (tenant_id, wallet_id, currency)
  WHERE held.balance + change.amount < 0
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD033', MESSAGE = 'the wallet holds less than is paid from it',
      DETAIL = json_build_object('walletId', overdrawn.wallet_id, 'currency', overdrawn.currency,
        'balance', overdrawn.balance, 'change', overdrawn.amount)::text;
  END IF;

  UPDATE economy.wallet_balances AS held SET balance = held.balance + change.amount
  FROM (
    SELECT tenant_id, wallet_id, currency, sum(amount) AS amount FROM entered GROUP BY tenant_id, wallet_id, currency
  ) AS change
  WHERE held.tenant_id = change.tenant_id AND held.wallet_id = change.wallet_id AND held.currency = change.currency;
  RETURN NULL;
END
$function$;
COMMENT ON FUNCTION economy.post_ledger_entries() IS 'Adds new entries to the balances of their wallets; refuses those of a frozen or closed wallet (ZD032) and those that overdraw one (ZD033). SECURITY DEFINER because the application may not write balances.';

CREATE OR REPLACE FUNCTION economy.refuse_late_entries()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  refused record;
BEGIN
  SELECT header.id, header.entry_count, stored.entries INTO refused
  FROM (SELECT DISTINCT tenant_id, transaction_id FROM entered) AS touched
  JOIN economy.transactions AS header ON header.tenant_id = touched.tenant_id AND header.id = touched.transaction_id
  CROSS JOIN LATERAL (
    SELECT count(*) AS entries FROM economy.ledger_entries AS entry
    WHERE entry.tenant_id = touched.tenant_id AND entry.transaction_id = touched.transaction_id
  ) AS stored
  WHERE stored.entries > header.entry_count
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD031', MESSAGE = 'the ledger transaction is closed: it has all the entries that it states',
      DETAIL = json_build_object('transactionId', refused.id, 'expected', refused.entry_count, 'actual', refused.entries)::text,
      HINT = 'A correction is a new transaction that reverses the first.';
  END IF;
  RETURN NULL;
END
$function$;
COMMENT ON FUNCTION economy.refuse_late_entries() IS 'Refuses entries beyond the number that their transaction states (ZD031), so that none can be added to one that has committed.';

CREATE TABLE economy.season_passes (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  season_id uuid NOT NULL,
  tier text NOT NULL DEFAULT 'free'::text,
  experience bigint NOT NULL DEFAULT 0,
  level integer NOT NULL DEFAULT 0,
  claimed_level integer NOT NULL DEFAULT 0,
  transaction_id uuid,
  upgraded_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE economy.season_passes ADD CONSTRAINT season_passes_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE economy.season_passes ADD CONSTRAINT season_passes_progress_order_check CHECK (((experience >= 0) AND ((claimed_level >= 0) AND (claimed_level <= level))));
ALTER TABLE economy.season_passes ADD CONSTRAINT season_passes_tier_check CHECK ((tier = ANY (ARRAY['free'::text, 'premium'::text])));
ALTER TABLE economy.season_passes ADD CONSTRAINT season_passes_transaction_id_fk FOREIGN KEY (tenant_id, transaction_id) REFERENCES economy.transactions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE economy.season_passes ADD CONSTRAINT season_passes_upgrade_dated_check CHECK (((tier = 'premium'::text) = (upgraded_at IS NOT NULL)));
ALTER TABLE economy.season_passes ADD CONSTRAINT season_passes_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE economy.season_passes ADD CONSTRAINT season_passes_user_id_season_id_key UNIQUE (tenant_id, user_id, season_id);
CREATE INDEX season_passes_transaction_id_idx ON economy.season_passes USING btree (tenant_id, transaction_id);
ALTER TABLE economy.season_passes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON economy.season_passes AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON economy.season_passes FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE economy.season_passes TO dmz_mover;
GRANT SELECT ON TABLE economy.season_passes TO dmz_app;
COMMENT ON TABLE economy.season_passes IS 'A person’s way through the rewards of one season.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN economy.season_passes.claimed_level IS 'Rewards are claimed up to this level.';
COMMENT ON COLUMN economy.season_passes.experience IS 'Experience earned in this season.';
COMMENT ON COLUMN economy.season_passes.season_id IS 'Id in story.seasons.';
COMMENT ON COLUMN economy.season_passes.transaction_id IS 'The purchase of the premium tier; null where it was granted.';
COMMENT ON COLUMN economy.season_passes.upgraded_at IS 'When the premium tier began.';
COMMENT ON INDEX economy.season_passes_transaction_id_idx IS 'rows that refer to one target, and the check of foreign key season_passes_transaction_id_fk';

CREATE TABLE economy.transactions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  kind text NOT NULL,
  idempotency_key text NOT NULL,
  session_id uuid,
  cause_type text,
  cause_id uuid,
  reverses_id uuid,
  entry_count integer NOT NULL,
  occurred_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE economy.transactions ADD CONSTRAINT check_transaction TRIGGER DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE economy.transactions ADD CONSTRAINT transactions_cause_complete_check CHECK ((num_nonnulls(cause_type, cause_id) = ANY (ARRAY[0, 2])));
ALTER TABLE economy.transactions ADD CONSTRAINT transactions_idempotency_key_key UNIQUE (tenant_id, idempotency_key);
ALTER TABLE economy.transactions ADD CONSTRAINT transactions_kind_check CHECK ((kind = ANY (ARRAY['award'::text, 'purchase'::text, 'sale'::text, 'transfer'::text, 'penalty'::text, 'refund'::text, 'reversal'::text, 'adjustment'::text])));
ALTER TABLE economy.transactions ADD CONSTRAINT transactions_not_its_own_reversal_check CHECK ((reverses_id <> id));
ALTER TABLE economy.transactions ADD CONSTRAINT transactions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE economy.transactions ADD CONSTRAINT transactions_reversal_names_its_original_check CHECK (((kind = 'reversal'::text) = (reverses_id IS NOT NULL)));
ALTER TABLE economy.transactions ADD CONSTRAINT transactions_reverses_id_fk FOREIGN KEY (tenant_id, reverses_id) REFERENCES economy.transactions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE economy.transactions ADD CONSTRAINT transactions_reverses_id_key UNIQUE (tenant_id, reverses_id);
ALTER TABLE economy.transactions ADD CONSTRAINT transactions_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE economy.transactions ADD CONSTRAINT transactions_two_entries_at_least_check CHECK ((entry_count >= 2));
CREATE INDEX transactions_session_id_idx ON economy.transactions USING btree (tenant_id, session_id);
ALTER TABLE economy.transactions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON economy.transactions AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE CONSTRAINT TRIGGER check_transaction AFTER INSERT ON economy.transactions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION economy.check_transaction();
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON economy.transactions FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE economy.transactions TO dmz_app;
GRANT INSERT, SELECT ON TABLE economy.transactions TO dmz_mover;
COMMENT ON TABLE economy.transactions IS 'Movements of value between wallets, each with the entries that make it up and the reason for it.
@kind append_only
@retention evidence
@subject session_id of game.sessions';
COMMENT ON COLUMN economy.transactions.cause_id IS 'Id of the row in that table.';
COMMENT ON COLUMN economy.transactions.cause_type IS 'What it was booked for, as module.table, such as ugc.marketplace_listings.';
COMMENT ON COLUMN economy.transactions.entry_count IS 'How many entries it has: fewer cannot commit, and none can be added later.';
COMMENT ON COLUMN economy.transactions.idempotency_key IS 'Given by the caller: the same request, sent again, finds this transaction and books nothing.';
COMMENT ON COLUMN economy.transactions.reverses_id IS 'The transaction that this one undoes; each can be undone once.';
COMMENT ON COLUMN economy.transactions.session_id IS 'The game that it was earned or spent in, if any.';
COMMENT ON INDEX economy.transactions_session_id_idx IS 'rows that refer to one target, and the check of foreign key transactions_session_id_fk';

CREATE TABLE economy.user_achievements (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  achievement_id uuid NOT NULL,
  ordinal integer NOT NULL,
  session_id uuid,
  transaction_id uuid,
  earned_at timestamp with time zone NOT NULL,
  status text NOT NULL DEFAULT 'valid'::text,
  supersedes_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  status_reason text
);
ALTER TABLE economy.user_achievements ADD CONSTRAINT user_achievements_achievement_id_fk FOREIGN KEY (tenant_id, achievement_id) REFERENCES economy.achievements(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE economy.user_achievements ADD CONSTRAINT user_achievements_awards_alternate_check CHECK ((((ordinal % 2) = 1) = (status = 'valid'::text)));
ALTER TABLE economy.user_achievements ADD CONSTRAINT user_achievements_names_what_it_undoes_check CHECK (((status = 'valid'::text) = (supersedes_id IS NULL)));
ALTER TABLE economy.user_achievements ADD CONSTRAINT user_achievements_ordinal_from_one_check CHECK ((ordinal >= 1));
ALTER TABLE economy.user_achievements ADD CONSTRAINT user_achievements_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE economy.user_achievements ADD CONSTRAINT user_achievements_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE economy.user_achievements ADD CONSTRAINT user_achievements_status_check CHECK ((status = ANY (ARRAY['valid'::text, 'superseded'::text, 'invalidated'::text])));
ALTER TABLE economy.user_achievements ADD CONSTRAINT user_achievements_status_reason_check CHECK ((status_reason = ANY (ARRAY['correction'::text, 'duplicate'::text, 'wrong_person'::text, 'misconduct'::text, 'automation'::text, 'withdrawal'::text, 'revocation'::text, 'appeal'::text, 'renewal'::text])));
ALTER TABLE economy.user_achievements ADD CONSTRAINT user_achievements_supersedes_id_fk FOREIGN KEY (tenant_id, supersedes_id) REFERENCES economy.user_achievements(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE economy.user_achievements ADD CONSTRAINT user_achievements_supersedes_id_key UNIQUE (tenant_id, supersedes_id);
ALTER TABLE economy.user_achievements ADD CONSTRAINT user_achievements_transaction_id_fk FOREIGN KEY (tenant_id, transaction_id) REFERENCES economy.transactions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE economy.user_achievements ADD CONSTRAINT user_achievements_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX user_achievements_achievement_id_idx ON economy.user_achievements USING btree (tenant_id, achievement_id);
CREATE INDEX user_achievements_session_id_idx ON economy.user_achievements USING btree (tenant_id, session_id);
CREATE INDEX user_achievements_transaction_id_idx ON economy.user_achievements USING btree (tenant_id, transaction_id);
CREATE INDEX user_achievements_user_id_idx ON economy.user_achievements USING btree (tenant_id, user_id);
CREATE UNIQUE INDEX user_achievements_user_id_achievement_id_ordinal_key ON economy.user_achievements USING btree (tenant_id, user_id, achievement_id, ordinal) WHERE (supersedes_id IS NULL);
ALTER TABLE economy.user_achievements ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON economy.user_achievements AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON economy.user_achievements FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE economy.user_achievements TO dmz_app;
GRANT INSERT, SELECT ON TABLE economy.user_achievements TO dmz_mover;
COMMENT ON TABLE economy.user_achievements IS 'Achievements that people earned, and the invalidation of those that they should not have.
@kind append_only
@retention evidence
@subject user_id of auth.users';
COMMENT ON COLUMN economy.user_achievements.ordinal IS 'Counts the records of one person and achievement: odd ones award, even ones invalidate, so none is awarded twice.';
COMMENT ON COLUMN economy.user_achievements.session_id IS 'The game that it was earned in, if any.';
COMMENT ON COLUMN economy.user_achievements.status_reason IS 'Why it supersedes or invalidates another record.';
COMMENT ON COLUMN economy.user_achievements.supersedes_id IS 'The record that this one supersedes or invalidates.';
COMMENT ON COLUMN economy.user_achievements.transaction_id IS 'The booking of its reward.';
COMMENT ON INDEX economy.user_achievements_achievement_id_idx IS 'rows that refer to one target, and the check of foreign key user_achievements_achievement_id_fk';
COMMENT ON INDEX economy.user_achievements_session_id_idx IS 'rows that refer to one target, and the check of foreign key user_achievements_session_id_fk';
COMMENT ON INDEX economy.user_achievements_transaction_id_idx IS 'rows that refer to one target, and the check of foreign key user_achievements_transaction_id_fk';
COMMENT ON INDEX economy.user_achievements_user_id_idx IS 'rows that refer to one target, and the check of foreign key user_achievements_user_id_fk';

CREATE TABLE economy.wallet_balances (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  wallet_id uuid NOT NULL,
  currency text NOT NULL,
  balance bigint NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
) WITH (fillfactor=70);
ALTER TABLE economy.wallet_balances ADD CONSTRAINT wallet_balances_currency_check CHECK ((currency = ANY (ARRAY['credits'::text, 'intel'::text, 'tokens'::text, 'experience'::text])));
ALTER TABLE economy.wallet_balances ADD CONSTRAINT wallet_balances_not_overdrawn_check CHECK ((balance >= 0));
ALTER TABLE economy.wallet_balances ADD CONSTRAINT wallet_balances_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE economy.wallet_balances ADD CONSTRAINT wallet_balances_wallet_id_currency_key UNIQUE (tenant_id, wallet_id, currency);
ALTER TABLE economy.wallet_balances ADD CONSTRAINT wallet_balances_wallet_id_fk FOREIGN KEY (tenant_id, wallet_id) REFERENCES economy.wallets(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE economy.wallet_balances ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON economy.wallet_balances AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON economy.wallet_balances FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE economy.wallet_balances TO dmz_mover;
GRANT SELECT ON TABLE economy.wallet_balances TO dmz_app;
COMMENT ON TABLE economy.wallet_balances IS 'What a person’s or corporation’s wallet holds of each currency. Written by the trigger of ledger entries alone.
@kind tenant
@retention tenant
@subject wallet_id of economy.wallets';
COMMENT ON COLUMN economy.wallet_balances.balance IS 'Sum of the wallet’s entries in the currency; a wallet cannot be overdrawn.';
COMMENT ON COLUMN economy.wallet_balances.currency IS 'A currency of the game, never real money: experience is only earned, tokens are bought or granted by a season.';

CREATE TABLE economy.wallets (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid,
  corporation_id uuid,
  system_account text,
  status text NOT NULL DEFAULT 'active'::text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE economy.wallets ADD CONSTRAINT wallets_corporation_id_key UNIQUE (tenant_id, corporation_id);
ALTER TABLE economy.wallets ADD CONSTRAINT wallets_one_owner_check CHECK ((num_nonnulls(user_id, corporation_id, system_account) = 1));
ALTER TABLE economy.wallets ADD CONSTRAINT wallets_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE economy.wallets ADD CONSTRAINT wallets_status_check CHECK ((status = ANY (ARRAY['active'::text, 'frozen'::text, 'closed'::text])));
ALTER TABLE economy.wallets ADD CONSTRAINT wallets_system_account_check CHECK ((system_account = ANY (ARRAY['issuance'::text, 'sink'::text, 'escrow'::text, 'fees'::text])));
ALTER TABLE economy.wallets ADD CONSTRAINT wallets_system_account_key UNIQUE (tenant_id, system_account);
ALTER TABLE economy.wallets ADD CONSTRAINT wallets_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE economy.wallets ADD CONSTRAINT wallets_user_id_key UNIQUE (tenant_id, user_id);
ALTER TABLE economy.wallets ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON economy.wallets AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON economy.wallets FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE economy.wallets TO dmz_mover;
GRANT INSERT, SELECT ON TABLE economy.wallets TO dmz_app;
COMMENT ON TABLE economy.wallets IS 'The accounts of the ledger: one for each person and corporation, and those that the system issues from and collects in.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN economy.wallets.corporation_id IS 'Id in social.corporations; null unless a corporation owns the wallet.';
COMMENT ON COLUMN economy.wallets.status IS 'A frozen wallet is under review: nothing may be paid from it.';
COMMENT ON COLUMN economy.wallets.system_account IS 'Role of a system wallet: issuance creates, sink destroys, escrow holds what is being traded.';

CREATE SCHEMA facility;
GRANT USAGE ON SCHEMA facility TO dmz_app;
GRANT USAGE ON SCHEMA facility TO dmz_maintenance;
GRANT USAGE ON SCHEMA facility TO dmz_mover;

CREATE TABLE facility.capacity_readings (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  facility_id uuid NOT NULL,
  resource text NOT NULL,
  ceiling integer NOT NULL,
  online integer NOT NULL,
  occupied integer NOT NULL,
  sequence bigint NOT NULL,
  day integer NOT NULL,
  read_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE facility.capacity_readings ADD CONSTRAINT capacity_readings_capacity_order_check CHECK (((0 <= occupied) AND (occupied <= online) AND (online <= ceiling)));
ALTER TABLE facility.capacity_readings ADD CONSTRAINT capacity_readings_day_positive_check CHECK ((day > 0));
ALTER TABLE facility.capacity_readings ADD CONSTRAINT capacity_readings_facility_id_fk FOREIGN KEY (tenant_id, facility_id) REFERENCES facility.facilities(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE facility.capacity_readings ADD CONSTRAINT capacity_readings_facility_id_resource_sequence_key UNIQUE (tenant_id, facility_id, resource, sequence);
ALTER TABLE facility.capacity_readings ADD CONSTRAINT capacity_readings_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE facility.capacity_readings ADD CONSTRAINT capacity_readings_resource_check CHECK ((resource = ANY (ARRAY['rackUnits'::text, 'powerKw'::text, 'coolingKw'::text, 'bandwidthMbps'::text])));
ALTER TABLE facility.capacity_readings ADD CONSTRAINT capacity_readings_sequence_positive_check CHECK ((sequence > 0));
ALTER TABLE facility.capacity_readings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON facility.capacity_readings AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON facility.capacity_readings FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE facility.capacity_readings TO dmz_mover;
GRANT SELECT ON TABLE facility.capacity_readings TO dmz_app;
COMMENT ON TABLE facility.capacity_readings IS 'How a facility’s resources stood after an event, so that shortage can be seen coming and explained later.
@kind append_only
@retention tenant
@subject facility_id of facility.facilities';
COMMENT ON COLUMN facility.capacity_readings.ceiling IS 'Most that the house can hold at its tier.';
COMMENT ON COLUMN facility.capacity_readings.occupied IS 'Taken by guests.';
COMMENT ON COLUMN facility.capacity_readings.online IS 'Brought into service, and paid for.';
COMMENT ON COLUMN facility.capacity_readings.resource IS 'In the words of the game’s events; the unit is part of the word.';
COMMENT ON COLUMN facility.capacity_readings.sequence IS 'Sequence of the session’s event that it stood so after.';

CREATE TABLE facility.clients (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  facility_id uuid NOT NULL,
  client_key text NOT NULL,
  email_id uuid NOT NULL,
  organisation text NOT NULL,
  state text NOT NULL DEFAULT 'hosted'::text,
  admitted_day integer NOT NULL,
  departed_day integer,
  departure_reason text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE facility.clients ADD CONSTRAINT clients_admitted_day_positive_check CHECK ((admitted_day > 0));
ALTER TABLE facility.clients ADD CONSTRAINT clients_client_key_form_check CHECK ((client_key ~ '^d[0-9]{2,4}-e[0-9]{2}-c$'::text));
ALTER TABLE facility.clients ADD CONSTRAINT clients_days_in_order_check CHECK ((departed_day >= admitted_day));
ALTER TABLE facility.clients ADD CONSTRAINT clients_departure_complete_check CHECK ((num_nonnulls(departed_day, departure_reason) =
CASE state
    WHEN 'hosted'::text THEN 0
    ELSE 2
END));
ALTER TABLE facility.clients ADD CONSTRAINT clients_departure_reason_check CHECK ((departure_reason = ANY (ARRAY['term_ended'::text, 'evicted'::text, 'breach'::text])));
ALTER TABLE facility.clients ADD CONSTRAINT clients_facility_id_client_key_key UNIQUE (tenant_id, facility_id, client_key);
ALTER TABLE facility.clients ADD CONSTRAINT clients_facility_id_fk FOREIGN KEY (tenant_id, facility_id) REFERENCES facility.facilities(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE facility.clients ADD CONSTRAINT clients_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE facility.clients ADD CONSTRAINT clients_state_check CHECK ((state = ANY (ARRAY['hosted'::text, 'departed'::text])));
CREATE INDEX clients_facility_id_state_idx ON facility.clients USING btree (tenant_id, facility_id, state);
ALTER TABLE facility.clients ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON facility.clients AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON facility.clients FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE facility.clients TO dmz_mover;
GRANT SELECT ON TABLE facility.clients TO dmz_app;
COMMENT ON TABLE facility.clients IS 'The guests of a facility: invented organisations whose request the player approved.
@kind tenant
@retention tenant
@subject facility_id of facility.facilities';
COMMENT ON COLUMN facility.clients.client_key IS 'Name within the session, such as d03-e07-c.';
COMMENT ON COLUMN facility.clients.email_id IS 'Id in game.emails: the request that let it in.';
COMMENT ON COLUMN facility.clients.organisation IS 'Invented organisation, from the content.';
COMMENT ON INDEX facility.clients_facility_id_state_idx IS 'guests of a facility who are still there';

CREATE TABLE facility.facilities (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  name text,
  tier text NOT NULL DEFAULT 'outpost'::text,
  state text NOT NULL DEFAULT 'operating'::text,
  upkeep_credits integer NOT NULL,
  layout jsonb NOT NULL DEFAULT '{}'::jsonb,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE facility.facilities ADD CONSTRAINT facilities_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE facility.facilities ADD CONSTRAINT facilities_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE facility.facilities ADD CONSTRAINT facilities_session_id_key UNIQUE (tenant_id, session_id);
ALTER TABLE facility.facilities ADD CONSTRAINT facilities_state_check CHECK ((state = ANY (ARRAY['operating'::text, 'degraded'::text, 'offline'::text, 'closed'::text])));
ALTER TABLE facility.facilities ADD CONSTRAINT facilities_tier_check CHECK ((tier = ANY (ARRAY['outpost'::text, 'station'::text, 'vault'::text, 'fortress'::text, 'citadel'::text])));
ALTER TABLE facility.facilities ADD CONSTRAINT facilities_upkeep_not_negative_check CHECK ((upkeep_credits >= 0));
ALTER TABLE facility.facilities ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON facility.facilities AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON facility.facilities FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE facility.facilities TO dmz_mover;
GRANT SELECT ON TABLE facility.facilities TO dmz_app;
GRANT UPDATE ON COLUMN facility.facilities.name TO dmz_app;
COMMENT ON TABLE facility.facilities IS 'The data centre of a session: its tier, its upkeep, how it stands.
@kind tenant
@retention tenant
@evolving
@subject session_id of game.sessions';
COMMENT ON COLUMN facility.facilities.layout IS 'Where rooms and racks stand, for the view of the house; no rule reads it.';
COMMENT ON COLUMN facility.facilities.name IS 'Kept for the player’s own name for the house.
@pii free_text
@erasure null';
COMMENT ON COLUMN facility.facilities.upkeep_credits IS 'Due at the end of each game day.';
COMMENT ON COLUMN facility.facilities.version IS 'Version of the payload’s shape.';

CREATE TABLE facility.leases (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  client_id uuid NOT NULL,
  state text NOT NULL DEFAULT 'running'::text,
  from_day integer NOT NULL,
  until_day integer NOT NULL,
  ended_day integer,
  credits_per_day integer NOT NULL,
  rack_units integer NOT NULL DEFAULT 0,
  power_kw integer NOT NULL DEFAULT 0,
  cooling_kw integer NOT NULL DEFAULT 0,
  bandwidth_mbps integer NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE facility.leases ADD CONSTRAINT leases_client_id_fk FOREIGN KEY (tenant_id, client_id) REFERENCES facility.clients(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE facility.leases ADD CONSTRAINT leases_client_id_from_day_key UNIQUE (tenant_id, client_id, from_day);
ALTER TABLE facility.leases ADD CONSTRAINT leases_credits_not_negative_check CHECK ((credits_per_day >= 0));
ALTER TABLE facility.leases ADD CONSTRAINT leases_days_in_order_check CHECK (((from_day > 0) AND (until_day >= from_day)));
ALTER TABLE facility.leases ADD CONSTRAINT leases_end_complete_check CHECK (((state = 'running'::text) = (ended_day IS NULL)));
ALTER TABLE facility.leases ADD CONSTRAINT leases_end_within_term_check CHECK (((ended_day >= (from_day - 1)) AND (ended_day <= until_day)));
ALTER TABLE facility.leases ADD CONSTRAINT leases_occupies_not_negative_check CHECK ((LEAST(rack_units, power_kw, cooling_kw, bandwidth_mbps) >= 0));
ALTER TABLE facility.leases ADD CONSTRAINT leases_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE facility.leases ADD CONSTRAINT leases_state_check CHECK ((state = ANY (ARRAY['running'::text, 'ended'::text, 'terminated'::text])));
ALTER TABLE facility.leases ADD CONSTRAINT leases_terminated_before_term_check CHECK (((state <> 'terminated'::text) OR (ended_day < until_day)));
CREATE UNIQUE INDEX leases_one_running_key ON facility.leases USING btree (tenant_id, client_id) WHERE (state = 'running'::text);
ALTER TABLE facility.leases ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON facility.leases AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON facility.leases FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE facility.leases TO dmz_mover;
GRANT SELECT ON TABLE facility.leases TO dmz_app;
COMMENT ON TABLE facility.leases IS 'What a guest occupies and pays a day, from one game day to another; a renewal is another lease.
@kind tenant
@retention tenant
@subject client_id of facility.clients';
COMMENT ON COLUMN facility.leases.ended_day IS 'The last day it was paid for; before until_day where terminated.';
COMMENT ON COLUMN facility.leases.until_day IS 'The last day that it is agreed for.';
COMMENT ON INDEX facility.leases_one_running_key IS 'the lease that a guest has now, of which there is one';

CREATE TABLE facility.maintenance_tasks (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  facility_id uuid NOT NULL,
  upgrade_id uuid,
  resource text,
  kind text NOT NULL,
  title text NOT NULL,
  priority integer NOT NULL DEFAULT 3,
  state text NOT NULL DEFAULT 'planned'::text,
  due_day integer NOT NULL,
  started_day integer,
  finished_day integer,
  cost_credits integer NOT NULL DEFAULT 0,
  offline_amount integer NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE facility.maintenance_tasks ADD CONSTRAINT maintenance_tasks_cost_not_negative_check CHECK ((cost_credits >= 0));
ALTER TABLE facility.maintenance_tasks ADD CONSTRAINT maintenance_tasks_days_in_order_check CHECK ((finished_day >= started_day));
ALTER TABLE facility.maintenance_tasks ADD CONSTRAINT maintenance_tasks_due_day_positive_check CHECK ((due_day > 0));
ALTER TABLE facility.maintenance_tasks ADD CONSTRAINT maintenance_tasks_end_has_day_check CHECK (((state = ANY (ARRAY['done'::text, 'skipped'::text])) = (finished_day IS NOT NULL)));
ALTER TABLE facility.maintenance_tasks ADD CONSTRAINT maintenance_tasks_facility_id_fk FOREIGN KEY (tenant_id, facility_id) REFERENCES facility.facilities(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE facility.maintenance_tasks ADD CONSTRAINT maintenance_tasks_kind_check CHECK ((kind = ANY (ARRAY['preventive'::text, 'condition_based'::text, 'corrective'::text])));
ALTER TABLE facility.maintenance_tasks ADD CONSTRAINT maintenance_tasks_offline_of_resource_check CHECK (((offline_amount >= 0) AND ((offline_amount = 0) OR (resource IS NOT NULL))));
ALTER TABLE facility.maintenance_tasks ADD CONSTRAINT maintenance_tasks_one_object_check CHECK ((num_nonnulls(upgrade_id, resource) = 1));
ALTER TABLE facility.maintenance_tasks ADD CONSTRAINT maintenance_tasks_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE facility.maintenance_tasks ADD CONSTRAINT maintenance_tasks_priority_range_check CHECK (((priority >= 1) AND (priority <= 5)));
ALTER TABLE facility.maintenance_tasks ADD CONSTRAINT maintenance_tasks_resource_check CHECK ((resource = ANY (ARRAY['rackUnits'::text, 'powerKw'::text, 'coolingKw'::text, 'bandwidthMbps'::text])));
ALTER TABLE facility.maintenance_tasks ADD CONSTRAINT maintenance_tasks_started_has_day_check CHECK (((state = ANY (ARRAY['planned'::text, 'skipped'::text])) OR (started_day IS NOT NULL)));
ALTER TABLE facility.maintenance_tasks ADD CONSTRAINT maintenance_tasks_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'in_progress'::text, 'done'::text, 'skipped'::text])));
ALTER TABLE facility.maintenance_tasks ADD CONSTRAINT maintenance_tasks_upgrade_id_fk FOREIGN KEY (tenant_id, upgrade_id) REFERENCES facility.upgrades(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX maintenance_tasks_facility_id_state_due_day_idx ON facility.maintenance_tasks USING btree (tenant_id, facility_id, state, due_day);
CREATE INDEX maintenance_tasks_upgrade_id_idx ON facility.maintenance_tasks USING btree (tenant_id, upgrade_id);
ALTER TABLE facility.maintenance_tasks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON facility.maintenance_tasks AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON facility.maintenance_tasks FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE facility.maintenance_tasks TO dmz_mover;
GRANT SELECT ON TABLE facility.maintenance_tasks TO dmz_app;
COMMENT ON TABLE facility.maintenance_tasks IS 'Work that a facility needs: planned, forced by a failure, or put off at a risk.
@kind tenant
@retention tenant
@subject facility_id of facility.facilities';
COMMENT ON COLUMN facility.maintenance_tasks.kind IS 'Maintenance types of EN 13306.';
COMMENT ON COLUMN facility.maintenance_tasks.offline_amount IS 'How much of the resource is out of service meanwhile.';
COMMENT ON COLUMN facility.maintenance_tasks.priority IS '1 at once to 5 whenever.';
COMMENT ON COLUMN facility.maintenance_tasks.resource IS 'What is maintained; null where it is an upgrade.';
COMMENT ON COLUMN facility.maintenance_tasks.upgrade_id IS 'What is maintained; null where it is a resource.';
COMMENT ON INDEX facility.maintenance_tasks_facility_id_state_due_day_idx IS 'tasks of a facility in a state, by the day they are due';
COMMENT ON INDEX facility.maintenance_tasks_upgrade_id_idx IS 'rows that refer to one target, and the check of foreign key maintenance_tasks_upgrade_id_fk';

CREATE TABLE facility.resources (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  facility_id uuid NOT NULL,
  resource text NOT NULL,
  ceiling integer NOT NULL,
  online integer NOT NULL,
  occupied integer NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE facility.resources ADD CONSTRAINT resources_capacity_order_check CHECK (((0 <= occupied) AND (occupied <= online) AND (online <= ceiling)));
ALTER TABLE facility.resources ADD CONSTRAINT resources_facility_id_fk FOREIGN KEY (tenant_id, facility_id) REFERENCES facility.facilities(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE facility.resources ADD CONSTRAINT resources_facility_id_resource_key UNIQUE (tenant_id, facility_id, resource);
ALTER TABLE facility.resources ADD CONSTRAINT resources_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE facility.resources ADD CONSTRAINT resources_resource_check CHECK ((resource = ANY (ARRAY['rackUnits'::text, 'powerKw'::text, 'coolingKw'::text, 'bandwidthMbps'::text])));
ALTER TABLE facility.resources ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON facility.resources AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON facility.resources FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE facility.resources TO dmz_mover;
GRANT SELECT ON TABLE facility.resources TO dmz_app;
COMMENT ON TABLE facility.resources IS 'How much of each resource a facility can hold, has online, and has given away.
@kind tenant
@retention tenant
@subject facility_id of facility.facilities';
COMMENT ON COLUMN facility.resources.ceiling IS 'Most that the house can hold at its tier.';
COMMENT ON COLUMN facility.resources.occupied IS 'Taken by guests.';
COMMENT ON COLUMN facility.resources.online IS 'Brought into service, and paid for.';
COMMENT ON COLUMN facility.resources.resource IS 'In the words of the game’s events; the unit is part of the word.';

CREATE TABLE facility.upgrades (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  facility_id uuid NOT NULL,
  upgrade text NOT NULL,
  level integer NOT NULL DEFAULT 1,
  day integer NOT NULL,
  price_credits integer NOT NULL,
  price_intel integer NOT NULL DEFAULT 0,
  purchased_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE facility.upgrades ADD CONSTRAINT upgrades_day_positive_check CHECK ((day > 0));
ALTER TABLE facility.upgrades ADD CONSTRAINT upgrades_facility_id_fk FOREIGN KEY (tenant_id, facility_id) REFERENCES facility.facilities(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE facility.upgrades ADD CONSTRAINT upgrades_facility_id_upgrade_level_key UNIQUE (tenant_id, facility_id, upgrade, level);
ALTER TABLE facility.upgrades ADD CONSTRAINT upgrades_level_of_upgrade_check CHECK (((level >= 1) AND (level <=
CASE upgrade
    WHEN 'facility'::text THEN 4
    ELSE 1
END)));
ALTER TABLE facility.upgrades ADD CONSTRAINT upgrades_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE facility.upgrades ADD CONSTRAINT upgrades_price_not_negative_check CHECK (((price_credits >= 0) AND (price_intel >= 0)));
ALTER TABLE facility.upgrades ADD CONSTRAINT upgrades_upgrade_check CHECK ((upgrade = ANY (ARRAY['mail_gateway'::text, 'awareness_training'::text, 'segmentation'::text, 'backup_vault'::text, 'generator'::text, 'verification_desk'::text, 'intrusion_detection'::text, 'facility'::text])));
ALTER TABLE facility.upgrades ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON facility.upgrades AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON facility.upgrades FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE facility.upgrades TO dmz_mover;
GRANT SELECT ON TABLE facility.upgrades TO dmz_app;
COMMENT ON TABLE facility.upgrades IS 'What a facility bought: its defences, each once, and its next tiers.
@kind tenant
@retention tenant
@subject facility_id of facility.facilities';
COMMENT ON COLUMN facility.upgrades.level IS 'For the facility the tier reached, 1 station to 4 citadel; a defence has level 1 alone.';
COMMENT ON COLUMN facility.upgrades.price_intel IS 'Fragments of intel paid.';

CREATE SCHEMA files;
GRANT USAGE ON SCHEMA files TO dmz_app;
GRANT USAGE ON SCHEMA files TO dmz_maintenance;
GRANT USAGE ON SCHEMA files TO dmz_mover;

CREATE TABLE files.object_references (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  object_id uuid NOT NULL,
  owner_table text NOT NULL,
  owner_id uuid NOT NULL,
  usage text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE files.object_references ADD CONSTRAINT object_references_object_id_fk FOREIGN KEY (tenant_id, object_id) REFERENCES files.objects(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE files.object_references ADD CONSTRAINT object_references_object_id_owner_table_owner_id_usage_key UNIQUE (tenant_id, object_id, owner_table, owner_id, usage);
ALTER TABLE files.object_references ADD CONSTRAINT object_references_owner_table_form_check CHECK ((owner_table ~ '^[a-z0-9_]+[.][a-z0-9_]+$'::text));
ALTER TABLE files.object_references ADD CONSTRAINT object_references_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX object_references_owner_table_owner_id_idx ON files.object_references USING btree (tenant_id, owner_table, owner_id);
ALTER TABLE files.object_references ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON files.object_references AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON files.object_references FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE files.object_references TO dmz_mover;
GRANT SELECT ON TABLE files.object_references TO dmz_app;
COMMENT ON TABLE files.object_references IS 'Which row of which module uses a file. A file that nothing refers to may be removed.
@kind tenant
@retention tenant';
COMMENT ON COLUMN files.object_references.owner_id IS 'Id of the row there.';
COMMENT ON COLUMN files.object_references.owner_table IS 'Namespace and table, such as training.certificates.';
COMMENT ON COLUMN files.object_references.usage IS 'What the row uses it as, such as logo or attachment.';
COMMENT ON INDEX files.object_references_owner_table_owner_id_idx IS 'the files of one row';

CREATE TABLE files.objects (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  storage_key text NOT NULL,
  region_code text NOT NULL,
  file_name text,
  media_type text NOT NULL,
  size_bytes bigint NOT NULL,
  content_sha256 text NOT NULL,
  key_id uuid,
  subject_user_id uuid,
  uploaded_by_user_id uuid,
  status text NOT NULL DEFAULT 'uploading'::text,
  scanned_at timestamp with time zone,
  is_public boolean NOT NULL DEFAULT false,
  retain_until timestamp with time zone,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE files.objects ADD CONSTRAINT objects_content_sha256_form_check CHECK ((content_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE files.objects ADD CONSTRAINT objects_media_type_form_check CHECK (((media_type ~ '^[!-.0-~]+/[!-.0-~]+$'::text) AND (media_type = lower(media_type))));
ALTER TABLE files.objects ADD CONSTRAINT objects_personal_is_not_public_check CHECK (((subject_user_id IS NULL) OR (NOT is_public)));
ALTER TABLE files.objects ADD CONSTRAINT objects_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE files.objects ADD CONSTRAINT objects_region_code_fk FOREIGN KEY (region_code) REFERENCES public.data_regions(code) ON DELETE RESTRICT;
ALTER TABLE files.objects ADD CONSTRAINT objects_served_once_scanned_check CHECK (((status <> 'available'::text) OR (scanned_at IS NOT NULL)));
ALTER TABLE files.objects ADD CONSTRAINT objects_size_not_negative_check CHECK ((size_bytes >= 0));
ALTER TABLE files.objects ADD CONSTRAINT objects_status_check CHECK ((status = ANY (ARRAY['uploading'::text, 'scanning'::text, 'available'::text, 'quarantined'::text])));
ALTER TABLE files.objects ADD CONSTRAINT objects_subject_user_id_fk FOREIGN KEY (tenant_id, subject_user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE files.objects ADD CONSTRAINT objects_uploaded_by_user_id_fk FOREIGN KEY (tenant_id, uploaded_by_user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX objects_content_sha256_idx ON files.objects USING btree (tenant_id, content_sha256);
CREATE INDEX objects_region_code_idx ON files.objects USING btree (region_code);
CREATE INDEX objects_subject_user_id_idx ON files.objects USING btree (tenant_id, subject_user_id);
CREATE INDEX objects_uploaded_by_user_id_idx ON files.objects USING btree (tenant_id, uploaded_by_user_id);
CREATE UNIQUE INDEX objects_storage_key_key ON files.objects USING btree (tenant_id, storage_key) WHERE (deleted_at IS NULL);
ALTER TABLE files.objects ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON files.objects AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON files.objects FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE files.objects TO dmz_mover;
GRANT SELECT ON TABLE files.objects TO dmz_app;
GRANT UPDATE ON COLUMN files.objects.file_name TO dmz_app;
COMMENT ON TABLE files.objects IS 'Files of a tenant: what each one is, where its bytes lie, and whether they are safe to serve.
@kind tenant
@retention tenant
@subject subject_user_id of auth.users';
COMMENT ON COLUMN files.objects.content_sha256 IS 'SHA-256 of the bytes before encryption.';
COMMENT ON COLUMN files.objects.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN files.objects.file_name IS 'Kept for naming the file when it is downloaded.
@pii free_text
@erasure null';
COMMENT ON COLUMN files.objects.is_public IS 'Served without signing in, such as a logo on the sign-in page.';
COMMENT ON COLUMN files.objects.key_id IS 'Id in governance.subject_keys, where the bytes are about one person and encrypted for them; null otherwise.';
COMMENT ON COLUMN files.objects.media_type IS 'Media type (RFC 6838) as found in the bytes, not as the uploader said.';
COMMENT ON COLUMN files.objects.region_code IS 'Data region that the bytes lie in.';
COMMENT ON COLUMN files.objects.retain_until IS 'Locked against removal until then; null where no duty holds it.';
COMMENT ON COLUMN files.objects.scanned_at IS 'When it was last scanned for malware.';
COMMENT ON COLUMN files.objects.status IS 'Only what is available is served.';
COMMENT ON COLUMN files.objects.storage_key IS 'Key in object storage; begins with the tenant’s id.';
COMMENT ON COLUMN files.objects.subject_user_id IS 'The person that the bytes are about; null where they are about none.';
COMMENT ON COLUMN files.objects.uploaded_by_user_id IS 'Null where a program made it.';
COMMENT ON INDEX files.objects_content_sha256_idx IS 'a file with the same content';
COMMENT ON INDEX files.objects_region_code_idx IS 'rows that refer to one target, and the check of foreign key objects_region_code_fk';
COMMENT ON INDEX files.objects_subject_user_id_idx IS 'rows that refer to one target, and the check of foreign key objects_subject_user_id_fk';
COMMENT ON INDEX files.objects_uploaded_by_user_id_idx IS 'rows that refer to one target, and the check of foreign key objects_uploaded_by_user_id_fk';

CREATE SCHEMA game;
GRANT USAGE ON SCHEMA game TO dmz_app;
GRANT USAGE ON SCHEMA game TO dmz_maintenance;
GRANT USAGE ON SCHEMA game TO dmz_mover;

CREATE TABLE game.actions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  action_type text NOT NULL,
  payload jsonb NOT NULL,
  payload_sha256 text NOT NULL,
  first_sequence bigint NOT NULL,
  last_sequence bigint NOT NULL,
  events_sha256 text NOT NULL,
  server_time timestamp with time zone NOT NULL,
  client_time timestamp with time zone,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.actions ADD CONSTRAINT actions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.actions ADD CONSTRAINT actions_sequence_order_check CHECK (((first_sequence >= 1) AND (first_sequence <= last_sequence)));
CREATE INDEX actions_session_id_first_sequence_idx ON game.actions USING btree (tenant_id, session_id, first_sequence);
ALTER TABLE game.actions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.actions AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON game.actions FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE game.actions TO dmz_app;
GRANT INSERT, SELECT ON TABLE game.actions TO dmz_mover;
COMMENT ON TABLE game.actions IS 'Every accepted action by the id its sender gave it: what makes a repeated action answer the same and write nothing.
@kind append_only
@retention evidence
@evolving
@subject session_id of game.sessions';
COMMENT ON COLUMN game.actions.events_sha256 IS 'SHA-256 over the events, as docs/ARCHITECTURE.md defines it.';
COMMENT ON COLUMN game.actions.payload IS 'The action, as it was decided on.';
COMMENT ON COLUMN game.actions.payload_sha256 IS 'SHA-256 of the payload’s canonical JSON (RFC 8785).';
COMMENT ON COLUMN game.actions.session_id IS 'Without a foreign key: that the session exists is proven by its head, which the action’s events advance.';
COMMENT ON COLUMN game.actions.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX game.actions_session_id_first_sequence_idx IS 'actions of a session in order';

CREATE OR REPLACE FUNCTION game.advance_session_heads()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
 SET enable_material TO 'off'
AS $function$
BEGIN
  MERGE INTO game.session_heads AS head
  USING (
    SELECT tenant_id, session_id, min(sequence) AS first, max(sequence) AS last,
      count(*) AS events, count(DISTINCT sequence) AS positions, min(server_time) AS earliest
    FROM appended GROUP BY tenant_id, session_id
  ) AS batch ON head.tenant_id = batch.tenant_id AND head.id = batch.session_id
  WHEN MATCHED AND head.sequence = batch.first - 1 AND batch.earliest >= head.started_at - interval '1 day'
    AND batch.positions = batch.last - batch.first + 1 AND batch.events = batch.positions
    THEN UPDATE SET sequence = batch.last, updated_at = pg_catalog.now()
  WHEN MATCHED
    THEN UPDATE SET sequence = game.refuse_append(session_id, first, last, events, earliest, head.sequence, head.started_at)
  WHEN NOT MATCHED
    THEN INSERT (tenant_id, id, sequence, started_at)
      VALUES (tenant_id, session_id, game.refuse_append(session_id, first, last, events, earliest, NULL, NULL), earliest);
  RETURN NULL;
END
$function$;
COMMENT ON FUNCTION game.advance_session_heads() IS 'Checks that the inserted events continue each session’s head without gap or fork and advances it, once a statement whatever its size; ZD020 is the conflict, ZD021 an unknown session, ZD022 an event older than its session. SECURITY DEFINER because the application may not write heads.';

CREATE OR REPLACE FUNCTION game.append_events(tenant uuid, known_epoch bigint, at_time timestamp with time zone, appends jsonb, OUT server_time timestamp with time zone, OUT earlier jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  entered timestamptz := dmz.enter_tenant(tenant, known_epoch);
  stamp timestamptz := pg_catalog.date_trunc('milliseconds', coalesce(at_time, entered));
  moment text := pg_catalog.lpad(pg_catalog.to_hex((extract(epoch FROM stamp) * 1000)::bigint), 12, '0');
  added uuid[];
BEGIN
  WITH sent AS MATERIALIZED (
    SELECT (each->>0)::uuid AS action_id, (each->>1)::uuid AS session_id, (each->>2)::bigint AS expected,
      each->>3 AS action_type, each->4 AS payload, each->>5 AS payload_sha256, each->>6 AS events_sha256,
      (each->>7)::timestamptz AS client_time, each->8 AS events
    FROM pg_catalog.jsonb_array_elements(appends) AS each
  ), recorded AS (
    INSERT INTO game.actions (tenant_id, id, session_id, action_type, payload, payload_sha256,
      first_sequence, last_sequence, events_sha256, server_time, client_time)
    SELECT tenant, action_id, session_id, action_type, payload, payload_sha256,
      expected + 1, expected + pg_catalog.jsonb_array_length(events), events_sha256, stamp, client_time
    FROM sent
    ON CONFLICT (tenant_id, id) DO NOTHING
    RETURNING id
  ), digests AS (
    SELECT sent.*, pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(action_id::text, 'UTF8')), 'hex') AS digest
    FROM sent JOIN recorded ON recorded.id = sent.action_id
  ), inserted AS (
    INSERT INTO game.events (tenant_id, id, session_id, sequence, event_type, version, event_data, action_id, server_time, client_time)
    SELECT tenant,
      (moment || '7' || pg_catalog.lpad(pg_catalog.to_hex(place - 1), 3, '0')
        || pg_catalog.translate(pg_catalog.left(digest, 1), '0123456789abcdef', '89ab89ab89ab89ab') || pg_catalog.substr(digest, 2, 15))::uuid,
      session_id, expected + place, event->>0, (event->1)::integer, event->2, action_id, stamp, client_time
    FROM digests, pg_catalog.jsonb_array_elements(events) WITH ORDINALITY AS e(event, place)
  )
  SELECT pg_catalog.array_agg(id) INTO added FROM recorded;
  server_time := stamp;
  IF pg_catalog.cardinality(added) = pg_catalog.jsonb_array_length(appends) THEN
    RETURN;
  END IF;
  SELECT pg_catalog.jsonb_agg(pg_catalog.to_jsonb(action)) INTO earlier
  FROM game.actions AS action
  WHERE tenant_id = tenant AND id IN (SELECT (each->>0)::uuid FROM pg_catalog.jsonb_array_elements(appends) AS each)
    AND id <> ALL (coalesce(added, '{}'));
END
$function$;
COMMENT ON FUNCTION game.append_events(uuid,bigint,timestamp with time zone,jsonb) IS 'Enters the tenant, and appends actions with their events to sessions, in one transaction: all of them or, where one does not continue its session (ZD020), none. Each of `appends` is [action id, session id, expected sequence, action type, payload, SHA-256 of the payload, SHA-256 of the events, client time or null, [[event type, version, data], ...]]. Returns the time that it gave them and, in `earlier`, the records of those actions that were accepted before, for which nothing is written.';

CREATE OR REPLACE FUNCTION game.append_events(tenant uuid, known_epoch bigint, at_time timestamp with time zone, sent_actions jsonb, sent_events jsonb, OUT server_time timestamp with time zone, OUT earlier jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  entered timestamptz := dmz.enter_tenant(tenant, known_epoch);
  stamp timestamptz := pg_catalog.date_trunc('milliseconds', coalesce(at_time, entered));
  moment text := pg_catalog.lpad(pg_catalog.to_hex((extract(epoch FROM stamp) * 1000)::bigint), 12, '0') || '7';
  added uuid[];
BEGIN
  -- Whoever repeats an action while the first is being committed waits at the key of its record, and then finds it.
  WITH recorded AS (
    INSERT INTO game.actions (tenant_id, id, session_id, action_type, payload, payload_sha256,
      first_sequence, last_sequence, events_sha256, server_time, client_time)
    SELECT tenant, (each->>0)::uuid, (each->>1)::uuid, each->>2, each->3, each->>4,
      (each->5)::bigint, (each->6)::bigint, each->>7, stamp, (each->>8)::timestamptz
    FROM pg_catalog.jsonb_array_elements(sent_actions) AS each
    ON CONFLICT (tenant_id, id) DO NOTHING
    RETURNING id
  )
  SELECT pg_catalog.array_agg(id) INTO added FROM recorded;
  IF pg_catalog.cardinality(added) IS DISTINCT FROM pg_catalog.jsonb_array_length(sent_actions) THEN
    SELECT pg_catalog.jsonb_agg(pg_catalog.to_jsonb(action)) INTO earlier
    FROM game.actions AS action
    WHERE tenant_id = tenant AND id IN (SELECT (each->>0)::uuid FROM pg_catalog.jsonb_array_elements(sent_actions) AS each)
      AND id <> ALL (coalesce(added, '{}'));
    SELECT pg_catalog.jsonb_agg(each) INTO sent_events
    FROM pg_catalog.jsonb_array_elements(sent_events) AS each WHERE (each->>6)::uuid = ANY (added);
  END IF;
  INSERT INTO game.events (tenant_id, id, session_id, sequence, event_type, version, event_data, action_id, server_time, client_time)
  SELECT tenant, (moment || (each->>0))::uuid, (each->>1)::uuid, (each->2)::bigint, each->>3, (each->4)::integer, each->5,
    (each->>6)::uuid, stamp, (each->>7)::timestamptz
  FROM pg_catalog.jsonb_array_elements(sent_events) AS each;
  server_time := stamp;
END
$function$;
COMMENT ON FUNCTION game.append_events(uuid,bigint,timestamp with time zone,jsonb,jsonb) IS 'Enters the tenant, and appends actions with their events to sessions, in one transaction: all of them or, where one does not continue its session (ZD020), none. An action is [id, session id, type, payload, SHA-256 of the payload, first sequence, last sequence, SHA-256 of the events, client time or null]; an event is [id behind its time and version, session id, sequence, type, version, data, action id, client time or null]. Returns the time that it gave them and, in `earlier`, the records of those actions that were accepted before, for which nothing is written.';

CREATE OR REPLACE FUNCTION game.append_events(tenant uuid, known_epoch bigint, at_time timestamp with time zone, action_ids uuid[], action_sessions uuid[], action_types text[], action_payloads jsonb[], payload_hashes text[], first_sequences bigint[], last_sequences bigint[], event_hashes text[], action_client_times timestamp with time zone[], id_tails text[], event_sessions uuid[], sequences bigint[], event_types text[], versions integer[], payloads jsonb[], event_actions uuid[], event_client_times timestamp with time zone[], OUT server_time timestamp with time zone, OUT earlier jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
DECLARE
  entered timestamptz := dmz.enter_tenant(tenant, known_epoch);
  stamp timestamptz := pg_catalog.date_trunc('milliseconds', coalesce(at_time, entered));
  moment text := pg_catalog.lpad(pg_catalog.to_hex((extract(epoch FROM stamp) * 1000)::bigint), 12, '0') || '7';
  added uuid[];
BEGIN
  -- Whoever repeats an action while the first is being committed waits at the key of its record, and then finds it.
  WITH recorded AS (
    INSERT INTO game.actions (tenant_id, id, session_id, action_type, payload, payload_sha256,
      first_sequence, last_sequence, events_sha256, server_time, client_time)
    SELECT tenant, sent.id, sent.session, sent.type, sent.payload, sent.payload_hash, sent.first, sent.last, sent.event_hash,
      stamp, sent.client_time
    FROM unnest(action_ids, action_sessions, action_types, action_payloads, payload_hashes, first_sequences, last_sequences,
      event_hashes, action_client_times)
      AS sent(id, session, type, payload, payload_hash, first, last, event_hash, client_time)
    ON CONFLICT (tenant_id, id) DO NOTHING
    RETURNING id
  )
  SELECT pg_catalog.array_agg(id) INTO added FROM recorded;
  IF pg_catalog.cardinality(added) IS DISTINCT FROM pg_catalog.cardinality(action_ids) THEN
    SELECT pg_catalog.jsonb_agg(pg_catalog.to_jsonb(action)) INTO earlier
    FROM game.actions AS action
    WHERE tenant_id = tenant AND id = ANY (action_ids) AND id <> ALL (coalesce(added, '{}'));
  END IF;
  INSERT INTO game.events (tenant_id, id, session_id, sequence, event_type, version, event_data, action_id, server_time, client_time)
  SELECT tenant, (moment || sent.tail)::uuid, sent.session, sent.sequence, sent.type, sent.version, sent.payload, sent.action,
    stamp, sent.client_time
  FROM unnest(id_tails, event_sessions, sequences, event_types, versions, payloads, event_actions, event_client_times)
    AS sent(tail, session, sequence, type, version, payload, action, client_time)
  WHERE earlier IS NULL OR sent.action = ANY (added);
  server_time := stamp;
END
$function$;
GRANT EXECUTE ON FUNCTION game.append_events(uuid,bigint,timestamp with time zone,uuid[],uuid[],text[],jsonb[],text[],bigint[],bigint[],text[],timestamp with time zone[],text[],uuid[],bigint[],text[],integer[],jsonb[],uuid[],timestamp with time zone[]) TO dmz_app;
COMMENT ON FUNCTION game.append_events(uuid,bigint,timestamp with time zone,uuid[],uuid[],text[],jsonb[],text[],bigint[],bigint[],text[],timestamp with time zone[],text[],uuid[],bigint[],text[],integer[],jsonb[],uuid[],timestamp with time zone[]) IS 'Enters the tenant, and appends actions with their events to sessions, in one transaction: all of them or, where one does not continue its session (ZD020), none. Actions and events come as one array a column; hashes are SHA-256 in hex, and an event''s id tail is what stands in it behind its time and version. Returns the time that it gave them and, in `earlier`, the records of those actions that were accepted before, for which nothing is written.';

CREATE TABLE game.blacklist_entries (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  email_id uuid NOT NULL,
  domain text NOT NULL,
  listed_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.blacklist_entries ADD CONSTRAINT blacklist_entries_email_id_fk FOREIGN KEY (tenant_id, email_id) REFERENCES game.emails(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE game.blacklist_entries ADD CONSTRAINT blacklist_entries_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.blacklist_entries ADD CONSTRAINT blacklist_entries_session_id_domain_key UNIQUE (tenant_id, session_id, domain);
ALTER TABLE game.blacklist_entries ADD CONSTRAINT blacklist_entries_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX blacklist_entries_email_id_idx ON game.blacklist_entries USING btree (tenant_id, email_id);
ALTER TABLE game.blacklist_entries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.blacklist_entries AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.blacklist_entries FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE game.blacklist_entries TO dmz_mover;
GRANT INSERT, SELECT ON TABLE game.blacklist_entries TO dmz_app;
COMMENT ON TABLE game.blacklist_entries IS 'Domains that the player’s denials put on the blacklist.
@kind tenant
@retention tenant
@subject session_id of game.sessions';
COMMENT ON INDEX game.blacklist_entries_email_id_idx IS 'rows that refer to one target, and the check of foreign key blacklist_entries_email_id_fk';

CREATE TABLE game.day_summaries (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  day integer NOT NULL,
  emails_received integer NOT NULL,
  emails_decided integer NOT NULL,
  decisions_correct integer NOT NULL,
  emails_deferred integer NOT NULL,
  emails_expired integer NOT NULL,
  breaches integer NOT NULL,
  credits integer NOT NULL,
  trust integer NOT NULL,
  intel integer NOT NULL,
  threat_tier text NOT NULL,
  score integer NOT NULL,
  ended_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.day_summaries ADD CONSTRAINT day_summaries_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.day_summaries ADD CONSTRAINT day_summaries_session_id_day_key UNIQUE (tenant_id, session_id, day);
ALTER TABLE game.day_summaries ADD CONSTRAINT day_summaries_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE game.day_summaries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.day_summaries AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.day_summaries FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE game.day_summaries TO dmz_app;
GRANT DELETE, INSERT, SELECT ON TABLE game.day_summaries TO dmz_mover;
COMMENT ON TABLE game.day_summaries IS 'How each game day went: the shift report.
@kind tenant
@retention tenant
@subject session_id of game.sessions';

CREATE TABLE game.decisions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  email_id uuid NOT NULL,
  decision text NOT NULL,
  time_spent_ms integer NOT NULL,
  decided_at timestamp with time zone NOT NULL,
  outcome text,
  correct boolean,
  credits_delta integer,
  trust_delta integer,
  intel_delta integer,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.decisions ADD CONSTRAINT decisions_email_id_fk FOREIGN KEY (tenant_id, email_id) REFERENCES game.emails(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE game.decisions ADD CONSTRAINT decisions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.decisions ADD CONSTRAINT decisions_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX decisions_email_id_idx ON game.decisions USING btree (tenant_id, email_id);
CREATE INDEX decisions_session_id_idx ON game.decisions USING btree (tenant_id, session_id);
ALTER TABLE game.decisions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.decisions AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.decisions FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE game.decisions TO dmz_mover;
GRANT INSERT, SELECT, UPDATE ON TABLE game.decisions TO dmz_app;
COMMENT ON TABLE game.decisions IS 'What the player decided about an e-mail, and how that turned out.
@kind tenant
@retention tenant
@subject session_id of game.sessions';
COMMENT ON COLUMN game.decisions.outcome IS 'Null until the day’s decisions are resolved.';
COMMENT ON INDEX game.decisions_email_id_idx IS 'rows that refer to one target, and the check of foreign key decisions_email_id_fk';
COMMENT ON INDEX game.decisions_session_id_idx IS 'rows that refer to one target, and the check of foreign key decisions_session_id_fk';

CREATE TABLE game.email_attachments (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  email_id uuid NOT NULL,
  "position" integer NOT NULL,
  name text NOT NULL,
  mime_type text NOT NULL,
  size_bytes integer NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.email_attachments ADD CONSTRAINT email_attachments_email_id_fk FOREIGN KEY (tenant_id, email_id) REFERENCES game.emails(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE game.email_attachments ADD CONSTRAINT email_attachments_email_id_position_key UNIQUE (tenant_id, email_id, "position");
ALTER TABLE game.email_attachments ADD CONSTRAINT email_attachments_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.email_attachments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.email_attachments AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.email_attachments FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE game.email_attachments TO dmz_mover;
GRANT INSERT, SELECT ON TABLE game.email_attachments TO dmz_app;
COMMENT ON TABLE game.email_attachments IS 'Attachments of an e-mail: their descriptions; there are no bytes.
@kind tenant
@retention tenant
@subject email_id of game.emails';

CREATE TABLE game.email_headers (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  email_id uuid NOT NULL,
  "position" integer NOT NULL,
  name text NOT NULL,
  value text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.email_headers ADD CONSTRAINT email_headers_email_id_fk FOREIGN KEY (tenant_id, email_id) REFERENCES game.emails(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE game.email_headers ADD CONSTRAINT email_headers_email_id_position_key UNIQUE (tenant_id, email_id, "position");
ALTER TABLE game.email_headers ADD CONSTRAINT email_headers_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.email_headers ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.email_headers AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.email_headers FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE game.email_headers TO dmz_mover;
GRANT INSERT, SELECT ON TABLE game.email_headers TO dmz_app;
COMMENT ON TABLE game.email_headers IS 'Transport headers of an e-mail, in their order.
@kind tenant
@retention tenant
@subject email_id of game.emails';

CREATE TABLE game.email_indicators (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  email_id uuid NOT NULL,
  technique text NOT NULL,
  location text NOT NULL,
  correct boolean NOT NULL,
  marked_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.email_indicators ADD CONSTRAINT email_indicators_email_id_fk FOREIGN KEY (tenant_id, email_id) REFERENCES game.emails(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE game.email_indicators ADD CONSTRAINT email_indicators_email_id_technique_location_key UNIQUE (tenant_id, email_id, technique, location);
ALTER TABLE game.email_indicators ADD CONSTRAINT email_indicators_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.email_indicators ADD CONSTRAINT email_indicators_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX email_indicators_session_id_idx ON game.email_indicators USING btree (tenant_id, session_id);
ALTER TABLE game.email_indicators ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.email_indicators AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.email_indicators FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE game.email_indicators TO dmz_mover;
GRANT INSERT, SELECT ON TABLE game.email_indicators TO dmz_app;
COMMENT ON TABLE game.email_indicators IS 'Indicators that the player marked on an e-mail, and whether they were there.
@kind tenant
@retention tenant
@subject email_id of game.emails';
COMMENT ON INDEX game.email_indicators_session_id_idx IS 'rows that refer to one target, and the check of foreign key email_indicators_session_id_fk';

CREATE TABLE game.emails (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  email_key text NOT NULL,
  template_key text NOT NULL,
  day integer NOT NULL,
  category text NOT NULL,
  difficulty integer NOT NULL,
  legitimate boolean NOT NULL,
  subject text NOT NULL,
  from_name text NOT NULL,
  from_address text NOT NULL,
  reply_to_address text,
  status text NOT NULL,
  received_at timestamp with time zone NOT NULL,
  opened_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.emails ADD CONSTRAINT emails_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.emails ADD CONSTRAINT emails_session_id_email_key_key UNIQUE (tenant_id, session_id, email_key);
ALTER TABLE game.emails ADD CONSTRAINT emails_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE game.emails ADD CONSTRAINT emails_status_check CHECK ((status = ANY (ARRAY['unread'::text, 'open'::text, 'verifying'::text, 'deferred'::text, 'decided'::text, 'expired'::text])));
ALTER TABLE game.emails ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.emails AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.emails FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE game.emails TO dmz_mover;
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE game.emails TO dmz_app;
COMMENT ON TABLE game.emails IS 'The e-mails that arrived in a session, and what became of each.
@kind tenant
@retention tenant
@subject session_id of game.sessions';
COMMENT ON COLUMN game.emails.email_key IS 'The e-mail’s name within its session, such as d03-e07.';
COMMENT ON COLUMN game.emails.from_name IS 'Fictional sender, from the content.';
COMMENT ON COLUMN game.emails.legitimate IS 'The truth, which the player is not shown.';

CREATE TABLE game.events (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  sequence bigint NOT NULL,
  event_type text NOT NULL,
  event_data jsonb NOT NULL,
  action_id uuid NOT NULL,
  server_time timestamp with time zone NOT NULL DEFAULT now(),
  client_time timestamp with time zone,
  version integer NOT NULL DEFAULT 1
) PARTITION BY RANGE (server_time);
ALTER TABLE game.events ADD CONSTRAINT events_pkey PRIMARY KEY (tenant_id, session_id, sequence, id, server_time);
ALTER TABLE game.events ADD CONSTRAINT events_sequence_positive_check CHECK ((sequence > 0));
ALTER TABLE game.events ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.events AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER advance_session_heads AFTER INSERT ON game.events REFERENCING NEW TABLE AS appended FOR EACH STATEMENT EXECUTE FUNCTION game.advance_session_heads();
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON game.events FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE game.events TO dmz_app;
GRANT INSERT, SELECT ON TABLE game.events TO dmz_mover;
COMMENT ON TABLE game.events IS 'What happened in each session, in a contiguous sequence from 1. The truth that everything else is derived from.
@kind partitioned_log
@retention evidence
@evolving
@subject session_id of game.sessions';
COMMENT ON COLUMN game.events.action_id IS 'The action that caused it.';
COMMENT ON COLUMN game.events.client_time IS 'What the player’s clock said; never trusted.';
COMMENT ON COLUMN game.events.event_data IS 'Payload of the type and version.';
COMMENT ON COLUMN game.events.sequence IS 'Position in the session, from 1 without a gap.';
COMMENT ON COLUMN game.events.session_id IS 'The game in game.sessions; advancing its head proves that it exists.';
COMMENT ON COLUMN game.events.version IS 'Version of the payload’s shape.';

CREATE TABLE game.events_default (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  sequence bigint NOT NULL,
  event_type text NOT NULL,
  event_data jsonb NOT NULL,
  action_id uuid NOT NULL,
  server_time timestamp with time zone NOT NULL DEFAULT now(),
  client_time timestamp with time zone,
  version integer NOT NULL DEFAULT 1
) PARTITION OF game.events DEFAULT;
ALTER TABLE game.events_default ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.events_default AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER advance_session_heads AFTER INSERT ON game.events_default REFERENCING NEW TABLE AS appended FOR EACH STATEMENT EXECUTE FUNCTION game.advance_session_heads();
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON game.events_default FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT MAINTAIN ON TABLE game.events_default TO dmz_maintenance;

CREATE OR REPLACE FUNCTION game.open_session_heads()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  INSERT INTO game.session_heads (tenant_id, id, started_at) SELECT tenant_id, id, started_at FROM opened;
  RETURN NULL;
END
$function$;
COMMENT ON FUNCTION game.open_session_heads() IS 'Gives a new session its head at sequence 0. SECURITY DEFINER because the application may not write heads.';

CREATE OR REPLACE FUNCTION game.refuse_append(session uuid, first bigint, last bigint, events bigint, earliest timestamp with time zone, actual bigint, started timestamp with time zone)
 RETURNS bigint
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
BEGIN
  IF actual IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD021', MESSAGE = 'events were appended to a session that does not exist',
      DETAIL = pg_catalog.json_build_object('sessionId', session)::text;
  END IF;
  IF earliest < started - interval '1 day' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD022', MESSAGE = 'an event is older than its session',
      DETAIL = pg_catalog.json_build_object('sessionId', session, 'serverTime', earliest, 'startedAt', started)::text,
      HINT = 'server_time is when the event was appended.';
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'ZD020', MESSAGE = 'the events do not continue their session without a gap or a fork',
    DETAIL = pg_catalog.json_build_object('sessionId', session, 'expected', first - 1, 'actual', actual,
      'first', first, 'last', last, 'events', events)::text,
    HINT = 'Read the session again and append after its last event.';
END
$function$;
COMMENT ON FUNCTION game.refuse_append(uuid,bigint,bigint,bigint,timestamp with time zone,bigint,timestamp with time zone) IS 'Raises why events cannot be appended to a session: it does not exist (ZD021), they are older than it (ZD022), or they do not continue its head (ZD020).';

CREATE TABLE game.session_heads (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  sequence bigint NOT NULL DEFAULT 0,
  started_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
) WITH (fillfactor=50);
ALTER TABLE game.session_heads ADD CONSTRAINT session_heads_id_fk FOREIGN KEY (tenant_id, id) REFERENCES game.sessions(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE game.session_heads ADD CONSTRAINT session_heads_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.session_heads ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.session_heads AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.session_heads FOR EACH ROW WHEN ((new.updated_at IS DISTINCT FROM now())) EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE game.session_heads TO dmz_mover;
GRANT SELECT ON TABLE game.session_heads TO dmz_app;
COMMENT ON TABLE game.session_heads IS 'The last sequence of each session, by the session’s id. Written by the triggers of sessions and events alone.
@kind tenant
@retention tenant
@subject id of game.sessions';
COMMENT ON COLUMN game.session_heads.started_at IS 'When the session started; no event of it is much older.';

CREATE TABLE game.sessions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  player_id uuid NOT NULL,
  seed bigint NOT NULL,
  engine_version text NOT NULL,
  rules_version integer NOT NULL,
  content_version text NOT NULL,
  days integer NOT NULL,
  status text NOT NULL DEFAULT 'active'::text,
  day integer NOT NULL DEFAULT 0,
  started_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  branched_from_id uuid,
  branched_at_sequence bigint
) WITH (fillfactor=80);
ALTER TABLE game.sessions ADD CONSTRAINT sessions_branch_complete_check CHECK (((branched_from_id IS NULL) = (branched_at_sequence IS NULL)));
ALTER TABLE game.sessions ADD CONSTRAINT sessions_branch_positive_check CHECK ((branched_at_sequence > 0));
ALTER TABLE game.sessions ADD CONSTRAINT sessions_branched_from_id_fk FOREIGN KEY (tenant_id, branched_from_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE game.sessions ADD CONSTRAINT sessions_days_positive_check CHECK ((days > 0));
ALTER TABLE game.sessions ADD CONSTRAINT sessions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.sessions ADD CONSTRAINT sessions_player_id_fk FOREIGN KEY (tenant_id, player_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE game.sessions ADD CONSTRAINT sessions_seed_range_check CHECK (((seed >= 0) AND (seed <= '9007199254740991'::bigint)));
ALTER TABLE game.sessions ADD CONSTRAINT sessions_status_check CHECK ((status = ANY (ARRAY['active'::text, 'paused'::text, 'breach_recovery'::text, 'completed'::text, 'abandoned'::text])));
CREATE INDEX sessions_branched_from_id_idx ON game.sessions USING btree (tenant_id, branched_from_id);
CREATE INDEX sessions_player_id_idx ON game.sessions USING btree (tenant_id, player_id);
CREATE INDEX sessions_started_at_idx ON game.sessions USING btree (tenant_id, started_at DESC);
ALTER TABLE game.sessions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.sessions AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER open_session_heads AFTER INSERT ON game.sessions REFERENCING NEW TABLE AS opened FOR EACH STATEMENT EXECUTE FUNCTION game.open_session_heads();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.sessions FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE game.sessions TO dmz_mover;
GRANT INSERT, SELECT ON TABLE game.sessions TO dmz_app;
GRANT UPDATE ON COLUMN game.sessions.day TO dmz_app;
GRANT UPDATE ON COLUMN game.sessions.ended_at TO dmz_app;
GRANT UPDATE ON COLUMN game.sessions.status TO dmz_app;
COMMENT ON TABLE game.sessions IS 'One game, from its start to its end: what it needs to be replayed, and how it stands.
@kind tenant
@retention evidence
@subject player_id of auth.users';
COMMENT ON COLUMN game.sessions.branched_at_sequence IS 'The last sequence that was copied from it.';
COMMENT ON COLUMN game.sessions.branched_from_id IS 'The session that this one is a what-if copy of; what is copied counts for nothing: no ledger, no board, no report.';
COMMENT ON COLUMN game.sessions.day IS 'The game day that the session is at; 0 before the first.';
COMMENT ON COLUMN game.sessions.days IS 'Length of the game in game days.';
COMMENT ON COLUMN game.sessions.player_id IS 'The person who plays; events know the session alone.';
COMMENT ON COLUMN game.sessions.seed IS 'Key of every random draw, 0 to 2^53 - 1.';
COMMENT ON INDEX game.sessions_branched_from_id_idx IS 'rows that refer to one target, and the check of foreign key sessions_branched_from_id_fk';
COMMENT ON INDEX game.sessions_player_id_idx IS 'rows that refer to one target, and the check of foreign key sessions_player_id_fk';
COMMENT ON INDEX game.sessions_started_at_idx IS 'sessions of a tenant, newest first';

CREATE TABLE game.snapshots (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  sequence bigint NOT NULL,
  reducer_version integer NOT NULL,
  day integer NOT NULL,
  state jsonb NOT NULL,
  state_sha256 text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  event_schemas integer NOT NULL DEFAULT 0
);
ALTER TABLE game.snapshots ADD CONSTRAINT snapshots_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.snapshots ADD CONSTRAINT snapshots_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE game.snapshots ADD CONSTRAINT snapshots_session_id_reducer_version_sequence_key UNIQUE (tenant_id, session_id, reducer_version, sequence);
ALTER TABLE game.snapshots ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.snapshots AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON game.snapshots FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE game.snapshots TO dmz_app;
GRANT INSERT, SELECT ON TABLE game.snapshots TO dmz_mover;
COMMENT ON TABLE game.snapshots IS 'A session’s state after a sequence, so that opening it need not read every event. Never trusted over the events.
@kind append_only
@retention evidence
@subject session_id of game.sessions';
COMMENT ON COLUMN game.snapshots.event_schemas IS 'How many event schemas the program knew that wrote it; one that knows fewer passes it over, since the events before it may be of versions that it does not know.';
COMMENT ON COLUMN game.snapshots.reducer_version IS 'Version of the reducer that folded it.';
COMMENT ON COLUMN game.snapshots.state IS 'The state of the game after that event, as the reducer of that version folds it.';
COMMENT ON COLUMN game.snapshots.state_sha256 IS 'SHA-256 of the state’s canonical JSON (RFC 8785).';

CREATE TABLE game.threat_assessments (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  day integer NOT NULL,
  threat_tier text NOT NULL,
  previous_tier text NOT NULL,
  score integer NOT NULL,
  heat integer NOT NULL,
  assessed_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.threat_assessments ADD CONSTRAINT threat_assessments_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.threat_assessments ADD CONSTRAINT threat_assessments_session_id_day_key UNIQUE (tenant_id, session_id, day);
ALTER TABLE game.threat_assessments ADD CONSTRAINT threat_assessments_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE game.threat_assessments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.threat_assessments AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.threat_assessments FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE game.threat_assessments TO dmz_app;
GRANT DELETE, INSERT, SELECT ON TABLE game.threat_assessments TO dmz_mover;
COMMENT ON TABLE game.threat_assessments IS 'The threat as it stood on each game day.
@kind tenant
@retention tenant
@subject session_id of game.sessions';
COMMENT ON COLUMN game.threat_assessments.heat IS 'What is left of the attackers’ attention, 0 to 100.';
COMMENT ON COLUMN game.threat_assessments.threat_tier IS 'In force from the next day on.';

CREATE TABLE game.verification_artifacts (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  email_id uuid NOT NULL,
  packet_key text NOT NULL,
  artifact_key text NOT NULL,
  kind text NOT NULL,
  title text NOT NULL,
  supports text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.verification_artifacts ADD CONSTRAINT verification_artifacts_email_id_artifact_key_key UNIQUE (tenant_id, email_id, artifact_key);
ALTER TABLE game.verification_artifacts ADD CONSTRAINT verification_artifacts_email_id_fk FOREIGN KEY (tenant_id, email_id) REFERENCES game.emails(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE game.verification_artifacts ADD CONSTRAINT verification_artifacts_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.verification_artifacts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.verification_artifacts AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.verification_artifacts FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE game.verification_artifacts TO dmz_mover;
GRANT INSERT, SELECT ON TABLE game.verification_artifacts TO dmz_app;
COMMENT ON TABLE game.verification_artifacts IS 'The papers that were delivered about an e-mail’s sender.
@kind tenant
@retention tenant
@subject email_id of game.emails';
COMMENT ON COLUMN game.verification_artifacts.supports IS 'What the paper speaks for, which the player must find out.';

CREATE TABLE game.verification_packets (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  email_id uuid NOT NULL,
  packet_key text NOT NULL,
  due_day integer NOT NULL,
  requested_at timestamp with time zone NOT NULL,
  delivered_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.verification_packets ADD CONSTRAINT verification_packets_email_id_fk FOREIGN KEY (tenant_id, email_id) REFERENCES game.emails(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE game.verification_packets ADD CONSTRAINT verification_packets_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.verification_packets ADD CONSTRAINT verification_packets_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE game.verification_packets ADD CONSTRAINT verification_packets_session_id_packet_key_key UNIQUE (tenant_id, session_id, packet_key);
CREATE INDEX verification_packets_email_id_idx ON game.verification_packets USING btree (tenant_id, email_id);
ALTER TABLE game.verification_packets ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.verification_packets AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.verification_packets FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE game.verification_packets TO dmz_mover;
GRANT INSERT, SELECT, UPDATE ON TABLE game.verification_packets TO dmz_app;
COMMENT ON TABLE game.verification_packets IS 'Requests for papers about an e-mail’s sender.
@kind tenant
@retention tenant
@subject session_id of game.sessions';
COMMENT ON INDEX game.verification_packets_email_id_idx IS 'rows that refer to one target, and the check of foreign key verification_packets_email_id_fk';

CREATE TABLE game.whitelist_entries (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  email_id uuid NOT NULL,
  domain text NOT NULL,
  listed_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.whitelist_entries ADD CONSTRAINT whitelist_entries_email_id_fk FOREIGN KEY (tenant_id, email_id) REFERENCES game.emails(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE game.whitelist_entries ADD CONSTRAINT whitelist_entries_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.whitelist_entries ADD CONSTRAINT whitelist_entries_session_id_domain_key UNIQUE (tenant_id, session_id, domain);
ALTER TABLE game.whitelist_entries ADD CONSTRAINT whitelist_entries_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX whitelist_entries_email_id_idx ON game.whitelist_entries USING btree (tenant_id, email_id);
ALTER TABLE game.whitelist_entries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.whitelist_entries AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.whitelist_entries FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE game.whitelist_entries TO dmz_mover;
GRANT INSERT, SELECT ON TABLE game.whitelist_entries TO dmz_app;
COMMENT ON TABLE game.whitelist_entries IS 'Domains that the player’s approvals put on the whitelist.
@kind tenant
@retention tenant
@subject session_id of game.sessions';
COMMENT ON INDEX game.whitelist_entries_email_id_idx IS 'rows that refer to one target, and the check of foreign key whitelist_entries_email_id_fk';

CREATE TABLE game.worksheets (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  email_id uuid NOT NULL,
  marks_correct integer NOT NULL DEFAULT 0,
  marks_wrong integer NOT NULL DEFAULT 0,
  packets_requested integer NOT NULL DEFAULT 0,
  time_spent_ms integer NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE game.worksheets ADD CONSTRAINT worksheets_email_id_fk FOREIGN KEY (tenant_id, email_id) REFERENCES game.emails(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE game.worksheets ADD CONSTRAINT worksheets_email_id_key UNIQUE (tenant_id, email_id);
ALTER TABLE game.worksheets ADD CONSTRAINT worksheets_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE game.worksheets ADD CONSTRAINT worksheets_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX worksheets_session_id_idx ON game.worksheets USING btree (tenant_id, session_id);
ALTER TABLE game.worksheets ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON game.worksheets AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON game.worksheets FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE game.worksheets TO dmz_mover;
GRANT INSERT, SELECT, UPDATE ON TABLE game.worksheets TO dmz_app;
COMMENT ON TABLE game.worksheets IS 'The player’s work on one e-mail: marks right and wrong, papers asked for, time spent.
@kind tenant
@retention tenant
@subject session_id of game.sessions';
COMMENT ON INDEX game.worksheets_session_id_idx IS 'rows that refer to one target, and the check of foreign key worksheets_session_id_fk';

CREATE SCHEMA governance;
GRANT USAGE ON SCHEMA governance TO dmz_app;
GRANT USAGE ON SCHEMA governance TO dmz_maintenance;
GRANT USAGE ON SCHEMA governance TO dmz_mover;

CREATE OR REPLACE FUNCTION governance.check_hold_release()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
BEGIN
  PERFORM FROM governance.legal_holds AS placed
  WHERE placed.tenant_id = NEW.tenant_id AND placed.id = NEW.releases_id AND placed.action = 'placed'
    AND (placed.matter, placed.scope) = (NEW.matter, NEW.scope)
    AND placed.user_id IS NOT DISTINCT FROM NEW.user_id AND placed.table_name IS NOT DISTINCT FROM NEW.table_name;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
      CONSTRAINT = 'legal_holds_release_of_its_hold_check',
      MESSAGE = 'a release names a placed hold and repeats its matter and scope';
  END IF;
  RETURN NEW;
END
$function$;
COMMENT ON FUNCTION governance.check_hold_release() IS 'Refuses a release that is of no placed hold, or of another matter or scope.';

CREATE TABLE governance.consents (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  purpose text NOT NULL,
  decision text NOT NULL,
  notice_version text NOT NULL,
  notice_sha256 text NOT NULL,
  locale_tag text NOT NULL,
  channel text NOT NULL,
  by_guardian boolean NOT NULL DEFAULT false,
  ip_address text,
  user_agent text,
  decided_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE governance.consents ADD CONSTRAINT consents_channel_check CHECK ((channel = ANY (ARRAY['registration'::text, 'settings'::text, 'prompt'::text, 'administrator'::text, 'import'::text])));
ALTER TABLE governance.consents ADD CONSTRAINT consents_decision_check CHECK ((decision = ANY (ARRAY['given'::text, 'withdrawn'::text])));
ALTER TABLE governance.consents ADD CONSTRAINT consents_expires_after_decided_check CHECK ((expires_at > decided_at));
ALTER TABLE governance.consents ADD CONSTRAINT consents_ip_address_encrypted_check CHECK ((ip_address ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE governance.consents ADD CONSTRAINT consents_locale_tag_fk FOREIGN KEY (locale_tag) REFERENCES public.locales(tag) ON DELETE RESTRICT;
ALTER TABLE governance.consents ADD CONSTRAINT consents_notice_sha256_form_check CHECK ((notice_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE governance.consents ADD CONSTRAINT consents_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE governance.consents ADD CONSTRAINT consents_purpose_form_check CHECK ((purpose ~ '^[a-z][a-z_]*([.][a-z_]+)*$'::text));
ALTER TABLE governance.consents ADD CONSTRAINT consents_user_agent_encrypted_check CHECK ((user_agent ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE governance.consents ADD CONSTRAINT consents_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX consents_expires_at_idx ON governance.consents USING btree (tenant_id, expires_at);
CREATE INDEX consents_locale_tag_idx ON governance.consents USING btree (locale_tag);
CREATE INDEX consents_user_id_purpose_decided_at_idx ON governance.consents USING btree (tenant_id, user_id, purpose, decided_at DESC);
ALTER TABLE governance.consents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON governance.consents AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON governance.consents FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE governance.consents TO dmz_mover;
GRANT SELECT ON TABLE governance.consents TO dmz_app;
COMMENT ON TABLE governance.consents IS 'Each time a person gave or withdrew consent for a purpose (GDPR Art. 7); the last record of a purpose holds.
@kind append_only
@retention evidence
@subject user_id of auth.users';
COMMENT ON COLUMN governance.consents.by_guardian IS 'Given by the holder of parental responsibility (GDPR Art. 8).';
COMMENT ON COLUMN governance.consents.expires_at IS 'When the person is asked again.';
COMMENT ON COLUMN governance.consents.ip_address IS 'Kept for proving that consent was given.
@pii network
@erasure shred';
COMMENT ON COLUMN governance.consents.locale_tag IS 'Language that it was shown in.';
COMMENT ON COLUMN governance.consents.notice_sha256 IS 'SHA-256 of that wording.';
COMMENT ON COLUMN governance.consents.notice_version IS 'The wording that the person was shown.';
COMMENT ON COLUMN governance.consents.purpose IS 'What for, such as leaderboard.public or research.';
COMMENT ON COLUMN governance.consents.user_agent IS 'Kept for proving that consent was given.
@pii network
@erasure shred';
COMMENT ON INDEX governance.consents_expires_at_idx IS 'consents that expire, to be asked for again';
COMMENT ON INDEX governance.consents_locale_tag_idx IS 'rows that refer to one target, and the check of foreign key consents_locale_tag_fk';
COMMENT ON INDEX governance.consents_user_id_purpose_decided_at_idx IS 'what a person last decided about a purpose';

CREATE TABLE governance.erasure_certificates (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  privacy_request_id uuid NOT NULL,
  pseudonym_id uuid NOT NULL,
  catalogue_sha256 text NOT NULL,
  rows_deleted integer NOT NULL,
  rows_changed integer NOT NULL,
  rows_shredded integer NOT NULL,
  rows_retained integer NOT NULL,
  keys_destroyed integer NOT NULL,
  report jsonb NOT NULL,
  document_object_id uuid,
  signature text NOT NULL,
  signing_key_id text NOT NULL,
  erased_at timestamp with time zone NOT NULL,
  status text NOT NULL DEFAULT 'valid'::text,
  supersedes_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  status_reason text
);
ALTER TABLE governance.erasure_certificates ADD CONSTRAINT erasure_certificates_catalogue_sha256_form_check CHECK ((catalogue_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE governance.erasure_certificates ADD CONSTRAINT erasure_certificates_counts_not_negative_check CHECK ((LEAST(rows_deleted, rows_changed, rows_shredded, rows_retained, keys_destroyed) >= 0));
ALTER TABLE governance.erasure_certificates ADD CONSTRAINT erasure_certificates_document_object_id_fk FOREIGN KEY (tenant_id, document_object_id) REFERENCES files.objects(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE governance.erasure_certificates ADD CONSTRAINT erasure_certificates_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE governance.erasure_certificates ADD CONSTRAINT erasure_certificates_privacy_request_id_fk FOREIGN KEY (tenant_id, privacy_request_id) REFERENCES governance.privacy_requests(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE governance.erasure_certificates ADD CONSTRAINT erasure_certificates_status_check CHECK ((status = ANY (ARRAY['valid'::text, 'superseded'::text, 'invalidated'::text])));
ALTER TABLE governance.erasure_certificates ADD CONSTRAINT erasure_certificates_status_reason_check CHECK ((status_reason = ANY (ARRAY['correction'::text, 'duplicate'::text, 'wrong_person'::text, 'misconduct'::text, 'automation'::text, 'withdrawal'::text, 'revocation'::text, 'appeal'::text, 'renewal'::text])));
ALTER TABLE governance.erasure_certificates ADD CONSTRAINT erasure_certificates_supersedes_id_fk FOREIGN KEY (tenant_id, supersedes_id) REFERENCES governance.erasure_certificates(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE governance.erasure_certificates ADD CONSTRAINT erasure_certificates_supersedes_id_key UNIQUE (tenant_id, supersedes_id);
CREATE INDEX erasure_certificates_document_object_id_idx ON governance.erasure_certificates USING btree (tenant_id, document_object_id);
CREATE INDEX erasure_certificates_privacy_request_id_idx ON governance.erasure_certificates USING btree (tenant_id, privacy_request_id);
CREATE UNIQUE INDEX erasure_certificates_privacy_request_id_key ON governance.erasure_certificates USING btree (tenant_id, privacy_request_id) WHERE (supersedes_id IS NULL);
ALTER TABLE governance.erasure_certificates ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON governance.erasure_certificates AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON governance.erasure_certificates FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE governance.erasure_certificates TO dmz_app;
GRANT INSERT, SELECT ON TABLE governance.erasure_certificates TO dmz_mover;
COMMENT ON TABLE governance.erasure_certificates IS 'Signed proof of what an erasure did, naming the person by a pseudonym that leads nowhere any more.
@kind append_only
@retention evidence
@subject privacy_request_id of governance.privacy_requests';
COMMENT ON COLUMN governance.erasure_certificates.catalogue_sha256 IS 'SHA-256 of the catalogue of personal data that was followed.';
COMMENT ON COLUMN governance.erasure_certificates.document_object_id IS 'The certificate for printing.';
COMMENT ON COLUMN governance.erasure_certificates.pseudonym_id IS 'The person, as events knew them.';
COMMENT ON COLUMN governance.erasure_certificates.report IS 'The same by table and column, and the ground for each row retained.';
COMMENT ON COLUMN governance.erasure_certificates.rows_changed IS 'Rows with columns nulled or replaced.';
COMMENT ON COLUMN governance.erasure_certificates.rows_retained IS 'Rows that a duty of retention keeps.';
COMMENT ON COLUMN governance.erasure_certificates.rows_shredded IS 'Rows that only the destroyed keys could read.';
COMMENT ON COLUMN governance.erasure_certificates.signature IS 'Ed25519 (RFC 8032) over the certificate’s canonical JSON (RFC 8785), base64url.';
COMMENT ON COLUMN governance.erasure_certificates.signing_key_id IS 'RFC 7638 thumbprint of the public key.';
COMMENT ON COLUMN governance.erasure_certificates.status_reason IS 'Why it supersedes or invalidates another record.';
COMMENT ON COLUMN governance.erasure_certificates.supersedes_id IS 'The record that this one supersedes or invalidates.';
COMMENT ON INDEX governance.erasure_certificates_document_object_id_idx IS 'rows that refer to one target, and the check of foreign key erasure_certificates_document_object_id_fk';
COMMENT ON INDEX governance.erasure_certificates_privacy_request_id_idx IS 'rows that refer to one target, and the check of foreign key erasure_certificates_privacy_request_id_fk';

CREATE OR REPLACE FUNCTION governance.keep_destroyed_key()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
    CONSTRAINT = 'subject_keys_stay_destroyed_check',
    MESSAGE = 'a destroyed key stays destroyed', HINT = 'Give the person a key of the next generation.';
END
$function$;
COMMENT ON FUNCTION governance.keep_destroyed_key() IS 'Refuses to bring a destroyed key back, which would undo an erasure.';

CREATE TABLE governance.legal_holds (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  action text NOT NULL,
  releases_id uuid,
  matter text NOT NULL,
  scope text NOT NULL,
  user_id uuid,
  table_name text,
  grounds text,
  ordered_by_id uuid NOT NULL,
  effective_at timestamp with time zone NOT NULL,
  review_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE governance.legal_holds ADD CONSTRAINT legal_holds_action_check CHECK ((action = ANY (ARRAY['placed'::text, 'released'::text])));
ALTER TABLE governance.legal_holds ADD CONSTRAINT legal_holds_grounds_encrypted_check CHECK ((grounds ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE governance.legal_holds ADD CONSTRAINT legal_holds_not_its_own_release_check CHECK ((releases_id <> id));
ALTER TABLE governance.legal_holds ADD CONSTRAINT legal_holds_ordered_by_id_fk FOREIGN KEY (tenant_id, ordered_by_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE governance.legal_holds ADD CONSTRAINT legal_holds_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE governance.legal_holds ADD CONSTRAINT legal_holds_release_names_hold_check CHECK (((action = 'released'::text) = (releases_id IS NOT NULL)));
ALTER TABLE governance.legal_holds ADD CONSTRAINT legal_holds_releases_id_fk FOREIGN KEY (tenant_id, releases_id) REFERENCES governance.legal_holds(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE governance.legal_holds ADD CONSTRAINT legal_holds_releases_id_key UNIQUE (tenant_id, releases_id);
ALTER TABLE governance.legal_holds ADD CONSTRAINT legal_holds_scope_check CHECK ((scope = ANY (ARRAY['tenant'::text, 'person'::text, 'table'::text])));
ALTER TABLE governance.legal_holds ADD CONSTRAINT legal_holds_scope_is_named_check CHECK ((((scope = 'person'::text) = (user_id IS NOT NULL)) AND ((scope = 'table'::text) = (table_name IS NOT NULL))));
ALTER TABLE governance.legal_holds ADD CONSTRAINT legal_holds_table_name_form_check CHECK ((table_name ~ '^[a-z][a-z_]*[.][a-z][a-z0-9_]*$'::text));
ALTER TABLE governance.legal_holds ADD CONSTRAINT legal_holds_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX legal_holds_ordered_by_id_idx ON governance.legal_holds USING btree (tenant_id, ordered_by_id);
CREATE INDEX legal_holds_scope_table_name_idx ON governance.legal_holds USING btree (tenant_id, scope, table_name);
CREATE INDEX legal_holds_user_id_effective_at_idx ON governance.legal_holds USING btree (tenant_id, user_id, effective_at DESC);
ALTER TABLE governance.legal_holds ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON governance.legal_holds AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER check_hold_release BEFORE INSERT ON governance.legal_holds FOR EACH ROW WHEN ((new.action = 'released'::text)) EXECUTE FUNCTION governance.check_hold_release();
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON governance.legal_holds FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE governance.legal_holds TO dmz_mover;
GRANT SELECT ON TABLE governance.legal_holds TO dmz_app;
COMMENT ON TABLE governance.legal_holds IS 'Orders to keep data for a dispute or an authority, and their release by a later record.
@kind append_only
@retention evidence
@subject user_id of auth.users';
COMMENT ON COLUMN governance.legal_holds.grounds IS 'Kept for why the data must be kept or no longer be.
@pii free_text
@erasure shred
@subject ordered_by_id of auth.users';
COMMENT ON COLUMN governance.legal_holds.matter IS 'File number of the case or authority.';
COMMENT ON COLUMN governance.legal_holds.ordered_by_id IS 'The person who ordered it for the tenant.';
COMMENT ON COLUMN governance.legal_holds.releases_id IS 'The hold that this record releases.';
COMMENT ON COLUMN governance.legal_holds.review_at IS 'When somebody must ask whether it is still needed.';
COMMENT ON COLUMN governance.legal_holds.table_name IS 'The table that is held, as schema.table.';
COMMENT ON COLUMN governance.legal_holds.user_id IS 'The person whose data is held.';
COMMENT ON INDEX governance.legal_holds_ordered_by_id_idx IS 'rows that refer to one target, and the check of foreign key legal_holds_ordered_by_id_fk';
COMMENT ON INDEX governance.legal_holds_scope_table_name_idx IS 'holds that concern a table or the tenant';
COMMENT ON INDEX governance.legal_holds_user_id_effective_at_idx IS 'holds that concern a person';

CREATE TABLE governance.privacy_requests (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  kind text NOT NULL,
  framework_code text NOT NULL,
  channel text NOT NULL,
  status text NOT NULL DEFAULT 'received'::text,
  message text,
  handler_id uuid,
  received_at timestamp with time zone NOT NULL,
  identity_verified_at timestamp with time zone,
  due_at timestamp with time zone NOT NULL,
  extended_until timestamp with time zone,
  closed_at timestamp with time zone,
  refusal text,
  postponement text,
  legal_hold_id uuid,
  retry_at timestamp with time zone,
  export_object_id uuid,
  export_sha256 text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  erasure jsonb
);
ALTER TABLE governance.privacy_requests ADD CONSTRAINT privacy_requests_channel_check CHECK ((channel = ANY (ARRAY['self_service'::text, 'e_mail'::text, 'letter'::text, 'administrator'::text, 'authority'::text])));
ALTER TABLE governance.privacy_requests ADD CONSTRAINT privacy_requests_closed_has_time_check CHECK (((status = ANY (ARRAY['fulfilled'::text, 'refused'::text, 'withdrawn'::text])) = (closed_at IS NOT NULL)));
ALTER TABLE governance.privacy_requests ADD CONSTRAINT privacy_requests_due_after_received_check CHECK ((due_at > received_at));
ALTER TABLE governance.privacy_requests ADD CONSTRAINT privacy_requests_export_object_id_fk FOREIGN KEY (tenant_id, export_object_id) REFERENCES files.objects(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE governance.privacy_requests ADD CONSTRAINT privacy_requests_export_sha256_form_check CHECK ((export_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE governance.privacy_requests ADD CONSTRAINT privacy_requests_extended_after_due_check CHECK (((extended_until > due_at) AND (extended_until <= (received_at + '3 mons'::interval))));
ALTER TABLE governance.privacy_requests ADD CONSTRAINT privacy_requests_framework_code_fk FOREIGN KEY (framework_code) REFERENCES public.regulatory_frameworks(code) ON DELETE RESTRICT;
ALTER TABLE governance.privacy_requests ADD CONSTRAINT privacy_requests_handler_id_fk FOREIGN KEY (tenant_id, handler_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE governance.privacy_requests ADD CONSTRAINT privacy_requests_hold_is_named_check CHECK (((postponement IS DISTINCT FROM 'legal_hold'::text) OR (legal_hold_id IS NOT NULL)));
ALTER TABLE governance.privacy_requests ADD CONSTRAINT privacy_requests_identity_before_fulfilment_check CHECK (((status <> 'fulfilled'::text) OR (identity_verified_at IS NOT NULL)));
ALTER TABLE governance.privacy_requests ADD CONSTRAINT privacy_requests_kind_check CHECK ((kind = ANY (ARRAY['access'::text, 'rectification'::text, 'erasure'::text, 'restriction'::text, 'portability'::text, 'objection'::text, 'human_review'::text])));
ALTER TABLE governance.privacy_requests ADD CONSTRAINT privacy_requests_legal_hold_id_fk FOREIGN KEY (tenant_id, legal_hold_id) REFERENCES governance.legal_holds(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE governance.privacy_requests ADD CONSTRAINT privacy_requests_only_erasure_is_postponed_check CHECK (((postponement IS NULL) OR (kind = 'erasure'::text)));
ALTER TABLE governance.privacy_requests ADD CONSTRAINT privacy_requests_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE governance.privacy_requests ADD CONSTRAINT privacy_requests_postponed_has_cause_check CHECK (((status <> 'postponed'::text) OR (postponement IS NOT NULL)));
ALTER TABLE governance.privacy_requests ADD CONSTRAINT privacy_requests_postponement_check CHECK ((postponement = ANY (ARRAY['legal_hold'::text, 'retention_duty'::text])));
ALTER TABLE governance.privacy_requests ADD CONSTRAINT privacy_requests_refusal_check CHECK ((refusal = ANY (ARRAY['identity_unproven'::text, 'manifestly_unfounded'::text, 'excessive'::text, 'legal_obligation'::text, 'legal_claims'::text])));
ALTER TABLE governance.privacy_requests ADD CONSTRAINT privacy_requests_refused_has_ground_check CHECK (((status = 'refused'::text) = (refusal IS NOT NULL)));
ALTER TABLE governance.privacy_requests ADD CONSTRAINT privacy_requests_status_check CHECK ((status = ANY (ARRAY['received'::text, 'verifying_identity'::text, 'in_progress'::text, 'postponed'::text, 'fulfilled'::text, 'refused'::text, 'withdrawn'::text])));
ALTER TABLE governance.privacy_requests ADD CONSTRAINT privacy_requests_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX privacy_requests_export_object_id_idx ON governance.privacy_requests USING btree (tenant_id, export_object_id);
CREATE INDEX privacy_requests_framework_code_idx ON governance.privacy_requests USING btree (framework_code);
CREATE INDEX privacy_requests_handler_id_idx ON governance.privacy_requests USING btree (tenant_id, handler_id);
CREATE INDEX privacy_requests_legal_hold_id_idx ON governance.privacy_requests USING btree (tenant_id, legal_hold_id);
CREATE INDEX privacy_requests_status_due_at_idx ON governance.privacy_requests USING btree (tenant_id, status, due_at);
CREATE INDEX privacy_requests_user_id_idx ON governance.privacy_requests USING btree (tenant_id, user_id);
ALTER TABLE governance.privacy_requests ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON governance.privacy_requests AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON governance.privacy_requests FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE governance.privacy_requests TO dmz_mover;
GRANT INSERT, SELECT, UPDATE ON TABLE governance.privacy_requests TO dmz_app;
COMMENT ON TABLE governance.privacy_requests IS 'What people ask under their rights over their data (GDPR Art. 15 to 22), from receipt to answer.
@kind tenant
@retention evidence
@subject user_id of auth.users';
COMMENT ON COLUMN governance.privacy_requests.due_at IS 'One month after receipt (GDPR Art. 12(3)).';
COMMENT ON COLUMN governance.privacy_requests.erasure IS 'What an erasure found to do when it began, by table and column, for its certificate; nothing that it erased.';
COMMENT ON COLUMN governance.privacy_requests.export_object_id IS 'The archive handed out, while it can be fetched.';
COMMENT ON COLUMN governance.privacy_requests.export_sha256 IS 'SHA-256 of the archive, kept as evidence.';
COMMENT ON COLUMN governance.privacy_requests.extended_until IS 'Up to two further months, with the reason told.';
COMMENT ON COLUMN governance.privacy_requests.framework_code IS 'The law that it is made under.';
COMMENT ON COLUMN governance.privacy_requests.handler_id IS 'The person who answers it.';
COMMENT ON COLUMN governance.privacy_requests.legal_hold_id IS 'The hold that postpones it.';
COMMENT ON COLUMN governance.privacy_requests.message IS 'Kept for what the person wrote.
@pii free_text
@erasure null';
COMMENT ON COLUMN governance.privacy_requests.postponement IS 'What keeps an erasure waiting.';
COMMENT ON COLUMN governance.privacy_requests.refusal IS 'Why it is refused (GDPR Art. 12(5), 12(6) and 17(3)).';
COMMENT ON COLUMN governance.privacy_requests.retry_at IS 'When what postpones it is over, as far as known.';
COMMENT ON COLUMN governance.privacy_requests.user_id IS 'The data subject.';
COMMENT ON INDEX governance.privacy_requests_export_object_id_idx IS 'rows that refer to one target, and the check of foreign key privacy_requests_export_object_id_fk';
COMMENT ON INDEX governance.privacy_requests_framework_code_idx IS 'rows that refer to one target, and the check of foreign key privacy_requests_framework_code_fk';
COMMENT ON INDEX governance.privacy_requests_handler_id_idx IS 'rows that refer to one target, and the check of foreign key privacy_requests_handler_id_fk';
COMMENT ON INDEX governance.privacy_requests_legal_hold_id_idx IS 'rows that refer to one target, and the check of foreign key privacy_requests_legal_hold_id_fk';
COMMENT ON INDEX governance.privacy_requests_status_due_at_idx IS 'open requests, next due first';
COMMENT ON INDEX governance.privacy_requests_user_id_idx IS 'rows that refer to one target, and the check of foreign key privacy_requests_user_id_fk';

CREATE TABLE governance.pseudonyms (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  purpose text NOT NULL,
  pseudonym_id uuid NOT NULL DEFAULT gen_random_uuid(),
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE governance.pseudonyms ADD CONSTRAINT pseudonyms_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE governance.pseudonyms ADD CONSTRAINT pseudonyms_pseudonym_id_key UNIQUE (tenant_id, pseudonym_id);
ALTER TABLE governance.pseudonyms ADD CONSTRAINT pseudonyms_purpose_check CHECK ((purpose = ANY (ARRAY['events'::text, 'analytics'::text, 'learning_records'::text, 'research'::text])));
ALTER TABLE governance.pseudonyms ADD CONSTRAINT pseudonyms_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE governance.pseudonyms ADD CONSTRAINT pseudonyms_user_id_purpose_key UNIQUE (tenant_id, user_id, purpose);
ALTER TABLE governance.pseudonyms ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON governance.pseudonyms AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON governance.pseudonyms FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE governance.pseudonyms TO dmz_app;
GRANT DELETE, INSERT, SELECT ON TABLE governance.pseudonyms TO dmz_mover;
COMMENT ON TABLE governance.pseudonyms IS 'Which person stands behind a pseudonym: the one bridge from events and analytics to people (GDPR Art. 4(5)).
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN governance.pseudonyms.pseudonym_id IS 'Random (RFC 9562, section 5.4), so that it tells nothing of its making.
Kept for referring to a person without naming them.
@pii identity
@erasure delete_row';
COMMENT ON COLUMN governance.pseudonyms.purpose IS 'Each has its own, so that data sets cannot be joined.';

CREATE TABLE governance.retention_runs (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  run_id uuid NOT NULL,
  table_name text NOT NULL,
  cause text NOT NULL,
  framework_code text,
  cutoff_at timestamp with time zone NOT NULL,
  rows_purged bigint NOT NULL,
  rows_held bigint NOT NULL,
  partitions_dropped integer NOT NULL DEFAULT 0,
  rehearsal boolean NOT NULL,
  outcome text NOT NULL,
  error_code text,
  started_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE governance.retention_runs ADD CONSTRAINT retention_runs_cause_check CHECK ((cause = ANY (ARRAY['schedule'::text, 'operator'::text, 'tenant_deletion'::text, 'move_completed'::text])));
ALTER TABLE governance.retention_runs ADD CONSTRAINT retention_runs_counts_not_negative_check CHECK ((LEAST(rows_purged, rows_held, (partitions_dropped)::bigint) >= 0));
ALTER TABLE governance.retention_runs ADD CONSTRAINT retention_runs_ended_after_started_check CHECK ((ended_at >= started_at));
ALTER TABLE governance.retention_runs ADD CONSTRAINT retention_runs_failure_has_code_check CHECK (((outcome = 'failed'::text) = (error_code IS NOT NULL)));
ALTER TABLE governance.retention_runs ADD CONSTRAINT retention_runs_framework_code_fk FOREIGN KEY (framework_code) REFERENCES public.regulatory_frameworks(code) ON DELETE RESTRICT;
ALTER TABLE governance.retention_runs ADD CONSTRAINT retention_runs_outcome_check CHECK ((outcome = ANY (ARRAY['completed'::text, 'failed'::text])));
ALTER TABLE governance.retention_runs ADD CONSTRAINT retention_runs_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE governance.retention_runs ADD CONSTRAINT retention_runs_rehearsal_drops_nothing_check CHECK (((NOT rehearsal) OR (partitions_dropped = 0)));
ALTER TABLE governance.retention_runs ADD CONSTRAINT retention_runs_run_id_table_name_key UNIQUE (tenant_id, run_id, table_name);
ALTER TABLE governance.retention_runs ADD CONSTRAINT retention_runs_table_name_form_check CHECK ((table_name ~ '^[a-z][a-z_]*[.][a-z][a-z0-9_]*$'::text));
CREATE INDEX retention_runs_framework_code_idx ON governance.retention_runs USING btree (framework_code);
CREATE INDEX retention_runs_table_name_started_at_idx ON governance.retention_runs USING btree (tenant_id, table_name, started_at DESC);
ALTER TABLE governance.retention_runs ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON governance.retention_runs AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON governance.retention_runs FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE governance.retention_runs TO dmz_app;
GRANT INSERT, SELECT ON TABLE governance.retention_runs TO dmz_mover;
COMMENT ON TABLE governance.retention_runs IS 'What each run of retention purged from one table, by which rule, and what a hold made it keep.
@kind append_only
@retention evidence';
COMMENT ON COLUMN governance.retention_runs.cutoff_at IS 'Rows older than this were due.';
COMMENT ON COLUMN governance.retention_runs.framework_code IS 'The framework whose period was the longest.';
COMMENT ON COLUMN governance.retention_runs.rehearsal IS 'Only counted, nothing purged.';
COMMENT ON COLUMN governance.retention_runs.rows_held IS 'Due, and kept by a legal hold.';
COMMENT ON COLUMN governance.retention_runs.run_id IS 'The same for every table of one run.';
COMMENT ON COLUMN governance.retention_runs.table_name IS 'As schema.table.';
COMMENT ON INDEX governance.retention_runs_framework_code_idx IS 'rows that refer to one target, and the check of foreign key retention_runs_framework_code_fk';
COMMENT ON INDEX governance.retention_runs_table_name_started_at_idx IS 'runs over a table, newest first';

CREATE TABLE governance.subject_keys (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  generation integer NOT NULL DEFAULT 1,
  algorithm text NOT NULL DEFAULT 'AES-256-GCM'::text,
  wrapped_key_ciphertext text,
  wrapping_key_id text NOT NULL,
  destroyed_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  keeps text NOT NULL DEFAULT 'evidence'::text
);
ALTER TABLE governance.subject_keys ADD CONSTRAINT subject_keys_algorithm_check CHECK ((algorithm = 'AES-256-GCM'::text));
ALTER TABLE governance.subject_keys ADD CONSTRAINT subject_keys_destroyed_has_no_key_check CHECK (((destroyed_at IS NULL) OR (wrapped_key_ciphertext IS NULL)));
ALTER TABLE governance.subject_keys ADD CONSTRAINT subject_keys_generation_positive_check CHECK ((generation > 0));
ALTER TABLE governance.subject_keys ADD CONSTRAINT subject_keys_keeps_check CHECK ((keeps = ANY (ARRAY['evidence'::text, 'ordinary'::text])));
ALTER TABLE governance.subject_keys ADD CONSTRAINT subject_keys_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE governance.subject_keys ADD CONSTRAINT subject_keys_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE governance.subject_keys ADD CONSTRAINT subject_keys_user_id_generation_key UNIQUE (tenant_id, user_id, generation);
ALTER TABLE governance.subject_keys ADD CONSTRAINT subject_keys_wrapped_key_ciphertext_encrypted_check CHECK ((wrapped_key_ciphertext ~ '^dmz:[1-9][0-9]*:tenant:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
CREATE INDEX subject_keys_wrapping_key_id_idx ON governance.subject_keys USING btree (tenant_id, wrapping_key_id);
ALTER TABLE governance.subject_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON governance.subject_keys AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER keep_destroyed_key BEFORE UPDATE ON governance.subject_keys FOR EACH ROW WHEN ((((old.wrapped_key_ciphertext IS NULL) AND (new.wrapped_key_ciphertext IS NOT NULL)) OR ((old.destroyed_at IS NOT NULL) AND (new.destroyed_at IS DISTINCT FROM old.destroyed_at)))) EXECUTE FUNCTION governance.keep_destroyed_key();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON governance.subject_keys FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE governance.subject_keys TO dmz_mover;
GRANT INSERT, SELECT, UPDATE ON TABLE governance.subject_keys TO dmz_app;
COMMENT ON TABLE governance.subject_keys IS 'The key that a person’s text in append-only records is encrypted with, wrapped by the tenant’s key.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN governance.subject_keys.generation IS 'From 1; the highest of those that keep the same encrypts.';
COMMENT ON COLUMN governance.subject_keys.keeps IS 'What it reads: evidence, which duties of retention can make outlast an erasure, or all else.';
COMMENT ON COLUMN governance.subject_keys.wrapped_key_ciphertext IS 'Null once destroyed, which no backup of the tenant’s key can undo.
Kept for reading what the person wrote into append-only records.
@pii credential
@erasure null';
COMMENT ON COLUMN governance.subject_keys.wrapping_key_id IS 'Id in governance.tenant_keys.';
COMMENT ON INDEX governance.subject_keys_wrapping_key_id_idx IS 'keys under one of the tenant’s keys, to be wrapped anew';

CREATE TABLE governance.tenant_keys (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  generation integer NOT NULL,
  algorithm text NOT NULL DEFAULT 'AES-256-GCM'::text,
  wrapped_key_ciphertext text NOT NULL,
  master_key_id text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE governance.tenant_keys ADD CONSTRAINT tenant_keys_algorithm_check CHECK ((algorithm = 'AES-256-GCM'::text));
ALTER TABLE governance.tenant_keys ADD CONSTRAINT tenant_keys_generation_key UNIQUE (tenant_id, generation);
ALTER TABLE governance.tenant_keys ADD CONSTRAINT tenant_keys_generation_positive_check CHECK ((generation > 0));
ALTER TABLE governance.tenant_keys ADD CONSTRAINT tenant_keys_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE governance.tenant_keys ADD CONSTRAINT tenant_keys_wrapped_key_ciphertext_encrypted_check CHECK ((wrapped_key_ciphertext ~ '^dmz:[1-9][0-9]*:master:[A-Za-z0-9%._~-]+:[A-Za-z0-9_-]+$'::text));
CREATE INDEX tenant_keys_master_key_id_idx ON governance.tenant_keys USING btree (tenant_id, master_key_id);
ALTER TABLE governance.tenant_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON governance.tenant_keys AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON governance.tenant_keys FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE governance.tenant_keys TO dmz_mover;
GRANT INSERT, SELECT ON TABLE governance.tenant_keys TO dmz_app;
GRANT UPDATE ON COLUMN governance.tenant_keys.master_key_id TO dmz_app;
GRANT UPDATE ON COLUMN governance.tenant_keys.wrapped_key_ciphertext TO dmz_app;
COMMENT ON TABLE governance.tenant_keys IS 'The keys of the tenant: each wraps people’s keys and encrypts secrets, and is itself wrapped by a master key.
@kind tenant
@retention tenant';
COMMENT ON COLUMN governance.tenant_keys.generation IS 'From 1; the highest wraps and encrypts, the others only read.';
COMMENT ON COLUMN governance.tenant_keys.master_key_id IS 'Which master key it is wrapped by, in the words of their keeper.';
COMMENT ON COLUMN governance.tenant_keys.wrapped_key_ciphertext IS 'As the keeper of the master keys made it.';
COMMENT ON INDEX governance.tenant_keys_master_key_id_idx IS 'keys under one master key, to be wrapped anew';

CREATE TABLE governance.transfer_log (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  kind text NOT NULL,
  recipient text NOT NULL,
  from_region text NOT NULL,
  to_region text,
  to_country text,
  ground text NOT NULL,
  data_categories jsonb NOT NULL,
  subjects integer,
  bytes bigint,
  content_sha256 text,
  privacy_request_id uuid,
  move_id uuid,
  authorised_by_id uuid,
  transferred_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE governance.transfer_log ADD CONSTRAINT transfer_log_amounts_not_negative_check CHECK ((LEAST((subjects)::bigint, bytes) >= 0));
ALTER TABLE governance.transfer_log ADD CONSTRAINT transfer_log_authorised_by_id_fk FOREIGN KEY (tenant_id, authorised_by_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE governance.transfer_log ADD CONSTRAINT transfer_log_content_sha256_form_check CHECK ((content_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE governance.transfer_log ADD CONSTRAINT transfer_log_from_region_fk FOREIGN KEY (from_region) REFERENCES public.data_regions(code) ON DELETE RESTRICT;
ALTER TABLE governance.transfer_log ADD CONSTRAINT transfer_log_ground_check CHECK ((ground = ANY (ARRAY['none_needed'::text, 'adequacy'::text, 'standard_clauses'::text, 'binding_rules'::text, 'derogation'::text, 'court_order'::text])));
ALTER TABLE governance.transfer_log ADD CONSTRAINT transfer_log_kind_check CHECK ((kind = ANY (ARRAY['tenant_move'::text, 'processor'::text, 'disclosure'::text, 'subject_export'::text, 'integration'::text])));
ALTER TABLE governance.transfer_log ADD CONSTRAINT transfer_log_move_is_named_check CHECK (((kind = 'tenant_move'::text) = (move_id IS NOT NULL)));
ALTER TABLE governance.transfer_log ADD CONSTRAINT transfer_log_one_destination_check CHECK ((num_nonnulls(to_region, to_country) = 1));
ALTER TABLE governance.transfer_log ADD CONSTRAINT transfer_log_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE governance.transfer_log ADD CONSTRAINT transfer_log_privacy_request_id_fk FOREIGN KEY (tenant_id, privacy_request_id) REFERENCES governance.privacy_requests(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE governance.transfer_log ADD CONSTRAINT transfer_log_to_country_fk FOREIGN KEY (to_country) REFERENCES public.countries(code) ON DELETE RESTRICT;
ALTER TABLE governance.transfer_log ADD CONSTRAINT transfer_log_to_region_fk FOREIGN KEY (to_region) REFERENCES public.data_regions(code) ON DELETE RESTRICT;
CREATE INDEX transfer_log_authorised_by_id_idx ON governance.transfer_log USING btree (tenant_id, authorised_by_id);
CREATE INDEX transfer_log_from_region_idx ON governance.transfer_log USING btree (from_region);
CREATE INDEX transfer_log_privacy_request_id_idx ON governance.transfer_log USING btree (tenant_id, privacy_request_id);
CREATE INDEX transfer_log_to_country_idx ON governance.transfer_log USING btree (to_country);
CREATE INDEX transfer_log_to_region_idx ON governance.transfer_log USING btree (to_region);
CREATE INDEX transfer_log_transferred_at_idx ON governance.transfer_log USING btree (tenant_id, transferred_at DESC);
ALTER TABLE governance.transfer_log ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON governance.transfer_log AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON governance.transfer_log FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE governance.transfer_log TO dmz_app;
GRANT INSERT, SELECT ON TABLE governance.transfer_log TO dmz_mover;
COMMENT ON TABLE governance.transfer_log IS 'Personal data that left the tenant or its region: to whom, on which ground (GDPR Art. 30(1)(e), Ch. V).
@kind append_only
@retention evidence
@subject privacy_request_id of governance.privacy_requests';
COMMENT ON COLUMN governance.transfer_log.authorised_by_id IS 'The person who allowed it; null for a standing rule.';
COMMENT ON COLUMN governance.transfer_log.content_sha256 IS 'SHA-256 of what was sent, where it was one file.';
COMMENT ON COLUMN governance.transfer_log.data_categories IS 'Categories of the catalogue of personal data.';
COMMENT ON COLUMN governance.transfer_log.ground IS 'GDPR Art. 45, 46(2)(c), 47, 49 and 48, in this order after none.';
COMMENT ON COLUMN governance.transfer_log.move_id IS 'The move of the tenant that it was part of.';
COMMENT ON COLUMN governance.transfer_log.privacy_request_id IS 'The request that it answers.';
COMMENT ON COLUMN governance.transfer_log.recipient IS 'Organisation or system that received it.';
COMMENT ON COLUMN governance.transfer_log.subjects IS 'Number of people concerned; null where not counted.';
COMMENT ON COLUMN governance.transfer_log.to_country IS 'Where it leaves the platform.';
COMMENT ON COLUMN governance.transfer_log.to_region IS 'Where it stays within the platform.';
COMMENT ON INDEX governance.transfer_log_authorised_by_id_idx IS 'rows that refer to one target, and the check of foreign key transfer_log_authorised_by_id_fk';
COMMENT ON INDEX governance.transfer_log_from_region_idx IS 'rows that refer to one target, and the check of foreign key transfer_log_from_region_fk';
COMMENT ON INDEX governance.transfer_log_privacy_request_id_idx IS 'rows that refer to one target, and the check of foreign key transfer_log_privacy_request_id_fk';
COMMENT ON INDEX governance.transfer_log_to_country_idx IS 'rows that refer to one target, and the check of foreign key transfer_log_to_country_fk';
COMMENT ON INDEX governance.transfer_log_to_region_idx IS 'rows that refer to one target, and the check of foreign key transfer_log_to_region_fk';
COMMENT ON INDEX governance.transfer_log_transferred_at_idx IS 'transfers of a period, for the record of processing';

CREATE SCHEMA integration;
GRANT USAGE ON SCHEMA integration TO dmz_app;
GRANT USAGE ON SCHEMA integration TO dmz_maintenance;
GRANT USAGE ON SCHEMA integration TO dmz_mover;

CREATE TABLE integration.configurations (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  kind text NOT NULL,
  provider text NOT NULL,
  base_url text,
  settings jsonb NOT NULL,
  status text NOT NULL DEFAULT 'draft'::text,
  configured_by_id uuid,
  last_succeeded_at timestamp with time zone,
  last_failed_at timestamp with time zone,
  last_error_code text,
  version integer NOT NULL DEFAULT 1,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE integration.configurations ADD CONSTRAINT configurations_base_url_https_check CHECK ((base_url ~ '^https://'::text));
ALTER TABLE integration.configurations ADD CONSTRAINT configurations_configured_by_id_fk FOREIGN KEY (tenant_id, configured_by_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE integration.configurations ADD CONSTRAINT configurations_kind_check CHECK ((kind = ANY (ARRAY['hris'::text, 'siem'::text, 'soar'::text, 'email_gateway'::text, 'lms'::text, 'chat'::text, 'ticketing'::text, 'storage'::text])));
ALTER TABLE integration.configurations ADD CONSTRAINT configurations_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE integration.configurations ADD CONSTRAINT configurations_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'active'::text, 'paused'::text, 'failing'::text])));
CREATE INDEX configurations_configured_by_id_idx ON integration.configurations USING btree (tenant_id, configured_by_id);
CREATE INDEX configurations_kind_status_idx ON integration.configurations USING btree (tenant_id, kind, status);
CREATE UNIQUE INDEX configurations_name_key ON integration.configurations USING btree (tenant_id, name) WHERE (deleted_at IS NULL);
ALTER TABLE integration.configurations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON integration.configurations AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON integration.configurations FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE integration.configurations TO dmz_mover;
GRANT SELECT ON TABLE integration.configurations TO dmz_app;
COMMENT ON TABLE integration.configurations IS 'Connections of a tenant to its other systems, one row a connection.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN integration.configurations.configured_by_id IS 'The administrator who last changed it.';
COMMENT ON COLUMN integration.configurations.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN integration.configurations.provider IS 'Product at the other end, such as workday or splunk.';
COMMENT ON COLUMN integration.configurations.settings IS 'What the provider’s adapter needs, without secrets.';
COMMENT ON COLUMN integration.configurations.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX integration.configurations_configured_by_id_idx IS 'rows that refer to one target, and the check of foreign key configurations_configured_by_id_fk';
COMMENT ON INDEX integration.configurations_kind_status_idx IS 'connections of one kind that are in use';

CREATE TABLE integration.credentials (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  configuration_id uuid NOT NULL,
  kind text NOT NULL,
  secret_ciphertext text NOT NULL,
  key_reference text NOT NULL,
  fingerprint text NOT NULL,
  scopes text,
  valid_from timestamp with time zone NOT NULL,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  last_used_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE integration.credentials ADD CONSTRAINT credentials_configuration_id_fingerprint_key UNIQUE (tenant_id, configuration_id, fingerprint);
ALTER TABLE integration.credentials ADD CONSTRAINT credentials_configuration_id_fk FOREIGN KEY (tenant_id, configuration_id) REFERENCES integration.configurations(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE integration.credentials ADD CONSTRAINT credentials_expires_after_start_check CHECK ((expires_at > valid_from));
ALTER TABLE integration.credentials ADD CONSTRAINT credentials_fingerprint_form_check CHECK ((fingerprint ~ '^[0-9a-f]{16}$'::text));
ALTER TABLE integration.credentials ADD CONSTRAINT credentials_kind_check CHECK ((kind = ANY (ARRAY['api_key'::text, 'oauth_client'::text, 'oauth_refresh_token'::text, 'basic'::text, 'tls_client'::text, 'hmac'::text, 'ssh_key'::text])));
ALTER TABLE integration.credentials ADD CONSTRAINT credentials_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE integration.credentials ADD CONSTRAINT credentials_secret_ciphertext_encrypted_check CHECK ((secret_ciphertext ~ '^dmz:[1-9][0-9]*:tenant:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
CREATE INDEX credentials_expires_at_idx ON integration.credentials USING btree (tenant_id, expires_at);
ALTER TABLE integration.credentials ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON integration.credentials AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON integration.credentials FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE integration.credentials TO dmz_mover;
GRANT SELECT ON TABLE integration.credentials TO dmz_app;
COMMENT ON TABLE integration.credentials IS 'Secrets that a connection authenticates with, encrypted; a rotated one stays until its overlap ends.
@kind tenant
@retention tenant
@subject nobody';
COMMENT ON COLUMN integration.credentials.fingerprint IS 'First 16 hexadecimal digits of an HMAC-SHA-256 of the secret, by which people tell secrets apart.';
COMMENT ON COLUMN integration.credentials.key_reference IS 'The tenant’s key that the secret is encrypted with (AES-256-GCM).';
COMMENT ON COLUMN integration.credentials.scopes IS 'What the secret is limited to, space-separated (RFC 6749, section 3.3).';
COMMENT ON COLUMN integration.credentials.secret_ciphertext IS 'Kept for authenticating to the tenant’s system, at times with a person’s own grant.
@pii credential
@erasure delete_row';
COMMENT ON INDEX integration.credentials_expires_at_idx IS 'secrets that are about to expire';

CREATE TABLE integration.hris_sync_events (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  configuration_id uuid NOT NULL,
  run_id uuid NOT NULL,
  external_id_ciphertext text NOT NULL,
  subject_key_id uuid NOT NULL,
  user_id uuid,
  operation text NOT NULL,
  changed_attributes jsonb NOT NULL,
  outcome text NOT NULL,
  error_code text,
  occurred_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE integration.hris_sync_events ADD CONSTRAINT hris_sync_events_configuration_id_fk FOREIGN KEY (tenant_id, configuration_id) REFERENCES integration.configurations(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE integration.hris_sync_events ADD CONSTRAINT hris_sync_events_external_id_ciphertext_encrypted_check CHECK ((external_id_ciphertext ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE integration.hris_sync_events ADD CONSTRAINT hris_sync_events_failure_has_code_check CHECK (((outcome = ANY (ARRAY['conflict'::text, 'failed'::text])) = (error_code IS NOT NULL)));
ALTER TABLE integration.hris_sync_events ADD CONSTRAINT hris_sync_events_operation_check CHECK ((operation = ANY (ARRAY['create'::text, 'update'::text, 'transfer'::text, 'deactivate'::text, 'reactivate'::text, 'unchanged'::text])));
ALTER TABLE integration.hris_sync_events ADD CONSTRAINT hris_sync_events_outcome_check CHECK ((outcome = ANY (ARRAY['applied'::text, 'skipped'::text, 'conflict'::text, 'failed'::text])));
ALTER TABLE integration.hris_sync_events ADD CONSTRAINT hris_sync_events_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE integration.hris_sync_events ADD CONSTRAINT hris_sync_events_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX hris_sync_events_configuration_id_idx ON integration.hris_sync_events USING btree (tenant_id, configuration_id);
CREATE INDEX hris_sync_events_run_id_outcome_idx ON integration.hris_sync_events USING btree (tenant_id, run_id, outcome);
CREATE INDEX hris_sync_events_user_id_occurred_at_idx ON integration.hris_sync_events USING btree (tenant_id, user_id, occurred_at DESC);
ALTER TABLE integration.hris_sync_events ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON integration.hris_sync_events AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON integration.hris_sync_events FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE integration.hris_sync_events TO dmz_mover;
GRANT SELECT ON TABLE integration.hris_sync_events TO dmz_app;
COMMENT ON TABLE integration.hris_sync_events IS 'What a synchronisation with an HR system found and did about each person: proof of joiners, movers and leavers.
@kind append_only
@retention evidence
@subject user_id of auth.users';
COMMENT ON COLUMN integration.hris_sync_events.changed_attributes IS 'Names of the SCIM attributes that changed (RFC 7643, section 4), without their values.';
COMMENT ON COLUMN integration.hris_sync_events.external_id_ciphertext IS 'Kept for matching the person with the HR record (externalId, RFC 7643, section 3.1).
@pii identity
@erasure shred';
COMMENT ON COLUMN integration.hris_sync_events.run_id IS 'The synchronisation that it belongs to.';
COMMENT ON COLUMN integration.hris_sync_events.subject_key_id IS 'Id in governance.subject_keys.';
COMMENT ON COLUMN integration.hris_sync_events.user_id IS 'Null where no person was made or found.';
COMMENT ON INDEX integration.hris_sync_events_configuration_id_idx IS 'rows that refer to one target, and the check of foreign key hris_sync_events_configuration_id_fk';
COMMENT ON INDEX integration.hris_sync_events_run_id_outcome_idx IS 'what one synchronisation did';
COMMENT ON INDEX integration.hris_sync_events_user_id_occurred_at_idx IS 'what was synchronised of a person, newest first';

CREATE TABLE integration.jobs (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  key text,
  payload jsonb NOT NULL,
  user_id uuid,
  state text NOT NULL DEFAULT 'waiting'::text,
  due_at timestamp with time zone,
  lease_id uuid,
  attempts integer NOT NULL DEFAULT 0,
  last_error_code text,
  ended_at timestamp with time zone,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE integration.jobs ADD CONSTRAINT jobs_attempts_not_negative_check CHECK ((attempts >= 0));
ALTER TABLE integration.jobs ADD CONSTRAINT jobs_due_until_the_end_check CHECK (((due_at IS NULL) = (state = ANY (ARRAY['done'::text, 'dead'::text]))));
ALTER TABLE integration.jobs ADD CONSTRAINT jobs_ended_at_the_end_check CHECK (((ended_at IS NOT NULL) = (state = ANY (ARRAY['done'::text, 'dead'::text]))));
ALTER TABLE integration.jobs ADD CONSTRAINT jobs_leased_while_running_check CHECK (((lease_id IS NOT NULL) = (state = 'running'::text)));
ALTER TABLE integration.jobs ADD CONSTRAINT jobs_name_check CHECK ((name = ANY (ARRAY['provisioning'::text, 'exports'::text, 'erasures'::text, 'content'::text, 'generation'::text, 'notifications'::text, 'analytics'::text, 'webhooks'::text, 'partition-upkeep'::text, 'retention'::text, 'checkpoints'::text])));
ALTER TABLE integration.jobs ADD CONSTRAINT jobs_name_key_key UNIQUE (tenant_id, name, key);
ALTER TABLE integration.jobs ADD CONSTRAINT jobs_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE integration.jobs ADD CONSTRAINT jobs_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'dead'::text])));
ALTER TABLE integration.jobs ADD CONSTRAINT jobs_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX jobs_name_due_at_idx ON integration.jobs USING btree (tenant_id, name, due_at);
CREATE INDEX jobs_state_name_idx ON integration.jobs USING btree (tenant_id, state, name);
CREATE INDEX jobs_user_id_idx ON integration.jobs USING btree (tenant_id, user_id);
ALTER TABLE integration.jobs ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON integration.jobs AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON integration.jobs FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE integration.jobs TO dmz_mover;
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE integration.jobs TO dmz_app;
COMMENT ON TABLE integration.jobs IS 'Work to be done later, written in the transaction that wants it, and what became of it.
@kind tenant
@retention operational
@evolving
@subject user_id of auth.users';
COMMENT ON COLUMN integration.jobs.attempts IS 'How often it was taken.';
COMMENT ON COLUMN integration.jobs.due_at IS 'Not to be taken before. While it runs, the end of its lease, after which another may take it.';
COMMENT ON COLUMN integration.jobs.key IS 'Names the occasion: asked for again, it is the same job.';
COMMENT ON COLUMN integration.jobs.lease_id IS 'Of the run that it was taken for; no other may end it.';
COMMENT ON COLUMN integration.jobs.name IS 'The queue that it is in.';
COMMENT ON COLUMN integration.jobs.payload IS 'People by id, without personal data; emptied once the job is done.';
COMMENT ON COLUMN integration.jobs.state IS 'Dead after too many failures, until somebody has it tried again.';
COMMENT ON COLUMN integration.jobs.user_id IS 'Whom it is about, where it is about a person, until it is done.';
COMMENT ON COLUMN integration.jobs.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX integration.jobs_name_due_at_idx IS 'jobs of a kind that are due, the longest due first';
COMMENT ON INDEX integration.jobs_state_name_idx IS 'jobs in a state, such as the dead ones';
COMMENT ON INDEX integration.jobs_user_id_idx IS 'rows that refer to one target, and the check of foreign key jobs_user_id_fk';

CREATE TABLE integration.outbox (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  topic text NOT NULL,
  event_type text NOT NULL,
  ordering_key uuid NOT NULL,
  deduplication_key text NOT NULL,
  payload jsonb NOT NULL,
  available_at timestamp with time zone NOT NULL DEFAULT now(),
  leased_until timestamp with time zone,
  attempts integer NOT NULL DEFAULT 0,
  last_error_code text,
  published_at timestamp with time zone,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE integration.outbox ADD CONSTRAINT outbox_attempts_not_negative_check CHECK ((attempts >= 0));
ALTER TABLE integration.outbox ADD CONSTRAINT outbox_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE integration.outbox ADD CONSTRAINT outbox_topic_check CHECK ((topic = ANY (ARRAY['webhook'::text, 'siem'::text, 'hris'::text, 'email'::text, 'chat'::text, 'ticketing'::text])));
ALTER TABLE integration.outbox ADD CONSTRAINT outbox_topic_deduplication_key_key UNIQUE (tenant_id, topic, deduplication_key);
CREATE INDEX outbox_topic_published_at_available_at_idx ON integration.outbox USING btree (tenant_id, topic, published_at, available_at);
ALTER TABLE integration.outbox ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON integration.outbox AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON integration.outbox FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE integration.outbox TO dmz_mover;
GRANT INSERT, SELECT, UPDATE ON TABLE integration.outbox TO dmz_app;
COMMENT ON TABLE integration.outbox IS 'Messages that must leave the platform, written in the transaction that caused them and published afterwards, at least once.
@kind tenant
@retention operational
@evolving';
COMMENT ON COLUMN integration.outbox.available_at IS 'Not to be taken before; moved on by each failure.';
COMMENT ON COLUMN integration.outbox.deduplication_key IS 'Names the occasion: the same one is written once a topic.';
COMMENT ON COLUMN integration.outbox.event_type IS 'As module.object.verb.';
COMMENT ON COLUMN integration.outbox.leased_until IS 'A publisher has taken it until then; afterwards another may.';
COMMENT ON COLUMN integration.outbox.ordering_key IS 'Messages of one key, such as a person’s or session’s id, leave in the order they were written.';
COMMENT ON COLUMN integration.outbox.payload IS 'People by id, without personal data.';
COMMENT ON COLUMN integration.outbox.published_at IS 'Null until it has left.';
COMMENT ON COLUMN integration.outbox.topic IS 'The publisher that takes it.';
COMMENT ON COLUMN integration.outbox.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX integration.outbox_topic_published_at_available_at_idx IS 'what has not left yet and is due';

CREATE TABLE integration.siem_exports (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  configuration_id uuid NOT NULL,
  stream text NOT NULL,
  format text NOT NULL,
  batch bigint NOT NULL,
  attempt integer NOT NULL,
  records_from timestamp with time zone NOT NULL,
  records_until timestamp with time zone NOT NULL,
  record_count integer NOT NULL,
  size_bytes bigint NOT NULL,
  content_sha256 text NOT NULL,
  outcome text NOT NULL,
  error_code text,
  started_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE integration.siem_exports ADD CONSTRAINT siem_exports_amounts_not_negative_check CHECK (((record_count >= 0) AND (size_bytes >= 0)));
ALTER TABLE integration.siem_exports ADD CONSTRAINT siem_exports_configuration_id_fk FOREIGN KEY (tenant_id, configuration_id) REFERENCES integration.configurations(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE integration.siem_exports ADD CONSTRAINT siem_exports_configuration_id_stream_batch_attempt_key UNIQUE (tenant_id, configuration_id, stream, batch, attempt);
ALTER TABLE integration.siem_exports ADD CONSTRAINT siem_exports_content_sha256_form_check CHECK ((content_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE integration.siem_exports ADD CONSTRAINT siem_exports_counted_from_one_check CHECK (((batch >= 1) AND (attempt >= 1)));
ALTER TABLE integration.siem_exports ADD CONSTRAINT siem_exports_ended_after_start_check CHECK ((ended_at >= started_at));
ALTER TABLE integration.siem_exports ADD CONSTRAINT siem_exports_failure_has_code_check CHECK (((outcome = 'accepted'::text) = (error_code IS NULL)));
ALTER TABLE integration.siem_exports ADD CONSTRAINT siem_exports_format_check CHECK ((format = ANY (ARRAY['cef'::text, 'leef'::text, 'ecs'::text, 'ocsf'::text, 'syslog'::text, 'json'::text])));
ALTER TABLE integration.siem_exports ADD CONSTRAINT siem_exports_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'partly_accepted'::text, 'refused'::text, 'unreachable'::text])));
ALTER TABLE integration.siem_exports ADD CONSTRAINT siem_exports_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE integration.siem_exports ADD CONSTRAINT siem_exports_records_in_order_check CHECK ((records_from <= records_until));
ALTER TABLE integration.siem_exports ADD CONSTRAINT siem_exports_stream_check CHECK ((stream = ANY (ARRAY['audit_log'::text, 'security_events'::text, 'phishing_reports'::text])));
ALTER TABLE integration.siem_exports ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON integration.siem_exports AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON integration.siem_exports FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE integration.siem_exports TO dmz_mover;
GRANT SELECT ON TABLE integration.siem_exports TO dmz_app;
COMMENT ON TABLE integration.siem_exports IS 'Batches of audit and security events that were handed to a tenant’s SIEM, and how it answered.
@kind append_only
@retention evidence';
COMMENT ON COLUMN integration.siem_exports.attempt IS 'Counts the attempts at the batch from 1.';
COMMENT ON COLUMN integration.siem_exports.batch IS 'Counts the batches of a connection and stream from 1, without a gap.';
COMMENT ON COLUMN integration.siem_exports.content_sha256 IS 'SHA-256 of the bytes sent.';
COMMENT ON COLUMN integration.siem_exports.format IS 'Common Event Format, Log Event Extended Format, Elastic Common Schema, Open Cybersecurity Schema, RFC 5424, or plain JSON.';
COMMENT ON COLUMN integration.siem_exports.records_from IS 'Time of the first record, inclusive.';
COMMENT ON COLUMN integration.siem_exports.records_until IS 'Time of the last record, inclusive.';

CREATE TABLE integration.webhook_deliveries (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  subscription_id uuid NOT NULL,
  message_id uuid NOT NULL,
  attempt integer NOT NULL,
  event_type text NOT NULL,
  payload jsonb NOT NULL,
  payload_sha256 text NOT NULL,
  outcome text NOT NULL,
  http_status integer,
  duration_ms integer NOT NULL,
  retry_at timestamp with time zone,
  attempted_at timestamp with time zone NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE integration.webhook_deliveries ADD CONSTRAINT webhook_deliveries_attempt_from_one_check CHECK ((attempt >= 1));
ALTER TABLE integration.webhook_deliveries ADD CONSTRAINT webhook_deliveries_delivered_is_2xx_check CHECK (((outcome <> 'delivered'::text) OR ((http_status IS NOT NULL) AND ((http_status >= 200) AND (http_status <= 299)))));
ALTER TABLE integration.webhook_deliveries ADD CONSTRAINT webhook_deliveries_duration_not_negative_check CHECK ((duration_ms >= 0));
ALTER TABLE integration.webhook_deliveries ADD CONSTRAINT webhook_deliveries_http_status_range_check CHECK (((http_status >= 100) AND (http_status <= 599)));
ALTER TABLE integration.webhook_deliveries ADD CONSTRAINT webhook_deliveries_no_retry_after_the_end_check CHECK (((outcome <> ALL (ARRAY['delivered'::text, 'gave_up'::text])) OR (retry_at IS NULL)));
ALTER TABLE integration.webhook_deliveries ADD CONSTRAINT webhook_deliveries_outcome_check CHECK ((outcome = ANY (ARRAY['delivered'::text, 'refused'::text, 'timed_out'::text, 'unreachable'::text, 'gave_up'::text])));
ALTER TABLE integration.webhook_deliveries ADD CONSTRAINT webhook_deliveries_payload_sha256_form_check CHECK ((payload_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE integration.webhook_deliveries ADD CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE integration.webhook_deliveries ADD CONSTRAINT webhook_deliveries_subscription_id_fk FOREIGN KEY (tenant_id, subscription_id) REFERENCES integration.webhook_subscriptions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE integration.webhook_deliveries ADD CONSTRAINT webhook_deliveries_subscription_id_message_id_attempt_key UNIQUE (tenant_id, subscription_id, message_id, attempt);
CREATE INDEX webhook_deliveries_subscription_id_attempted_at_idx ON integration.webhook_deliveries USING btree (tenant_id, subscription_id, attempted_at DESC);
ALTER TABLE integration.webhook_deliveries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON integration.webhook_deliveries AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON integration.webhook_deliveries FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE integration.webhook_deliveries TO dmz_app;
GRANT INSERT, SELECT ON TABLE integration.webhook_deliveries TO dmz_mover;
COMMENT ON TABLE integration.webhook_deliveries IS 'Attempts to deliver an event to a webhook, with what was sent and how it was answered.
@kind append_only
@retention operational
@evolving';
COMMENT ON COLUMN integration.webhook_deliveries.attempt IS 'Counts the attempts from 1.';
COMMENT ON COLUMN integration.webhook_deliveries.http_status IS 'Null where no answer came.';
COMMENT ON COLUMN integration.webhook_deliveries.message_id IS 'Id of the row in integration.outbox, sent along so that the receiver drops repeats; that row is gone sooner.';
COMMENT ON COLUMN integration.webhook_deliveries.payload IS 'Body as it was signed and sent: people by id, without personal data.';
COMMENT ON COLUMN integration.webhook_deliveries.payload_sha256 IS 'SHA-256 of the bytes sent.';
COMMENT ON COLUMN integration.webhook_deliveries.retry_at IS 'When the next attempt is due; null after the last.';
COMMENT ON COLUMN integration.webhook_deliveries.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX integration.webhook_deliveries_subscription_id_attempted_at_idx IS 'what a webhook was sent, newest first';

CREATE TABLE integration.webhook_subscription_events (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  subscription_id uuid NOT NULL,
  event_type text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE integration.webhook_subscription_events ADD CONSTRAINT webhook_subscription_events_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE integration.webhook_subscription_events ADD CONSTRAINT webhook_subscription_events_subscription_id_event_type_key UNIQUE (tenant_id, subscription_id, event_type);
ALTER TABLE integration.webhook_subscription_events ADD CONSTRAINT webhook_subscription_events_subscription_id_fk FOREIGN KEY (tenant_id, subscription_id) REFERENCES integration.webhook_subscriptions(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX webhook_subscription_events_event_type_idx ON integration.webhook_subscription_events USING btree (tenant_id, event_type);
ALTER TABLE integration.webhook_subscription_events ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON integration.webhook_subscription_events AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON integration.webhook_subscription_events FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE integration.webhook_subscription_events TO dmz_mover;
GRANT INSERT, SELECT ON TABLE integration.webhook_subscription_events TO dmz_app;
COMMENT ON TABLE integration.webhook_subscription_events IS 'Which types of event a webhook subscription asks for.
@kind tenant
@retention tenant';
COMMENT ON COLUMN integration.webhook_subscription_events.event_type IS 'As module.object.verb.';
COMMENT ON INDEX integration.webhook_subscription_events_event_type_idx IS 'subscriptions that ask for a type of event';

CREATE TABLE integration.webhook_subscriptions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  url text NOT NULL,
  secret_ciphertext text NOT NULL,
  key_reference text NOT NULL,
  previous_secret_ciphertext text,
  previous_secret_until timestamp with time zone,
  status text NOT NULL DEFAULT 'active'::text,
  failures integer NOT NULL DEFAULT 0,
  max_attempts integer NOT NULL DEFAULT 8,
  timeout_ms integer NOT NULL DEFAULT 10000,
  created_by_id uuid,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE integration.webhook_subscriptions ADD CONSTRAINT webhook_subscriptions_attempts_range_check CHECK (((max_attempts >= 1) AND (max_attempts <= 20)));
ALTER TABLE integration.webhook_subscriptions ADD CONSTRAINT webhook_subscriptions_created_by_id_fk FOREIGN KEY (tenant_id, created_by_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE integration.webhook_subscriptions ADD CONSTRAINT webhook_subscriptions_failures_not_negative_check CHECK ((failures >= 0));
ALTER TABLE integration.webhook_subscriptions ADD CONSTRAINT webhook_subscriptions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE integration.webhook_subscriptions ADD CONSTRAINT webhook_subscriptions_previous_secret_ciphertext_bbee4f5c_check CHECK ((previous_secret_ciphertext ~ '^dmz:[1-9][0-9]*:tenant:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE integration.webhook_subscriptions ADD CONSTRAINT webhook_subscriptions_previous_secret_ends_check CHECK ((num_nonnulls(previous_secret_ciphertext, previous_secret_until) = ANY (ARRAY[0, 2])));
ALTER TABLE integration.webhook_subscriptions ADD CONSTRAINT webhook_subscriptions_secret_ciphertext_encrypted_check CHECK ((secret_ciphertext ~ '^dmz:[1-9][0-9]*:tenant:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE integration.webhook_subscriptions ADD CONSTRAINT webhook_subscriptions_status_check CHECK ((status = ANY (ARRAY['active'::text, 'paused'::text, 'disabled'::text])));
ALTER TABLE integration.webhook_subscriptions ADD CONSTRAINT webhook_subscriptions_timeout_range_check CHECK (((timeout_ms >= 100) AND (timeout_ms <= 60000)));
ALTER TABLE integration.webhook_subscriptions ADD CONSTRAINT webhook_subscriptions_url_https_check CHECK ((url ~ '^https://'::text));
CREATE INDEX webhook_subscriptions_created_by_id_idx ON integration.webhook_subscriptions USING btree (tenant_id, created_by_id);
CREATE UNIQUE INDEX webhook_subscriptions_name_key ON integration.webhook_subscriptions USING btree (tenant_id, name) WHERE (deleted_at IS NULL);
ALTER TABLE integration.webhook_subscriptions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON integration.webhook_subscriptions AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON integration.webhook_subscriptions FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE integration.webhook_subscriptions TO dmz_mover;
GRANT INSERT, SELECT, UPDATE ON TABLE integration.webhook_subscriptions TO dmz_app;
COMMENT ON TABLE integration.webhook_subscriptions IS 'Addresses of a tenant that are told of events, each with the secret that its requests are signed with.
@kind tenant
@retention tenant
@subject nobody';
COMMENT ON COLUMN integration.webhook_subscriptions.created_by_id IS 'The administrator who set it up.';
COMMENT ON COLUMN integration.webhook_subscriptions.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN integration.webhook_subscriptions.failures IS 'Failures in a row.';
COMMENT ON COLUMN integration.webhook_subscriptions.key_reference IS 'The tenant’s key that the secret is encrypted with (AES-256-GCM).';
COMMENT ON COLUMN integration.webhook_subscriptions.previous_secret_ciphertext IS 'Kept for signing too, while the receiver changes over to the new secret.
@pii credential
@erasure null';
COMMENT ON COLUMN integration.webhook_subscriptions.secret_ciphertext IS 'Kept for signing requests with HMAC-SHA-256 (RFC 2104).
@pii credential
@erasure delete_row';
COMMENT ON COLUMN integration.webhook_subscriptions.status IS 'Disabled by the platform after too many failures in a row.';
COMMENT ON INDEX integration.webhook_subscriptions_created_by_id_idx IS 'rows that refer to one target, and the check of foreign key webhook_subscriptions_created_by_id_fk';

CREATE SCHEMA lrs;
GRANT USAGE ON SCHEMA lrs TO dmz_app;
GRANT USAGE ON SCHEMA lrs TO dmz_maintenance;
GRANT USAGE ON SCHEMA lrs TO dmz_mover;

CREATE TABLE lrs.activities (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  iri text NOT NULL,
  activity_type text,
  interaction_type text,
  more_info text,
  definition jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE lrs.activities ADD CONSTRAINT activities_interaction_type_check CHECK ((interaction_type = ANY (ARRAY['true-false'::text, 'choice'::text, 'fill-in'::text, 'long-fill-in'::text, 'matching'::text, 'performance'::text, 'sequencing'::text, 'likert'::text, 'numeric'::text, 'other'::text])));
ALTER TABLE lrs.activities ADD CONSTRAINT activities_iri_form_check CHECK (((iri ~ '^[A-Za-z][A-Za-z0-9+.-]*:'::text) AND (octet_length(iri) <= 2000)));
ALTER TABLE lrs.activities ADD CONSTRAINT activities_iri_key UNIQUE (tenant_id, iri);
ALTER TABLE lrs.activities ADD CONSTRAINT activities_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE lrs.activities ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.activities AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON lrs.activities FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE lrs.activities TO dmz_mover;
GRANT SELECT ON TABLE lrs.activities TO dmz_app;
COMMENT ON TABLE lrs.activities IS 'What people can do and learn, by activity id, with the definition that was last received (xAPI Part Two §2.4.4.1).
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN lrs.activities.activity_type IS 'IRI of its type.';
COMMENT ON COLUMN lrs.activities.definition IS 'Canonical definition: names and descriptions by language, interaction parts, extensions.';
COMMENT ON COLUMN lrs.activities.iri IS 'The activity’s id.';
COMMENT ON COLUMN lrs.activities.more_info IS 'IRL of what describes it to people.';
COMMENT ON COLUMN lrs.activities.version IS 'Version of the payload’s shape.';

CREATE TABLE lrs.activity_profiles (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  activity_id uuid NOT NULL,
  profile_key text NOT NULL,
  content_type text NOT NULL,
  content text,
  object_id uuid,
  length_bytes bigint NOT NULL,
  etag text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE lrs.activity_profiles ADD CONSTRAINT activity_profiles_activity_id_fk FOREIGN KEY (tenant_id, activity_id) REFERENCES lrs.activities(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.activity_profiles ADD CONSTRAINT activity_profiles_activity_id_profile_key_key UNIQUE (tenant_id, activity_id, profile_key);
ALTER TABLE lrs.activity_profiles ADD CONSTRAINT activity_profiles_etag_form_check CHECK ((etag ~ '^[0-9a-f]{40}$'::text));
ALTER TABLE lrs.activity_profiles ADD CONSTRAINT activity_profiles_length_not_negative_check CHECK ((length_bytes >= 0));
ALTER TABLE lrs.activity_profiles ADD CONSTRAINT activity_profiles_object_id_fk FOREIGN KEY (tenant_id, object_id) REFERENCES files.objects(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.activity_profiles ADD CONSTRAINT activity_profiles_one_content_check CHECK ((num_nonnulls(content, object_id) = 1));
ALTER TABLE lrs.activity_profiles ADD CONSTRAINT activity_profiles_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX activity_profiles_object_id_idx ON lrs.activity_profiles USING btree (tenant_id, object_id);
ALTER TABLE lrs.activity_profiles ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.activity_profiles AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON lrs.activity_profiles FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE lrs.activity_profiles TO dmz_mover;
GRANT SELECT ON TABLE lrs.activity_profiles TO dmz_app;
COMMENT ON TABLE lrs.activity_profiles IS 'What an activity keeps for everybody (xAPI Part Three §2.7).
@kind tenant
@retention tenant
@subject nobody';
COMMENT ON COLUMN lrs.activity_profiles.content IS 'The document as sent, where it is text; JSON is merged by POST.
Kept for what a course remembers.
@pii behaviour
@erasure delete_row';
COMMENT ON COLUMN lrs.activity_profiles.etag IS 'Hex SHA-1 of the bytes, which If-Match and If-None-Match compare.';
COMMENT ON COLUMN lrs.activity_profiles.object_id IS 'The document, where it is binary.';
COMMENT ON COLUMN lrs.activity_profiles.profile_key IS 'The profileId parameter.';
COMMENT ON INDEX lrs.activity_profiles_object_id_idx IS 'rows that refer to one target, and the check of foreign key activity_profiles_object_id_fk';

CREATE TABLE lrs.activity_states (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  activity_id uuid NOT NULL,
  agent_id uuid NOT NULL,
  registration uuid,
  state_key text NOT NULL,
  content_type text NOT NULL,
  content text,
  object_id uuid,
  length_bytes bigint NOT NULL,
  etag text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE lrs.activity_states ADD CONSTRAINT activity_states_activity_id_agent_id_state_key_registration_key UNIQUE NULLS NOT DISTINCT (tenant_id, activity_id, agent_id, state_key, registration);
ALTER TABLE lrs.activity_states ADD CONSTRAINT activity_states_activity_id_fk FOREIGN KEY (tenant_id, activity_id) REFERENCES lrs.activities(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.activity_states ADD CONSTRAINT activity_states_agent_id_fk FOREIGN KEY (tenant_id, agent_id) REFERENCES lrs.agents(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE lrs.activity_states ADD CONSTRAINT activity_states_etag_form_check CHECK ((etag ~ '^[0-9a-f]{40}$'::text));
ALTER TABLE lrs.activity_states ADD CONSTRAINT activity_states_length_not_negative_check CHECK ((length_bytes >= 0));
ALTER TABLE lrs.activity_states ADD CONSTRAINT activity_states_object_id_fk FOREIGN KEY (tenant_id, object_id) REFERENCES files.objects(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.activity_states ADD CONSTRAINT activity_states_one_content_check CHECK ((num_nonnulls(content, object_id) = 1));
ALTER TABLE lrs.activity_states ADD CONSTRAINT activity_states_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX activity_states_agent_id_idx ON lrs.activity_states USING btree (tenant_id, agent_id);
CREATE INDEX activity_states_object_id_idx ON lrs.activity_states USING btree (tenant_id, object_id);
ALTER TABLE lrs.activity_states ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.activity_states AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON lrs.activity_states FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE lrs.activity_states TO dmz_mover;
GRANT DELETE, SELECT ON TABLE lrs.activity_states TO dmz_app;
COMMENT ON TABLE lrs.activity_states IS 'What an activity remembers about one person, such as a bookmark (xAPI Part Three §2.3).
@kind tenant
@retention tenant
@subject agent_id of lrs.agents';
COMMENT ON COLUMN lrs.activity_states.content IS 'The document as sent, where it is text; JSON is merged by POST.
Kept for what a course remembers.
@pii behaviour
@erasure delete_row';
COMMENT ON COLUMN lrs.activity_states.etag IS 'Hex SHA-1 of the bytes, which If-Match and If-None-Match compare.';
COMMENT ON COLUMN lrs.activity_states.object_id IS 'The document, where it is binary.';
COMMENT ON COLUMN lrs.activity_states.registration IS 'The attempt; null where it belongs to none.';
COMMENT ON COLUMN lrs.activity_states.state_key IS 'The stateId parameter.';
COMMENT ON INDEX lrs.activity_states_agent_id_idx IS 'rows that refer to one target, and the check of foreign key activity_states_agent_id_fk';
COMMENT ON INDEX lrs.activity_states_object_id_idx IS 'rows that refer to one target, and the check of foreign key activity_states_object_id_fk';

CREATE TABLE lrs.agent_profiles (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  agent_id uuid NOT NULL,
  profile_key text NOT NULL,
  content_type text NOT NULL,
  content text,
  object_id uuid,
  length_bytes bigint NOT NULL,
  etag text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE lrs.agent_profiles ADD CONSTRAINT agent_profiles_agent_id_fk FOREIGN KEY (tenant_id, agent_id) REFERENCES lrs.agents(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE lrs.agent_profiles ADD CONSTRAINT agent_profiles_agent_id_profile_key_key UNIQUE (tenant_id, agent_id, profile_key);
ALTER TABLE lrs.agent_profiles ADD CONSTRAINT agent_profiles_etag_form_check CHECK ((etag ~ '^[0-9a-f]{40}$'::text));
ALTER TABLE lrs.agent_profiles ADD CONSTRAINT agent_profiles_length_not_negative_check CHECK ((length_bytes >= 0));
ALTER TABLE lrs.agent_profiles ADD CONSTRAINT agent_profiles_object_id_fk FOREIGN KEY (tenant_id, object_id) REFERENCES files.objects(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.agent_profiles ADD CONSTRAINT agent_profiles_one_content_check CHECK ((num_nonnulls(content, object_id) = 1));
ALTER TABLE lrs.agent_profiles ADD CONSTRAINT agent_profiles_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX agent_profiles_object_id_idx ON lrs.agent_profiles USING btree (tenant_id, object_id);
ALTER TABLE lrs.agent_profiles ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.agent_profiles AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON lrs.agent_profiles FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE lrs.agent_profiles TO dmz_mover;
GRANT DELETE, SELECT ON TABLE lrs.agent_profiles TO dmz_app;
COMMENT ON TABLE lrs.agent_profiles IS 'What is kept about a person across activities, such as cmi5 learner preferences (xAPI Part Three §2.6).
@kind tenant
@retention tenant
@subject agent_id of lrs.agents';
COMMENT ON COLUMN lrs.agent_profiles.content IS 'The document as sent, where it is text; JSON is merged by POST.
Kept for what a course remembers.
@pii behaviour
@erasure delete_row';
COMMENT ON COLUMN lrs.agent_profiles.etag IS 'Hex SHA-1 of the bytes, which If-Match and If-None-Match compare.';
COMMENT ON COLUMN lrs.agent_profiles.object_id IS 'The document, where it is binary.';
COMMENT ON COLUMN lrs.agent_profiles.profile_key IS 'The profileId parameter.';
COMMENT ON INDEX lrs.agent_profiles_object_id_idx IS 'rows that refer to one target, and the check of foreign key agent_profiles_object_id_fk';

CREATE TABLE lrs.agents (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  object_type text NOT NULL DEFAULT 'Agent'::text,
  user_id uuid,
  name text,
  mbox text,
  mbox_sha1sum text,
  openid text,
  account_home_page text,
  account_name text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE lrs.agents ADD CONSTRAINT agents_account_complete_check CHECK (((account_name IS NULL) OR (account_home_page IS NOT NULL)));
ALTER TABLE lrs.agents ADD CONSTRAINT agents_account_home_page_account_name_key UNIQUE (tenant_id, account_home_page, account_name);
ALTER TABLE lrs.agents ADD CONSTRAINT agents_mbox_key UNIQUE (tenant_id, mbox);
ALTER TABLE lrs.agents ADD CONSTRAINT agents_mbox_sha1sum_key UNIQUE (tenant_id, mbox_sha1sum);
ALTER TABLE lrs.agents ADD CONSTRAINT agents_object_type_check CHECK ((object_type = ANY (ARRAY['Agent'::text, 'Group'::text])));
ALTER TABLE lrs.agents ADD CONSTRAINT agents_one_identifier_check CHECK ((num_nonnulls(mbox, mbox_sha1sum, openid, account_name) <= 1));
ALTER TABLE lrs.agents ADD CONSTRAINT agents_openid_key UNIQUE (tenant_id, openid);
ALTER TABLE lrs.agents ADD CONSTRAINT agents_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE lrs.agents ADD CONSTRAINT agents_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX agents_user_id_idx ON lrs.agents USING btree (tenant_id, user_id);
ALTER TABLE lrs.agents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.agents AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON lrs.agents FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE lrs.agents TO dmz_mover;
GRANT SELECT ON TABLE lrs.agents TO dmz_app;
GRANT UPDATE ON COLUMN lrs.agents.account_name TO dmz_app;
GRANT UPDATE ON COLUMN lrs.agents.mbox TO dmz_app;
GRANT UPDATE ON COLUMN lrs.agents.mbox_sha1sum TO dmz_app;
GRANT UPDATE ON COLUMN lrs.agents.name TO dmz_app;
GRANT UPDATE ON COLUMN lrs.agents.openid TO dmz_app;
COMMENT ON TABLE lrs.agents IS 'Who statements are about or were made by: people, groups and systems, by one identifier each (xAPI Part Two §2.4.2).
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN lrs.agents.account_home_page IS 'Where the account lives, as IRL.';
COMMENT ON COLUMN lrs.agents.account_name IS 'Account at its home page; a pseudonym for the tenant’s people.
Kept for recognising who a statement is about.
@pii identity
@erasure null';
COMMENT ON COLUMN lrs.agents.mbox IS 'E-mail address as mailto IRI.
Kept for recognising who a statement is about.
@pii identity
@erasure null';
COMMENT ON COLUMN lrs.agents.mbox_sha1sum IS 'Hex SHA-1 of the mailto IRI.
Kept for recognising who a statement is about.
@pii identity
@erasure null';
COMMENT ON COLUMN lrs.agents.name IS 'As the statement gave it; no identifier.
Kept for recognising who a statement is about.
@pii identity
@erasure null';
COMMENT ON COLUMN lrs.agents.openid IS 'OpenID URI.
Kept for recognising who a statement is about.
@pii identity
@erasure null';
COMMENT ON COLUMN lrs.agents.user_id IS 'The person of the tenant, where it is one.';
COMMENT ON INDEX lrs.agents_user_id_idx IS 'rows that refer to one target, and the check of foreign key agents_user_id_fk';

CREATE TABLE lrs.aicc_assignable_units (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  course_id uuid NOT NULL,
  system_key text NOT NULL,
  title text NOT NULL,
  launch_url text NOT NULL,
  launch_parameters text,
  mastery_score numeric,
  max_time_ms bigint,
  core_vendor text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  max_score numeric,
  time_limit_action text
);
ALTER TABLE lrs.aicc_assignable_units ADD CONSTRAINT aicc_assignable_units_course_id_fk FOREIGN KEY (tenant_id, course_id) REFERENCES lrs.aicc_courses(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE lrs.aicc_assignable_units ADD CONSTRAINT aicc_assignable_units_course_id_system_key_key UNIQUE (tenant_id, course_id, system_key);
ALTER TABLE lrs.aicc_assignable_units ADD CONSTRAINT aicc_assignable_units_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE lrs.aicc_assignable_units ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.aicc_assignable_units AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON lrs.aicc_assignable_units FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE lrs.aicc_assignable_units TO dmz_mover;
GRANT SELECT ON TABLE lrs.aicc_assignable_units TO dmz_app;
COMMENT ON TABLE lrs.aicc_assignable_units IS 'The parts of an AICC course that are launched, from its .au file.
@kind tenant
@retention tenant';
COMMENT ON COLUMN lrs.aicc_assignable_units.core_vendor IS 'Sent to the unit as it is.';
COMMENT ON COLUMN lrs.aicc_assignable_units.launch_parameters IS 'Web_Launch.';
COMMENT ON COLUMN lrs.aicc_assignable_units.launch_url IS 'File_Name.';
COMMENT ON COLUMN lrs.aicc_assignable_units.mastery_score IS 'Raw score that passes; null where none is set.';
COMMENT ON COLUMN lrs.aicc_assignable_units.max_score IS 'Raw score that can be reached; null where none is set.';
COMMENT ON COLUMN lrs.aicc_assignable_units.max_time_ms IS 'Max_Time_Allowed.';
COMMENT ON COLUMN lrs.aicc_assignable_units.system_key IS 'System_ID within the course, such as A1.';
COMMENT ON COLUMN lrs.aicc_assignable_units.time_limit_action IS 'Time_Limit_Action, such as C,M: go on, and say so.';

CREATE TABLE lrs.aicc_courses (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  course_key text NOT NULL,
  title text NOT NULL,
  creator text,
  course_system text,
  package_object_id uuid NOT NULL,
  package_sha256 text NOT NULL,
  structure jsonb NOT NULL,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE lrs.aicc_courses ADD CONSTRAINT aicc_courses_package_object_id_fk FOREIGN KEY (tenant_id, package_object_id) REFERENCES files.objects(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.aicc_courses ADD CONSTRAINT aicc_courses_package_sha256_form_check CHECK ((package_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE lrs.aicc_courses ADD CONSTRAINT aicc_courses_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX aicc_courses_package_object_id_idx ON lrs.aicc_courses USING btree (tenant_id, package_object_id);
CREATE UNIQUE INDEX aicc_courses_course_key_package_sha256_key ON lrs.aicc_courses USING btree (tenant_id, course_key, package_sha256) WHERE (deleted_at IS NULL);
ALTER TABLE lrs.aicc_courses ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.aicc_courses AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON lrs.aicc_courses FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE lrs.aicc_courses TO dmz_mover;
GRANT SELECT ON TABLE lrs.aicc_courses TO dmz_app;
COMMENT ON TABLE lrs.aicc_courses IS 'Courses that were imported by their AICC course structure files.
@kind tenant
@retention tenant';
COMMENT ON COLUMN lrs.aicc_courses.course_key IS 'Course_ID of the .crs file.';
COMMENT ON COLUMN lrs.aicc_courses.course_system IS 'Course_System: the authoring tool.';
COMMENT ON COLUMN lrs.aicc_courses.creator IS 'Course_Creator: the maker’s firm.';
COMMENT ON COLUMN lrs.aicc_courses.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN lrs.aicc_courses.package_object_id IS 'The course structure files.';
COMMENT ON COLUMN lrs.aicc_courses.structure IS 'The .crs, .des, .cst and prerequisite files, parsed.';
COMMENT ON INDEX lrs.aicc_courses_package_object_id_idx IS 'rows that refer to one target, and the check of foreign key aicc_courses_package_object_id_fk';

CREATE TABLE lrs.aicc_registrations (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  course_id uuid NOT NULL,
  user_id uuid NOT NULL,
  enrolment integer NOT NULL DEFAULT 1,
  assignment_id uuid,
  lesson_status text NOT NULL DEFAULT 'not attempted'::text,
  completed_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE lrs.aicc_registrations ADD CONSTRAINT aicc_registrations_course_id_fk FOREIGN KEY (tenant_id, course_id) REFERENCES lrs.aicc_courses(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.aicc_registrations ADD CONSTRAINT aicc_registrations_course_id_user_id_enrolment_key UNIQUE (tenant_id, course_id, user_id, enrolment);
ALTER TABLE lrs.aicc_registrations ADD CONSTRAINT aicc_registrations_enrolment_positive_check CHECK ((enrolment > 0));
ALTER TABLE lrs.aicc_registrations ADD CONSTRAINT aicc_registrations_lesson_status_check CHECK ((lesson_status = ANY (ARRAY['passed'::text, 'completed'::text, 'failed'::text, 'incomplete'::text, 'browsed'::text, 'not attempted'::text])));
ALTER TABLE lrs.aicc_registrations ADD CONSTRAINT aicc_registrations_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE lrs.aicc_registrations ADD CONSTRAINT aicc_registrations_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX aicc_registrations_user_id_idx ON lrs.aicc_registrations USING btree (tenant_id, user_id);
ALTER TABLE lrs.aicc_registrations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.aicc_registrations AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON lrs.aicc_registrations FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE lrs.aicc_registrations TO dmz_mover;
GRANT SELECT ON TABLE lrs.aicc_registrations TO dmz_app;
COMMENT ON TABLE lrs.aicc_registrations IS 'A learner’s enrolment in an AICC course, rolled up over its units.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN lrs.aicc_registrations.assignment_id IS 'Id in training.assignments: what it counts towards.';
COMMENT ON COLUMN lrs.aicc_registrations.enrolment IS 'From 1, for each learner and course.';
COMMENT ON INDEX lrs.aicc_registrations_user_id_idx IS 'rows that refer to one target, and the check of foreign key aicc_registrations_user_id_fk';

CREATE TABLE lrs.aicc_results (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  lesson_status text NOT NULL,
  score_raw numeric,
  score_min numeric,
  score_max numeric,
  session_time_ms bigint,
  request_sha256 text NOT NULL,
  received_at timestamp with time zone NOT NULL,
  status text NOT NULL DEFAULT 'valid'::text,
  supersedes_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  status_reason text
);
ALTER TABLE lrs.aicc_results ADD CONSTRAINT aicc_results_lesson_status_check CHECK ((lesson_status = ANY (ARRAY['passed'::text, 'completed'::text, 'failed'::text, 'incomplete'::text, 'browsed'::text, 'not attempted'::text])));
ALTER TABLE lrs.aicc_results ADD CONSTRAINT aicc_results_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE lrs.aicc_results ADD CONSTRAINT aicc_results_request_sha256_form_check CHECK ((request_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE lrs.aicc_results ADD CONSTRAINT aicc_results_score_min_below_max_check CHECK ((score_min < score_max));
ALTER TABLE lrs.aicc_results ADD CONSTRAINT aicc_results_score_raw_range_check CHECK (((score_raw >= score_min) AND (score_raw <= score_max)));
ALTER TABLE lrs.aicc_results ADD CONSTRAINT aicc_results_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES lrs.aicc_sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.aicc_results ADD CONSTRAINT aicc_results_session_time_not_negative_check CHECK ((session_time_ms >= 0));
ALTER TABLE lrs.aicc_results ADD CONSTRAINT aicc_results_status_check CHECK ((status = ANY (ARRAY['valid'::text, 'superseded'::text, 'invalidated'::text])));
ALTER TABLE lrs.aicc_results ADD CONSTRAINT aicc_results_status_reason_check CHECK ((status_reason = ANY (ARRAY['correction'::text, 'duplicate'::text, 'wrong_person'::text, 'misconduct'::text, 'automation'::text, 'withdrawal'::text, 'revocation'::text, 'appeal'::text, 'renewal'::text])));
ALTER TABLE lrs.aicc_results ADD CONSTRAINT aicc_results_supersedes_id_fk FOREIGN KEY (tenant_id, supersedes_id) REFERENCES lrs.aicc_results(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.aicc_results ADD CONSTRAINT aicc_results_supersedes_id_key UNIQUE (tenant_id, supersedes_id);
CREATE INDEX aicc_results_session_id_received_at_idx ON lrs.aicc_results USING btree (tenant_id, session_id, received_at DESC);
CREATE UNIQUE INDEX aicc_results_session_id_request_sha256_key ON lrs.aicc_results USING btree (tenant_id, session_id, request_sha256) WHERE (supersedes_id IS NULL);
ALTER TABLE lrs.aicc_results ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.aicc_results AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON lrs.aicc_results FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE lrs.aicc_results TO dmz_app;
GRANT INSERT, SELECT ON TABLE lrs.aicc_results TO dmz_mover;
COMMENT ON TABLE lrs.aicc_results IS 'What a unit put with each PutParam: status, score and time; the last valid one of a session counts.
@kind append_only
@retention evidence
@subject session_id of lrs.aicc_sessions';
COMMENT ON COLUMN lrs.aicc_results.request_sha256 IS 'SHA-256 of the request’s body, so that a repeated request is written once.';
COMMENT ON COLUMN lrs.aicc_results.score_max IS 'The most points that can be reached.';
COMMENT ON COLUMN lrs.aicc_results.score_min IS 'The least points that can be reached.';
COMMENT ON COLUMN lrs.aicc_results.score_raw IS 'Points reached, between the least and the most.';
COMMENT ON COLUMN lrs.aicc_results.session_time_ms IS 'Time in this launch.';
COMMENT ON COLUMN lrs.aicc_results.status_reason IS 'Why it supersedes or invalidates another record.';
COMMENT ON COLUMN lrs.aicc_results.supersedes_id IS 'The record that this one supersedes or invalidates.';
COMMENT ON INDEX lrs.aicc_results_session_id_received_at_idx IS 'results of a session, newest first';

CREATE TABLE lrs.aicc_sessions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  registration_id uuid NOT NULL,
  assignable_unit_id uuid NOT NULL,
  session_key_sha256 text NOT NULL,
  mode text NOT NULL DEFAULT 'normal'::text,
  credit text NOT NULL DEFAULT 'credit'::text,
  exit text,
  lesson_location text,
  suspend_data text,
  launched_at timestamp with time zone NOT NULL,
  last_request_at timestamp with time zone,
  exited_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE lrs.aicc_sessions ADD CONSTRAINT aicc_sessions_assignable_unit_id_fk FOREIGN KEY (tenant_id, assignable_unit_id) REFERENCES lrs.aicc_assignable_units(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.aicc_sessions ADD CONSTRAINT aicc_sessions_credit_check CHECK ((credit = ANY (ARRAY['credit'::text, 'no-credit'::text])));
ALTER TABLE lrs.aicc_sessions ADD CONSTRAINT aicc_sessions_exit_check CHECK ((exit = ANY (ARRAY['logout'::text, 'time-out'::text, 'suspend'::text, 'normal'::text])));
ALTER TABLE lrs.aicc_sessions ADD CONSTRAINT aicc_sessions_exited_after_launched_check CHECK ((exited_at >= launched_at));
ALTER TABLE lrs.aicc_sessions ADD CONSTRAINT aicc_sessions_mode_check CHECK ((mode = ANY (ARRAY['normal'::text, 'browse'::text, 'review'::text])));
ALTER TABLE lrs.aicc_sessions ADD CONSTRAINT aicc_sessions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE lrs.aicc_sessions ADD CONSTRAINT aicc_sessions_registration_id_fk FOREIGN KEY (tenant_id, registration_id) REFERENCES lrs.aicc_registrations(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.aicc_sessions ADD CONSTRAINT aicc_sessions_session_key_sha256_key UNIQUE (tenant_id, session_key_sha256);
CREATE INDEX aicc_sessions_assignable_unit_id_idx ON lrs.aicc_sessions USING btree (tenant_id, assignable_unit_id);
CREATE INDEX aicc_sessions_registration_id_launched_at_idx ON lrs.aicc_sessions USING btree (tenant_id, registration_id, launched_at);
ALTER TABLE lrs.aicc_sessions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.aicc_sessions AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON lrs.aicc_sessions FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE lrs.aicc_sessions TO dmz_mover;
GRANT SELECT ON TABLE lrs.aicc_sessions TO dmz_app;
GRANT UPDATE ON COLUMN lrs.aicc_sessions.lesson_location TO dmz_app;
GRANT UPDATE ON COLUMN lrs.aicc_sessions.session_key_sha256 TO dmz_app;
GRANT UPDATE ON COLUMN lrs.aicc_sessions.suspend_data TO dmz_app;
COMMENT ON TABLE lrs.aicc_sessions IS 'One launch of an AICC unit until it leaves, and what it needs to resume.
@kind tenant
@retention tenant
@subject registration_id of lrs.aicc_registrations';
COMMENT ON COLUMN lrs.aicc_sessions.exit IS 'How it was left.';
COMMENT ON COLUMN lrs.aicc_sessions.lesson_location IS 'Kept for resuming the unit.
@pii behaviour
@erasure null';
COMMENT ON COLUMN lrs.aicc_sessions.session_key_sha256 IS 'Hash of the aicc_sid that the unit sends with each request.
Kept for recognising a launched unit.
@pii credential
@erasure replace';
COMMENT ON COLUMN lrs.aicc_sessions.suspend_data IS 'The [Core_Lesson] group, as the unit wrote it.
Kept for resuming the unit.
@pii behaviour
@erasure null';
COMMENT ON INDEX lrs.aicc_sessions_assignable_unit_id_idx IS 'rows that refer to one target, and the check of foreign key aicc_sessions_assignable_unit_id_fk';
COMMENT ON INDEX lrs.aicc_sessions_registration_id_launched_at_idx IS 'launches of a registration, in order';

CREATE TABLE lrs.attachments (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  statement_id uuid NOT NULL,
  "position" integer NOT NULL,
  usage_type text NOT NULL,
  display jsonb NOT NULL,
  content_type text NOT NULL,
  length_bytes bigint NOT NULL,
  sha2 text NOT NULL,
  file_url text,
  object_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE lrs.attachments ADD CONSTRAINT attachments_bytes_somewhere_check CHECK ((num_nonnulls(file_url, object_id) >= 1));
ALTER TABLE lrs.attachments ADD CONSTRAINT attachments_length_not_negative_check CHECK ((length_bytes >= 0));
ALTER TABLE lrs.attachments ADD CONSTRAINT attachments_object_id_fk FOREIGN KEY (tenant_id, object_id) REFERENCES files.objects(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.attachments ADD CONSTRAINT attachments_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE lrs.attachments ADD CONSTRAINT attachments_sha2_form_check CHECK ((sha2 ~ '^[0-9a-f]{56,128}$'::text));
ALTER TABLE lrs.attachments ADD CONSTRAINT attachments_statement_id_fk FOREIGN KEY (tenant_id, statement_id) REFERENCES lrs.statements(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.attachments ADD CONSTRAINT attachments_statement_id_position_key UNIQUE (tenant_id, statement_id, "position");
CREATE INDEX attachments_object_id_idx ON lrs.attachments USING btree (tenant_id, object_id);
CREATE INDEX attachments_sha2_idx ON lrs.attachments USING btree (tenant_id, sha2);
ALTER TABLE lrs.attachments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.attachments AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON lrs.attachments FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE lrs.attachments TO dmz_mover;
GRANT SELECT ON TABLE lrs.attachments TO dmz_app;
COMMENT ON TABLE lrs.attachments IS 'Files that belong to a statement, such as a certificate or its signature (xAPI Part Two §2.4.11).
@kind tenant
@retention evidence
@subject statement_id of lrs.statements';
COMMENT ON COLUMN lrs.attachments."position" IS 'Order in the statement, from 0.';
COMMENT ON COLUMN lrs.attachments.display IS 'Title by language (BCP 47).';
COMMENT ON COLUMN lrs.attachments.file_url IS 'Where the sender keeps it.';
COMMENT ON COLUMN lrs.attachments.object_id IS 'The bytes, where they were sent.';
COMMENT ON COLUMN lrs.attachments.sha2 IS 'Hex SHA-2 of the bytes, 224 to 512 bits.';
COMMENT ON COLUMN lrs.attachments.usage_type IS 'IRI that says what the file is for.';
COMMENT ON INDEX lrs.attachments_object_id_idx IS 'rows that refer to one target, and the check of foreign key attachments_object_id_fk';
COMMENT ON INDEX lrs.attachments_sha2_idx IS 'the bytes of an attachment, by hash';

CREATE OR REPLACE FUNCTION lrs.check_statement_void()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
BEGIN
  PERFORM FROM lrs.statements AS voiding
  JOIN lrs.statements AS voided ON voided.tenant_id = voiding.tenant_id AND voided.id = NEW.voided_id
  WHERE voiding.tenant_id = NEW.tenant_id AND voiding.id = NEW.voiding_id
    AND voiding.verb_iri = 'http://adlnet.gov/expapi/verbs/voided'
    AND voiding.object_statement_id = NEW.voided_id
    AND voided.verb_iri <> 'http://adlnet.gov/expapi/verbs/voided';
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
      CONSTRAINT = 'statement_voids_by_voiding_statement_check',
      MESSAGE = 'a statement is voided by a statement that says so, and a voiding statement cannot be voided',
      HINT = 'xAPI Part Two, section 2.3.2: store the voiding statement first; its object must be the voided statement.';
  END IF;
  RETURN NEW;
END
$function$;
COMMENT ON FUNCTION lrs.check_statement_void() IS 'Refuses a void whose statement does not void, or that voids a voiding statement (xAPI Part Two, section 2.3.2).';

CREATE TABLE lrs.cmi5_assignable_units (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  course_id uuid NOT NULL,
  "position" integer NOT NULL,
  publisher_iri text NOT NULL,
  activity_iri text NOT NULL,
  title jsonb NOT NULL,
  launch_url text NOT NULL,
  launch_method text NOT NULL DEFAULT 'AnyWindow'::text,
  launch_parameters text,
  move_on text NOT NULL DEFAULT 'NotApplicable'::text,
  mastery_score numeric(5,4),
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  description jsonb,
  activity_type text,
  entitlement_key text
);
ALTER TABLE lrs.cmi5_assignable_units ADD CONSTRAINT cmi5_assignable_units_activity_iri_key UNIQUE (tenant_id, activity_iri);
ALTER TABLE lrs.cmi5_assignable_units ADD CONSTRAINT cmi5_assignable_units_course_id_fk FOREIGN KEY (tenant_id, course_id) REFERENCES lrs.cmi5_courses(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE lrs.cmi5_assignable_units ADD CONSTRAINT cmi5_assignable_units_course_id_position_key UNIQUE (tenant_id, course_id, "position");
ALTER TABLE lrs.cmi5_assignable_units ADD CONSTRAINT cmi5_assignable_units_course_id_publisher_iri_key UNIQUE (tenant_id, course_id, publisher_iri);
ALTER TABLE lrs.cmi5_assignable_units ADD CONSTRAINT cmi5_assignable_units_launch_method_check CHECK ((launch_method = ANY (ARRAY['OwnWindow'::text, 'AnyWindow'::text])));
ALTER TABLE lrs.cmi5_assignable_units ADD CONSTRAINT cmi5_assignable_units_mastery_score_range_check CHECK (((mastery_score >= (0)::numeric) AND (mastery_score <= (1)::numeric)));
ALTER TABLE lrs.cmi5_assignable_units ADD CONSTRAINT cmi5_assignable_units_move_on_check CHECK ((move_on = ANY (ARRAY['Passed'::text, 'Completed'::text, 'CompletedAndPassed'::text, 'CompletedOrPassed'::text, 'NotApplicable'::text])));
ALTER TABLE lrs.cmi5_assignable_units ADD CONSTRAINT cmi5_assignable_units_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE lrs.cmi5_assignable_units ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.cmi5_assignable_units AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON lrs.cmi5_assignable_units FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE lrs.cmi5_assignable_units TO dmz_mover;
GRANT SELECT ON TABLE lrs.cmi5_assignable_units TO dmz_app;
COMMENT ON TABLE lrs.cmi5_assignable_units IS 'The parts of a cmi5 course that are launched and tracked one by one.
@kind tenant
@retention tenant';
COMMENT ON COLUMN lrs.cmi5_assignable_units."position" IS 'Order in the course, from 1.';
COMMENT ON COLUMN lrs.cmi5_assignable_units.activity_iri IS 'The id that we launch it under, another than the publisher’s (§8.1).';
COMMENT ON COLUMN lrs.cmi5_assignable_units.activity_type IS 'IRI of the type of its activity (§13.1.4).';
COMMENT ON COLUMN lrs.cmi5_assignable_units.description IS 'By language (BCP 47).';
COMMENT ON COLUMN lrs.cmi5_assignable_units.entitlement_key IS 'Tells the unit that it may be used; it goes into the launch data (§10, §13.1.4).';
COMMENT ON COLUMN lrs.cmi5_assignable_units.mastery_score IS 'Scaled score from 0 to 1 that passes.';
COMMENT ON COLUMN lrs.cmi5_assignable_units.move_on IS 'What satisfies the unit (cmi5 §13.1.4).';
COMMENT ON COLUMN lrs.cmi5_assignable_units.publisher_iri IS 'The publisher’s id of the unit.';
COMMENT ON COLUMN lrs.cmi5_assignable_units.title IS 'By language (BCP 47).';

CREATE TABLE lrs.cmi5_courses (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  iri text NOT NULL,
  title jsonb NOT NULL,
  package_object_id uuid NOT NULL,
  package_sha256 text NOT NULL,
  structure jsonb NOT NULL,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE lrs.cmi5_courses ADD CONSTRAINT cmi5_courses_package_object_id_fk FOREIGN KEY (tenant_id, package_object_id) REFERENCES files.objects(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.cmi5_courses ADD CONSTRAINT cmi5_courses_package_sha256_form_check CHECK ((package_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE lrs.cmi5_courses ADD CONSTRAINT cmi5_courses_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX cmi5_courses_package_object_id_idx ON lrs.cmi5_courses USING btree (tenant_id, package_object_id);
CREATE UNIQUE INDEX cmi5_courses_iri_package_sha256_key ON lrs.cmi5_courses USING btree (tenant_id, iri, package_sha256) WHERE (deleted_at IS NULL);
ALTER TABLE lrs.cmi5_courses ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.cmi5_courses AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON lrs.cmi5_courses FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE lrs.cmi5_courses TO dmz_mover;
GRANT SELECT ON TABLE lrs.cmi5_courses TO dmz_app;
COMMENT ON TABLE lrs.cmi5_courses IS 'Courses that were imported by their cmi5 course structure.
@kind tenant
@retention tenant';
COMMENT ON COLUMN lrs.cmi5_courses.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN lrs.cmi5_courses.iri IS 'The publisher’s id of the course.';
COMMENT ON COLUMN lrs.cmi5_courses.package_object_id IS 'The package as uploaded.';
COMMENT ON COLUMN lrs.cmi5_courses.structure IS 'Blocks, units and objectives from cmi5.xml (§13).';
COMMENT ON COLUMN lrs.cmi5_courses.title IS 'By language (BCP 47).';
COMMENT ON INDEX lrs.cmi5_courses_package_object_id_idx IS 'rows that refer to one target, and the check of foreign key cmi5_courses_package_object_id_fk';

CREATE TABLE lrs.cmi5_registrations (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  course_id uuid NOT NULL,
  user_id uuid NOT NULL,
  agent_id uuid NOT NULL,
  enrolment integer NOT NULL DEFAULT 1,
  assignment_id uuid,
  satisfied_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE lrs.cmi5_registrations ADD CONSTRAINT cmi5_registrations_agent_id_fk FOREIGN KEY (tenant_id, agent_id) REFERENCES lrs.agents(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.cmi5_registrations ADD CONSTRAINT cmi5_registrations_course_id_fk FOREIGN KEY (tenant_id, course_id) REFERENCES lrs.cmi5_courses(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.cmi5_registrations ADD CONSTRAINT cmi5_registrations_course_id_user_id_enrolment_key UNIQUE (tenant_id, course_id, user_id, enrolment);
ALTER TABLE lrs.cmi5_registrations ADD CONSTRAINT cmi5_registrations_enrolment_positive_check CHECK ((enrolment > 0));
ALTER TABLE lrs.cmi5_registrations ADD CONSTRAINT cmi5_registrations_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE lrs.cmi5_registrations ADD CONSTRAINT cmi5_registrations_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX cmi5_registrations_agent_id_idx ON lrs.cmi5_registrations USING btree (tenant_id, agent_id);
CREATE INDEX cmi5_registrations_user_id_idx ON lrs.cmi5_registrations USING btree (tenant_id, user_id);
ALTER TABLE lrs.cmi5_registrations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.cmi5_registrations AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON lrs.cmi5_registrations FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE lrs.cmi5_registrations TO dmz_mover;
GRANT SELECT ON TABLE lrs.cmi5_registrations TO dmz_app;
COMMENT ON TABLE lrs.cmi5_registrations IS 'A learner’s enrolment in a cmi5 course; the row’s id is the registration that statements carry (§9.6.1).
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN lrs.cmi5_registrations.agent_id IS 'The actor that units are launched for; an account (§9.2).';
COMMENT ON COLUMN lrs.cmi5_registrations.assignment_id IS 'Id in training.assignments: what it counts towards.';
COMMENT ON COLUMN lrs.cmi5_registrations.enrolment IS 'From 1, for each learner and course.';
COMMENT ON COLUMN lrs.cmi5_registrations.satisfied_at IS 'When every unit’s moveOn was met (§9.3.9).';
COMMENT ON INDEX lrs.cmi5_registrations_agent_id_idx IS 'rows that refer to one target, and the check of foreign key cmi5_registrations_agent_id_fk';
COMMENT ON INDEX lrs.cmi5_registrations_user_id_idx IS 'rows that refer to one target, and the check of foreign key cmi5_registrations_user_id_fk';

CREATE TABLE lrs.cmi5_sessions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  registration_id uuid NOT NULL,
  assignable_unit_id uuid NOT NULL,
  launch_mode text NOT NULL DEFAULT 'Normal'::text,
  move_on text NOT NULL DEFAULT 'NotApplicable'::text,
  mastery_score numeric(5,4),
  fetch_token_sha256 text NOT NULL,
  fetched_at timestamp with time zone,
  auth_token_sha256 text,
  launched_at timestamp with time zone NOT NULL,
  initialized_at timestamp with time zone,
  completed_at timestamp with time zone,
  passed_at timestamp with time zone,
  failed_at timestamp with time zone,
  terminated_at timestamp with time zone,
  abandoned_at timestamp with time zone,
  score_scaled numeric(9,8),
  progress_percent integer,
  duration_ms bigint,
  returns_to_course boolean NOT NULL DEFAULT true,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  launch_parameters text
);
ALTER TABLE lrs.cmi5_sessions ADD CONSTRAINT cmi5_sessions_assignable_unit_id_fk FOREIGN KEY (tenant_id, assignable_unit_id) REFERENCES lrs.cmi5_assignable_units(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.cmi5_sessions ADD CONSTRAINT cmi5_sessions_auth_token_sha256_key UNIQUE (tenant_id, auth_token_sha256);
ALTER TABLE lrs.cmi5_sessions ADD CONSTRAINT cmi5_sessions_duration_not_negative_check CHECK ((duration_ms >= 0));
ALTER TABLE lrs.cmi5_sessions ADD CONSTRAINT cmi5_sessions_ended_once_check CHECK ((num_nonnulls(terminated_at, abandoned_at) <= 1));
ALTER TABLE lrs.cmi5_sessions ADD CONSTRAINT cmi5_sessions_failed_before_passed_check CHECK ((failed_at <= passed_at));
ALTER TABLE lrs.cmi5_sessions ADD CONSTRAINT cmi5_sessions_fetch_token_sha256_key UNIQUE (tenant_id, fetch_token_sha256);
ALTER TABLE lrs.cmi5_sessions ADD CONSTRAINT cmi5_sessions_launch_mode_check CHECK ((launch_mode = ANY (ARRAY['Normal'::text, 'Browse'::text, 'Review'::text])));
ALTER TABLE lrs.cmi5_sessions ADD CONSTRAINT cmi5_sessions_mastery_score_range_check CHECK (((mastery_score >= (0)::numeric) AND (mastery_score <= (1)::numeric)));
ALTER TABLE lrs.cmi5_sessions ADD CONSTRAINT cmi5_sessions_move_on_check CHECK ((move_on = ANY (ARRAY['Passed'::text, 'Completed'::text, 'CompletedAndPassed'::text, 'CompletedOrPassed'::text, 'NotApplicable'::text])));
ALTER TABLE lrs.cmi5_sessions ADD CONSTRAINT cmi5_sessions_passed_meets_mastery_check CHECK (((passed_at IS NULL) OR (score_scaled >= mastery_score)));
ALTER TABLE lrs.cmi5_sessions ADD CONSTRAINT cmi5_sessions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE lrs.cmi5_sessions ADD CONSTRAINT cmi5_sessions_progress_range_check CHECK (((progress_percent >= 0) AND (progress_percent <= 100)));
ALTER TABLE lrs.cmi5_sessions ADD CONSTRAINT cmi5_sessions_registration_id_fk FOREIGN KEY (tenant_id, registration_id) REFERENCES lrs.cmi5_registrations(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE lrs.cmi5_sessions ADD CONSTRAINT cmi5_sessions_results_after_initialized_check CHECK (((initialized_at IS NOT NULL) OR (num_nonnulls(completed_at, passed_at, failed_at, terminated_at) = 0)));
ALTER TABLE lrs.cmi5_sessions ADD CONSTRAINT cmi5_sessions_results_in_normal_mode_check CHECK (((launch_mode = 'Normal'::text) OR (num_nonnulls(completed_at, passed_at, failed_at) = 0)));
ALTER TABLE lrs.cmi5_sessions ADD CONSTRAINT cmi5_sessions_score_scaled_range_check CHECK (((score_scaled >= (0)::numeric) AND (score_scaled <= (1)::numeric)));
ALTER TABLE lrs.cmi5_sessions ADD CONSTRAINT cmi5_sessions_token_after_fetch_check CHECK ((num_nulls(fetched_at, auth_token_sha256) = ANY (ARRAY[0, 2])));
CREATE INDEX cmi5_sessions_assignable_unit_id_idx ON lrs.cmi5_sessions USING btree (tenant_id, assignable_unit_id);
CREATE INDEX cmi5_sessions_registration_id_launched_at_idx ON lrs.cmi5_sessions USING btree (tenant_id, registration_id, launched_at);
ALTER TABLE lrs.cmi5_sessions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.cmi5_sessions AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON lrs.cmi5_sessions FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE lrs.cmi5_sessions TO dmz_mover;
GRANT DELETE, SELECT ON TABLE lrs.cmi5_sessions TO dmz_app;
COMMENT ON TABLE lrs.cmi5_sessions IS 'One launch of an assignable unit until it ends; the row’s id is the session id that its statements carry (§9.6.3.1).
@kind tenant
@retention tenant
@subject registration_id of lrs.cmi5_registrations';
COMMENT ON COLUMN lrs.cmi5_sessions.abandoned_at IS 'When we ended it, since the unit did not (§9.3.6).';
COMMENT ON COLUMN lrs.cmi5_sessions.auth_token_sha256 IS 'Hash of the token that the unit then uses.
Kept for recognising a launched unit.
@pii credential
@erasure delete_row';
COMMENT ON COLUMN lrs.cmi5_sessions.fetch_token_sha256 IS 'Hash of the fetch URL’s token (§8.2).
Kept for recognising a launched unit.
@pii credential
@erasure delete_row';
COMMENT ON COLUMN lrs.cmi5_sessions.fetched_at IS 'When the token was exchanged, which works once.';
COMMENT ON COLUMN lrs.cmi5_sessions.launch_parameters IS 'As given to this launch (§9.6.3.7).';
COMMENT ON COLUMN lrs.cmi5_sessions.mastery_score IS 'Scaled score from 0 to 1 that passes.';
COMMENT ON COLUMN lrs.cmi5_sessions.move_on IS 'What satisfies the unit (cmi5 §13.1.4).';
COMMENT ON COLUMN lrs.cmi5_sessions.score_scaled IS 'From 0 to 1 (§9.5.1).';
COMMENT ON INDEX lrs.cmi5_sessions_assignable_unit_id_idx IS 'rows that refer to one target, and the check of foreign key cmi5_sessions_assignable_unit_id_fk';
COMMENT ON INDEX lrs.cmi5_sessions_registration_id_launched_at_idx IS 'launches of a unit in a registration, in order';

CREATE TABLE lrs.cmi5_waivers (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  registration_id uuid NOT NULL,
  assignable_unit_id uuid NOT NULL,
  reason text NOT NULL,
  waived_by_id uuid,
  waived_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE lrs.cmi5_waivers ADD CONSTRAINT cmi5_waivers_assignable_unit_id_fk FOREIGN KEY (tenant_id, assignable_unit_id) REFERENCES lrs.cmi5_assignable_units(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.cmi5_waivers ADD CONSTRAINT cmi5_waivers_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE lrs.cmi5_waivers ADD CONSTRAINT cmi5_waivers_reason_check CHECK ((reason = ANY (ARRAY['Tested Out'::text, 'Equivalent AU'::text, 'Equivalent Outside Activity'::text, 'Administrative'::text])));
ALTER TABLE lrs.cmi5_waivers ADD CONSTRAINT cmi5_waivers_registration_id_assignable_unit_id_key UNIQUE (tenant_id, registration_id, assignable_unit_id);
ALTER TABLE lrs.cmi5_waivers ADD CONSTRAINT cmi5_waivers_registration_id_fk FOREIGN KEY (tenant_id, registration_id) REFERENCES lrs.cmi5_registrations(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE lrs.cmi5_waivers ADD CONSTRAINT cmi5_waivers_waived_by_id_fk FOREIGN KEY (tenant_id, waived_by_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX cmi5_waivers_assignable_unit_id_idx ON lrs.cmi5_waivers USING btree (tenant_id, assignable_unit_id);
CREATE INDEX cmi5_waivers_waived_by_id_idx ON lrs.cmi5_waivers USING btree (tenant_id, waived_by_id);
ALTER TABLE lrs.cmi5_waivers ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.cmi5_waivers AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON lrs.cmi5_waivers FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE lrs.cmi5_waivers TO dmz_mover;
GRANT SELECT ON TABLE lrs.cmi5_waivers TO dmz_app;
COMMENT ON TABLE lrs.cmi5_waivers IS 'Units that a learner need not take in a registration (§9.3.7); the row’s id is the session id of its statement.
@kind tenant
@retention tenant
@subject registration_id of lrs.cmi5_registrations';
COMMENT ON COLUMN lrs.cmi5_waivers.reason IS 'As the waived statement says it (§9.5.5.2).';
COMMENT ON COLUMN lrs.cmi5_waivers.waived_by_id IS 'The person who waived it; null for a rule.';
COMMENT ON INDEX lrs.cmi5_waivers_assignable_unit_id_idx IS 'rows that refer to one target, and the check of foreign key cmi5_waivers_assignable_unit_id_fk';
COMMENT ON INDEX lrs.cmi5_waivers_waived_by_id_idx IS 'rows that refer to one target, and the check of foreign key cmi5_waivers_waived_by_id_fk';

CREATE TABLE lrs.group_members (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  group_id uuid NOT NULL,
  member_id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE lrs.group_members ADD CONSTRAINT group_members_group_id_fk FOREIGN KEY (tenant_id, group_id) REFERENCES lrs.agents(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE lrs.group_members ADD CONSTRAINT group_members_group_id_member_id_key UNIQUE (tenant_id, group_id, member_id);
ALTER TABLE lrs.group_members ADD CONSTRAINT group_members_member_id_fk FOREIGN KEY (tenant_id, member_id) REFERENCES lrs.agents(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE lrs.group_members ADD CONSTRAINT group_members_not_its_own_member_check CHECK ((group_id <> member_id));
ALTER TABLE lrs.group_members ADD CONSTRAINT group_members_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX group_members_member_id_idx ON lrs.group_members USING btree (tenant_id, member_id);
ALTER TABLE lrs.group_members ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.group_members AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON lrs.group_members FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE lrs.group_members TO dmz_mover;
GRANT SELECT ON TABLE lrs.group_members TO dmz_app;
COMMENT ON TABLE lrs.group_members IS 'The agents that a group names as its members (xAPI Part Two §2.4.2.2).
@kind tenant
@retention tenant
@subject member_id of lrs.agents';
COMMENT ON INDEX lrs.group_members_member_id_idx IS 'rows that refer to one target, and the check of foreign key group_members_member_id_fk';

CREATE TABLE lrs.lti_deployments (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  issuer text NOT NULL,
  client_id text NOT NULL,
  deployment_id text NOT NULL,
  authentication_url text NOT NULL,
  token_url text NOT NULL,
  jwks_url text NOT NULL,
  signing_credential_id uuid,
  deep_linking boolean NOT NULL DEFAULT false,
  names_and_roles boolean NOT NULL DEFAULT false,
  grade_scopes jsonb NOT NULL,
  state text NOT NULL DEFAULT 'pending'::text,
  last_launched_at timestamp with time zone,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  assertion_audience text
);
ALTER TABLE lrs.lti_deployments ADD CONSTRAINT lti_deployments_deployment_id_length_check CHECK (((char_length(deployment_id) >= 1) AND (char_length(deployment_id) <= 255)));
ALTER TABLE lrs.lti_deployments ADD CONSTRAINT lti_deployments_endpoints_are_https_check CHECK (((authentication_url ~ '^https://'::text) AND (token_url ~ '^https://'::text) AND (jwks_url ~ '^https://'::text)));
ALTER TABLE lrs.lti_deployments ADD CONSTRAINT lti_deployments_issuer_form_check CHECK ((issuer ~ '^https://'::text));
ALTER TABLE lrs.lti_deployments ADD CONSTRAINT lti_deployments_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE lrs.lti_deployments ADD CONSTRAINT lti_deployments_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'active'::text, 'disabled'::text])));
CREATE UNIQUE INDEX lti_deployments_issuer_client_id_deployment_id_key ON lrs.lti_deployments USING btree (tenant_id, issuer, client_id, deployment_id) WHERE (deleted_at IS NULL);
ALTER TABLE lrs.lti_deployments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.lti_deployments AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON lrs.lti_deployments FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE lrs.lti_deployments TO dmz_mover;
GRANT SELECT ON TABLE lrs.lti_deployments TO dmz_app;
COMMENT ON TABLE lrs.lti_deployments IS 'Deployments of the tenant’s courses in a learning platform, by LTI 1.3 Core and its Advantage services.
@kind tenant
@retention tenant';
COMMENT ON COLUMN lrs.lti_deployments.assertion_audience IS 'aud of the assertions that we ask for tokens with, where it is not the token endpoint.';
COMMENT ON COLUMN lrs.lti_deployments.authentication_url IS 'OIDC authorisation endpoint.';
COMMENT ON COLUMN lrs.lti_deployments.client_id IS 'What the platform calls us; aud of its id tokens.';
COMMENT ON COLUMN lrs.lti_deployments.deep_linking IS 'LTI Deep Linking 2.0.';
COMMENT ON COLUMN lrs.lti_deployments.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN lrs.lti_deployments.deployment_id IS 'The deployment_id claim (LTI 1.3 Core §5.3.3).';
COMMENT ON COLUMN lrs.lti_deployments.grade_scopes IS 'Scopes of Assignment and Grade Services 2.0 that the platform granted.';
COMMENT ON COLUMN lrs.lti_deployments.issuer IS 'The platform’s iss (1EdTech Security Framework 1.0, §5.1.2).';
COMMENT ON COLUMN lrs.lti_deployments.jwks_url IS 'The platform’s public keys (RFC 7517).';
COMMENT ON COLUMN lrs.lti_deployments.names_and_roles IS 'Names and Role Provisioning Services 2.0.';
COMMENT ON COLUMN lrs.lti_deployments.signing_credential_id IS 'Id in integration.credentials: the private key that we sign with.';
COMMENT ON COLUMN lrs.lti_deployments.token_url IS 'OAuth 2 token endpoint, for the services.';

CREATE TABLE lrs.lti_resource_links (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  lti_deployment_id uuid NOT NULL,
  resource_link_key text NOT NULL,
  context_key text,
  title text,
  module_id uuid,
  line_item_url text,
  line_items_url text,
  memberships_url text,
  last_launched_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE lrs.lti_resource_links ADD CONSTRAINT lti_resource_links_line_item_url_form_check CHECK ((line_item_url ~ '^https://'::text));
ALTER TABLE lrs.lti_resource_links ADD CONSTRAINT lti_resource_links_line_items_url_form_check CHECK ((line_items_url ~ '^https://'::text));
ALTER TABLE lrs.lti_resource_links ADD CONSTRAINT lti_resource_links_lti_deployment_id_fk FOREIGN KEY (tenant_id, lti_deployment_id) REFERENCES lrs.lti_deployments(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE lrs.lti_resource_links ADD CONSTRAINT lti_resource_links_lti_deployment_id_resource_link_key_key UNIQUE (tenant_id, lti_deployment_id, resource_link_key);
ALTER TABLE lrs.lti_resource_links ADD CONSTRAINT lti_resource_links_memberships_url_form_check CHECK ((memberships_url ~ '^https://'::text));
ALTER TABLE lrs.lti_resource_links ADD CONSTRAINT lti_resource_links_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE lrs.lti_resource_links ADD CONSTRAINT lti_resource_links_resource_link_key_length_check CHECK (((char_length(resource_link_key) >= 1) AND (char_length(resource_link_key) <= 255)));
ALTER TABLE lrs.lti_resource_links ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.lti_resource_links AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON lrs.lti_resource_links FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE lrs.lti_resource_links TO dmz_mover;
GRANT SELECT ON TABLE lrs.lti_resource_links TO dmz_app;
COMMENT ON TABLE lrs.lti_resource_links IS 'Places in a learning platform’s courses that launch us, and where their scores and people are found.
@kind tenant
@retention tenant';
COMMENT ON COLUMN lrs.lti_resource_links.context_key IS 'id of the context claim: the course it stands in.';
COMMENT ON COLUMN lrs.lti_resource_links.line_item_url IS 'Where its scores go: the claim’s lineitem (Assignment and Grade Services 2.0).';
COMMENT ON COLUMN lrs.lti_resource_links.line_items_url IS 'Where the course’s line items are: lineitems.';
COMMENT ON COLUMN lrs.lti_resource_links.memberships_url IS 'context_memberships_url of Names and Role Provisioning Services 2.0.';
COMMENT ON COLUMN lrs.lti_resource_links.module_id IS 'Id in training.modules: what it launches; null until chosen.';
COMMENT ON COLUMN lrs.lti_resource_links.resource_link_key IS 'id of the resource_link claim, unique within the deployment (LTI 1.3 Core §5.3.5).';
COMMENT ON COLUMN lrs.lti_resource_links.title IS 'As the platform calls it.';

CREATE TABLE lrs.scorm_packages (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  title text NOT NULL,
  edition text NOT NULL,
  identifier text NOT NULL,
  package_object_id uuid NOT NULL,
  package_sha256 text NOT NULL,
  activity_id uuid,
  manifest jsonb NOT NULL,
  imported_by_id uuid NOT NULL,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE lrs.scorm_packages ADD CONSTRAINT scorm_packages_activity_id_fk FOREIGN KEY (tenant_id, activity_id) REFERENCES lrs.activities(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.scorm_packages ADD CONSTRAINT scorm_packages_edition_check CHECK ((edition = ANY (ARRAY['1.2'::text, '2004_2nd'::text, '2004_3rd'::text, '2004_4th'::text])));
ALTER TABLE lrs.scorm_packages ADD CONSTRAINT scorm_packages_imported_by_id_fk FOREIGN KEY (tenant_id, imported_by_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.scorm_packages ADD CONSTRAINT scorm_packages_package_object_id_fk FOREIGN KEY (tenant_id, package_object_id) REFERENCES files.objects(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.scorm_packages ADD CONSTRAINT scorm_packages_package_sha256_form_check CHECK ((package_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE lrs.scorm_packages ADD CONSTRAINT scorm_packages_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX scorm_packages_activity_id_idx ON lrs.scorm_packages USING btree (tenant_id, activity_id);
CREATE INDEX scorm_packages_imported_by_id_idx ON lrs.scorm_packages USING btree (tenant_id, imported_by_id);
CREATE INDEX scorm_packages_package_object_id_idx ON lrs.scorm_packages USING btree (tenant_id, package_object_id);
CREATE UNIQUE INDEX scorm_packages_package_sha256_key ON lrs.scorm_packages USING btree (tenant_id, package_sha256) WHERE (deleted_at IS NULL);
ALTER TABLE lrs.scorm_packages ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.scorm_packages AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON lrs.scorm_packages FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE lrs.scorm_packages TO dmz_mover;
GRANT SELECT ON TABLE lrs.scorm_packages TO dmz_app;
COMMENT ON TABLE lrs.scorm_packages IS 'Courses that were imported as SCORM packages, with the manifest that says how to run them.
@kind tenant
@retention tenant';
COMMENT ON COLUMN lrs.scorm_packages.activity_id IS 'The activity that its statements are about.';
COMMENT ON COLUMN lrs.scorm_packages.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN lrs.scorm_packages.identifier IS 'The manifest’s identifier (SCORM 2004 CAM §3.4.1).';
COMMENT ON COLUMN lrs.scorm_packages.manifest IS 'Organisations, resources and sequencing from imsmanifest.xml.';
COMMENT ON COLUMN lrs.scorm_packages.package_object_id IS 'The ZIP as uploaded.';
COMMENT ON INDEX lrs.scorm_packages_activity_id_idx IS 'rows that refer to one target, and the check of foreign key scorm_packages_activity_id_fk';
COMMENT ON INDEX lrs.scorm_packages_imported_by_id_idx IS 'rows that refer to one target, and the check of foreign key scorm_packages_imported_by_id_fk';
COMMENT ON INDEX lrs.scorm_packages_package_object_id_idx IS 'rows that refer to one target, and the check of foreign key scorm_packages_package_object_id_fk';

CREATE TABLE lrs.scorm_registrations (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  package_id uuid NOT NULL,
  user_id uuid NOT NULL,
  attempt integer NOT NULL DEFAULT 1,
  assignment_id uuid,
  completion_status text NOT NULL DEFAULT 'not attempted'::text,
  success_status text NOT NULL DEFAULT 'unknown'::text,
  score_scaled numeric(9,8),
  total_time_ms bigint NOT NULL DEFAULT 0,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE lrs.scorm_registrations ADD CONSTRAINT scorm_registrations_attempt_positive_check CHECK ((attempt > 0));
ALTER TABLE lrs.scorm_registrations ADD CONSTRAINT scorm_registrations_completion_status_check CHECK ((completion_status = ANY (ARRAY['completed'::text, 'incomplete'::text, 'not attempted'::text, 'unknown'::text])));
ALTER TABLE lrs.scorm_registrations ADD CONSTRAINT scorm_registrations_ended_after_started_check CHECK ((ended_at >= started_at));
ALTER TABLE lrs.scorm_registrations ADD CONSTRAINT scorm_registrations_package_id_fk FOREIGN KEY (tenant_id, package_id) REFERENCES lrs.scorm_packages(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.scorm_registrations ADD CONSTRAINT scorm_registrations_package_id_user_id_attempt_key UNIQUE (tenant_id, package_id, user_id, attempt);
ALTER TABLE lrs.scorm_registrations ADD CONSTRAINT scorm_registrations_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE lrs.scorm_registrations ADD CONSTRAINT scorm_registrations_score_scaled_range_check CHECK (((score_scaled >= ('-1'::integer)::numeric) AND (score_scaled <= (1)::numeric)));
ALTER TABLE lrs.scorm_registrations ADD CONSTRAINT scorm_registrations_success_status_check CHECK ((success_status = ANY (ARRAY['passed'::text, 'failed'::text, 'unknown'::text])));
ALTER TABLE lrs.scorm_registrations ADD CONSTRAINT scorm_registrations_total_time_not_negative_check CHECK ((total_time_ms >= 0));
ALTER TABLE lrs.scorm_registrations ADD CONSTRAINT scorm_registrations_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX scorm_registrations_user_id_idx ON lrs.scorm_registrations USING btree (tenant_id, user_id);
ALTER TABLE lrs.scorm_registrations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.scorm_registrations AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON lrs.scorm_registrations FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE lrs.scorm_registrations TO dmz_mover;
GRANT SELECT ON TABLE lrs.scorm_registrations TO dmz_app;
COMMENT ON TABLE lrs.scorm_registrations IS 'A learner’s attempts at a SCORM package, rolled up over its parts; the row’s id is the xAPI registration.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN lrs.scorm_registrations.assignment_id IS 'Id in training.assignments: what it counts towards.';
COMMENT ON COLUMN lrs.scorm_registrations.attempt IS 'From 1, for each learner and package.';
COMMENT ON COLUMN lrs.scorm_registrations.score_scaled IS 'From -1 to 1.';
COMMENT ON INDEX lrs.scorm_registrations_user_id_idx IS 'rows that refer to one target, and the check of foreign key scorm_registrations_user_id_fk';

CREATE TABLE lrs.scorm_runtime_states (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  registration_id uuid NOT NULL,
  sco_id uuid NOT NULL,
  completion_status text NOT NULL DEFAULT 'not attempted'::text,
  success_status text NOT NULL DEFAULT 'unknown'::text,
  score_scaled numeric(9,8),
  total_time_ms bigint NOT NULL DEFAULT 0,
  exit text,
  data_model jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  score_raw numeric,
  score_min numeric,
  score_max numeric,
  progress_measure numeric(9,8),
  mode text NOT NULL DEFAULT 'normal'::text,
  credit text NOT NULL DEFAULT 'credit'::text
);
ALTER TABLE lrs.scorm_runtime_states ADD CONSTRAINT scorm_runtime_states_completion_status_check CHECK ((completion_status = ANY (ARRAY['completed'::text, 'incomplete'::text, 'not attempted'::text, 'unknown'::text])));
ALTER TABLE lrs.scorm_runtime_states ADD CONSTRAINT scorm_runtime_states_credit_check CHECK ((credit = ANY (ARRAY['credit'::text, 'no-credit'::text])));
ALTER TABLE lrs.scorm_runtime_states ADD CONSTRAINT scorm_runtime_states_exit_check CHECK ((exit = ANY (ARRAY['time-out'::text, 'suspend'::text, 'logout'::text, 'normal'::text])));
ALTER TABLE lrs.scorm_runtime_states ADD CONSTRAINT scorm_runtime_states_mode_check CHECK ((mode = ANY (ARRAY['normal'::text, 'browse'::text, 'review'::text])));
ALTER TABLE lrs.scorm_runtime_states ADD CONSTRAINT scorm_runtime_states_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE lrs.scorm_runtime_states ADD CONSTRAINT scorm_runtime_states_progress_measure_range_check CHECK (((progress_measure >= (0)::numeric) AND (progress_measure <= (1)::numeric)));
ALTER TABLE lrs.scorm_runtime_states ADD CONSTRAINT scorm_runtime_states_registration_id_fk FOREIGN KEY (tenant_id, registration_id) REFERENCES lrs.scorm_registrations(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE lrs.scorm_runtime_states ADD CONSTRAINT scorm_runtime_states_registration_id_sco_id_key UNIQUE (tenant_id, registration_id, sco_id);
ALTER TABLE lrs.scorm_runtime_states ADD CONSTRAINT scorm_runtime_states_sco_id_fk FOREIGN KEY (tenant_id, sco_id) REFERENCES lrs.scorm_scos(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.scorm_runtime_states ADD CONSTRAINT scorm_runtime_states_score_scaled_range_check CHECK (((score_scaled >= ('-1'::integer)::numeric) AND (score_scaled <= (1)::numeric)));
ALTER TABLE lrs.scorm_runtime_states ADD CONSTRAINT scorm_runtime_states_success_status_check CHECK ((success_status = ANY (ARRAY['passed'::text, 'failed'::text, 'unknown'::text])));
ALTER TABLE lrs.scorm_runtime_states ADD CONSTRAINT scorm_runtime_states_total_time_not_negative_check CHECK ((total_time_ms >= 0));
CREATE INDEX scorm_runtime_states_sco_id_idx ON lrs.scorm_runtime_states USING btree (tenant_id, sco_id);
ALTER TABLE lrs.scorm_runtime_states ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.scorm_runtime_states AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON lrs.scorm_runtime_states FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE lrs.scorm_runtime_states TO dmz_mover;
GRANT DELETE, SELECT ON TABLE lrs.scorm_runtime_states TO dmz_app;
COMMENT ON TABLE lrs.scorm_runtime_states IS 'The run-time data of one part in one attempt, which the course reads and writes through the SCORM API.
@kind tenant
@retention tenant
@evolving
@subject registration_id of lrs.scorm_registrations';
COMMENT ON COLUMN lrs.scorm_runtime_states.credit IS 'cmi.credit of the last launch.';
COMMENT ON COLUMN lrs.scorm_runtime_states.data_model IS 'The remaining elements: suspend data (64,000 characters at least, 4,096 in SCORM 1.2), location, interactions, objectives, comments.
Kept for resuming the course where the learner left it.
@pii behaviour
@erasure delete_row';
COMMENT ON COLUMN lrs.scorm_runtime_states.exit IS 'cmi.exit.';
COMMENT ON COLUMN lrs.scorm_runtime_states.mode IS 'cmi.mode of the last launch; only a normal one counts.';
COMMENT ON COLUMN lrs.scorm_runtime_states.progress_measure IS 'From 0 to 1 (cmi.progress_measure); SCORM 1.2 has none.';
COMMENT ON COLUMN lrs.scorm_runtime_states.score_max IS 'Most of these points (cmi.score.max).';
COMMENT ON COLUMN lrs.scorm_runtime_states.score_min IS 'Least of these points (cmi.score.min).';
COMMENT ON COLUMN lrs.scorm_runtime_states.score_raw IS 'Points as the part counts them (cmi.score.raw).';
COMMENT ON COLUMN lrs.scorm_runtime_states.score_scaled IS 'From -1 to 1.';
COMMENT ON COLUMN lrs.scorm_runtime_states.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX lrs.scorm_runtime_states_sco_id_idx IS 'rows that refer to one target, and the check of foreign key scorm_runtime_states_sco_id_fk';

CREATE TABLE lrs.scorm_scos (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  package_id uuid NOT NULL,
  identifier text NOT NULL,
  "position" integer NOT NULL,
  title text NOT NULL,
  href text NOT NULL,
  passing_score_scaled numeric(9,8),
  max_time_ms bigint,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  time_limit_action text,
  completion_threshold numeric(9,8),
  launch_data text
);
ALTER TABLE lrs.scorm_scos ADD CONSTRAINT scorm_scos_completion_threshold_range_check CHECK (((completion_threshold >= (0)::numeric) AND (completion_threshold <= (1)::numeric)));
ALTER TABLE lrs.scorm_scos ADD CONSTRAINT scorm_scos_package_id_fk FOREIGN KEY (tenant_id, package_id) REFERENCES lrs.scorm_packages(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE lrs.scorm_scos ADD CONSTRAINT scorm_scos_package_id_identifier_key UNIQUE (tenant_id, package_id, identifier);
ALTER TABLE lrs.scorm_scos ADD CONSTRAINT scorm_scos_package_id_position_key UNIQUE (tenant_id, package_id, "position");
ALTER TABLE lrs.scorm_scos ADD CONSTRAINT scorm_scos_passing_score_range_check CHECK (((passing_score_scaled >= ('-1'::integer)::numeric) AND (passing_score_scaled <= (1)::numeric)));
ALTER TABLE lrs.scorm_scos ADD CONSTRAINT scorm_scos_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE lrs.scorm_scos ADD CONSTRAINT scorm_scos_time_limit_action_check CHECK ((time_limit_action = ANY (ARRAY['exit,message'::text, 'exit,no message'::text, 'continue,message'::text, 'continue,no message'::text])));
ALTER TABLE lrs.scorm_scos ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.scorm_scos AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON lrs.scorm_scos FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE lrs.scorm_scos TO dmz_mover;
GRANT SELECT ON TABLE lrs.scorm_scos TO dmz_app;
COMMENT ON TABLE lrs.scorm_scos IS 'The parts of a package that are launched and report back: its sharable content objects.
@kind tenant
@retention tenant';
COMMENT ON COLUMN lrs.scorm_scos."position" IS 'Order in the organisation, from 1.';
COMMENT ON COLUMN lrs.scorm_scos.completion_threshold IS 'Progress from 0 to 1 at which it counts as completed (cmi.completion_threshold).';
COMMENT ON COLUMN lrs.scorm_scos.href IS 'Path in the package, with its parameters.';
COMMENT ON COLUMN lrs.scorm_scos.identifier IS 'The manifest’s item identifier.';
COMMENT ON COLUMN lrs.scorm_scos.launch_data IS 'From the manifest, handed over as it is (cmi.launch_data).';
COMMENT ON COLUMN lrs.scorm_scos.max_time_ms IS 'Time allowed for an attempt.';
COMMENT ON COLUMN lrs.scorm_scos.passing_score_scaled IS 'From -1 to 1 (cmi.scaled_passing_score); a SCORM 1.2 mastery score divided by 100.';
COMMENT ON COLUMN lrs.scorm_scos.time_limit_action IS 'What the part does when that time is over (cmi.time_limit_action).';

CREATE TABLE lrs.statement_context_activities (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  statement_id uuid NOT NULL,
  relation text NOT NULL,
  activity_id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE lrs.statement_context_activities ADD CONSTRAINT statement_context_activities_activity_id_fk FOREIGN KEY (tenant_id, activity_id) REFERENCES lrs.activities(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.statement_context_activities ADD CONSTRAINT statement_context_activities_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE lrs.statement_context_activities ADD CONSTRAINT statement_context_activities_relation_check CHECK ((relation = ANY (ARRAY['parent'::text, 'grouping'::text, 'category'::text, 'other'::text, 'sub_statement'::text])));
ALTER TABLE lrs.statement_context_activities ADD CONSTRAINT statement_context_activities_statement_id_fk FOREIGN KEY (tenant_id, statement_id) REFERENCES lrs.statements(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.statement_context_activities ADD CONSTRAINT statement_context_activities_statement_id_relation_2de82a09_key UNIQUE (tenant_id, statement_id, relation, activity_id);
CREATE INDEX statement_context_activities_activity_id_idx ON lrs.statement_context_activities USING btree (tenant_id, activity_id);
ALTER TABLE lrs.statement_context_activities ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.statement_context_activities AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON lrs.statement_context_activities FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE lrs.statement_context_activities TO dmz_mover;
GRANT SELECT ON TABLE lrs.statement_context_activities TO dmz_app;
COMMENT ON TABLE lrs.statement_context_activities IS 'Activities that a statement names as its context, for queries with related_activities.
@kind append_only
@retention evidence
@subject statement_id of lrs.statements';
COMMENT ON INDEX lrs.statement_context_activities_activity_id_idx IS 'rows that refer to one target, and the check of foreign key statement_context_activities_activity_id_fk';

CREATE TABLE lrs.statement_context_agents (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  statement_id uuid NOT NULL,
  relation text NOT NULL,
  agent_id uuid NOT NULL,
  relevant_types jsonb,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE lrs.statement_context_agents ADD CONSTRAINT statement_context_agents_agent_id_fk FOREIGN KEY (tenant_id, agent_id) REFERENCES lrs.agents(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.statement_context_agents ADD CONSTRAINT statement_context_agents_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE lrs.statement_context_agents ADD CONSTRAINT statement_context_agents_relation_check CHECK ((relation = ANY (ARRAY['instructor'::text, 'team'::text, 'context_agent'::text, 'context_group'::text, 'sub_statement'::text])));
ALTER TABLE lrs.statement_context_agents ADD CONSTRAINT statement_context_agents_statement_id_fk FOREIGN KEY (tenant_id, statement_id) REFERENCES lrs.statements(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.statement_context_agents ADD CONSTRAINT statement_context_agents_statement_id_relation_agent_id_key UNIQUE (tenant_id, statement_id, relation, agent_id);
CREATE INDEX statement_context_agents_agent_id_idx ON lrs.statement_context_agents USING btree (tenant_id, agent_id);
ALTER TABLE lrs.statement_context_agents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.statement_context_agents AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON lrs.statement_context_agents FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE lrs.statement_context_agents TO dmz_mover;
GRANT SELECT ON TABLE lrs.statement_context_agents TO dmz_app;
COMMENT ON TABLE lrs.statement_context_agents IS 'Agents that a statement names beside its actor, for queries with related_agents.
@kind append_only
@retention evidence
@subject agent_id of lrs.agents';
COMMENT ON COLUMN lrs.statement_context_agents.relevant_types IS 'IRIs of how they took part; xAPI 2.0 contextAgents and contextGroups alone have them.';
COMMENT ON INDEX lrs.statement_context_agents_agent_id_idx IS 'rows that refer to one target, and the check of foreign key statement_context_agents_agent_id_fk';

CREATE TABLE lrs.statement_voids (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  voided_id uuid NOT NULL,
  voiding_id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE lrs.statement_voids ADD CONSTRAINT statement_voids_not_itself_check CHECK ((voided_id <> voiding_id));
ALTER TABLE lrs.statement_voids ADD CONSTRAINT statement_voids_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE lrs.statement_voids ADD CONSTRAINT statement_voids_voided_id_fk FOREIGN KEY (tenant_id, voided_id) REFERENCES lrs.statements(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.statement_voids ADD CONSTRAINT statement_voids_voided_id_key UNIQUE (tenant_id, voided_id);
ALTER TABLE lrs.statement_voids ADD CONSTRAINT statement_voids_voiding_id_fk FOREIGN KEY (tenant_id, voiding_id) REFERENCES lrs.statements(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.statement_voids ADD CONSTRAINT statement_voids_voiding_id_key UNIQUE (tenant_id, voiding_id);
ALTER TABLE lrs.statement_voids ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.statement_voids AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER check_statement_void BEFORE INSERT ON lrs.statement_voids FOR EACH ROW EXECUTE FUNCTION lrs.check_statement_void();
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON lrs.statement_voids FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE lrs.statement_voids TO dmz_mover;
GRANT SELECT ON TABLE lrs.statement_voids TO dmz_app;
COMMENT ON TABLE lrs.statement_voids IS 'Which statement voids which: a voided one is found by its id alone (xAPI Part Two §2.3.2).
@kind append_only
@retention evidence
@subject voided_id of lrs.statements';
COMMENT ON COLUMN lrs.statement_voids.voided_id IS 'Voided once, and no voiding statement itself.';

CREATE TABLE lrs.statements (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  actor_id uuid NOT NULL,
  verb_iri text NOT NULL,
  object_type text NOT NULL,
  activity_id uuid,
  object_agent_id uuid,
  object_statement_id uuid,
  registration uuid,
  authority_id uuid NOT NULL,
  score_scaled numeric(9,8),
  score_raw numeric,
  score_min numeric,
  score_max numeric,
  success boolean,
  completion boolean,
  duration_ms bigint,
  response text,
  occurred_at timestamp with time zone NOT NULL,
  xapi_version text NOT NULL,
  statement jsonb NOT NULL,
  statement_sha256 text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE lrs.statements ADD CONSTRAINT statements_activity_id_fk FOREIGN KEY (tenant_id, activity_id) REFERENCES lrs.activities(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.statements ADD CONSTRAINT statements_actor_id_fk FOREIGN KEY (tenant_id, actor_id) REFERENCES lrs.agents(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.statements ADD CONSTRAINT statements_authority_id_fk FOREIGN KEY (tenant_id, authority_id) REFERENCES lrs.agents(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.statements ADD CONSTRAINT statements_duration_not_negative_check CHECK ((duration_ms >= 0));
ALTER TABLE lrs.statements ADD CONSTRAINT statements_object_agent_id_fk FOREIGN KEY (tenant_id, object_agent_id) REFERENCES lrs.agents(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE lrs.statements ADD CONSTRAINT statements_object_given_check CHECK (
CASE
    WHEN (object_type = 'Activity'::text) THEN ((activity_id IS NOT NULL) AND (num_nonnulls(object_agent_id, object_statement_id) = 0))
    WHEN (object_type = ANY (ARRAY['Agent'::text, 'Group'::text])) THEN ((object_agent_id IS NOT NULL) AND (num_nonnulls(activity_id, object_statement_id) = 0))
    WHEN (object_type = 'StatementRef'::text) THEN ((object_statement_id IS NOT NULL) AND (num_nonnulls(activity_id, object_agent_id) = 0))
    ELSE (num_nonnulls(activity_id, object_agent_id, object_statement_id) = 0)
END);
ALTER TABLE lrs.statements ADD CONSTRAINT statements_object_type_check CHECK ((object_type = ANY (ARRAY['Activity'::text, 'Agent'::text, 'Group'::text, 'StatementRef'::text, 'SubStatement'::text])));
ALTER TABLE lrs.statements ADD CONSTRAINT statements_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE lrs.statements ADD CONSTRAINT statements_response_encrypted_check CHECK ((response ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE lrs.statements ADD CONSTRAINT statements_score_min_below_max_check CHECK ((score_min < score_max));
ALTER TABLE lrs.statements ADD CONSTRAINT statements_score_raw_range_check CHECK (((score_raw >= score_min) AND (score_raw <= score_max)));
ALTER TABLE lrs.statements ADD CONSTRAINT statements_score_scaled_range_check CHECK (((score_scaled >= ('-1'::integer)::numeric) AND (score_scaled <= (1)::numeric)));
ALTER TABLE lrs.statements ADD CONSTRAINT statements_statement_sha256_form_check CHECK ((statement_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE lrs.statements ADD CONSTRAINT statements_verb_iri_form_check CHECK (((verb_iri ~ '^[A-Za-z][A-Za-z0-9+.-]*:'::text) AND (octet_length(verb_iri) <= 2000)));
ALTER TABLE lrs.statements ADD CONSTRAINT statements_xapi_version_check CHECK ((xapi_version = ANY (ARRAY['1.0.0'::text, '1.0.1'::text, '1.0.2'::text, '1.0.3'::text, '2.0.0'::text])));
CREATE INDEX statements_activity_id_created_at_idx ON lrs.statements USING btree (tenant_id, activity_id, created_at DESC);
CREATE INDEX statements_actor_id_created_at_idx ON lrs.statements USING btree (tenant_id, actor_id, created_at DESC);
CREATE INDEX statements_authority_id_idx ON lrs.statements USING btree (tenant_id, authority_id);
CREATE INDEX statements_created_at_idx ON lrs.statements USING btree (tenant_id, created_at);
CREATE INDEX statements_object_agent_id_idx ON lrs.statements USING btree (tenant_id, object_agent_id);
CREATE INDEX statements_object_statement_id_idx ON lrs.statements USING btree (tenant_id, object_statement_id);
CREATE INDEX statements_registration_created_at_idx ON lrs.statements USING btree (tenant_id, registration, created_at DESC);
CREATE INDEX statements_verb_iri_created_at_idx ON lrs.statements USING btree (tenant_id, verb_iri, created_at DESC);
ALTER TABLE lrs.statements ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON lrs.statements AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON lrs.statements FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE lrs.statements TO dmz_mover;
GRANT SELECT ON TABLE lrs.statements TO dmz_app;
COMMENT ON TABLE lrs.statements IS 'What somebody did, as xAPI 2.0 (IEEE 9274.1.1) states it; the row’s id is the statement’s, created_at its stored.
@kind append_only
@retention evidence
@subject actor_id of lrs.agents
@subject object_agent_id of lrs.agents';
COMMENT ON COLUMN lrs.statements.activity_id IS 'The object, where it is an activity.';
COMMENT ON COLUMN lrs.statements.authority_id IS 'The agent who asserts it, set by the store.';
COMMENT ON COLUMN lrs.statements.duration_ms IS 'From the ISO 8601 duration.';
COMMENT ON COLUMN lrs.statements.object_agent_id IS 'The object, where it is an agent or a group.';
COMMENT ON COLUMN lrs.statements.object_statement_id IS 'The object, where it refers to a statement, which need not be here.';
COMMENT ON COLUMN lrs.statements.occurred_at IS 'The statement’s timestamp.';
COMMENT ON COLUMN lrs.statements.registration IS 'The attempt or enrolment that it belongs to.';
COMMENT ON COLUMN lrs.statements.response IS 'Encrypted with the person’s key, and absent from the statement beside it.
Kept for what the learner answered.
@pii free_text
@erasure shred';
COMMENT ON COLUMN lrs.statements.score_max IS 'The most points that can be reached.';
COMMENT ON COLUMN lrs.statements.score_min IS 'The least points that can be reached.';
COMMENT ON COLUMN lrs.statements.score_raw IS 'Points reached, between the least and the most.';
COMMENT ON COLUMN lrs.statements.score_scaled IS 'From -1 to 1.';
COMMENT ON COLUMN lrs.statements.statement IS 'The statement as accepted, with every agent replaced by its id in agents.';
COMMENT ON COLUMN lrs.statements.statement_sha256 IS 'SHA-256 of its canonical JSON (RFC 8785): a repeated id must come with the same statement.';
COMMENT ON COLUMN lrs.statements.verb_iri IS 'Id of the verb.';
COMMENT ON INDEX lrs.statements_activity_id_created_at_idx IS 'statements about an activity, newest first';
COMMENT ON INDEX lrs.statements_actor_id_created_at_idx IS 'an actor’s statements, newest first';
COMMENT ON INDEX lrs.statements_authority_id_idx IS 'rows that refer to one target, and the check of foreign key statements_authority_id_fk';
COMMENT ON INDEX lrs.statements_created_at_idx IS 'all statements in the order they were stored, for since and until';
COMMENT ON INDEX lrs.statements_object_agent_id_idx IS 'rows that refer to one target, and the check of foreign key statements_object_agent_id_fk';
COMMENT ON INDEX lrs.statements_object_statement_id_idx IS 'statements that refer to a statement';
COMMENT ON INDEX lrs.statements_registration_created_at_idx IS 'statements of a registration';
COMMENT ON INDEX lrs.statements_verb_iri_created_at_idx IS 'statements with a verb, newest first';

CREATE SCHEMA notification;
GRANT USAGE ON SCHEMA notification TO dmz_app;
GRANT USAGE ON SCHEMA notification TO dmz_maintenance;
GRANT USAGE ON SCHEMA notification TO dmz_mover;

CREATE TABLE notification.deliveries (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  message_id uuid NOT NULL,
  channel text NOT NULL,
  attempt integer NOT NULL,
  outcome text NOT NULL,
  template_id uuid,
  address_ciphertext text,
  subject_key_id uuid,
  provider_message_id text,
  status_code text,
  occurred_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE notification.deliveries ADD CONSTRAINT deliveries_address_ciphertext_encrypted_check CHECK ((address_ciphertext ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE notification.deliveries ADD CONSTRAINT deliveries_address_has_a_key_check CHECK ((num_nonnulls(address_ciphertext, subject_key_id) = ANY (ARRAY[0, 2])));
ALTER TABLE notification.deliveries ADD CONSTRAINT deliveries_attempt_from_one_check CHECK ((attempt >= 1));
ALTER TABLE notification.deliveries ADD CONSTRAINT deliveries_channel_check CHECK ((channel = ANY (ARRAY['in_app'::text, 'email'::text, 'web_push'::text, 'sms'::text, 'chat'::text])));
ALTER TABLE notification.deliveries ADD CONSTRAINT deliveries_message_id_channel_attempt_outcome_key UNIQUE (tenant_id, message_id, channel, attempt, outcome);
ALTER TABLE notification.deliveries ADD CONSTRAINT deliveries_message_id_fk FOREIGN KEY (tenant_id, message_id) REFERENCES notification.messages(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE notification.deliveries ADD CONSTRAINT deliveries_outcome_check CHECK ((outcome = ANY (ARRAY['sent'::text, 'delivered'::text, 'deferred'::text, 'bounced'::text, 'complained'::text, 'suppressed'::text, 'failed'::text])));
ALTER TABLE notification.deliveries ADD CONSTRAINT deliveries_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE notification.deliveries ADD CONSTRAINT deliveries_status_code_form_check CHECK ((status_code ~ '^([245]\.[0-9]{1,3}\.[0-9]{1,3}|[1-5][0-9]{2})$'::text));
ALTER TABLE notification.deliveries ADD CONSTRAINT deliveries_template_id_fk FOREIGN KEY (tenant_id, template_id) REFERENCES notification.templates(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX deliveries_provider_message_id_idx ON notification.deliveries USING btree (tenant_id, provider_message_id);
CREATE INDEX deliveries_template_id_idx ON notification.deliveries USING btree (tenant_id, template_id);
ALTER TABLE notification.deliveries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON notification.deliveries AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON notification.deliveries FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE notification.deliveries TO dmz_app;
GRANT INSERT, SELECT ON TABLE notification.deliveries TO dmz_mover;
COMMENT ON TABLE notification.deliveries IS 'What became of each attempt to deliver a message, one row an outcome, as the provider reported it.
@kind append_only
@retention operational
@subject message_id of notification.messages';
COMMENT ON COLUMN notification.deliveries.address_ciphertext IS 'Kept for proving where a message went.
@pii contact
@erasure shred';
COMMENT ON COLUMN notification.deliveries.attempt IS 'Counts the attempts on the channel from 1.';
COMMENT ON COLUMN notification.deliveries.provider_message_id IS 'The provider’s name for it, by which later reports are matched.';
COMMENT ON COLUMN notification.deliveries.status_code IS 'Enhanced mail status (RFC 3463) or HTTP status of the provider.';
COMMENT ON COLUMN notification.deliveries.subject_key_id IS 'Id in governance.subject_keys: the recipient’s key.';
COMMENT ON COLUMN notification.deliveries.template_id IS 'The wording that was used.';
COMMENT ON INDEX notification.deliveries_provider_message_id_idx IS 'the delivery that a provider’s report is about';
COMMENT ON INDEX notification.deliveries_template_id_idx IS 'rows that refer to one target, and the check of foreign key deliveries_template_id_fk';

CREATE TABLE notification.messages (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  template_key text NOT NULL,
  category text NOT NULL,
  deduplication_key text NOT NULL,
  parameters jsonb,
  not_before timestamp with time zone,
  expires_at timestamp with time zone,
  read_at timestamp with time zone,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE notification.messages ADD CONSTRAINT messages_category_check CHECK ((category = ANY (ARRAY['security'::text, 'account'::text, 'training'::text, 'game'::text, 'social'::text, 'report'::text])));
ALTER TABLE notification.messages ADD CONSTRAINT messages_expires_after_due_check CHECK ((expires_at > not_before));
ALTER TABLE notification.messages ADD CONSTRAINT messages_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE notification.messages ADD CONSTRAINT messages_user_id_deduplication_key_key UNIQUE (tenant_id, user_id, deduplication_key);
ALTER TABLE notification.messages ADD CONSTRAINT messages_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX messages_not_before_idx ON notification.messages USING btree (tenant_id, not_before);
CREATE INDEX messages_user_id_created_at_idx ON notification.messages USING btree (tenant_id, user_id, created_at DESC);
ALTER TABLE notification.messages ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON notification.messages AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON notification.messages FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE notification.messages TO dmz_mover;
GRANT INSERT, SELECT ON TABLE notification.messages TO dmz_app;
GRANT UPDATE ON COLUMN notification.messages.parameters TO dmz_app;
GRANT UPDATE ON COLUMN notification.messages.read_at TO dmz_app;
COMMENT ON TABLE notification.messages IS 'What one person is to be told, on whichever channels: the inbox within the application.
@kind tenant
@retention operational
@evolving
@subject user_id of auth.users';
COMMENT ON COLUMN notification.messages.category IS 'Security and account are mandatory: they are sent whatever a person prefers.';
COMMENT ON COLUMN notification.messages.deduplication_key IS 'Names the occasion: the same one is told once.';
COMMENT ON COLUMN notification.messages.expires_at IS 'Not worth telling any more after this.';
COMMENT ON COLUMN notification.messages.not_before IS 'Held back until then by quiet hours or a digest.';
COMMENT ON COLUMN notification.messages.parameters IS 'Kept for filled into the wording.
@pii free_text
@erasure null';
COMMENT ON COLUMN notification.messages.read_at IS 'Kept for telling unread messages from read ones.
@pii behaviour
@erasure null';
COMMENT ON COLUMN notification.messages.template_key IS 'Kind of message; the wording follows channel and language.';
COMMENT ON COLUMN notification.messages.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX notification.messages_not_before_idx IS 'messages that were held back and are due';
COMMENT ON INDEX notification.messages_user_id_created_at_idx IS 'a person’s messages, newest first';

CREATE TABLE notification.preferences (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  category text NOT NULL,
  channel text NOT NULL,
  enabled boolean NOT NULL,
  digest text NOT NULL DEFAULT 'immediate'::text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE notification.preferences ADD CONSTRAINT preferences_category_check CHECK ((category = ANY (ARRAY['security'::text, 'account'::text, 'training'::text, 'game'::text, 'social'::text, 'report'::text])));
ALTER TABLE notification.preferences ADD CONSTRAINT preferences_channel_check CHECK ((channel = ANY (ARRAY['in_app'::text, 'email'::text, 'web_push'::text, 'sms'::text, 'chat'::text])));
ALTER TABLE notification.preferences ADD CONSTRAINT preferences_digest_check CHECK ((digest = ANY (ARRAY['immediate'::text, 'daily'::text, 'weekly'::text])));
ALTER TABLE notification.preferences ADD CONSTRAINT preferences_mandatory_stays_on_check CHECK ((enabled OR (category <> ALL (ARRAY['security'::text, 'account'::text]))));
ALTER TABLE notification.preferences ADD CONSTRAINT preferences_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE notification.preferences ADD CONSTRAINT preferences_user_id_category_channel_key UNIQUE (tenant_id, user_id, category, channel);
ALTER TABLE notification.preferences ADD CONSTRAINT preferences_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE notification.preferences ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON notification.preferences AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON notification.preferences FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE notification.preferences TO dmz_mover;
GRANT INSERT, SELECT ON TABLE notification.preferences TO dmz_app;
COMMENT ON TABLE notification.preferences IS 'Where a person departs from the default: categories switched on or off by channel, or gathered into a digest.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN notification.preferences.category IS 'Security and account are mandatory: they are sent whatever a person prefers.';

CREATE TABLE notification.push_subscriptions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  endpoint text NOT NULL,
  endpoint_sha256 text NOT NULL,
  p256dh text NOT NULL,
  auth_ciphertext text NOT NULL,
  key_reference text NOT NULL,
  user_agent text,
  expires_at timestamp with time zone,
  last_accepted_at timestamp with time zone,
  failures integer NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE notification.push_subscriptions ADD CONSTRAINT push_subscriptions_auth_ciphertext_encrypted_check CHECK ((auth_ciphertext ~ '^dmz:[1-9][0-9]*:tenant:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE notification.push_subscriptions ADD CONSTRAINT push_subscriptions_endpoint_https_check CHECK ((endpoint ~ '^https://'::text));
ALTER TABLE notification.push_subscriptions ADD CONSTRAINT push_subscriptions_endpoint_sha256_form_check CHECK ((endpoint_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE notification.push_subscriptions ADD CONSTRAINT push_subscriptions_endpoint_sha256_key UNIQUE (tenant_id, endpoint_sha256);
ALTER TABLE notification.push_subscriptions ADD CONSTRAINT push_subscriptions_failures_not_negative_check CHECK ((failures >= 0));
ALTER TABLE notification.push_subscriptions ADD CONSTRAINT push_subscriptions_p256dh_form_check CHECK ((p256dh ~ '^[A-Za-z0-9_-]{87}$'::text));
ALTER TABLE notification.push_subscriptions ADD CONSTRAINT push_subscriptions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE notification.push_subscriptions ADD CONSTRAINT push_subscriptions_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX push_subscriptions_user_id_idx ON notification.push_subscriptions USING btree (tenant_id, user_id);
ALTER TABLE notification.push_subscriptions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON notification.push_subscriptions AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON notification.push_subscriptions FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE notification.push_subscriptions TO dmz_mover;
GRANT DELETE, SELECT ON TABLE notification.push_subscriptions TO dmz_app;
COMMENT ON TABLE notification.push_subscriptions IS 'Browsers that a person receives web push messages in (RFC 8030).
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN notification.push_subscriptions.auth_ciphertext IS 'Kept for the authentication secret (RFC 8291, section 3.2), encrypted.
@pii credential
@erasure delete_row';
COMMENT ON COLUMN notification.push_subscriptions.endpoint IS 'Kept for address of the push resource (RFC 8030, section 5).
@pii network
@erasure delete_row';
COMMENT ON COLUMN notification.push_subscriptions.endpoint_sha256 IS 'SHA-256 of the endpoint, to recognise a browser that subscribes again.';
COMMENT ON COLUMN notification.push_subscriptions.expires_at IS 'Given by the browser, if at all.';
COMMENT ON COLUMN notification.push_subscriptions.failures IS 'Failures in a row; a 404 or 410 removes the row (RFC 8030, section 7.3).';
COMMENT ON COLUMN notification.push_subscriptions.key_reference IS 'The key that the secret is encrypted with.';
COMMENT ON COLUMN notification.push_subscriptions.last_accepted_at IS 'When the push service last accepted a message for it.';
COMMENT ON COLUMN notification.push_subscriptions.p256dh IS 'Kept for the browser’s P-256 public key, base64url (RFC 8291, section 3.1).
@pii credential
@erasure delete_row';
COMMENT ON COLUMN notification.push_subscriptions.user_agent IS 'Kept for telling a person’s browsers apart in their settings.
@pii network
@erasure delete_row';
COMMENT ON INDEX notification.push_subscriptions_user_id_idx IS 'rows that refer to one target, and the check of foreign key push_subscriptions_user_id_fk';

CREATE TABLE notification.quiet_hours (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  time_zone text NOT NULL,
  starts_minute integer NOT NULL,
  ends_minute integer NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE notification.quiet_hours ADD CONSTRAINT quiet_hours_minutes_of_a_day_check CHECK ((((starts_minute >= 0) AND (starts_minute <= 1439)) AND ((ends_minute >= 0) AND (ends_minute <= 1439))));
ALTER TABLE notification.quiet_hours ADD CONSTRAINT quiet_hours_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE notification.quiet_hours ADD CONSTRAINT quiet_hours_some_time_passes_check CHECK ((starts_minute <> ends_minute));
ALTER TABLE notification.quiet_hours ADD CONSTRAINT quiet_hours_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE notification.quiet_hours ADD CONSTRAINT quiet_hours_user_id_key UNIQUE (tenant_id, user_id);
ALTER TABLE notification.quiet_hours ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON notification.quiet_hours AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON notification.quiet_hours FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE notification.quiet_hours TO dmz_mover;
GRANT SELECT ON TABLE notification.quiet_hours TO dmz_app;
COMMENT ON TABLE notification.quiet_hours IS 'When a person is not to be disturbed; what is not mandatory waits until they are over.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN notification.quiet_hours.ends_minute IS 'Minute of the local day; before the start where they span midnight.';
COMMENT ON COLUMN notification.quiet_hours.starts_minute IS 'Minute of the local day, 0 to 1439.';
COMMENT ON COLUMN notification.quiet_hours.time_zone IS 'IANA time zone, such as Europe/Vienna.';

CREATE TABLE notification.templates (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  key text NOT NULL,
  category text NOT NULL,
  channel text NOT NULL,
  locale_tag text NOT NULL,
  status text NOT NULL DEFAULT 'draft'::text,
  subject text,
  body text NOT NULL,
  variables jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE notification.templates ADD CONSTRAINT templates_category_check CHECK ((category = ANY (ARRAY['security'::text, 'account'::text, 'training'::text, 'game'::text, 'social'::text, 'report'::text])));
ALTER TABLE notification.templates ADD CONSTRAINT templates_channel_check CHECK ((channel = ANY (ARRAY['in_app'::text, 'email'::text, 'web_push'::text, 'sms'::text, 'chat'::text])));
ALTER TABLE notification.templates ADD CONSTRAINT templates_email_has_subject_check CHECK (((channel <> 'email'::text) OR (subject IS NOT NULL)));
ALTER TABLE notification.templates ADD CONSTRAINT templates_locale_tag_fk FOREIGN KEY (locale_tag) REFERENCES public.locales(tag) ON DELETE RESTRICT;
ALTER TABLE notification.templates ADD CONSTRAINT templates_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE notification.templates ADD CONSTRAINT templates_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'active'::text, 'retired'::text])));
CREATE INDEX templates_locale_tag_idx ON notification.templates USING btree (locale_tag);
CREATE UNIQUE INDEX templates_key_channel_locale_tag_key ON notification.templates USING btree (tenant_id, key, channel, locale_tag) WHERE (deleted_at IS NULL);
ALTER TABLE notification.templates ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON notification.templates AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON notification.templates FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE notification.templates TO dmz_mover;
GRANT INSERT, SELECT ON TABLE notification.templates TO dmz_app;
COMMENT ON TABLE notification.templates IS 'Wordings of each kind of message, by channel and language.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN notification.templates.category IS 'Security and account are mandatory: they are sent whatever a person prefers.';
COMMENT ON COLUMN notification.templates.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN notification.templates.key IS 'Kind of message, such as training.assignment.due.';
COMMENT ON COLUMN notification.templates.subject IS 'Subject line or title; null where the channel has none.';
COMMENT ON COLUMN notification.templates.variables IS 'JSON Schema (2020-12) of the values that the wording needs.';
COMMENT ON COLUMN notification.templates.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX notification.templates_locale_tag_idx IS 'rows that refer to one target, and the check of foreign key templates_locale_tag_fk';

CREATE SCHEMA org;
GRANT USAGE ON SCHEMA org TO dmz_app;
GRANT USAGE ON SCHEMA org TO dmz_maintenance;
GRANT USAGE ON SCHEMA org TO dmz_mover;

CREATE TABLE org.departments (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  parent_id uuid,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  code text,
  head_user_id uuid,
  cost_center text
);
ALTER TABLE org.departments ADD CONSTRAINT departments_head_user_id_fk FOREIGN KEY (tenant_id, head_user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE org.departments ADD CONSTRAINT departments_not_its_own_parent_check CHECK ((parent_id <> id));
ALTER TABLE org.departments ADD CONSTRAINT departments_parent_id_fk FOREIGN KEY (tenant_id, parent_id) REFERENCES org.departments(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE org.departments ADD CONSTRAINT departments_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX departments_head_user_id_idx ON org.departments USING btree (tenant_id, head_user_id);
CREATE INDEX departments_parent_id_idx ON org.departments USING btree (tenant_id, parent_id);
CREATE UNIQUE INDEX departments_code_key ON org.departments USING btree (tenant_id, code) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX departments_parent_id_name_key ON org.departments USING btree (tenant_id, parent_id, name) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX departments_top_name_key ON org.departments USING btree (tenant_id, name) WHERE ((parent_id IS NULL) AND (deleted_at IS NULL));
ALTER TABLE org.departments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON org.departments AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_department_cycle BEFORE INSERT OR UPDATE OF parent_id ON org.departments FOR EACH ROW WHEN ((new.parent_id IS NOT NULL)) EXECUTE FUNCTION org.refuse_department_cycle();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON org.departments FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE org.departments TO dmz_mover;
GRANT INSERT, SELECT ON TABLE org.departments TO dmz_app;
COMMENT ON TABLE org.departments IS 'Departments of a tenant, as a tree.
@kind tenant
@retention tenant';
COMMENT ON COLUMN org.departments.code IS 'The tenant’s own short name for it, as its HR system knows it.';
COMMENT ON COLUMN org.departments.cost_center IS 'costCenter of RFC 7643, section 4.3.';
COMMENT ON COLUMN org.departments.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN org.departments.head_user_id IS 'The person who leads it.';
COMMENT ON COLUMN org.departments.parent_id IS 'The department above; null at the top.';
COMMENT ON INDEX org.departments_head_user_id_idx IS 'rows that refer to one target, and the check of foreign key departments_head_user_id_fk';
COMMENT ON INDEX org.departments_parent_id_idx IS 'departments below one, and its deletion';

CREATE TABLE org.locations (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  kind text NOT NULL DEFAULT 'office'::text,
  street_address text,
  postal_code text,
  locality text,
  region text,
  country_code text NOT NULL,
  time_zone text NOT NULL,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE org.locations ADD CONSTRAINT locations_country_code_fk FOREIGN KEY (country_code) REFERENCES public.countries(code) ON DELETE RESTRICT;
ALTER TABLE org.locations ADD CONSTRAINT locations_kind_check CHECK ((kind = ANY (ARRAY['office'::text, 'data_centre'::text, 'plant'::text, 'shop'::text, 'remote'::text])));
ALTER TABLE org.locations ADD CONSTRAINT locations_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE org.locations ADD CONSTRAINT locations_time_zone_form_check CHECK ((time_zone ~ '^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$'::text));
CREATE INDEX locations_country_code_idx ON org.locations USING btree (country_code);
CREATE UNIQUE INDEX locations_name_key ON org.locations USING btree (tenant_id, name) WHERE (deleted_at IS NULL);
ALTER TABLE org.locations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON org.locations AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON org.locations FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE org.locations TO dmz_mover;
GRANT INSERT, SELECT ON TABLE org.locations TO dmz_app;
COMMENT ON TABLE org.locations IS 'Places where a tenant’s people work.
@kind tenant
@retention tenant
@subject nobody';
COMMENT ON COLUMN org.locations.country_code IS 'Its law holds for the people who work there.';
COMMENT ON COLUMN org.locations.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN org.locations.locality IS 'City or town (RFC 7643, section 4.1.2).
Kept for naming where a location is.
@pii contact
@erasure null';
COMMENT ON COLUMN org.locations.postal_code IS 'Kept for naming where a location is.
@pii contact
@erasure null';
COMMENT ON COLUMN org.locations.region IS 'State or province; ISO 3166-2 where there is a code.';
COMMENT ON COLUMN org.locations.street_address IS 'Kept for naming where a location is.
@pii contact
@erasure null';
COMMENT ON COLUMN org.locations.time_zone IS 'IANA time zone, such as Europe/Berlin.';
COMMENT ON INDEX org.locations_country_code_idx IS 'rows that refer to one target, and the check of foreign key locations_country_code_fk';

CREATE TABLE org.memberships (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  team_id uuid NOT NULL,
  "position" text NOT NULL DEFAULT 'member'::text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE org.memberships ADD CONSTRAINT memberships_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE org.memberships ADD CONSTRAINT memberships_position_check CHECK (("position" = ANY (ARRAY['member'::text, 'lead'::text])));
ALTER TABLE org.memberships ADD CONSTRAINT memberships_team_id_fk FOREIGN KEY (tenant_id, team_id) REFERENCES org.teams(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE org.memberships ADD CONSTRAINT memberships_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE org.memberships ADD CONSTRAINT memberships_user_id_team_id_key UNIQUE (tenant_id, user_id, team_id);
CREATE INDEX memberships_team_id_idx ON org.memberships USING btree (tenant_id, team_id);
ALTER TABLE org.memberships ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON org.memberships AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON org.memberships FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE org.memberships TO dmz_mover;
GRANT INSERT, SELECT ON TABLE org.memberships TO dmz_app;
COMMENT ON TABLE org.memberships IS 'Which person belongs to which team, and as what.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON INDEX org.memberships_team_id_idx IS 'rows that refer to one target, and the check of foreign key memberships_team_id_fk';

CREATE OR REPLACE FUNCTION org.refuse_department_cycle()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
BEGIN
  PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('departments:' || NEW.tenant_id::text, 0));
  IF EXISTS (
    WITH RECURSIVE above AS (
      SELECT d.id, d.parent_id FROM org.departments AS d WHERE d.tenant_id = NEW.tenant_id AND d.id = NEW.parent_id
      UNION
      SELECT d.id, d.parent_id FROM above AS a JOIN org.departments AS d ON d.tenant_id = NEW.tenant_id AND d.id = a.parent_id
    )
    SELECT FROM above WHERE id = NEW.id
  ) THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD060', MESSAGE = 'a department cannot be below itself',
      DETAIL = pg_catalog.json_build_object('departmentId', NEW.id, 'parentId', NEW.parent_id)::text,
      HINT = 'Move the departments between them first.';
  END IF;
  RETURN NEW;
END
$function$;
COMMENT ON FUNCTION org.refuse_department_cycle() IS 'Keeps a tenant’s departments a forest; ZD060 is a circle.';

CREATE TABLE org.teams (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  department_id uuid NOT NULL,
  name text NOT NULL,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  description text
);
ALTER TABLE org.teams ADD CONSTRAINT teams_department_id_fk FOREIGN KEY (tenant_id, department_id) REFERENCES org.departments(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE org.teams ADD CONSTRAINT teams_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX teams_department_id_idx ON org.teams USING btree (tenant_id, department_id);
CREATE UNIQUE INDEX teams_department_id_name_key ON org.teams USING btree (tenant_id, department_id, name) WHERE (deleted_at IS NULL);
ALTER TABLE org.teams ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON org.teams AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON org.teams FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE org.teams TO dmz_mover;
GRANT INSERT, SELECT ON TABLE org.teams TO dmz_app;
COMMENT ON TABLE org.teams IS 'Teams of a department.
@kind tenant
@retention tenant';
COMMENT ON COLUMN org.teams.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON INDEX org.teams_department_id_idx IS 'teams of a department, and its deletion';

CREATE TABLE org.tenant_allowed_networks (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  profile_id uuid NOT NULL,
  network cidr NOT NULL,
  note text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE org.tenant_allowed_networks ADD CONSTRAINT tenant_allowed_networks_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE org.tenant_allowed_networks ADD CONSTRAINT tenant_allowed_networks_profile_id_fk FOREIGN KEY (tenant_id, profile_id) REFERENCES org.tenant_security_profiles(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE org.tenant_allowed_networks ADD CONSTRAINT tenant_allowed_networks_profile_id_network_key UNIQUE (tenant_id, profile_id, network);
ALTER TABLE org.tenant_allowed_networks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON org.tenant_allowed_networks AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON org.tenant_allowed_networks FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE org.tenant_allowed_networks TO dmz_mover;
GRANT SELECT ON TABLE org.tenant_allowed_networks TO dmz_app;
COMMENT ON TABLE org.tenant_allowed_networks IS 'Networks that a tenant’s people must sign in from. Without any, they may from anywhere.
@kind tenant
@retention tenant
@subject nobody';
COMMENT ON COLUMN org.tenant_allowed_networks.network IS 'Kept for refusing sign-ins from elsewhere.
@pii network
@erasure delete_row';
COMMENT ON COLUMN org.tenant_allowed_networks.note IS 'What the network is, such as the head office.';

CREATE TABLE org.tenant_branding (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  product_name text,
  logo_object_id uuid,
  dark_logo_object_id uuid,
  icon_object_id uuid,
  primary_color text,
  accent_color text,
  sender_name text,
  support_email text,
  support_url text,
  theme jsonb NOT NULL DEFAULT '{}'::jsonb,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE org.tenant_branding ADD CONSTRAINT tenant_branding_accent_color_form_check CHECK ((accent_color ~ '^#[0-9a-f]{6}$'::text));
ALTER TABLE org.tenant_branding ADD CONSTRAINT tenant_branding_dark_logo_object_id_fk FOREIGN KEY (tenant_id, dark_logo_object_id) REFERENCES files.objects(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE org.tenant_branding ADD CONSTRAINT tenant_branding_icon_object_id_fk FOREIGN KEY (tenant_id, icon_object_id) REFERENCES files.objects(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE org.tenant_branding ADD CONSTRAINT tenant_branding_key UNIQUE (tenant_id);
ALTER TABLE org.tenant_branding ADD CONSTRAINT tenant_branding_logo_object_id_fk FOREIGN KEY (tenant_id, logo_object_id) REFERENCES files.objects(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE org.tenant_branding ADD CONSTRAINT tenant_branding_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE org.tenant_branding ADD CONSTRAINT tenant_branding_primary_color_form_check CHECK ((primary_color ~ '^#[0-9a-f]{6}$'::text));
ALTER TABLE org.tenant_branding ADD CONSTRAINT tenant_branding_support_url_form_check CHECK ((support_url ~ '^https://'::text));
CREATE INDEX tenant_branding_dark_logo_object_id_idx ON org.tenant_branding USING btree (tenant_id, dark_logo_object_id);
CREATE INDEX tenant_branding_icon_object_id_idx ON org.tenant_branding USING btree (tenant_id, icon_object_id);
CREATE INDEX tenant_branding_logo_object_id_idx ON org.tenant_branding USING btree (tenant_id, logo_object_id);
ALTER TABLE org.tenant_branding ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON org.tenant_branding AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON org.tenant_branding FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE org.tenant_branding TO dmz_mover;
GRANT SELECT ON TABLE org.tenant_branding TO dmz_app;
COMMENT ON TABLE org.tenant_branding IS 'How the platform looks and calls itself for a tenant’s people.
@kind tenant
@retention tenant
@evolving
@subject nobody';
COMMENT ON COLUMN org.tenant_branding.accent_color IS 'sRGB as #rrggbb, lower case.';
COMMENT ON COLUMN org.tenant_branding.dark_logo_object_id IS 'On a dark ground.';
COMMENT ON COLUMN org.tenant_branding.logo_object_id IS 'On a light ground.';
COMMENT ON COLUMN org.tenant_branding.primary_color IS 'sRGB as #rrggbb, lower case.';
COMMENT ON COLUMN org.tenant_branding.product_name IS 'What the platform is called there; null for its own name.';
COMMENT ON COLUMN org.tenant_branding.sender_name IS 'Display name of the platform’s own e-mails.
Kept for telling people whom to ask.
@pii contact
@erasure null';
COMMENT ON COLUMN org.tenant_branding.support_email IS 'Kept for telling people whom to ask.
@pii contact
@erasure null';
COMMENT ON COLUMN org.tenant_branding.theme IS 'Design tokens beyond the columns, checked for contrast (WCAG 2.2, 1.4.3) before they are stored.';
COMMENT ON COLUMN org.tenant_branding.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX org.tenant_branding_dark_logo_object_id_idx IS 'rows that refer to one target, and the check of foreign key tenant_branding_dark_logo_object_id_fk';
COMMENT ON INDEX org.tenant_branding_icon_object_id_idx IS 'rows that refer to one target, and the check of foreign key tenant_branding_icon_object_id_fk';
COMMENT ON INDEX org.tenant_branding_logo_object_id_idx IS 'rows that refer to one target, and the check of foreign key tenant_branding_logo_object_id_fk';

CREATE TABLE org.tenant_frameworks (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  framework_code text NOT NULL,
  scope text,
  owner_user_id uuid,
  adopted_on date NOT NULL,
  next_audit_on date,
  ended_on date,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE org.tenant_frameworks ADD CONSTRAINT tenant_frameworks_audit_after_adoption_check CHECK ((next_audit_on >= adopted_on));
ALTER TABLE org.tenant_frameworks ADD CONSTRAINT tenant_frameworks_ends_after_adoption_check CHECK ((ended_on >= adopted_on));
ALTER TABLE org.tenant_frameworks ADD CONSTRAINT tenant_frameworks_framework_code_adopted_on_key UNIQUE (tenant_id, framework_code, adopted_on);
ALTER TABLE org.tenant_frameworks ADD CONSTRAINT tenant_frameworks_framework_code_fk FOREIGN KEY (framework_code) REFERENCES public.regulatory_frameworks(code) ON DELETE RESTRICT;
ALTER TABLE org.tenant_frameworks ADD CONSTRAINT tenant_frameworks_owner_user_id_fk FOREIGN KEY (tenant_id, owner_user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE org.tenant_frameworks ADD CONSTRAINT tenant_frameworks_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX tenant_frameworks_framework_code_idx ON org.tenant_frameworks USING btree (framework_code);
CREATE INDEX tenant_frameworks_owner_user_id_idx ON org.tenant_frameworks USING btree (tenant_id, owner_user_id);
ALTER TABLE org.tenant_frameworks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON org.tenant_frameworks AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON org.tenant_frameworks FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE org.tenant_frameworks TO dmz_mover;
GRANT INSERT, SELECT ON TABLE org.tenant_frameworks TO dmz_app;
COMMENT ON TABLE org.tenant_frameworks IS 'Regulations and standards that a tenant says it is bound by. Retention and reports follow from them.
@kind tenant
@retention tenant';
COMMENT ON COLUMN org.tenant_frameworks.ended_on IS 'Last day that it bound the tenant; evidence of the time before is still kept for its period.';
COMMENT ON COLUMN org.tenant_frameworks.owner_user_id IS 'The person whom auditors speak to.';
COMMENT ON COLUMN org.tenant_frameworks.scope IS 'What of the tenant is bound, such as cardholder data systems; null for all of it.';
COMMENT ON INDEX org.tenant_frameworks_framework_code_idx IS 'rows that refer to one target, and the check of foreign key tenant_frameworks_framework_code_fk';
COMMENT ON INDEX org.tenant_frameworks_owner_user_id_idx IS 'rows that refer to one target, and the check of foreign key tenant_frameworks_owner_user_id_fk';

CREATE TABLE org.tenant_retention_policies (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  data_class text NOT NULL,
  retention_days integer NOT NULL,
  on_expiry text NOT NULL DEFAULT 'delete'::text,
  legal_basis text NOT NULL,
  reason text NOT NULL,
  decided_by_user_id uuid,
  starts_on date NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE org.tenant_retention_policies ADD CONSTRAINT tenant_retention_policies_data_class_check CHECK ((data_class = ANY (ARRAY['evidence'::text, 'audit'::text, 'play'::text, 'analytics'::text, 'operational'::text, 'accounts'::text])));
ALTER TABLE org.tenant_retention_policies ADD CONSTRAINT tenant_retention_policies_data_class_starts_on_key UNIQUE (tenant_id, data_class, starts_on);
ALTER TABLE org.tenant_retention_policies ADD CONSTRAINT tenant_retention_policies_decided_by_user_id_fk FOREIGN KEY (tenant_id, decided_by_user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE org.tenant_retention_policies ADD CONSTRAINT tenant_retention_policies_legal_basis_check CHECK ((legal_basis = ANY (ARRAY['consent'::text, 'contract'::text, 'legal_obligation'::text, 'vital_interests'::text, 'public_task'::text, 'legitimate_interests'::text])));
ALTER TABLE org.tenant_retention_policies ADD CONSTRAINT tenant_retention_policies_on_expiry_check CHECK ((on_expiry = ANY (ARRAY['delete'::text, 'anonymise'::text])));
ALTER TABLE org.tenant_retention_policies ADD CONSTRAINT tenant_retention_policies_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE org.tenant_retention_policies ADD CONSTRAINT tenant_retention_policies_retention_days_positive_check CHECK (((retention_days >= 1) AND (retention_days <= 36525)));
CREATE INDEX tenant_retention_policies_decided_by_user_id_idx ON org.tenant_retention_policies USING btree (tenant_id, decided_by_user_id);
ALTER TABLE org.tenant_retention_policies ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON org.tenant_retention_policies AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON org.tenant_retention_policies FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE org.tenant_retention_policies TO dmz_mover;
GRANT INSERT, SELECT ON TABLE org.tenant_retention_policies TO dmz_app;
COMMENT ON TABLE org.tenant_retention_policies IS 'How long a tenant keeps a class of data beyond what its frameworks ask for, and why it may.
@kind tenant
@retention tenant';
COMMENT ON COLUMN org.tenant_retention_policies.data_class IS 'Training evidence, the audit log, game sessions, analytics, deliveries, or people who left.';
COMMENT ON COLUMN org.tenant_retention_policies.legal_basis IS 'GDPR Art. 6(1)(a) to (f).';
COMMENT ON COLUMN org.tenant_retention_policies.reason IS 'Why this long, as the record of processing says (GDPR Art. 30(1)(f)).';
COMMENT ON COLUMN org.tenant_retention_policies.retention_days IS 'Counted from the record’s making; for accounts from the day the person left.';
COMMENT ON INDEX org.tenant_retention_policies_decided_by_user_id_idx IS 'rows that refer to one target, and the check of foreign key tenant_retention_policies_decided_by_user_id_fk';

CREATE TABLE org.tenant_security_profiles (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  sso_required boolean NOT NULL DEFAULT false,
  mfa_requirement text NOT NULL DEFAULT 'administrators'::text,
  phishing_resistant_only boolean NOT NULL DEFAULT false,
  password_min_length integer NOT NULL DEFAULT 12,
  password_history_count integer NOT NULL DEFAULT 5,
  password_max_age_days integer,
  lockout_attempts integer NOT NULL DEFAULT 10,
  lockout_minutes integer NOT NULL DEFAULT 15,
  session_idle_minutes integer NOT NULL DEFAULT 60,
  session_max_minutes integer NOT NULL DEFAULT 720,
  policy jsonb NOT NULL DEFAULT '{}'::jsonb,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE org.tenant_security_profiles ADD CONSTRAINT tenant_security_profiles_idle_within_session_check CHECK (((session_idle_minutes >= 1) AND (session_idle_minutes <= session_max_minutes)));
ALTER TABLE org.tenant_security_profiles ADD CONSTRAINT tenant_security_profiles_key UNIQUE (tenant_id);
ALTER TABLE org.tenant_security_profiles ADD CONSTRAINT tenant_security_profiles_lockout_attempts_range_check CHECK (((lockout_attempts >= 3) AND (lockout_attempts <= 100)));
ALTER TABLE org.tenant_security_profiles ADD CONSTRAINT tenant_security_profiles_lockout_minutes_positive_check CHECK ((lockout_minutes > 0));
ALTER TABLE org.tenant_security_profiles ADD CONSTRAINT tenant_security_profiles_mfa_requirement_check CHECK ((mfa_requirement = ANY (ARRAY['optional'::text, 'administrators'::text, 'everybody'::text])));
ALTER TABLE org.tenant_security_profiles ADD CONSTRAINT tenant_security_profiles_password_history_count_range_check CHECK (((password_history_count >= 0) AND (password_history_count <= 24)));
ALTER TABLE org.tenant_security_profiles ADD CONSTRAINT tenant_security_profiles_password_max_age_positive_check CHECK ((password_max_age_days > 0));
ALTER TABLE org.tenant_security_profiles ADD CONSTRAINT tenant_security_profiles_password_min_length_range_check CHECK (((password_min_length >= 8) AND (password_min_length <= 64)));
ALTER TABLE org.tenant_security_profiles ADD CONSTRAINT tenant_security_profiles_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE org.tenant_security_profiles ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON org.tenant_security_profiles AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON org.tenant_security_profiles FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE org.tenant_security_profiles TO dmz_mover;
GRANT INSERT, SELECT ON TABLE org.tenant_security_profiles TO dmz_app;
COMMENT ON TABLE org.tenant_security_profiles IS 'How strictly a tenant’s people sign in (NIST SP 800-63B-4), and for how long.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN org.tenant_security_profiles.password_history_count IS 'How many past passwords may not be chosen again.';
COMMENT ON COLUMN org.tenant_security_profiles.password_max_age_days IS 'Null for no expiry, as section 3.1.1.2 demands; some frameworks still ask for one.';
COMMENT ON COLUMN org.tenant_security_profiles.password_min_length IS 'At least 8 with a second factor, 15 where the password is the only one (section 3.1.1.2).';
COMMENT ON COLUMN org.tenant_security_profiles.phishing_resistant_only IS 'Whether only passkeys count as a second factor.';
COMMENT ON COLUMN org.tenant_security_profiles.policy IS 'Rules that have no column of their own.';
COMMENT ON COLUMN org.tenant_security_profiles.session_max_minutes IS 'After which a person signs in again, however busy (section 5.2).';
COMMENT ON COLUMN org.tenant_security_profiles.sso_required IS 'Whether a password is refused to those who have an identity provider.';
COMMENT ON COLUMN org.tenant_security_profiles.version IS 'Version of the payload’s shape.';

CREATE TABLE org.tenant_settings (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  locale_tag text NOT NULL DEFAULT 'en'::text,
  time_zone text NOT NULL DEFAULT 'Etc/UTC'::text,
  currency_code text NOT NULL DEFAULT 'EUR'::text,
  country_code text,
  industry_code text,
  week_starts_on integer NOT NULL DEFAULT 1,
  fiscal_year_start_month integer NOT NULL DEFAULT 1,
  features jsonb NOT NULL DEFAULT '{}'::jsonb,
  options jsonb NOT NULL DEFAULT '{}'::jsonb,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  working_days integer[] NOT NULL DEFAULT '{1,2,3,4,5}'::integer[]
);
ALTER TABLE org.tenant_settings ADD CONSTRAINT tenant_settings_country_code_fk FOREIGN KEY (country_code) REFERENCES public.countries(code) ON DELETE RESTRICT;
ALTER TABLE org.tenant_settings ADD CONSTRAINT tenant_settings_currency_code_fk FOREIGN KEY (currency_code) REFERENCES public.currencies(code) ON DELETE RESTRICT;
ALTER TABLE org.tenant_settings ADD CONSTRAINT tenant_settings_fiscal_year_start_month_range_check CHECK (((fiscal_year_start_month >= 1) AND (fiscal_year_start_month <= 12)));
ALTER TABLE org.tenant_settings ADD CONSTRAINT tenant_settings_industry_code_fk FOREIGN KEY (industry_code) REFERENCES public.industries(code) ON DELETE RESTRICT;
ALTER TABLE org.tenant_settings ADD CONSTRAINT tenant_settings_key UNIQUE (tenant_id);
ALTER TABLE org.tenant_settings ADD CONSTRAINT tenant_settings_locale_tag_fk FOREIGN KEY (locale_tag) REFERENCES public.locales(tag) ON DELETE RESTRICT;
ALTER TABLE org.tenant_settings ADD CONSTRAINT tenant_settings_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE org.tenant_settings ADD CONSTRAINT tenant_settings_time_zone_form_check CHECK ((time_zone ~ '^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$'::text));
ALTER TABLE org.tenant_settings ADD CONSTRAINT tenant_settings_week_starts_on_range_check CHECK (((week_starts_on >= 1) AND (week_starts_on <= 7)));
ALTER TABLE org.tenant_settings ADD CONSTRAINT tenant_settings_working_days_of_a_week_check CHECK ((working_days <@ '{1,2,3,4,5,6,7}'::integer[]));
CREATE INDEX tenant_settings_country_code_idx ON org.tenant_settings USING btree (country_code);
CREATE INDEX tenant_settings_currency_code_idx ON org.tenant_settings USING btree (currency_code);
CREATE INDEX tenant_settings_industry_code_idx ON org.tenant_settings USING btree (industry_code);
CREATE INDEX tenant_settings_locale_tag_idx ON org.tenant_settings USING btree (locale_tag);
ALTER TABLE org.tenant_settings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON org.tenant_settings AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON org.tenant_settings FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE org.tenant_settings TO dmz_mover;
GRANT INSERT, SELECT, UPDATE ON TABLE org.tenant_settings TO dmz_app;
COMMENT ON TABLE org.tenant_settings IS 'What holds for a tenant’s people unless they choose for themselves, and what is switched on for them.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN org.tenant_settings.country_code IS 'Seat of the company.';
COMMENT ON COLUMN org.tenant_settings.features IS 'Switches of features by name; what a plan does not entitle to stays off.';
COMMENT ON COLUMN org.tenant_settings.industry_code IS 'What benchmarks compare it by.';
COMMENT ON COLUMN org.tenant_settings.options IS 'Settings of modules, by the module’s name.';
COMMENT ON COLUMN org.tenant_settings.time_zone IS 'IANA time zone.';
COMMENT ON COLUMN org.tenant_settings.version IS 'Version of the payload’s shape.';
COMMENT ON COLUMN org.tenant_settings.week_starts_on IS 'ISO 8601: 1 Monday to 7 Sunday.';
COMMENT ON COLUMN org.tenant_settings.working_days IS 'Days of the week on which people may be sent training and simulations, 1 Monday to 7 Sunday.';
COMMENT ON INDEX org.tenant_settings_country_code_idx IS 'rows that refer to one target, and the check of foreign key tenant_settings_country_code_fk';
COMMENT ON INDEX org.tenant_settings_currency_code_idx IS 'rows that refer to one target, and the check of foreign key tenant_settings_currency_code_fk';
COMMENT ON INDEX org.tenant_settings_industry_code_idx IS 'rows that refer to one target, and the check of foreign key tenant_settings_industry_code_fk';
COMMENT ON INDEX org.tenant_settings_locale_tag_idx IS 'rows that refer to one target, and the check of foreign key tenant_settings_locale_tag_fk';

CREATE TABLE org.user_assignments (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  department_id uuid,
  location_id uuid,
  manager_user_id uuid,
  job_title text,
  employee_number text,
  employment text NOT NULL DEFAULT 'employee'::text,
  organization text,
  division text,
  cost_center text,
  source text NOT NULL DEFAULT 'manual'::text,
  starts_on date NOT NULL,
  ends_on date,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE org.user_assignments ADD CONSTRAINT user_assignments_days_in_order_check CHECK ((ends_on >= starts_on));
ALTER TABLE org.user_assignments ADD CONSTRAINT user_assignments_department_id_fk FOREIGN KEY (tenant_id, department_id) REFERENCES org.departments(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE org.user_assignments ADD CONSTRAINT user_assignments_employment_check CHECK ((employment = ANY (ARRAY['employee'::text, 'contractor'::text, 'temporary'::text, 'intern'::text])));
ALTER TABLE org.user_assignments ADD CONSTRAINT user_assignments_location_id_fk FOREIGN KEY (tenant_id, location_id) REFERENCES org.locations(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE org.user_assignments ADD CONSTRAINT user_assignments_manager_is_another_check CHECK ((manager_user_id <> user_id));
ALTER TABLE org.user_assignments ADD CONSTRAINT user_assignments_manager_user_id_fk FOREIGN KEY (tenant_id, manager_user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE org.user_assignments ADD CONSTRAINT user_assignments_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE org.user_assignments ADD CONSTRAINT user_assignments_source_check CHECK ((source = ANY (ARRAY['manual'::text, 'scim'::text, 'hris'::text, 'import'::text])));
ALTER TABLE org.user_assignments ADD CONSTRAINT user_assignments_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE org.user_assignments ADD CONSTRAINT user_assignments_user_id_starts_on_key UNIQUE (tenant_id, user_id, starts_on);
CREATE INDEX user_assignments_department_id_idx ON org.user_assignments USING btree (tenant_id, department_id);
CREATE INDEX user_assignments_employee_number_idx ON org.user_assignments USING btree (tenant_id, employee_number);
CREATE INDEX user_assignments_location_id_idx ON org.user_assignments USING btree (tenant_id, location_id);
CREATE INDEX user_assignments_manager_user_id_idx ON org.user_assignments USING btree (tenant_id, manager_user_id);
CREATE UNIQUE INDEX user_assignments_current_key ON org.user_assignments USING btree (tenant_id, user_id) WHERE (ends_on IS NULL);
CREATE UNIQUE INDEX user_assignments_current_number_key ON org.user_assignments USING btree (tenant_id, employee_number) WHERE (ends_on IS NULL);
ALTER TABLE org.user_assignments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON org.user_assignments AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON org.user_assignments FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE org.user_assignments TO dmz_app;
GRANT DELETE, INSERT, SELECT ON TABLE org.user_assignments TO dmz_mover;
COMMENT ON TABLE org.user_assignments IS 'Where a person works, as what and under whom, over time (RFC 7643, section 4.3). Who had to complete what is answered from it.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN org.user_assignments.cost_center IS 'Null for the department’s own.';
COMMENT ON COLUMN org.user_assignments.employee_number IS 'Kept for matching the HR system’s records.
@pii identity
@erasure delete_row';
COMMENT ON COLUMN org.user_assignments.ends_on IS 'Last day; null while it goes on.';
COMMENT ON COLUMN org.user_assignments.job_title IS 'Kept for choosing training that fits the work.
@pii identity
@erasure delete_row';
COMMENT ON COLUMN org.user_assignments.manager_user_id IS 'Whom escalations and reports about the person go to.';
COMMENT ON COLUMN org.user_assignments.organization IS 'Legal entity that employs the person.';
COMMENT ON COLUMN org.user_assignments.source IS 'Who keeps it: what a directory keeps is not edited by hand.';
COMMENT ON INDEX org.user_assignments_current_key IS 'a person’s present assignment, one at a time';
COMMENT ON INDEX org.user_assignments_current_number_key IS 'the person who has an employee number now';
COMMENT ON INDEX org.user_assignments_department_id_idx IS 'rows that refer to one target, and the check of foreign key user_assignments_department_id_fk';
COMMENT ON INDEX org.user_assignments_employee_number_idx IS 'the person of an employee number';
COMMENT ON INDEX org.user_assignments_location_id_idx IS 'rows that refer to one target, and the check of foreign key user_assignments_location_id_fk';
COMMENT ON INDEX org.user_assignments_manager_user_id_idx IS 'rows that refer to one target, and the check of foreign key user_assignments_manager_user_id_fk';

CREATE SCHEMA phishing;
GRANT USAGE ON SCHEMA phishing TO dmz_app;
GRANT USAGE ON SCHEMA phishing TO dmz_maintenance;
GRANT USAGE ON SCHEMA phishing TO dmz_mover;

CREATE TABLE phishing.campaign_templates (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  campaign_id uuid NOT NULL,
  template_id uuid NOT NULL,
  weight integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE phishing.campaign_templates ADD CONSTRAINT campaign_templates_campaign_id_fk FOREIGN KEY (tenant_id, campaign_id) REFERENCES phishing.campaigns(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE phishing.campaign_templates ADD CONSTRAINT campaign_templates_campaign_id_template_id_key UNIQUE (tenant_id, campaign_id, template_id);
ALTER TABLE phishing.campaign_templates ADD CONSTRAINT campaign_templates_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE phishing.campaign_templates ADD CONSTRAINT campaign_templates_template_id_fk FOREIGN KEY (tenant_id, template_id) REFERENCES phishing.templates(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE phishing.campaign_templates ADD CONSTRAINT campaign_templates_weight_positive_check CHECK ((weight > 0));
CREATE INDEX campaign_templates_template_id_idx ON phishing.campaign_templates USING btree (tenant_id, template_id);
ALTER TABLE phishing.campaign_templates ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON phishing.campaign_templates AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON phishing.campaign_templates FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE phishing.campaign_templates TO dmz_mover;
GRANT INSERT, SELECT ON TABLE phishing.campaign_templates TO dmz_app;
COMMENT ON TABLE phishing.campaign_templates IS 'The templates that a campaign draws from, and how often each.
@kind tenant
@retention tenant';
COMMENT ON COLUMN phishing.campaign_templates.weight IS 'Share among the campaign’s templates.';
COMMENT ON INDEX phishing.campaign_templates_template_id_idx IS 'rows that refer to one target, and the check of foreign key campaign_templates_template_id_fk';

CREATE TABLE phishing.campaigns (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  purpose text NOT NULL,
  status text NOT NULL DEFAULT 'draft'::text,
  starts_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone NOT NULL,
  schedule jsonb NOT NULL,
  messages_per_hour integer,
  audience jsonb NOT NULL,
  program_id uuid,
  created_by_id uuid NOT NULL,
  approved_by_id uuid,
  approved_at timestamp with time zone,
  version integer NOT NULL DEFAULT 1,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE phishing.campaigns ADD CONSTRAINT campaigns_approval_complete_check CHECK ((num_nulls(approved_by_id, approved_at) = ANY (ARRAY[0, 2])));
ALTER TABLE phishing.campaigns ADD CONSTRAINT campaigns_approved_by_another_check CHECK ((approved_by_id <> created_by_id));
ALTER TABLE phishing.campaigns ADD CONSTRAINT campaigns_approved_by_id_fk FOREIGN KEY (tenant_id, approved_by_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE phishing.campaigns ADD CONSTRAINT campaigns_created_by_id_fk FOREIGN KEY (tenant_id, created_by_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE phishing.campaigns ADD CONSTRAINT campaigns_ends_after_start_check CHECK ((ends_at > starts_at));
ALTER TABLE phishing.campaigns ADD CONSTRAINT campaigns_messages_per_hour_positive_check CHECK ((messages_per_hour > 0));
ALTER TABLE phishing.campaigns ADD CONSTRAINT campaigns_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE phishing.campaigns ADD CONSTRAINT campaigns_purpose_check CHECK ((purpose = ANY (ARRAY['baseline'::text, 'training'::text, 'measurement'::text, 'remediation'::text])));
ALTER TABLE phishing.campaigns ADD CONSTRAINT campaigns_runs_when_approved_check CHECK (((status = ANY (ARRAY['draft'::text, 'cancelled'::text])) OR (approved_at IS NOT NULL)));
ALTER TABLE phishing.campaigns ADD CONSTRAINT campaigns_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'approved'::text, 'running'::text, 'paused'::text, 'completed'::text, 'cancelled'::text])));
CREATE INDEX campaigns_approved_by_id_idx ON phishing.campaigns USING btree (tenant_id, approved_by_id);
CREATE INDEX campaigns_created_by_id_idx ON phishing.campaigns USING btree (tenant_id, created_by_id);
CREATE INDEX campaigns_status_starts_at_idx ON phishing.campaigns USING btree (tenant_id, status, starts_at);
CREATE UNIQUE INDEX campaigns_name_key ON phishing.campaigns USING btree (tenant_id, name) WHERE (deleted_at IS NULL);
ALTER TABLE phishing.campaigns ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON phishing.campaigns AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON phishing.campaigns FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE phishing.campaigns TO dmz_mover;
GRANT INSERT, SELECT ON TABLE phishing.campaigns TO dmz_app;
COMMENT ON TABLE phishing.campaigns IS 'Series of simulated phishing messages: when they go out, to whom, and who allowed it.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN phishing.campaigns.approved_by_id IS 'Somebody other than the maker.';
COMMENT ON COLUMN phishing.campaigns.audience IS 'Rule that selected the targets; the targets themselves are rows.';
COMMENT ON COLUMN phishing.campaigns.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN phishing.campaigns.ends_at IS 'Interactions count until then.';
COMMENT ON COLUMN phishing.campaigns.messages_per_hour IS 'Null for as many as the mail server takes.';
COMMENT ON COLUMN phishing.campaigns.program_id IS 'Id in training.programs: what those who fall for it must take.';
COMMENT ON COLUMN phishing.campaigns.schedule IS 'Hours, weekdays and time zone in which messages go out.';
COMMENT ON COLUMN phishing.campaigns.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX phishing.campaigns_approved_by_id_idx IS 'rows that refer to one target, and the check of foreign key campaigns_approved_by_id_fk';
COMMENT ON INDEX phishing.campaigns_created_by_id_idx IS 'rows that refer to one target, and the check of foreign key campaigns_created_by_id_fk';
COMMENT ON INDEX phishing.campaigns_status_starts_at_idx IS 'campaigns to be started or ended';

CREATE TABLE phishing.interactions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  send_id uuid NOT NULL,
  kind text NOT NULL,
  report_channel text,
  teachable_moment_id uuid,
  automated boolean NOT NULL,
  ip_address text,
  user_agent text,
  occurred_at timestamp with time zone NOT NULL,
  status text NOT NULL DEFAULT 'valid'::text,
  supersedes_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  status_reason text
);
ALTER TABLE phishing.interactions ADD CONSTRAINT interactions_ip_address_encrypted_check CHECK ((ip_address ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE phishing.interactions ADD CONSTRAINT interactions_kind_check CHECK ((kind = ANY (ARRAY['opened'::text, 'clicked'::text, 'data_entered'::text, 'attachment_opened'::text, 'consent_granted'::text, 'replied'::text, 'called_back'::text, 'reported'::text, 'moment_viewed'::text, 'moment_completed'::text])));
ALTER TABLE phishing.interactions ADD CONSTRAINT interactions_moment_is_named_check CHECK (((kind = ANY (ARRAY['moment_viewed'::text, 'moment_completed'::text])) = (teachable_moment_id IS NOT NULL)));
ALTER TABLE phishing.interactions ADD CONSTRAINT interactions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE phishing.interactions ADD CONSTRAINT interactions_report_channel_check CHECK ((report_channel = ANY (ARRAY['mail_button'::text, 'forwarded'::text, 'service_desk'::text, 'chat'::text])));
ALTER TABLE phishing.interactions ADD CONSTRAINT interactions_report_has_channel_check CHECK (((kind = 'reported'::text) = (report_channel IS NOT NULL)));
ALTER TABLE phishing.interactions ADD CONSTRAINT interactions_send_id_fk FOREIGN KEY (tenant_id, send_id) REFERENCES phishing.sends(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE phishing.interactions ADD CONSTRAINT interactions_status_check CHECK ((status = ANY (ARRAY['valid'::text, 'superseded'::text, 'invalidated'::text])));
ALTER TABLE phishing.interactions ADD CONSTRAINT interactions_status_reason_check CHECK ((status_reason = ANY (ARRAY['correction'::text, 'duplicate'::text, 'wrong_person'::text, 'misconduct'::text, 'automation'::text, 'withdrawal'::text, 'revocation'::text, 'appeal'::text, 'renewal'::text])));
ALTER TABLE phishing.interactions ADD CONSTRAINT interactions_supersedes_id_fk FOREIGN KEY (tenant_id, supersedes_id) REFERENCES phishing.interactions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE phishing.interactions ADD CONSTRAINT interactions_supersedes_id_key UNIQUE (tenant_id, supersedes_id);
ALTER TABLE phishing.interactions ADD CONSTRAINT interactions_teachable_moment_id_fk FOREIGN KEY (tenant_id, teachable_moment_id) REFERENCES phishing.teachable_moments(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE phishing.interactions ADD CONSTRAINT interactions_user_agent_encrypted_check CHECK ((user_agent ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
CREATE INDEX interactions_kind_occurred_at_idx ON phishing.interactions USING btree (tenant_id, kind, occurred_at);
CREATE INDEX interactions_send_id_occurred_at_idx ON phishing.interactions USING btree (tenant_id, send_id, occurred_at);
CREATE INDEX interactions_teachable_moment_id_idx ON phishing.interactions USING btree (tenant_id, teachable_moment_id);
ALTER TABLE phishing.interactions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON phishing.interactions AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON phishing.interactions FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE phishing.interactions TO dmz_app;
GRANT INSERT, SELECT ON TABLE phishing.interactions TO dmz_mover;
COMMENT ON TABLE phishing.interactions IS 'What people did with a simulated message. One that a mail scanner caused is invalidated by a later record.
@kind append_only
@retention evidence
@subject send_id of phishing.sends';
COMMENT ON COLUMN phishing.interactions.automated IS 'Whether it looks like a mail scanner’s work.';
COMMENT ON COLUMN phishing.interactions.ip_address IS 'Kept for telling people from mail scanners.
@pii network
@erasure shred';
COMMENT ON COLUMN phishing.interactions.report_channel IS 'How it was reported; null for every other kind.';
COMMENT ON COLUMN phishing.interactions.status_reason IS 'Why it supersedes or invalidates another record.';
COMMENT ON COLUMN phishing.interactions.supersedes_id IS 'The record that this one supersedes or invalidates.';
COMMENT ON COLUMN phishing.interactions.teachable_moment_id IS 'The explanation that was shown.';
COMMENT ON COLUMN phishing.interactions.user_agent IS 'Kept for telling people from mail scanners.
@pii network
@erasure shred';
COMMENT ON INDEX phishing.interactions_kind_occurred_at_idx IS 'interactions of a kind in a period, for reports';
COMMENT ON INDEX phishing.interactions_send_id_occurred_at_idx IS 'what became of one message, in order';
COMMENT ON INDEX phishing.interactions_teachable_moment_id_idx IS 'rows that refer to one target, and the check of foreign key interactions_teachable_moment_id_fk';

CREATE TABLE phishing.landing_pages (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  locale_tag text NOT NULL DEFAULT 'en'::text,
  kind text NOT NULL,
  slug text NOT NULL,
  markup text NOT NULL,
  teachable_moment_id uuid,
  redirect_url text,
  version integer NOT NULL DEFAULT 1,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE phishing.landing_pages ADD CONSTRAINT landing_pages_explains_or_redirects_check CHECK ((num_nonnulls(teachable_moment_id, redirect_url) >= 1));
ALTER TABLE phishing.landing_pages ADD CONSTRAINT landing_pages_kind_check CHECK ((kind = ANY (ARRAY['notice'::text, 'credential_form'::text, 'consent_screen'::text, 'download'::text, 'qr_handoff'::text])));
ALTER TABLE phishing.landing_pages ADD CONSTRAINT landing_pages_locale_tag_fk FOREIGN KEY (locale_tag) REFERENCES public.locales(tag) ON DELETE RESTRICT;
ALTER TABLE phishing.landing_pages ADD CONSTRAINT landing_pages_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE phishing.landing_pages ADD CONSTRAINT landing_pages_redirect_url_form_check CHECK ((redirect_url ~ '^https://'::text));
ALTER TABLE phishing.landing_pages ADD CONSTRAINT landing_pages_slug_form_check CHECK ((slug ~ '^[a-z0-9][a-z0-9/-]{0,126}$'::text));
ALTER TABLE phishing.landing_pages ADD CONSTRAINT landing_pages_teachable_moment_id_fk FOREIGN KEY (tenant_id, teachable_moment_id) REFERENCES phishing.teachable_moments(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX landing_pages_locale_tag_idx ON phishing.landing_pages USING btree (locale_tag);
CREATE INDEX landing_pages_teachable_moment_id_idx ON phishing.landing_pages USING btree (tenant_id, teachable_moment_id);
CREATE UNIQUE INDEX landing_pages_name_locale_tag_key ON phishing.landing_pages USING btree (tenant_id, name, locale_tag) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX landing_pages_slug_key ON phishing.landing_pages USING btree (tenant_id, slug) WHERE (deleted_at IS NULL);
ALTER TABLE phishing.landing_pages ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON phishing.landing_pages AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON phishing.landing_pages FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE phishing.landing_pages TO dmz_mover;
GRANT INSERT, SELECT ON TABLE phishing.landing_pages TO dmz_app;
COMMENT ON TABLE phishing.landing_pages IS 'The pages that simulated messages lead to. What people type into them is discarded in the browser.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN phishing.landing_pages.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN phishing.landing_pages.locale_tag IS 'Language that it is written in (BCP 47).';
COMMENT ON COLUMN phishing.landing_pages.markup IS 'HTML without scripts; the platform adds what it records.';
COMMENT ON COLUMN phishing.landing_pages.redirect_url IS 'Where the person is sent when nothing is explained.';
COMMENT ON COLUMN phishing.landing_pages.slug IS 'Path of the page on the simulation’s host.';
COMMENT ON COLUMN phishing.landing_pages.teachable_moment_id IS 'What is explained after the mistake.';
COMMENT ON COLUMN phishing.landing_pages.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX phishing.landing_pages_locale_tag_idx IS 'rows that refer to one target, and the check of foreign key landing_pages_locale_tag_fk';
COMMENT ON INDEX phishing.landing_pages_teachable_moment_id_idx IS 'rows that refer to one target, and the check of foreign key landing_pages_teachable_moment_id_fk';

CREATE TABLE phishing.sends (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  target_id uuid NOT NULL,
  template_id uuid NOT NULL,
  landing_page_id uuid,
  recipient_address text,
  tracking_sha256 text NOT NULL,
  message_id text,
  status text NOT NULL DEFAULT 'scheduled'::text,
  attempts integer NOT NULL DEFAULT 0,
  reply_code text,
  scheduled_at timestamp with time zone NOT NULL,
  sent_at timestamp with time zone,
  delivered_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE phishing.sends ADD CONSTRAINT sends_attempts_not_negative_check CHECK ((attempts >= 0));
ALTER TABLE phishing.sends ADD CONSTRAINT sends_delivered_after_sent_check CHECK ((delivered_at >= sent_at));
ALTER TABLE phishing.sends ADD CONSTRAINT sends_landing_page_id_fk FOREIGN KEY (tenant_id, landing_page_id) REFERENCES phishing.landing_pages(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE phishing.sends ADD CONSTRAINT sends_message_id_key UNIQUE (tenant_id, message_id);
ALTER TABLE phishing.sends ADD CONSTRAINT sends_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE phishing.sends ADD CONSTRAINT sends_reply_code_form_check CHECK ((reply_code ~ '^[245][.][0-9]{1,3}[.][0-9]{1,3}$'::text));
ALTER TABLE phishing.sends ADD CONSTRAINT sends_sent_has_time_check CHECK (((status = ANY (ARRAY['scheduled'::text, 'failed'::text, 'cancelled'::text])) OR (sent_at IS NOT NULL)));
ALTER TABLE phishing.sends ADD CONSTRAINT sends_status_check CHECK ((status = ANY (ARRAY['scheduled'::text, 'sent'::text, 'delivered'::text, 'bounced'::text, 'failed'::text, 'cancelled'::text])));
ALTER TABLE phishing.sends ADD CONSTRAINT sends_target_id_fk FOREIGN KEY (tenant_id, target_id) REFERENCES phishing.targets(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE phishing.sends ADD CONSTRAINT sends_template_id_fk FOREIGN KEY (tenant_id, template_id) REFERENCES phishing.templates(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE phishing.sends ADD CONSTRAINT sends_tracking_sha256_form_check CHECK ((tracking_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE phishing.sends ADD CONSTRAINT sends_tracking_sha256_key UNIQUE (tenant_id, tracking_sha256);
CREATE INDEX sends_landing_page_id_idx ON phishing.sends USING btree (tenant_id, landing_page_id);
CREATE INDEX sends_status_scheduled_at_idx ON phishing.sends USING btree (tenant_id, status, scheduled_at);
CREATE INDEX sends_target_id_idx ON phishing.sends USING btree (tenant_id, target_id);
CREATE INDEX sends_template_id_idx ON phishing.sends USING btree (tenant_id, template_id);
ALTER TABLE phishing.sends ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON phishing.sends AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON phishing.sends FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE phishing.sends TO dmz_mover;
GRANT INSERT, SELECT ON TABLE phishing.sends TO dmz_app;
GRANT UPDATE ON COLUMN phishing.sends.recipient_address TO dmz_app;
COMMENT ON TABLE phishing.sends IS 'Each simulated message to one person, from being scheduled to its delivery.
@kind tenant
@retention evidence
@subject target_id of phishing.targets';
COMMENT ON COLUMN phishing.sends.message_id IS 'Message-ID (RFC 5322, section 3.6.4), for matching reports.';
COMMENT ON COLUMN phishing.sends.recipient_address IS 'Kept for delivering the simulated message.
@pii contact
@erasure null';
COMMENT ON COLUMN phishing.sends.reply_code IS 'Enhanced status code of the mail server (RFC 3463).';
COMMENT ON COLUMN phishing.sends.tracking_sha256 IS 'Hash of the token in the message’s links, by which an interaction finds its message.';
COMMENT ON INDEX phishing.sends_landing_page_id_idx IS 'rows that refer to one target, and the check of foreign key sends_landing_page_id_fk';
COMMENT ON INDEX phishing.sends_status_scheduled_at_idx IS 'messages that are due, soonest first';
COMMENT ON INDEX phishing.sends_target_id_idx IS 'rows that refer to one target, and the check of foreign key sends_target_id_fk';
COMMENT ON INDEX phishing.sends_template_id_idx IS 'rows that refer to one target, and the check of foreign key sends_template_id_fk';

CREATE TABLE phishing.targets (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  campaign_id uuid NOT NULL,
  user_id uuid NOT NULL,
  department_id uuid,
  cohort text NOT NULL DEFAULT 'exposed'::text,
  excluded_for text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE phishing.targets ADD CONSTRAINT targets_campaign_id_fk FOREIGN KEY (tenant_id, campaign_id) REFERENCES phishing.campaigns(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE phishing.targets ADD CONSTRAINT targets_campaign_id_user_id_key UNIQUE (tenant_id, campaign_id, user_id);
ALTER TABLE phishing.targets ADD CONSTRAINT targets_cohort_check CHECK ((cohort = ANY (ARRAY['exposed'::text, 'control'::text])));
ALTER TABLE phishing.targets ADD CONSTRAINT targets_department_id_fk FOREIGN KEY (tenant_id, department_id) REFERENCES org.departments(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE phishing.targets ADD CONSTRAINT targets_excluded_for_check CHECK ((excluded_for = ANY (ARRAY['absent'::text, 'opted_out'::text, 'left'::text, 'protected'::text, 'undeliverable'::text])));
ALTER TABLE phishing.targets ADD CONSTRAINT targets_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE phishing.targets ADD CONSTRAINT targets_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX targets_department_id_idx ON phishing.targets USING btree (tenant_id, department_id);
CREATE INDEX targets_user_id_idx ON phishing.targets USING btree (tenant_id, user_id);
ALTER TABLE phishing.targets ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON phishing.targets AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON phishing.targets FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE phishing.targets TO dmz_mover;
GRANT INSERT, SELECT ON TABLE phishing.targets TO dmz_app;
COMMENT ON TABLE phishing.targets IS 'The people that a campaign reaches, with the department that each belonged to at the time.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN phishing.targets.department_id IS 'As it was at the start, for fair comparison later.';
COMMENT ON COLUMN phishing.targets.excluded_for IS 'Why nothing is sent after all; null for everyone else.';
COMMENT ON INDEX phishing.targets_department_id_idx IS 'rows that refer to one target, and the check of foreign key targets_department_id_fk';
COMMENT ON INDEX phishing.targets_user_id_idx IS 'rows that refer to one target, and the check of foreign key targets_user_id_fk';

CREATE TABLE phishing.teachable_moments (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  locale_tag text NOT NULL DEFAULT 'en'::text,
  title text NOT NULL,
  body text NOT NULL,
  points_out_cues boolean NOT NULL DEFAULT true,
  module_id uuid,
  version integer NOT NULL DEFAULT 1,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE phishing.teachable_moments ADD CONSTRAINT teachable_moments_locale_tag_fk FOREIGN KEY (locale_tag) REFERENCES public.locales(tag) ON DELETE RESTRICT;
ALTER TABLE phishing.teachable_moments ADD CONSTRAINT teachable_moments_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX teachable_moments_locale_tag_idx ON phishing.teachable_moments USING btree (locale_tag);
CREATE UNIQUE INDEX teachable_moments_name_locale_tag_key ON phishing.teachable_moments USING btree (tenant_id, name, locale_tag) WHERE (deleted_at IS NULL);
ALTER TABLE phishing.teachable_moments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON phishing.teachable_moments AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON phishing.teachable_moments FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE phishing.teachable_moments TO dmz_mover;
GRANT INSERT, SELECT ON TABLE phishing.teachable_moments TO dmz_app;
COMMENT ON TABLE phishing.teachable_moments IS 'The short explanation that a person sees right after falling for a simulation.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN phishing.teachable_moments.body IS 'Markdown (CommonMark).';
COMMENT ON COLUMN phishing.teachable_moments.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN phishing.teachable_moments.locale_tag IS 'Language that it is written in (BCP 47).';
COMMENT ON COLUMN phishing.teachable_moments.module_id IS 'Id in training.modules: the lesson offered next.';
COMMENT ON COLUMN phishing.teachable_moments.points_out_cues IS 'Whether the cues of the very message are shown in place.';
COMMENT ON COLUMN phishing.teachable_moments.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX phishing.teachable_moments_locale_tag_idx IS 'rows that refer to one target, and the check of foreign key teachable_moments_locale_tag_fk';

CREATE TABLE phishing.template_cues (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  template_id uuid NOT NULL,
  category text NOT NULL,
  cue text NOT NULL,
  occurrences integer NOT NULL DEFAULT 1,
  excerpt text,
  explanation text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE phishing.template_cues ADD CONSTRAINT template_cues_category_check CHECK ((category = ANY (ARRAY['error'::text, 'technical_indicator'::text, 'visual_presentation'::text, 'language_and_content'::text, 'common_tactic'::text])));
ALTER TABLE phishing.template_cues ADD CONSTRAINT template_cues_cue_form_check CHECK ((cue ~ '^[a-z][a-z_]*$'::text));
ALTER TABLE phishing.template_cues ADD CONSTRAINT template_cues_occurrences_positive_check CHECK ((occurrences > 0));
ALTER TABLE phishing.template_cues ADD CONSTRAINT template_cues_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE phishing.template_cues ADD CONSTRAINT template_cues_template_id_cue_key UNIQUE (tenant_id, template_id, cue);
ALTER TABLE phishing.template_cues ADD CONSTRAINT template_cues_template_id_fk FOREIGN KEY (tenant_id, template_id) REFERENCES phishing.templates(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE phishing.template_cues ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON phishing.template_cues AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON phishing.template_cues FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE phishing.template_cues TO dmz_mover;
GRANT SELECT ON TABLE phishing.template_cues TO dmz_app;
COMMENT ON TABLE phishing.template_cues IS 'The cues in a message by which it can be recognised, of the kinds that the NIST Phish Scale counts (TN 2276).
@kind tenant
@retention tenant';
COMMENT ON COLUMN phishing.template_cues.cue IS 'Cue within its category, such as domain_spoofing.';
COMMENT ON COLUMN phishing.template_cues.excerpt IS 'The place in the message, which the teachable moment points out.';
COMMENT ON COLUMN phishing.template_cues.explanation IS 'What the person is told about it.';

CREATE TABLE phishing.templates (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  channel text NOT NULL,
  locale_tag text NOT NULL DEFAULT 'en'::text,
  lure text NOT NULL,
  technique_id text NOT NULL,
  from_name text NOT NULL,
  from_address text NOT NULL,
  reply_to_address text,
  subject text,
  body jsonb NOT NULL,
  landing_page_id uuid,
  state text NOT NULL DEFAULT 'draft'::text,
  cue_count integer,
  mimics_workplace integer,
  workplace_relevance integer,
  situational_fit integer,
  consequence_concern integer,
  prior_training integer,
  premise_alignment text,
  detection_difficulty text,
  version integer NOT NULL DEFAULT 1,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE phishing.templates ADD CONSTRAINT templates_alignment_follows_check CHECK ((premise_alignment =
CASE
    WHEN (((((mimics_workplace + workplace_relevance) + situational_fit) + consequence_concern) - prior_training) >= 18) THEN 'strong'::text
    WHEN (((((mimics_workplace + workplace_relevance) + situational_fit) + consequence_concern) - prior_training) >= 11) THEN 'medium'::text
    ELSE 'weak'::text
END));
ALTER TABLE phishing.templates ADD CONSTRAINT templates_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text, 'voice'::text, 'chat'::text, 'qr_code'::text])));
ALTER TABLE phishing.templates ADD CONSTRAINT templates_consequence_concern_range_check CHECK ((consequence_concern = ANY (ARRAY[0, 2, 4, 6, 8])));
ALTER TABLE phishing.templates ADD CONSTRAINT templates_cue_count_positive_check CHECK ((cue_count > 0));
ALTER TABLE phishing.templates ADD CONSTRAINT templates_detection_difficulty_check CHECK ((detection_difficulty = ANY (ARRAY['least'::text, 'moderate_to_least'::text, 'moderate'::text, 'very'::text])));
ALTER TABLE phishing.templates ADD CONSTRAINT templates_difficulty_follows_check CHECK ((detection_difficulty =
CASE
    WHEN (cue_count <= 8) THEN
    CASE premise_alignment
        WHEN 'weak'::text THEN 'moderate'::text
        ELSE 'very'::text
    END
    WHEN (cue_count <= 14) THEN
    CASE premise_alignment
        WHEN 'strong'::text THEN 'very'::text
        WHEN 'medium'::text THEN 'moderate'::text
        ELSE 'moderate_to_least'::text
    END
    ELSE
    CASE premise_alignment
        WHEN 'weak'::text THEN 'least'::text
        ELSE 'moderate'::text
    END
END));
ALTER TABLE phishing.templates ADD CONSTRAINT templates_email_has_subject_check CHECK (((channel <> 'email'::text) OR (subject IS NOT NULL)));
ALTER TABLE phishing.templates ADD CONSTRAINT templates_landing_page_id_fk FOREIGN KEY (tenant_id, landing_page_id) REFERENCES phishing.landing_pages(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE phishing.templates ADD CONSTRAINT templates_links_lead_somewhere_check CHECK (((lure <> ALL (ARRAY['link'::text, 'data_entry'::text, 'oauth_consent'::text])) OR (landing_page_id IS NOT NULL)));
ALTER TABLE phishing.templates ADD CONSTRAINT templates_locale_tag_fk FOREIGN KEY (locale_tag) REFERENCES public.locales(tag) ON DELETE RESTRICT;
ALTER TABLE phishing.templates ADD CONSTRAINT templates_lure_check CHECK ((lure = ANY (ARRAY['link'::text, 'attachment'::text, 'data_entry'::text, 'reply'::text, 'callback'::text, 'oauth_consent'::text])));
ALTER TABLE phishing.templates ADD CONSTRAINT templates_mimics_workplace_range_check CHECK ((mimics_workplace = ANY (ARRAY[0, 2, 4, 6, 8])));
ALTER TABLE phishing.templates ADD CONSTRAINT templates_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE phishing.templates ADD CONSTRAINT templates_premise_alignment_check CHECK ((premise_alignment = ANY (ARRAY['weak'::text, 'medium'::text, 'strong'::text])));
ALTER TABLE phishing.templates ADD CONSTRAINT templates_prior_training_range_check CHECK ((prior_training = ANY (ARRAY[0, 2, 4, 6, 8])));
ALTER TABLE phishing.templates ADD CONSTRAINT templates_rated_as_a_whole_check CHECK ((num_nulls(cue_count, mimics_workplace, workplace_relevance, situational_fit, consequence_concern, prior_training, premise_alignment, detection_difficulty) = ANY (ARRAY[0, 8])));
ALTER TABLE phishing.templates ADD CONSTRAINT templates_situational_fit_range_check CHECK ((situational_fit = ANY (ARRAY[0, 2, 4, 6, 8])));
ALTER TABLE phishing.templates ADD CONSTRAINT templates_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'approved'::text, 'retired'::text])));
ALTER TABLE phishing.templates ADD CONSTRAINT templates_technique_form_check CHECK ((technique_id ~ '^T[0-9]{4}([.][0-9]{3})?$'::text));
ALTER TABLE phishing.templates ADD CONSTRAINT templates_workplace_relevance_range_check CHECK ((workplace_relevance = ANY (ARRAY[0, 2, 4, 6, 8])));
CREATE INDEX templates_landing_page_id_idx ON phishing.templates USING btree (tenant_id, landing_page_id);
CREATE INDEX templates_locale_tag_idx ON phishing.templates USING btree (locale_tag);
CREATE INDEX templates_state_detection_difficulty_idx ON phishing.templates USING btree (tenant_id, state, detection_difficulty);
CREATE UNIQUE INDEX templates_name_locale_tag_key ON phishing.templates USING btree (tenant_id, name, locale_tag) WHERE (deleted_at IS NULL);
ALTER TABLE phishing.templates ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON phishing.templates AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON phishing.templates FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE phishing.templates TO dmz_mover;
GRANT INSERT, SELECT ON TABLE phishing.templates TO dmz_app;
COMMENT ON TABLE phishing.templates IS 'Simulated phishing messages, each rated by how hard it is to detect (NIST Phish Scale).
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN phishing.templates.body IS 'Parts of the message by MIME type, with placeholders for the recipient.';
COMMENT ON COLUMN phishing.templates.consequence_concern IS 'NIST Phish Scale premise element, 0 to 8 in steps of 2: how far it makes people fear what follows from not clicking.';
COMMENT ON COLUMN phishing.templates.cue_count IS 'Occurrences of cues: few up to 8, some up to 14, many from 15 on. Null while the template is not rated.';
COMMENT ON COLUMN phishing.templates.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN phishing.templates.detection_difficulty IS 'How hard it is for people to detect, from cues and alignment (NIST TN 2276).';
COMMENT ON COLUMN phishing.templates.from_address IS 'Fictional sender’s address or number.';
COMMENT ON COLUMN phishing.templates.from_name IS 'Fictional sender.';
COMMENT ON COLUMN phishing.templates.locale_tag IS 'Language that it is written in (BCP 47).';
COMMENT ON COLUMN phishing.templates.mimics_workplace IS 'NIST Phish Scale premise element, 0 to 8 in steps of 2: how far it mimics a workplace process or practice.';
COMMENT ON COLUMN phishing.templates.premise_alignment IS 'By the sum of the elements: weak up to 10, medium up to 17, strong from 18 on (NIST TN 2276).';
COMMENT ON COLUMN phishing.templates.prior_training IS 'NIST Phish Scale premise element, 0 to 8 in steps of 2: how far people were trained on it or warned; it is subtracted.';
COMMENT ON COLUMN phishing.templates.reply_to_address IS 'Fictional address for replies.';
COMMENT ON COLUMN phishing.templates.situational_fit IS 'NIST Phish Scale premise element, 0 to 8 in steps of 2: how far it aligns with other situations or events, also outside work.';
COMMENT ON COLUMN phishing.templates.subject IS 'Null where the channel has none.';
COMMENT ON COLUMN phishing.templates.technique_id IS 'Id in threat.attack_vectors: the MITRE ATT&CK technique, such as T1566.002.';
COMMENT ON COLUMN phishing.templates.version IS 'Version of the payload’s shape.';
COMMENT ON COLUMN phishing.templates.workplace_relevance IS 'NIST Phish Scale premise element, 0 to 8 in steps of 2: how far it is relevant to the workplace.';
COMMENT ON INDEX phishing.templates_landing_page_id_idx IS 'rows that refer to one target, and the check of foreign key templates_landing_page_id_fk';
COMMENT ON INDEX phishing.templates_locale_tag_idx IS 'rows that refer to one target, and the check of foreign key templates_locale_tag_fk';
COMMENT ON INDEX phishing.templates_state_detection_difficulty_idx IS 'approved templates of a difficulty';

CREATE SCHEMA public;
COMMENT ON SCHEMA public IS 'standard public schema';
GRANT USAGE ON SCHEMA public TO dmz_app;
GRANT USAGE ON SCHEMA public TO dmz_mover;
GRANT USAGE ON SCHEMA public TO dmz_tenant;

CREATE TABLE public.context_keys (
  id uuid NOT NULL,
  salt text NOT NULL,
  inner_pad text NOT NULL,
  outer_pad text NOT NULL,
  retired_at timestamp with time zone,
  spread_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.context_keys ADD CONSTRAINT context_keys_pads_in_hex_check CHECK (((inner_pad ~ '^[0-9a-f]{128}$'::text) AND (outer_pad ~ '^[0-9a-f]{128}$'::text)));
ALTER TABLE public.context_keys ADD CONSTRAINT context_keys_pkey PRIMARY KEY (id);
ALTER TABLE public.context_keys ADD CONSTRAINT context_keys_salt_in_hex_check CHECK ((salt ~ '^[0-9a-f]{64}$'::text));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.context_keys FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
COMMENT ON TABLE public.context_keys IS 'Keys that programs sign their entries into tenants with; the newest that is not retired signs.
@kind control
@retention platform';
COMMENT ON COLUMN public.context_keys.id IS 'The same at every instance that one rotation has reached.';
COMMENT ON COLUMN public.context_keys.inner_pad IS 'The key, as HMAC’s inner hash begins with it (RFC 2104); in hex.';
COMMENT ON COLUMN public.context_keys.outer_pad IS 'The same for its outer hash.';
COMMENT ON COLUMN public.context_keys.retired_at IS 'From when on entries that it signed are refused; null while it signs.';
COMMENT ON COLUMN public.context_keys.salt IS 'What the key is derived with, from the password of the application’s role; in hex.';
COMMENT ON COLUMN public.context_keys.spread_at IS 'At the control database: when every instance had it; null while a rotation is under way.';

CREATE TABLE public.countries (
  code text NOT NULL,
  alpha3 text NOT NULL,
  name text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  numeric_code text NOT NULL,
  currency_code text,
  transfer_basis text NOT NULL DEFAULT 'safeguards_required'::text
);
ALTER TABLE public.countries ADD CONSTRAINT countries_alpha3_form_check CHECK ((alpha3 ~ '^[A-Z]{3}$'::text));
ALTER TABLE public.countries ADD CONSTRAINT countries_alpha3_key UNIQUE (alpha3);
ALTER TABLE public.countries ADD CONSTRAINT countries_code_form_check CHECK ((code ~ '^[A-Z]{2}$'::text));
ALTER TABLE public.countries ADD CONSTRAINT countries_currency_code_fk FOREIGN KEY (currency_code) REFERENCES public.currencies(code) ON DELETE RESTRICT;
ALTER TABLE public.countries ADD CONSTRAINT countries_numeric_code_form_check CHECK ((numeric_code ~ '^[0-9]{3}$'::text));
ALTER TABLE public.countries ADD CONSTRAINT countries_numeric_code_key UNIQUE (numeric_code);
ALTER TABLE public.countries ADD CONSTRAINT countries_pkey PRIMARY KEY (code);
ALTER TABLE public.countries ADD CONSTRAINT countries_transfer_basis_check CHECK ((transfer_basis = ANY (ARRAY['eea'::text, 'adequacy_decision'::text, 'safeguards_required'::text])));
CREATE INDEX countries_currency_code_idx ON public.countries USING btree (currency_code);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.countries FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT SELECT ON TABLE public.countries TO dmz_app;
GRANT SELECT ON TABLE public.countries TO dmz_mover;
GRANT SELECT ON TABLE public.countries TO dmz_tenant;
COMMENT ON TABLE public.countries IS 'Countries by ISO 3166-1.
@kind reference
@retention platform';
COMMENT ON COLUMN public.countries.alpha3 IS 'ISO 3166-1 alpha-3.';
COMMENT ON COLUMN public.countries.code IS 'ISO 3166-1 alpha-2.';
COMMENT ON COLUMN public.countries.currency_code IS 'The currency that prices are shown in there.';
COMMENT ON COLUMN public.countries.name IS 'English short name.';
COMMENT ON COLUMN public.countries.numeric_code IS 'ISO 3166-1 numeric, with leading zeros.';
COMMENT ON COLUMN public.countries.transfer_basis IS 'On what ground personal data may go there from the EEA (GDPR Art. 45 and 46).';
COMMENT ON INDEX public.countries_currency_code_idx IS 'rows that refer to one target, and the check of foreign key countries_currency_code_fk';

CREATE TABLE public.currencies (
  code text NOT NULL,
  numeric_code text NOT NULL,
  name text NOT NULL,
  minor_units integer,
  withdrawn_on date,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.currencies ADD CONSTRAINT currencies_code_form_check CHECK ((code ~ '^[A-Z]{3}$'::text));
ALTER TABLE public.currencies ADD CONSTRAINT currencies_minor_units_range_check CHECK (((minor_units >= 0) AND (minor_units <= 4)));
ALTER TABLE public.currencies ADD CONSTRAINT currencies_numeric_code_form_check CHECK ((numeric_code ~ '^[0-9]{3}$'::text));
ALTER TABLE public.currencies ADD CONSTRAINT currencies_pkey PRIMARY KEY (code);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.currencies FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT SELECT ON TABLE public.currencies TO dmz_app;
GRANT SELECT ON TABLE public.currencies TO dmz_mover;
GRANT SELECT ON TABLE public.currencies TO dmz_tenant;
COMMENT ON TABLE public.currencies IS 'Currencies by ISO 4217. An amount of money is a whole number of minor units of one of them.
@kind reference
@retention platform';
COMMENT ON COLUMN public.currencies.code IS 'ISO 4217 alphabetic code.';
COMMENT ON COLUMN public.currencies.minor_units IS 'Decimal places of an amount; null where ISO 4217 says N.A., as of gold.';
COMMENT ON COLUMN public.currencies.numeric_code IS 'ISO 4217 numeric code, with leading zeros.';
COMMENT ON COLUMN public.currencies.withdrawn_on IS 'Last day of its use; null while it circulates.';

CREATE TABLE public.data_regions (
  code text NOT NULL,
  name text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  jurisdiction text
);
ALTER TABLE public.data_regions ADD CONSTRAINT data_regions_pkey PRIMARY KEY (code);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.data_regions FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT SELECT ON TABLE public.data_regions TO dmz_app;
GRANT SELECT ON TABLE public.data_regions TO dmz_mover;
GRANT SELECT ON TABLE public.data_regions TO dmz_tenant;
COMMENT ON TABLE public.data_regions IS 'Regions that data can be bound to.
@kind reference
@retention platform';
COMMENT ON COLUMN public.data_regions.jurisdiction IS 'Law that data kept there is under, such as EEA; a transfer is a move out of it (GDPR Art. 44).';

CREATE TABLE public.destruction_certificates (
  tenant_id uuid NOT NULL,
  document jsonb NOT NULL,
  signature text NOT NULL,
  signing_key_id text NOT NULL,
  destroyed_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.destruction_certificates ADD CONSTRAINT destruction_certificates_fk FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE RESTRICT;
ALTER TABLE public.destruction_certificates ADD CONSTRAINT destruction_certificates_pkey PRIMARY KEY (tenant_id);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.destruction_certificates FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
COMMENT ON TABLE public.destruction_certificates IS 'Signed proof that everything of a tenant was deleted, when, and that no duty to keep it was left.
@kind control
@retention platform';
COMMENT ON COLUMN public.destruction_certificates.document IS 'What was deleted, in rows by table, and every duty that had ended by then.';
COMMENT ON COLUMN public.destruction_certificates.signature IS 'Ed25519 (RFC 8032) over the document’s canonical JSON (RFC 8785), base64url.';
COMMENT ON COLUMN public.destruction_certificates.signing_key_id IS 'RFC 7638 thumbprint of the public key.';

CREATE TABLE public.framework_clauses (
  code text NOT NULL,
  framework_code text NOT NULL,
  clause text NOT NULL,
  summary text NOT NULL,
  evidence text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.framework_clauses ADD CONSTRAINT framework_clauses_evidence_check CHECK ((evidence = ANY (ARRAY['training'::text, 'simulation'::text, 'policy'::text, 'access_control'::text, 'incident_response'::text, 'audit_log'::text, 'retention'::text])));
ALTER TABLE public.framework_clauses ADD CONSTRAINT framework_clauses_framework_code_clause_key UNIQUE (framework_code, clause);
ALTER TABLE public.framework_clauses ADD CONSTRAINT framework_clauses_framework_code_fk FOREIGN KEY (framework_code) REFERENCES public.regulatory_frameworks(code) ON DELETE RESTRICT;
ALTER TABLE public.framework_clauses ADD CONSTRAINT framework_clauses_pkey PRIMARY KEY (code);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.framework_clauses FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT SELECT ON TABLE public.framework_clauses TO dmz_app;
GRANT SELECT ON TABLE public.framework_clauses TO dmz_mover;
GRANT SELECT ON TABLE public.framework_clauses TO dmz_tenant;
COMMENT ON TABLE public.framework_clauses IS 'Clauses of a framework that training, simulations or their records give evidence for.
@kind reference
@retention platform';
COMMENT ON COLUMN public.framework_clauses.clause IS 'Number as the framework prints it.';
COMMENT ON COLUMN public.framework_clauses.code IS 'Framework and clause, such as pci-dss:12.6.3.';
COMMENT ON COLUMN public.framework_clauses.evidence IS 'What the platform shows for it.';
COMMENT ON COLUMN public.framework_clauses.summary IS 'What it asks for, in our words.';

CREATE TABLE public.industries (
  code text NOT NULL,
  name text NOT NULL,
  revision integer NOT NULL DEFAULT 5,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.industries ADD CONSTRAINT industries_code_form_check CHECK ((code ~ '^[A-Z]$'::text));
ALTER TABLE public.industries ADD CONSTRAINT industries_pkey PRIMARY KEY (code);
ALTER TABLE public.industries ADD CONSTRAINT industries_revision_positive_check CHECK ((revision > 0));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.industries FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT SELECT ON TABLE public.industries TO dmz_app;
GRANT SELECT ON TABLE public.industries TO dmz_mover;
GRANT SELECT ON TABLE public.industries TO dmz_tenant;
COMMENT ON TABLE public.industries IS 'Sections of the United Nations’ classification of economic activities (ISIC): what benchmarks compare tenants by.
@kind reference
@retention platform';
COMMENT ON COLUMN public.industries.code IS 'ISIC section, one letter.';
COMMENT ON COLUMN public.industries.revision IS 'Revision of ISIC that the section is of.';

CREATE TABLE public.instances (
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  region text NOT NULL,
  status text NOT NULL DEFAULT 'active'::text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.instances ADD CONSTRAINT instances_name_key UNIQUE (name);
ALTER TABLE public.instances ADD CONSTRAINT instances_pkey PRIMARY KEY (id);
ALTER TABLE public.instances ADD CONSTRAINT instances_region_fk FOREIGN KEY (region) REFERENCES public.data_regions(code) ON DELETE RESTRICT;
ALTER TABLE public.instances ADD CONSTRAINT instances_status_check CHECK ((status = ANY (ARRAY['active'::text, 'draining'::text, 'retired'::text])));
ALTER TABLE public.instances ADD CONSTRAINT refuse_foreign_region TRIGGER DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX instances_region_idx ON public.instances USING btree (region);
CREATE CONSTRAINT TRIGGER refuse_foreign_region AFTER UPDATE OF region ON public.instances DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dmz.refuse_foreign_region();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.instances FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
COMMENT ON TABLE public.instances IS 'The PostgreSQL instances that tenants are placed on. Addresses and credentials are configuration, not rows.
@kind control
@retention platform';
COMMENT ON INDEX public.instances_region_idx IS 'rows that refer to one target, and the check of foreign key instances_region_fk';

CREATE TABLE public.languages (
  code text NOT NULL,
  alpha3 text NOT NULL,
  name text NOT NULL,
  native_name text,
  direction text NOT NULL DEFAULT 'ltr'::text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.languages ADD CONSTRAINT languages_alpha3_form_check CHECK ((alpha3 ~ '^[a-z]{3}$'::text));
ALTER TABLE public.languages ADD CONSTRAINT languages_alpha3_key UNIQUE (alpha3);
ALTER TABLE public.languages ADD CONSTRAINT languages_code_form_check CHECK ((code ~ '^[a-z]{2,3}$'::text));
ALTER TABLE public.languages ADD CONSTRAINT languages_direction_check CHECK ((direction = ANY (ARRAY['ltr'::text, 'rtl'::text])));
ALTER TABLE public.languages ADD CONSTRAINT languages_pkey PRIMARY KEY (code);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.languages FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT SELECT ON TABLE public.languages TO dmz_app;
GRANT SELECT ON TABLE public.languages TO dmz_tenant;
COMMENT ON TABLE public.languages IS 'Languages by ISO 639.
@kind reference
@retention platform';
COMMENT ON COLUMN public.languages.alpha3 IS 'ISO 639-3; for the languages of ISO 639-2 its T code.';
COMMENT ON COLUMN public.languages.code IS 'Primary language subtag: the shortest ISO 639 code (RFC 5646, section 2.2.1).';
COMMENT ON COLUMN public.languages.direction IS 'The way it is written: left to right, or right to left.';
COMMENT ON COLUMN public.languages.name IS 'English name.';
COMMENT ON COLUMN public.languages.native_name IS 'The language’s name in itself.';

CREATE TABLE public.locales (
  tag text NOT NULL,
  name text NOT NULL,
  direction text NOT NULL DEFAULT 'ltr'::text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  native_name text,
  language_code text NOT NULL,
  script_code text,
  country_code text,
  fallback_tag text
);
ALTER TABLE public.locales ADD CONSTRAINT locales_country_code_fk FOREIGN KEY (country_code) REFERENCES public.countries(code) ON DELETE RESTRICT;
ALTER TABLE public.locales ADD CONSTRAINT locales_direction_check CHECK ((direction = ANY (ARRAY['ltr'::text, 'rtl'::text])));
ALTER TABLE public.locales ADD CONSTRAINT locales_fallback_tag_fk FOREIGN KEY (fallback_tag) REFERENCES public.locales(tag) ON DELETE RESTRICT;
ALTER TABLE public.locales ADD CONSTRAINT locales_language_code_fk FOREIGN KEY (language_code) REFERENCES public.languages(code) ON DELETE RESTRICT;
ALTER TABLE public.locales ADD CONSTRAINT locales_not_its_own_fallback_check CHECK ((fallback_tag <> tag));
ALTER TABLE public.locales ADD CONSTRAINT locales_pkey PRIMARY KEY (tag);
ALTER TABLE public.locales ADD CONSTRAINT locales_script_code_form_check CHECK ((script_code ~ '^[A-Z][a-z]{3}$'::text));
ALTER TABLE public.locales ADD CONSTRAINT locales_tag_form_check CHECK ((tag ~ '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$'::text));
CREATE INDEX locales_country_code_idx ON public.locales USING btree (country_code);
CREATE INDEX locales_fallback_tag_idx ON public.locales USING btree (fallback_tag);
CREATE INDEX locales_language_code_idx ON public.locales USING btree (language_code);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.locales FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT SELECT ON TABLE public.locales TO dmz_app;
GRANT SELECT ON TABLE public.locales TO dmz_mover;
GRANT SELECT ON TABLE public.locales TO dmz_tenant;
COMMENT ON TABLE public.locales IS 'Languages and regional forms that content can be shown in (BCP 47, RFC 5646).
@kind reference
@retention platform';
COMMENT ON COLUMN public.locales.country_code IS 'Region subtag; null for the language as such.';
COMMENT ON COLUMN public.locales.direction IS 'The way it is written: left to right, or right to left.';
COMMENT ON COLUMN public.locales.fallback_tag IS 'Locale that is shown where a text has none in this one (RFC 4647, section 3.4); null at the end of the chain.';
COMMENT ON COLUMN public.locales.native_name IS 'Its name in its own language, for the list people choose from.';
COMMENT ON COLUMN public.locales.script_code IS 'ISO 15924; null where the language’s usual script goes without saying (RFC 5646, section 3.1.9).';
COMMENT ON COLUMN public.locales.tag IS 'BCP 47 language tag, such as en-GB.';
COMMENT ON INDEX public.locales_country_code_idx IS 'rows that refer to one target, and the check of foreign key locales_country_code_fk';
COMMENT ON INDEX public.locales_fallback_tag_idx IS 'rows that refer to one target, and the check of foreign key locales_fallback_tag_fk';
COMMENT ON INDEX public.locales_language_code_idx IS 'rows that refer to one target, and the check of foreign key locales_language_code_fk';

CREATE TABLE public.move_ends (
  move_id uuid NOT NULL,
  side text NOT NULL,
  tenant_id uuid NOT NULL,
  tenant_slug text NOT NULL,
  attempt integer NOT NULL,
  lsn text,
  changes_applied bigint NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.move_ends ADD CONSTRAINT move_ends_lsn_form_check CHECK ((lsn ~ '^[0-9A-F]{1,8}/[0-9A-F]{1,8}$'::text));
ALTER TABLE public.move_ends ADD CONSTRAINT move_ends_pkey PRIMARY KEY (move_id, side);
ALTER TABLE public.move_ends ADD CONSTRAINT move_ends_side_check CHECK ((side = ANY (ARRAY['source'::text, 'target'::text])));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.move_ends FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
COMMENT ON TABLE public.move_ends IS 'The moves that are under way at this instance, and how far each is here. While there is any, no migration runs.
@kind control
@retention platform';
COMMENT ON COLUMN public.move_ends.attempt IS 'Of the program that may work here; an earlier one may not.';
COMMENT ON COLUMN public.move_ends.lsn IS 'Position in the log of the source; all of the tenant’s that was committed before is here.';
COMMENT ON COLUMN public.move_ends.move_id IS 'A move of the control database.';
COMMENT ON COLUMN public.move_ends.tenant_slug IS 'For people who meet the row here.';

CREATE TABLE public.move_steps (
  move_id uuid NOT NULL,
  number integer NOT NULL,
  step text NOT NULL,
  attempt integer NOT NULL,
  lsn text,
  details jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.move_steps ADD CONSTRAINT move_steps_lsn_form_check CHECK ((lsn ~ '^[0-9A-F]{1,8}/[0-9A-F]{1,8}$'::text));
ALTER TABLE public.move_steps ADD CONSTRAINT move_steps_move_id_fk FOREIGN KEY (move_id) REFERENCES public.moves(id) ON DELETE RESTRICT;
ALTER TABLE public.move_steps ADD CONSTRAINT move_steps_pkey PRIMARY KEY (move_id, number);
ALTER TABLE public.move_steps ADD CONSTRAINT move_steps_step_check CHECK ((step = ANY (ARRAY['planned'::text, 'claimed'::text, 'prepared'::text, 'copying'::text, 'copied'::text, 'verified'::text, 'departed'::text, 'arrived'::text, 'flipped'::text, 'completed'::text, 'purged'::text, 'rolling_back'::text, 'rolled_back'::text])));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.move_steps FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
COMMENT ON TABLE public.move_steps IS 'What each move has reached, when, and at which position of the log.
@kind control
@retention platform';
COMMENT ON COLUMN public.move_steps.details IS 'Numbers that belong to it.';
COMMENT ON COLUMN public.move_steps.lsn IS 'Position in the log of the instance that the step was about; null where it is about none.';
COMMENT ON COLUMN public.move_steps.number IS 'From 1, in the order in which they were reached.';

CREATE TABLE public.moves (
  id uuid NOT NULL DEFAULT uuidv7(),
  tenant_id uuid NOT NULL,
  from_tier text NOT NULL,
  from_instance_id uuid NOT NULL,
  from_schema text,
  from_epoch bigint NOT NULL,
  to_tier text NOT NULL,
  to_instance_id uuid NOT NULL,
  to_schema text,
  step text NOT NULL DEFAULT 'planned'::text,
  wish text NOT NULL DEFAULT 'go'::text,
  attempt integer NOT NULL DEFAULT 0,
  approval text,
  max_pause_ms integer NOT NULL,
  keep_source_seconds integer NOT NULL,
  max_wal_bytes bigint NOT NULL,
  rows_copied bigint NOT NULL DEFAULT 0,
  changes_applied bigint NOT NULL DEFAULT 0,
  rows_verified bigint NOT NULL DEFAULT 0,
  pause_ms integer,
  longest_wait_ms integer,
  error_code text,
  error_found text,
  kept_until timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.moves ADD CONSTRAINT moves_attempt_not_negative_check CHECK ((attempt >= 0));
ALTER TABLE public.moves ADD CONSTRAINT moves_fk FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE RESTRICT;
ALTER TABLE public.moves ADD CONSTRAINT moves_from_instance_id_fk FOREIGN KEY (from_instance_id) REFERENCES public.instances(id) ON DELETE RESTRICT;
ALTER TABLE public.moves ADD CONSTRAINT moves_from_tier_check CHECK ((from_tier = ANY (ARRAY['shared'::text, 'schema'::text, 'instance'::text])));
ALTER TABLE public.moves ADD CONSTRAINT moves_pkey PRIMARY KEY (id);
ALTER TABLE public.moves ADD CONSTRAINT moves_step_check CHECK ((step = ANY (ARRAY['planned'::text, 'claimed'::text, 'prepared'::text, 'copying'::text, 'copied'::text, 'verified'::text, 'departed'::text, 'arrived'::text, 'flipped'::text, 'completed'::text, 'purged'::text, 'rolling_back'::text, 'rolled_back'::text])));
ALTER TABLE public.moves ADD CONSTRAINT moves_to_instance_id_fk FOREIGN KEY (to_instance_id) REFERENCES public.instances(id) ON DELETE RESTRICT;
ALTER TABLE public.moves ADD CONSTRAINT moves_to_tier_check CHECK ((to_tier = ANY (ARRAY['shared'::text, 'schema'::text, 'instance'::text])));
ALTER TABLE public.moves ADD CONSTRAINT moves_wish_check CHECK ((wish = ANY (ARRAY['go'::text, 'pause'::text, 'stop'::text])));
CREATE INDEX moves_created_at_idx ON public.moves USING btree (tenant_id, created_at DESC);
CREATE INDEX moves_from_instance_id_idx ON public.moves USING btree (from_instance_id);
CREATE INDEX moves_to_instance_id_idx ON public.moves USING btree (to_instance_id);
CREATE UNIQUE INDEX moves_under_way_key ON public.moves USING btree (tenant_id) WHERE (step <> ALL (ARRAY['completed'::text, 'purged'::text, 'rolled_back'::text]));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.moves FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
COMMENT ON TABLE public.moves IS 'Moves of tenants between placements; at most one of a tenant is under way.
@kind control
@retention platform';
COMMENT ON COLUMN public.moves.approval IS 'Reference of the approval of a move to another region.';
COMMENT ON COLUMN public.moves.attempt IS 'Grows with every program that takes the move up; what an earlier one still does is refused.';
COMMENT ON COLUMN public.moves.error_code IS 'Why the last program stopped; null while all is well.';
COMMENT ON COLUMN public.moves.error_found IS 'What it found, without personal data.';
COMMENT ON COLUMN public.moves.from_epoch IS 'Epoch of the placement that is left; the new one has the next.';
COMMENT ON COLUMN public.moves.keep_source_seconds IS 'How long the rows that are left behind are kept.';
COMMENT ON COLUMN public.moves.kept_until IS 'When the rows that were left behind may be purged.';
COMMENT ON COLUMN public.moves.longest_wait_ms IS 'The longest that a transaction waited at the fence.';
COMMENT ON COLUMN public.moves.max_pause_ms IS 'How long the tenant may be fenced before the fence is lifted and tried again.';
COMMENT ON COLUMN public.moves.max_wal_bytes IS 'The move stops itself when its slot holds back more log than this.';
COMMENT ON COLUMN public.moves.pause_ms IS 'How long the tenant was fenced when it was switched.';
COMMENT ON COLUMN public.moves.step IS 'The last one reached.';
COMMENT ON COLUMN public.moves.wish IS 'What the program that works on the move is asked to do.';
COMMENT ON INDEX public.moves_created_at_idx IS 'moves of a tenant, newest first';
COMMENT ON INDEX public.moves_from_instance_id_idx IS 'rows that refer to one target, and the check of foreign key moves_from_instance_id_fk';
COMMENT ON INDEX public.moves_to_instance_id_idx IS 'rows that refer to one target, and the check of foreign key moves_to_instance_id_fk';
COMMENT ON INDEX public.moves_under_way_key IS 'that no tenant moves twice at once';

CREATE TABLE public.placements (
  tenant_id uuid NOT NULL,
  instance_id uuid NOT NULL,
  schema_name text,
  epoch bigint NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.placements ADD CONSTRAINT placements_fk FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE RESTRICT;
ALTER TABLE public.placements ADD CONSTRAINT placements_instance_id_fk FOREIGN KEY (instance_id) REFERENCES public.instances(id) ON DELETE RESTRICT;
ALTER TABLE public.placements ADD CONSTRAINT placements_pkey PRIMARY KEY (tenant_id);
ALTER TABLE public.placements ADD CONSTRAINT refuse_foreign_region TRIGGER DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX placements_instance_id_idx ON public.placements USING btree (instance_id);
CREATE CONSTRAINT TRIGGER refuse_foreign_region AFTER INSERT OR UPDATE ON public.placements DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dmz.refuse_foreign_region();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.placements FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
COMMENT ON TABLE public.placements IS 'Where each tenant’s rows live. The epoch grows with every move, so that a stale router is recognised.
@kind control
@retention platform';
COMMENT ON COLUMN public.placements.schema_name IS 'The tenant’s own schema; null where it lives in the module schemas.';
COMMENT ON INDEX public.placements_instance_id_idx IS 'rows that refer to one target, and the check of foreign key placements_instance_id_fk';

CREATE TABLE public.purges (
  tenant_id uuid NOT NULL,
  reason text NOT NULL,
  table_name text NOT NULL,
  rows_purged bigint NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.purges ADD CONSTRAINT purges_pkey PRIMARY KEY (tenant_id, reason, table_name);
ALTER TABLE public.purges ADD CONSTRAINT purges_reason_given_check CHECK ((reason ~ '\S'::text));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.purges FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
COMMENT ON TABLE public.purges IS 'What left this instance through the door for append-only rows, and why.
@kind control
@retention platform';
COMMENT ON COLUMN public.purges.table_name IS 'As schema.table.';

CREATE TABLE public.regulatory_frameworks (
  code text NOT NULL,
  name text NOT NULL,
  retention_years integer,
  source text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  kind text NOT NULL DEFAULT 'law'::text,
  issuer text NOT NULL,
  edition text,
  country_code text,
  retention_from text NOT NULL DEFAULT 'creation'::text,
  months_at_hand integer,
  source_url text,
  effective_on date,
  training_interval_months integer,
  training_source text,
  retention_basis text
);
ALTER TABLE public.regulatory_frameworks ADD CONSTRAINT regulatory_frameworks_at_hand_within_retention_check CHECK (((months_at_hand >= 1) AND (months_at_hand <= (retention_years * 12))));
ALTER TABLE public.regulatory_frameworks ADD CONSTRAINT regulatory_frameworks_basis_of_a_period_check CHECK (((retention_basis IS NULL) OR (retention_years IS NOT NULL)));
ALTER TABLE public.regulatory_frameworks ADD CONSTRAINT regulatory_frameworks_country_code_fk FOREIGN KEY (country_code) REFERENCES public.countries(code) ON DELETE RESTRICT;
ALTER TABLE public.regulatory_frameworks ADD CONSTRAINT regulatory_frameworks_kind_check CHECK ((kind = ANY (ARRAY['law'::text, 'standard'::text, 'attestation'::text])));
ALTER TABLE public.regulatory_frameworks ADD CONSTRAINT regulatory_frameworks_pkey PRIMARY KEY (code);
ALTER TABLE public.regulatory_frameworks ADD CONSTRAINT regulatory_frameworks_retention_basis_check CHECK ((retention_basis = ANY (ARRAY['rule'::text, 'practice'::text])));
ALTER TABLE public.regulatory_frameworks ADD CONSTRAINT regulatory_frameworks_retention_from_check CHECK ((retention_from = ANY (ARRAY['creation'::text, 'last_effective'::text, 'end_of_year'::text])));
ALTER TABLE public.regulatory_frameworks ADD CONSTRAINT regulatory_frameworks_retention_positive_check CHECK ((retention_years > 0));
ALTER TABLE public.regulatory_frameworks ADD CONSTRAINT regulatory_frameworks_source_url_form_check CHECK ((source_url ~ '^https://'::text));
ALTER TABLE public.regulatory_frameworks ADD CONSTRAINT regulatory_frameworks_training_interval_positive_check CHECK ((training_interval_months > 0));
CREATE INDEX regulatory_frameworks_country_code_idx ON public.regulatory_frameworks USING btree (country_code);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.regulatory_frameworks FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT SELECT ON TABLE public.regulatory_frameworks TO dmz_app;
GRANT SELECT ON TABLE public.regulatory_frameworks TO dmz_mover;
GRANT SELECT ON TABLE public.regulatory_frameworks TO dmz_tenant;
COMMENT ON TABLE public.regulatory_frameworks IS 'Regulations and standards that a tenant can be bound by, and how long each one has evidence kept.
@kind reference
@retention platform';
COMMENT ON COLUMN public.regulatory_frameworks.country_code IS 'The country it is the law of; null where it is of several or of none.';
COMMENT ON COLUMN public.regulatory_frameworks.edition IS 'Edition that these figures are of, such as v4.0.1.';
COMMENT ON COLUMN public.regulatory_frameworks.effective_on IS 'First day that it applies.';
COMMENT ON COLUMN public.regulatory_frameworks.issuer IS 'Who made it, such as PCI Security Standards Council.';
COMMENT ON COLUMN public.regulatory_frameworks.kind IS 'Binding by law, by certification or contract, or an auditor’s report on chosen criteria.';
COMMENT ON COLUMN public.regulatory_frameworks.months_at_hand IS 'Months of the period that must be readable at once, without an archive; null where the rule asks for none.';
COMMENT ON COLUMN public.regulatory_frameworks.retention_basis IS 'Whether the rule itself names the years, or its field keeps to them; null where there are none.';
COMMENT ON COLUMN public.regulatory_frameworks.retention_from IS 'What the years count from: the record’s making, its last day in force or last follow-up, or the end of the fiscal year it is of.';
COMMENT ON COLUMN public.regulatory_frameworks.retention_years IS 'Years that evidence is kept; null where neither the rule nor its field has a period.';
COMMENT ON COLUMN public.regulatory_frameworks.source IS 'Section that the period is taken from, or that names none.';
COMMENT ON COLUMN public.regulatory_frameworks.source_url IS 'Where the text can be read.';
COMMENT ON COLUMN public.regulatory_frameworks.training_interval_months IS 'How often people must be trained; null where the rule names no interval.';
COMMENT ON COLUMN public.regulatory_frameworks.training_source IS 'Section that asks for training.';
COMMENT ON INDEX public.regulatory_frameworks_country_code_idx IS 'rows that refer to one target, and the check of foreign key regulatory_frameworks_country_code_fk';

CREATE TABLE public.residents (
  tenant_id uuid NOT NULL,
  epoch bigint NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'serving'::text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  schema_name text,
  interrupted_at timestamp with time zone
);
ALTER TABLE public.residents ADD CONSTRAINT residents_pkey PRIMARY KEY (tenant_id);
ALTER TABLE public.residents ADD CONSTRAINT residents_state_check CHECK ((state = ANY (ARRAY['serving'::text, 'suspended'::text, 'archived'::text, 'departed'::text])));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.residents FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
COMMENT ON TABLE public.residents IS 'The tenants that this very instance serves, at which epoch: what a tenant transaction is admitted by.
@kind control
@retention platform';
COMMENT ON COLUMN public.residents.interrupted_at IS 'When a move last cancelled what ran here for too long; whoever was cancelled then tries again.';
COMMENT ON COLUMN public.residents.schema_name IS 'The schema that serves the tenant here; null for the module schemas. A context opens that place alone.';
COMMENT ON COLUMN public.residents.state IS 'Suspended ones are refused, archived ones but for reading; departed rows refuse a router that has not yet heard of a move.';

CREATE TABLE public.running_programs (
  id uuid NOT NULL,
  name text NOT NULL,
  program_version text NOT NULL,
  schema_number integer NOT NULL,
  host text NOT NULL,
  seen_at timestamp with time zone NOT NULL DEFAULT now(),
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.running_programs ADD CONSTRAINT running_programs_name_given_check CHECK (((name ~ '\S'::text) AND (length(name) <= 200)));
ALTER TABLE public.running_programs ADD CONSTRAINT running_programs_pkey PRIMARY KEY (id);
ALTER TABLE public.running_programs ADD CONSTRAINT running_programs_schema_number_range_check CHECK (((schema_number >= 0) AND (schema_number <= 9999)));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.running_programs FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
COMMENT ON TABLE public.running_programs IS 'Programs that are running, and the last migration that each knows: a contraction waits until none needs the old shape.
@kind control
@retention platform';
COMMENT ON COLUMN public.running_programs.host IS 'Machine and process, so that it can be found.';
COMMENT ON COLUMN public.running_programs.id IS 'Of the one process; a program that starts again is another one.';
COMMENT ON COLUMN public.running_programs.name IS 'What it is called by whoever runs it.';
COMMENT ON COLUMN public.running_programs.schema_number IS 'Number of the last migration that it knows, and works with.';
COMMENT ON COLUMN public.running_programs.seen_at IS 'When it last said that it runs; who is silent for five minutes is taken for dead.';

CREATE TABLE public.seed_runs (
  name text NOT NULL,
  sources_sha256 text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.seed_runs ADD CONSTRAINT seed_runs_pkey PRIMARY KEY (name);
ALTER TABLE public.seed_runs ADD CONSTRAINT seed_runs_sources_sha256_form_check CHECK ((sources_sha256 ~ '^[0-9a-f]{64}$'::text));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.seed_runs FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
COMMENT ON TABLE public.seed_runs IS 'What this database was last seeded with, so that an unchanged seed need not be compared row by row.
@kind control
@retention platform';
COMMENT ON COLUMN public.seed_runs.sources_sha256 IS 'SHA-256 over everything that the seed is made from.';

CREATE TABLE public.tenant_domains (
  id uuid NOT NULL DEFAULT uuidv7(),
  tenant_id uuid NOT NULL,
  domain text NOT NULL,
  purpose text NOT NULL,
  verification_method text NOT NULL DEFAULT 'dns_txt'::text,
  verification_value text NOT NULL,
  verified_at timestamp with time zone,
  last_checked_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.tenant_domains ADD CONSTRAINT tenant_domains_domain_form_check CHECK (((domain ~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$'::text) AND (length(domain) <= 253)));
ALTER TABLE public.tenant_domains ADD CONSTRAINT tenant_domains_domain_purpose_key UNIQUE (tenant_id, domain, purpose);
ALTER TABLE public.tenant_domains ADD CONSTRAINT tenant_domains_fk FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE RESTRICT;
ALTER TABLE public.tenant_domains ADD CONSTRAINT tenant_domains_pkey PRIMARY KEY (id);
ALTER TABLE public.tenant_domains ADD CONSTRAINT tenant_domains_purpose_check CHECK ((purpose = ANY (ARRAY['sign_in'::text, 'web'::text])));
ALTER TABLE public.tenant_domains ADD CONSTRAINT tenant_domains_verification_method_check CHECK ((verification_method = ANY (ARRAY['dns_txt'::text, 'dns_cname'::text, 'http_file'::text])));
CREATE INDEX tenant_domains_domain_purpose_idx ON public.tenant_domains USING btree (domain, purpose);
CREATE UNIQUE INDEX tenant_domains_verified_key ON public.tenant_domains USING btree (domain, purpose) WHERE (verified_at IS NOT NULL);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.tenant_domains FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
COMMENT ON TABLE public.tenant_domains IS 'Internet domains that a tenant has shown to be its own: whose addresses sign in there, and where it is served.
@kind control
@retention platform';
COMMENT ON COLUMN public.tenant_domains.domain IS 'Lower case, an internationalised one as A-labels (RFC 5890).';
COMMENT ON COLUMN public.tenant_domains.purpose IS 'Whether people with addresses of the domain are the tenant’s, or the tenant’s pages are served under it.';
COMMENT ON COLUMN public.tenant_domains.verification_value IS 'What the record or file must show; everybody can read it there.';
COMMENT ON COLUMN public.tenant_domains.verified_at IS 'When control was last shown; null while it has not been, and the domain then has no effect.';
COMMENT ON INDEX public.tenant_domains_domain_purpose_idx IS 'the tenant of an address’s or a page’s domain';
COMMENT ON INDEX public.tenant_domains_verified_key IS 'one tenant alone has shown a domain to be its own';

CREATE TABLE public.tenant_runs (
  tenant_id uuid NOT NULL,
  kind text NOT NULL,
  request jsonb NOT NULL,
  step text NOT NULL,
  finished_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE public.tenant_runs ADD CONSTRAINT tenant_runs_fk FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE RESTRICT;
ALTER TABLE public.tenant_runs ADD CONSTRAINT tenant_runs_kind_check CHECK ((kind = ANY (ARRAY['creation'::text, 'deletion'::text, 'import'::text])));
ALTER TABLE public.tenant_runs ADD CONSTRAINT tenant_runs_pkey PRIMARY KEY (tenant_id, kind);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.tenant_runs FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
COMMENT ON TABLE public.tenant_runs IS 'Creations, imports and deletions of tenants: what was asked for and what is done, so that a command which was killed is finished by the next.
@kind control
@retention platform';
COMMENT ON COLUMN public.tenant_runs.finished_at IS 'When everything was done; null while it is not.';
COMMENT ON COLUMN public.tenant_runs.request IS 'What was asked for; no personal data.';
COMMENT ON COLUMN public.tenant_runs.step IS 'The last step that is done.';

CREATE TABLE public.tenants (
  id uuid NOT NULL DEFAULT uuidv7(),
  slug text NOT NULL,
  name text NOT NULL,
  tier text NOT NULL DEFAULT 'shared'::text,
  status text NOT NULL DEFAULT 'provisioning'::text,
  region text NOT NULL,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  kind text NOT NULL DEFAULT 'company'::text,
  archived_at timestamp with time zone
);
ALTER TABLE public.tenants ADD CONSTRAINT refuse_foreign_region TRIGGER DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE public.tenants ADD CONSTRAINT tenants_kind_check CHECK ((kind = ANY (ARRAY['company'::text, 'consumers'::text])));
ALTER TABLE public.tenants ADD CONSTRAINT tenants_pkey PRIMARY KEY (id);
ALTER TABLE public.tenants ADD CONSTRAINT tenants_region_fk FOREIGN KEY (region) REFERENCES public.data_regions(code) ON DELETE RESTRICT;
ALTER TABLE public.tenants ADD CONSTRAINT tenants_slug_form_check CHECK ((slug ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$'::text));
ALTER TABLE public.tenants ADD CONSTRAINT tenants_slug_key UNIQUE (slug);
ALTER TABLE public.tenants ADD CONSTRAINT tenants_status_check CHECK ((status = ANY (ARRAY['provisioning'::text, 'active'::text, 'suspended'::text, 'archived'::text, 'deleted'::text])));
ALTER TABLE public.tenants ADD CONSTRAINT tenants_tier_check CHECK ((tier = ANY (ARRAY['shared'::text, 'schema'::text, 'instance'::text])));
CREATE INDEX tenants_region_idx ON public.tenants USING btree (region);
CREATE UNIQUE INDEX tenants_consumers_key ON public.tenants USING btree (kind) WHERE (kind = 'consumers'::text);
CREATE CONSTRAINT TRIGGER refuse_foreign_region AFTER UPDATE OF region ON public.tenants DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dmz.refuse_foreign_region();
CREATE TRIGGER set_updated_at BEFORE UPDATE ON public.tenants FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
COMMENT ON TABLE public.tenants IS 'The register of tenants: each company that plays, and one tenant for all consumers.
@kind control
@retention platform';
COMMENT ON COLUMN public.tenants.archived_at IS 'Since when nothing of the tenant changes any more; periods of retention are counted from it.';
COMMENT ON COLUMN public.tenants.kind IS 'A company, or the one tenant that holds all consumers.';
COMMENT ON COLUMN public.tenants.region IS 'Data region that the tenant’s rows must stay in.';
COMMENT ON COLUMN public.tenants.slug IS 'Short name for people, commands and schema names.';
COMMENT ON COLUMN public.tenants.tier IS 'How the tenant is kept apart: by row-level security, by a schema, or by an instance of its own.';
COMMENT ON INDEX public.tenants_consumers_key IS 'one tenant alone holds the consumers';
COMMENT ON INDEX public.tenants_region_idx IS 'rows that refer to one target, and the check of foreign key tenants_region_fk';

CREATE SCHEMA social;
GRANT USAGE ON SCHEMA social TO dmz_app;
GRANT USAGE ON SCHEMA social TO dmz_maintenance;
GRANT USAGE ON SCHEMA social TO dmz_mover;

CREATE TABLE social.alliance_members (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  alliance_id uuid NOT NULL,
  corporation_id uuid NOT NULL,
  joined_at timestamp with time zone NOT NULL,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE social.alliance_members ADD CONSTRAINT alliance_members_alliance_id_fk FOREIGN KEY (tenant_id, alliance_id) REFERENCES social.alliances(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE social.alliance_members ADD CONSTRAINT alliance_members_corporation_id_fk FOREIGN KEY (tenant_id, corporation_id) REFERENCES social.corporations(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE social.alliance_members ADD CONSTRAINT alliance_members_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX alliance_members_alliance_id_idx ON social.alliance_members USING btree (tenant_id, alliance_id);
CREATE INDEX alliance_members_corporation_id_idx ON social.alliance_members USING btree (tenant_id, corporation_id);
CREATE UNIQUE INDEX alliance_members_corporation_id_key ON social.alliance_members USING btree (tenant_id, corporation_id) WHERE (deleted_at IS NULL);
ALTER TABLE social.alliance_members ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON social.alliance_members AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON social.alliance_members FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE social.alliance_members TO dmz_mover;
GRANT SELECT ON TABLE social.alliance_members TO dmz_app;
COMMENT ON TABLE social.alliance_members IS 'Which corporation belongs to which alliance; one that has left is a deleted row.
@kind tenant
@retention tenant';
COMMENT ON COLUMN social.alliance_members.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON INDEX social.alliance_members_alliance_id_idx IS 'rows that refer to one target, and the check of foreign key alliance_members_alliance_id_fk';
COMMENT ON INDEX social.alliance_members_corporation_id_idx IS 'the alliances that a corporation has been in';

CREATE TABLE social.alliances (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  tag text NOT NULL,
  motto text,
  leader_corporation_id uuid NOT NULL,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE social.alliances ADD CONSTRAINT alliances_leader_corporation_id_fk FOREIGN KEY (tenant_id, leader_corporation_id) REFERENCES social.corporations(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE social.alliances ADD CONSTRAINT alliances_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE social.alliances ADD CONSTRAINT alliances_tag_form_check CHECK ((tag ~ '^[A-Z0-9]{2,5}$'::text));
CREATE INDEX alliances_leader_corporation_id_idx ON social.alliances USING btree (tenant_id, leader_corporation_id);
CREATE UNIQUE INDEX alliances_name_key ON social.alliances USING btree (tenant_id, name) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX alliances_tag_key ON social.alliances USING btree (tenant_id, tag) WHERE (deleted_at IS NULL);
ALTER TABLE social.alliances ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON social.alliances AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON social.alliances FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE social.alliances TO dmz_mover;
GRANT SELECT ON TABLE social.alliances TO dmz_app;
GRANT UPDATE ON COLUMN social.alliances.motto TO dmz_app;
COMMENT ON TABLE social.alliances IS 'Corporations that hold together against the others.
@kind tenant
@retention tenant
@subject leader_corporation_id of social.corporations';
COMMENT ON COLUMN social.alliances.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN social.alliances.leader_corporation_id IS 'The corporation that speaks for the alliance.';
COMMENT ON COLUMN social.alliances.motto IS 'Kept for shown on the group’s page, written by its founder.
@pii free_text
@erasure null';
COMMENT ON COLUMN social.alliances.tag IS 'Two to five capitals or digits that stand before members’ names.';
COMMENT ON INDEX social.alliances_leader_corporation_id_idx IS 'rows that refer to one target, and the check of foreign key alliances_leader_corporation_id_fk';

CREATE TABLE social.competitive_event_participants (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  competitive_event_id uuid NOT NULL,
  user_id uuid,
  team_id uuid,
  corporation_id uuid,
  status text NOT NULL DEFAULT 'registered'::text,
  seed_rank integer,
  points integer NOT NULL DEFAULT 0,
  final_rank integer,
  registered_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE social.competitive_event_participants ADD CONSTRAINT competitive_event_participants_competitive_event_i_6b244e16_key UNIQUE (tenant_id, competitive_event_id, corporation_id);
ALTER TABLE social.competitive_event_participants ADD CONSTRAINT competitive_event_participants_competitive_event_id_fk FOREIGN KEY (tenant_id, competitive_event_id) REFERENCES social.competitive_events(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE social.competitive_event_participants ADD CONSTRAINT competitive_event_participants_competitive_event_id_team_id_key UNIQUE (tenant_id, competitive_event_id, team_id);
ALTER TABLE social.competitive_event_participants ADD CONSTRAINT competitive_event_participants_competitive_event_id_user_id_key UNIQUE (tenant_id, competitive_event_id, user_id);
ALTER TABLE social.competitive_event_participants ADD CONSTRAINT competitive_event_participants_corporation_id_fk FOREIGN KEY (tenant_id, corporation_id) REFERENCES social.corporations(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE social.competitive_event_participants ADD CONSTRAINT competitive_event_participants_one_entrant_check CHECK ((num_nonnulls(user_id, team_id, corporation_id) = 1));
ALTER TABLE social.competitive_event_participants ADD CONSTRAINT competitive_event_participants_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE social.competitive_event_participants ADD CONSTRAINT competitive_event_participants_ranks_from_one_check CHECK (((seed_rank >= 1) AND (final_rank >= 1)));
ALTER TABLE social.competitive_event_participants ADD CONSTRAINT competitive_event_participants_status_check CHECK ((status = ANY (ARRAY['registered'::text, 'checked_in'::text, 'eliminated'::text, 'finished'::text, 'withdrawn'::text, 'disqualified'::text])));
ALTER TABLE social.competitive_event_participants ADD CONSTRAINT competitive_event_participants_team_id_fk FOREIGN KEY (tenant_id, team_id) REFERENCES org.teams(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE social.competitive_event_participants ADD CONSTRAINT competitive_event_participants_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX competitive_event_participants_corporation_id_idx ON social.competitive_event_participants USING btree (tenant_id, corporation_id);
CREATE INDEX competitive_event_participants_team_id_idx ON social.competitive_event_participants USING btree (tenant_id, team_id);
CREATE INDEX competitive_event_participants_user_id_idx ON social.competitive_event_participants USING btree (tenant_id, user_id);
ALTER TABLE social.competitive_event_participants ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON social.competitive_event_participants AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON social.competitive_event_participants FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE social.competitive_event_participants TO dmz_mover;
GRANT SELECT ON TABLE social.competitive_event_participants TO dmz_app;
COMMENT ON TABLE social.competitive_event_participants IS 'Who entered a competitive event, and how it ended for them.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN social.competitive_event_participants.seed_rank IS 'Place in the seeding, 1 for the favourite.';
COMMENT ON INDEX social.competitive_event_participants_corporation_id_idx IS 'rows that refer to one target, and the check of foreign key competitive_event_participants_corporation_id_fk';
COMMENT ON INDEX social.competitive_event_participants_team_id_idx IS 'rows that refer to one target, and the check of foreign key competitive_event_participants_team_id_fk';
COMMENT ON INDEX social.competitive_event_participants_user_id_idx IS 'rows that refer to one target, and the check of foreign key competitive_event_participants_user_id_fk';

CREATE TABLE social.competitive_events (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  description text,
  format text NOT NULL,
  entrant text NOT NULL,
  status text NOT NULL DEFAULT 'draft'::text,
  rules jsonb NOT NULL,
  max_participants integer,
  registration_closes_at timestamp with time zone NOT NULL,
  starts_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone NOT NULL,
  version integer NOT NULL DEFAULT 1,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE social.competitive_events ADD CONSTRAINT competitive_events_entrant_check CHECK ((entrant = ANY (ARRAY['person'::text, 'team'::text, 'corporation'::text])));
ALTER TABLE social.competitive_events ADD CONSTRAINT competitive_events_format_check CHECK ((format = ANY (ARRAY['single_elimination'::text, 'double_elimination'::text, 'round_robin'::text, 'swiss'::text, 'time_trial'::text])));
ALTER TABLE social.competitive_events ADD CONSTRAINT competitive_events_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE social.competitive_events ADD CONSTRAINT competitive_events_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'announced'::text, 'running'::text, 'completed'::text, 'cancelled'::text])));
ALTER TABLE social.competitive_events ADD CONSTRAINT competitive_events_times_in_order_check CHECK (((registration_closes_at <= starts_at) AND (starts_at < ends_at)));
ALTER TABLE social.competitive_events ADD CONSTRAINT competitive_events_two_participants_at_least_check CHECK ((max_participants >= 2));
CREATE INDEX competitive_events_status_starts_at_idx ON social.competitive_events USING btree (tenant_id, status, starts_at);
ALTER TABLE social.competitive_events ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON social.competitive_events AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON social.competitive_events FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE social.competitive_events TO dmz_mover;
GRANT SELECT ON TABLE social.competitive_events TO dmz_app;
COMMENT ON TABLE social.competitive_events IS 'Tournaments and challenges of a tenant, from announcement to final places.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN social.competitive_events.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN social.competitive_events.max_participants IS 'Null where anyone may enter.';
COMMENT ON COLUMN social.competitive_events.rules IS 'Settings of the format: rounds, points, handicaps.';
COMMENT ON COLUMN social.competitive_events.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX social.competitive_events_status_starts_at_idx IS 'events that are coming or running';

CREATE TABLE social.corporation_members (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  corporation_id uuid NOT NULL,
  user_id uuid NOT NULL,
  role text NOT NULL DEFAULT 'recruit'::text,
  joined_at timestamp with time zone NOT NULL,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE social.corporation_members ADD CONSTRAINT corporation_members_corporation_id_fk FOREIGN KEY (tenant_id, corporation_id) REFERENCES social.corporations(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE social.corporation_members ADD CONSTRAINT corporation_members_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE social.corporation_members ADD CONSTRAINT corporation_members_role_check CHECK ((role = ANY (ARRAY['founder'::text, 'director'::text, 'officer'::text, 'member'::text, 'recruit'::text])));
ALTER TABLE social.corporation_members ADD CONSTRAINT corporation_members_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX corporation_members_corporation_id_idx ON social.corporation_members USING btree (tenant_id, corporation_id);
CREATE INDEX corporation_members_user_id_idx ON social.corporation_members USING btree (tenant_id, user_id);
CREATE UNIQUE INDEX corporation_members_user_id_key ON social.corporation_members USING btree (tenant_id, user_id) WHERE (deleted_at IS NULL);
ALTER TABLE social.corporation_members ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON social.corporation_members AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON social.corporation_members FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE social.corporation_members TO dmz_mover;
GRANT SELECT ON TABLE social.corporation_members TO dmz_app;
COMMENT ON TABLE social.corporation_members IS 'Who belongs to which corporation, and as what; one who has left is a deleted row.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN social.corporation_members.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON INDEX social.corporation_members_corporation_id_idx IS 'rows that refer to one target, and the check of foreign key corporation_members_corporation_id_fk';
COMMENT ON INDEX social.corporation_members_user_id_idx IS 'the corporations that a person has been in';

CREATE TABLE social.corporations (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  tag text NOT NULL,
  motto text,
  founder_id uuid,
  join_policy text NOT NULL DEFAULT 'application'::text,
  max_members integer NOT NULL DEFAULT 50,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE social.corporations ADD CONSTRAINT corporations_founder_id_fk FOREIGN KEY (tenant_id, founder_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE social.corporations ADD CONSTRAINT corporations_join_policy_check CHECK ((join_policy = ANY (ARRAY['open'::text, 'application'::text, 'invitation'::text])));
ALTER TABLE social.corporations ADD CONSTRAINT corporations_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE social.corporations ADD CONSTRAINT corporations_room_for_members_check CHECK (((max_members >= 1) AND (max_members <= 1000)));
ALTER TABLE social.corporations ADD CONSTRAINT corporations_tag_form_check CHECK ((tag ~ '^[A-Z0-9]{2,5}$'::text));
CREATE INDEX corporations_founder_id_idx ON social.corporations USING btree (tenant_id, founder_id);
CREATE UNIQUE INDEX corporations_name_key ON social.corporations USING btree (tenant_id, name) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX corporations_tag_key ON social.corporations USING btree (tenant_id, tag) WHERE (deleted_at IS NULL);
ALTER TABLE social.corporations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON social.corporations AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON social.corporations FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE social.corporations TO dmz_mover;
GRANT SELECT ON TABLE social.corporations TO dmz_app;
GRANT UPDATE ON COLUMN social.corporations.motto TO dmz_app;
COMMENT ON TABLE social.corporations IS 'Companies that players run together, with a wallet of their own in the economy.
@kind tenant
@retention tenant
@subject founder_id of auth.users';
COMMENT ON COLUMN social.corporations.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN social.corporations.founder_id IS 'Null once the founder is gone.';
COMMENT ON COLUMN social.corporations.motto IS 'Kept for shown on the group’s page, written by its founder.
@pii free_text
@erasure null';
COMMENT ON COLUMN social.corporations.tag IS 'Two to five capitals or digits that stand before members’ names.';
COMMENT ON INDEX social.corporations_founder_id_idx IS 'rows that refer to one target, and the check of foreign key corporations_founder_id_fk';

CREATE TABLE social.friendships (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  lower_user_id uuid NOT NULL,
  higher_user_id uuid NOT NULL,
  initiator_id uuid NOT NULL,
  status text NOT NULL DEFAULT 'pending'::text,
  requested_at timestamp with time zone NOT NULL,
  responded_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE social.friendships ADD CONSTRAINT friendships_answer_dated_check CHECK (((status <> ALL (ARRAY['accepted'::text, 'declined'::text])) OR (responded_at IS NOT NULL)));
ALTER TABLE social.friendships ADD CONSTRAINT friendships_higher_user_id_fk FOREIGN KEY (tenant_id, higher_user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE social.friendships ADD CONSTRAINT friendships_initiator_id_fk FOREIGN KEY (tenant_id, initiator_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE social.friendships ADD CONSTRAINT friendships_initiator_of_pair_check CHECK (((initiator_id = lower_user_id) OR (initiator_id = higher_user_id)));
ALTER TABLE social.friendships ADD CONSTRAINT friendships_lower_user_id_fk FOREIGN KEY (tenant_id, lower_user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE social.friendships ADD CONSTRAINT friendships_lower_user_id_higher_user_id_key UNIQUE (tenant_id, lower_user_id, higher_user_id);
ALTER TABLE social.friendships ADD CONSTRAINT friendships_pair_in_order_check CHECK ((lower_user_id < higher_user_id));
ALTER TABLE social.friendships ADD CONSTRAINT friendships_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE social.friendships ADD CONSTRAINT friendships_responded_after_requested_check CHECK ((responded_at >= requested_at));
ALTER TABLE social.friendships ADD CONSTRAINT friendships_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'accepted'::text, 'declined'::text, 'blocked'::text])));
CREATE INDEX friendships_higher_user_id_idx ON social.friendships USING btree (tenant_id, higher_user_id);
CREATE INDEX friendships_initiator_id_idx ON social.friendships USING btree (tenant_id, initiator_id);
ALTER TABLE social.friendships ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON social.friendships AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON social.friendships FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE social.friendships TO dmz_mover;
GRANT SELECT ON TABLE social.friendships TO dmz_app;
COMMENT ON TABLE social.friendships IS 'Pairs of people who are friends, were asked to be, or of whom one blocked the other: one row a pair.
@kind tenant
@retention tenant
@subject lower_user_id of auth.users
@subject higher_user_id of auth.users';
COMMENT ON COLUMN social.friendships.initiator_id IS 'Of the two, the one whose act the status goes back to: who asked, or who blocked.';
COMMENT ON COLUMN social.friendships.lower_user_id IS 'Of the two, the person with the lower id.';
COMMENT ON INDEX social.friendships_higher_user_id_idx IS 'rows that refer to one target, and the check of foreign key friendships_higher_user_id_fk';
COMMENT ON INDEX social.friendships_initiator_id_idx IS 'rows that refer to one target, and the check of foreign key friendships_initiator_id_fk';

CREATE TABLE social.leaderboard_entries (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  leaderboard_id uuid NOT NULL,
  user_id uuid,
  team_id uuid,
  corporation_id uuid,
  score bigint NOT NULL,
  achieved_at timestamp with time zone NOT NULL,
  final_rank integer,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  revision bigint NOT NULL DEFAULT 0
);
ALTER TABLE social.leaderboard_entries ADD CONSTRAINT leaderboard_entries_corporation_id_fk FOREIGN KEY (tenant_id, corporation_id) REFERENCES social.corporations(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE social.leaderboard_entries ADD CONSTRAINT leaderboard_entries_leaderboard_id_corporation_id_key UNIQUE (tenant_id, leaderboard_id, corporation_id);
ALTER TABLE social.leaderboard_entries ADD CONSTRAINT leaderboard_entries_leaderboard_id_fk FOREIGN KEY (tenant_id, leaderboard_id) REFERENCES social.leaderboards(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE social.leaderboard_entries ADD CONSTRAINT leaderboard_entries_leaderboard_id_team_id_key UNIQUE (tenant_id, leaderboard_id, team_id);
ALTER TABLE social.leaderboard_entries ADD CONSTRAINT leaderboard_entries_leaderboard_id_user_id_key UNIQUE (tenant_id, leaderboard_id, user_id);
ALTER TABLE social.leaderboard_entries ADD CONSTRAINT leaderboard_entries_one_entrant_check CHECK ((num_nonnulls(user_id, team_id, corporation_id) = 1));
ALTER TABLE social.leaderboard_entries ADD CONSTRAINT leaderboard_entries_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE social.leaderboard_entries ADD CONSTRAINT leaderboard_entries_rank_from_one_check CHECK ((final_rank >= 1));
ALTER TABLE social.leaderboard_entries ADD CONSTRAINT leaderboard_entries_team_id_fk FOREIGN KEY (tenant_id, team_id) REFERENCES org.teams(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE social.leaderboard_entries ADD CONSTRAINT leaderboard_entries_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX leaderboard_entries_corporation_id_idx ON social.leaderboard_entries USING btree (tenant_id, corporation_id);
CREATE INDEX leaderboard_entries_leaderboard_id_revision_id_idx ON social.leaderboard_entries USING btree (tenant_id, leaderboard_id, revision, id);
CREATE INDEX leaderboard_entries_leaderboard_id_score_achieved_at_idx ON social.leaderboard_entries USING btree (tenant_id, leaderboard_id, score DESC, achieved_at);
CREATE INDEX leaderboard_entries_team_id_idx ON social.leaderboard_entries USING btree (tenant_id, team_id);
CREATE INDEX leaderboard_entries_user_id_idx ON social.leaderboard_entries USING btree (tenant_id, user_id);
ALTER TABLE social.leaderboard_entries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON social.leaderboard_entries AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON social.leaderboard_entries FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE social.leaderboard_entries TO dmz_mover;
GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE social.leaderboard_entries TO dmz_app;
COMMENT ON TABLE social.leaderboard_entries IS 'The place of one person, team or corporation on a leaderboard.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN social.leaderboard_entries.achieved_at IS 'When the score was reached; of equal scores the earlier one is ahead.';
COMMENT ON COLUMN social.leaderboard_entries.final_rank IS 'Place once the board is closed; null until then.';
COMMENT ON COLUMN social.leaderboard_entries.revision IS 'Revision of the board at which the place last changed: a copy of the board goes on from there.';
COMMENT ON COLUMN social.leaderboard_entries.score IS 'Kept for ranking those who play.
@pii behaviour
@erasure delete_row';
COMMENT ON INDEX social.leaderboard_entries_corporation_id_idx IS 'rows that refer to one target, and the check of foreign key leaderboard_entries_corporation_id_fk';
COMMENT ON INDEX social.leaderboard_entries_leaderboard_id_revision_id_idx IS 'places that a copy of the board does not have yet';
COMMENT ON INDEX social.leaderboard_entries_leaderboard_id_score_achieved_at_idx IS 'the head of a leaderboard';
COMMENT ON INDEX social.leaderboard_entries_team_id_idx IS 'rows that refer to one target, and the check of foreign key leaderboard_entries_team_id_fk';
COMMENT ON INDEX social.leaderboard_entries_user_id_idx IS 'rows that refer to one target, and the check of foreign key leaderboard_entries_user_id_fk';

CREATE TABLE social.leaderboards (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  key text NOT NULL,
  name text NOT NULL,
  metric text NOT NULL,
  entrant text NOT NULL,
  department_id uuid,
  cadence text NOT NULL,
  starts_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone,
  closed_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  revision bigint NOT NULL DEFAULT 0
);
ALTER TABLE social.leaderboards ADD CONSTRAINT leaderboards_all_time_never_ends_check CHECK (((cadence = 'all_time'::text) = (ends_at IS NULL)));
ALTER TABLE social.leaderboards ADD CONSTRAINT leaderboards_cadence_check CHECK ((cadence = ANY (ARRAY['daily'::text, 'weekly'::text, 'monthly'::text, 'season'::text, 'all_time'::text])));
ALTER TABLE social.leaderboards ADD CONSTRAINT leaderboards_department_id_fk FOREIGN KEY (tenant_id, department_id) REFERENCES org.departments(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE social.leaderboards ADD CONSTRAINT leaderboards_ends_after_start_check CHECK ((ends_at > starts_at));
ALTER TABLE social.leaderboards ADD CONSTRAINT leaderboards_entrant_check CHECK ((entrant = ANY (ARRAY['person'::text, 'team'::text, 'corporation'::text])));
ALTER TABLE social.leaderboards ADD CONSTRAINT leaderboards_key_starts_at_key UNIQUE (tenant_id, key, starts_at);
ALTER TABLE social.leaderboards ADD CONSTRAINT leaderboards_metric_check CHECK ((metric = ANY (ARRAY['score'::text, 'accuracy'::text, 'reports'::text, 'streak'::text, 'experience'::text, 'credits'::text])));
ALTER TABLE social.leaderboards ADD CONSTRAINT leaderboards_pkey PRIMARY KEY (tenant_id, id);
CREATE INDEX leaderboards_department_id_idx ON social.leaderboards USING btree (tenant_id, department_id);
ALTER TABLE social.leaderboards ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON social.leaderboards AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON social.leaderboards FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE social.leaderboards TO dmz_mover;
GRANT INSERT, SELECT, UPDATE ON TABLE social.leaderboards TO dmz_app;
COMMENT ON TABLE social.leaderboards IS 'Rankings of a tenant: by which measure, among whom, and over which period.
@kind tenant
@retention tenant';
COMMENT ON COLUMN social.leaderboards.closed_at IS 'When its places became final.';
COMMENT ON COLUMN social.leaderboards.department_id IS 'Only this department is ranked; null for the whole tenant.';
COMMENT ON COLUMN social.leaderboards.ends_at IS 'Null for an all-time board.';
COMMENT ON COLUMN social.leaderboards.entrant IS 'What is ranked on it.';
COMMENT ON COLUMN social.leaderboards.key IS 'Stable name that code uses; the same for every period.';
COMMENT ON COLUMN social.leaderboards.revision IS 'Counts the changes of its places; who makes one holds this row until it is committed.';
COMMENT ON INDEX social.leaderboards_department_id_idx IS 'rows that refer to one target, and the check of foreign key leaderboards_department_id_fk';

CREATE TABLE social.match_participants (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  match_id uuid NOT NULL,
  user_id uuid NOT NULL,
  session_id uuid,
  side integer NOT NULL,
  score integer,
  outcome text,
  rating_before integer,
  rating_after integer,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE social.match_participants ADD CONSTRAINT match_participants_match_id_fk FOREIGN KEY (tenant_id, match_id) REFERENCES social.matches(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE social.match_participants ADD CONSTRAINT match_participants_match_id_user_id_key UNIQUE (tenant_id, match_id, user_id);
ALTER TABLE social.match_participants ADD CONSTRAINT match_participants_outcome_check CHECK ((outcome = ANY (ARRAY['win'::text, 'loss'::text, 'draw'::text, 'forfeit'::text])));
ALTER TABLE social.match_participants ADD CONSTRAINT match_participants_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE social.match_participants ADD CONSTRAINT match_participants_ratings_not_negative_check CHECK (((rating_before >= 0) AND (rating_after >= 0)));
ALTER TABLE social.match_participants ADD CONSTRAINT match_participants_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE social.match_participants ADD CONSTRAINT match_participants_session_id_key UNIQUE (tenant_id, session_id);
ALTER TABLE social.match_participants ADD CONSTRAINT match_participants_side_from_one_check CHECK ((side >= 1));
ALTER TABLE social.match_participants ADD CONSTRAINT match_participants_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX match_participants_user_id_idx ON social.match_participants USING btree (tenant_id, user_id);
ALTER TABLE social.match_participants ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON social.match_participants AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON social.match_participants FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE social.match_participants TO dmz_mover;
GRANT SELECT ON TABLE social.match_participants TO dmz_app;
COMMENT ON TABLE social.match_participants IS 'Who plays in a match, on which side, in which session, and with what result.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN social.match_participants.rating_before IS 'Elo rating on entering.';
COMMENT ON COLUMN social.match_participants.session_id IS 'The session that is played for it; null until it starts.';
COMMENT ON COLUMN social.match_participants.side IS 'Side in the match, from 1; people of one side share it.';
COMMENT ON INDEX social.match_participants_user_id_idx IS 'rows that refer to one target, and the check of foreign key match_participants_user_id_fk';

CREATE TABLE social.matches (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  competitive_event_id uuid,
  round integer,
  mode text NOT NULL,
  status text NOT NULL DEFAULT 'scheduled'::text,
  seed bigint NOT NULL,
  content_version text NOT NULL,
  scheduled_at timestamp with time zone NOT NULL,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE social.matches ADD CONSTRAINT matches_competitive_event_id_fk FOREIGN KEY (tenant_id, competitive_event_id) REFERENCES social.competitive_events(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE social.matches ADD CONSTRAINT matches_end_dated_check CHECK (((status <> 'completed'::text) OR (ended_at IS NOT NULL)));
ALTER TABLE social.matches ADD CONSTRAINT matches_ended_after_start_check CHECK ((ended_at >= started_at));
ALTER TABLE social.matches ADD CONSTRAINT matches_mode_check CHECK ((mode = ANY (ARRAY['duel'::text, 'co_op'::text, 'team'::text, 'free_for_all'::text])));
ALTER TABLE social.matches ADD CONSTRAINT matches_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE social.matches ADD CONSTRAINT matches_round_of_event_check CHECK (((round IS NULL) OR ((round >= 1) AND (competitive_event_id IS NOT NULL))));
ALTER TABLE social.matches ADD CONSTRAINT matches_seed_range_check CHECK (((seed >= 0) AND (seed <= '9007199254740991'::bigint)));
ALTER TABLE social.matches ADD CONSTRAINT matches_status_check CHECK ((status = ANY (ARRAY['scheduled'::text, 'running'::text, 'completed'::text, 'cancelled'::text, 'forfeited'::text])));
CREATE INDEX matches_competitive_event_id_idx ON social.matches USING btree (tenant_id, competitive_event_id);
CREATE INDEX matches_status_scheduled_at_idx ON social.matches USING btree (tenant_id, status, scheduled_at);
ALTER TABLE social.matches ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON social.matches AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON social.matches FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE social.matches TO dmz_mover;
GRANT SELECT ON TABLE social.matches TO dmz_app;
COMMENT ON TABLE social.matches IS 'Games that people play against or with each other, on the same seed and content so that they compare.
@kind tenant
@retention tenant';
COMMENT ON COLUMN social.matches.competitive_event_id IS 'Null for a match outside any event.';
COMMENT ON COLUMN social.matches.round IS 'Round of the event, from 1.';
COMMENT ON COLUMN social.matches.seed IS 'Seed of every participant’s session, 0 to 2^53 - 1.';
COMMENT ON INDEX social.matches_competitive_event_id_idx IS 'rows that refer to one target, and the check of foreign key matches_competitive_event_id_fk';
COMMENT ON INDEX social.matches_status_scheduled_at_idx IS 'matches to be started';

CREATE SCHEMA story;
GRANT USAGE ON SCHEMA story TO dmz_app;
GRANT USAGE ON SCHEMA story TO dmz_maintenance;
GRANT USAGE ON SCHEMA story TO dmz_mover;

CREATE TABLE story.chapters (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  season_id uuid NOT NULL,
  "position" integer NOT NULL,
  key text NOT NULL,
  title text NOT NULL,
  synopsis text NOT NULL,
  opens_after_days integer NOT NULL DEFAULT 0,
  unlock_condition jsonb,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE story.chapters ADD CONSTRAINT chapters_key_form_check CHECK ((key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text));
ALTER TABLE story.chapters ADD CONSTRAINT chapters_opens_not_before_season_check CHECK ((opens_after_days >= 0));
ALTER TABLE story.chapters ADD CONSTRAINT chapters_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE story.chapters ADD CONSTRAINT chapters_position_positive_check CHECK (("position" > 0));
ALTER TABLE story.chapters ADD CONSTRAINT chapters_season_id_fk FOREIGN KEY (tenant_id, season_id) REFERENCES story.seasons(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE story.chapters ADD CONSTRAINT chapters_season_id_key_key UNIQUE (tenant_id, season_id, key);
ALTER TABLE story.chapters ADD CONSTRAINT chapters_season_id_position_key UNIQUE (tenant_id, season_id, "position");
ALTER TABLE story.chapters ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON story.chapters AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON story.chapters FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE story.chapters TO dmz_mover;
GRANT SELECT ON TABLE story.chapters TO dmz_app;
COMMENT ON TABLE story.chapters IS 'Chapters of a season, told in their order.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN story.chapters."position" IS 'Order in the telling, from 1.';
COMMENT ON COLUMN story.chapters.opens_after_days IS 'Days from the season’s start until players may enter it.';
COMMENT ON COLUMN story.chapters.unlock_condition IS 'Flags, standings and days that must hold, as the story’s rules define them; null where nothing must.';
COMMENT ON COLUMN story.chapters.version IS 'Version of the payload’s shape.';

CREATE TABLE story.choices (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  from_node_id uuid NOT NULL,
  to_node_id uuid NOT NULL,
  "position" integer NOT NULL,
  label text,
  requirement jsonb,
  effects jsonb NOT NULL DEFAULT '{}'::jsonb,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE story.choices ADD CONSTRAINT choices_from_node_id_fk FOREIGN KEY (tenant_id, from_node_id) REFERENCES story.nodes(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE story.choices ADD CONSTRAINT choices_from_node_id_position_key UNIQUE (tenant_id, from_node_id, "position");
ALTER TABLE story.choices ADD CONSTRAINT choices_leads_elsewhere_check CHECK ((from_node_id <> to_node_id));
ALTER TABLE story.choices ADD CONSTRAINT choices_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE story.choices ADD CONSTRAINT choices_position_positive_check CHECK (("position" > 0));
ALTER TABLE story.choices ADD CONSTRAINT choices_to_node_id_fk FOREIGN KEY (tenant_id, to_node_id) REFERENCES story.nodes(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX choices_to_node_id_idx ON story.choices USING btree (tenant_id, to_node_id);
ALTER TABLE story.choices ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON story.choices AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON story.choices FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE story.choices TO dmz_mover;
GRANT SELECT ON TABLE story.choices TO dmz_app;
COMMENT ON TABLE story.choices IS 'Ways from one scene to the next; a scene with one way and no label goes on by itself.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN story.choices."position" IS 'Order in the telling, from 1.';
COMMENT ON COLUMN story.choices.effects IS 'Flags that it sets and standings that it changes.';
COMMENT ON COLUMN story.choices.label IS 'What the player reads; null where the story goes on by itself.';
COMMENT ON COLUMN story.choices.requirement IS 'Flags, standings and days that must hold, as the story’s rules define them; null where nothing must.';
COMMENT ON COLUMN story.choices.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX story.choices_to_node_id_idx IS 'rows that refer to one target, and the check of foreign key choices_to_node_id_fk';

CREATE TABLE story.faction_relations (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  faction_id uuid NOT NULL,
  towards_faction_id uuid NOT NULL,
  standing integer NOT NULL DEFAULT 0,
  reason text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE story.faction_relations ADD CONSTRAINT faction_relations_faction_id_fk FOREIGN KEY (tenant_id, faction_id) REFERENCES story.factions(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE story.faction_relations ADD CONSTRAINT faction_relations_faction_id_towards_faction_id_key UNIQUE (tenant_id, faction_id, towards_faction_id);
ALTER TABLE story.faction_relations ADD CONSTRAINT faction_relations_not_towards_itself_check CHECK ((faction_id <> towards_faction_id));
ALTER TABLE story.faction_relations ADD CONSTRAINT faction_relations_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE story.faction_relations ADD CONSTRAINT faction_relations_standing_range_check CHECK (((standing >= '-100'::integer) AND (standing <= 100)));
ALTER TABLE story.faction_relations ADD CONSTRAINT faction_relations_towards_faction_id_fk FOREIGN KEY (tenant_id, towards_faction_id) REFERENCES story.factions(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX faction_relations_towards_faction_id_idx ON story.faction_relations USING btree (tenant_id, towards_faction_id);
ALTER TABLE story.faction_relations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON story.faction_relations AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON story.faction_relations FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE story.faction_relations TO dmz_mover;
GRANT SELECT ON TABLE story.faction_relations TO dmz_app;
COMMENT ON TABLE story.faction_relations IS 'How one faction regards another when a story begins; the other may see it differently.
@kind tenant
@retention tenant';
COMMENT ON COLUMN story.faction_relations.reason IS 'What lies between them, for writers.';
COMMENT ON COLUMN story.faction_relations.standing IS 'From -100 at war to 100 sworn ally; 0 indifferent.';
COMMENT ON INDEX story.faction_relations_towards_faction_id_idx IS 'rows that refer to one target, and the check of foreign key faction_relations_towards_faction_id_fk';

CREATE TABLE story.faction_standings (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  progress_id uuid NOT NULL,
  faction_id uuid NOT NULL,
  standing integer NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE story.faction_standings ADD CONSTRAINT faction_standings_faction_id_fk FOREIGN KEY (tenant_id, faction_id) REFERENCES story.factions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE story.faction_standings ADD CONSTRAINT faction_standings_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE story.faction_standings ADD CONSTRAINT faction_standings_progress_id_faction_id_key UNIQUE (tenant_id, progress_id, faction_id);
ALTER TABLE story.faction_standings ADD CONSTRAINT faction_standings_progress_id_fk FOREIGN KEY (tenant_id, progress_id) REFERENCES story.player_progress(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE story.faction_standings ADD CONSTRAINT faction_standings_standing_range_check CHECK (((standing >= '-100'::integer) AND (standing <= 100)));
CREATE INDEX faction_standings_faction_id_idx ON story.faction_standings USING btree (tenant_id, faction_id);
ALTER TABLE story.faction_standings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON story.faction_standings AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON story.faction_standings FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE story.faction_standings TO dmz_mover;
GRANT DELETE, SELECT ON TABLE story.faction_standings TO dmz_app;
COMMENT ON TABLE story.faction_standings IS 'How a faction regards a player by now, in one season.
@kind tenant
@retention tenant
@subject progress_id of story.player_progress';
COMMENT ON COLUMN story.faction_standings.standing IS 'From -100 at war to 100 sworn ally; 0 indifferent.
Kept for letting factions answer to what the player did.
@pii behaviour
@erasure delete_row';
COMMENT ON INDEX story.faction_standings_faction_id_idx IS 'rows that refer to one target, and the check of foreign key faction_standings_faction_id_fk';

CREATE TABLE story.factions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  key text NOT NULL,
  name text NOT NULL,
  description text NOT NULL,
  alignment text NOT NULL,
  domain text,
  colour text NOT NULL,
  emblem_key text,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE story.factions ADD CONSTRAINT factions_alignment_check CHECK ((alignment = ANY (ARRAY['ally'::text, 'neutral'::text, 'opportunist'::text, 'hostile'::text])));
ALTER TABLE story.factions ADD CONSTRAINT factions_colour_form_check CHECK ((colour ~ '^#[0-9a-f]{6}$'::text));
ALTER TABLE story.factions ADD CONSTRAINT factions_domain_lower_case_check CHECK ((domain = lower(domain)));
ALTER TABLE story.factions ADD CONSTRAINT factions_key_form_check CHECK ((key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text));
ALTER TABLE story.factions ADD CONSTRAINT factions_pkey PRIMARY KEY (tenant_id, id);
CREATE UNIQUE INDEX factions_key_key ON story.factions USING btree (tenant_id, key) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX factions_name_key ON story.factions USING btree (tenant_id, name) WHERE (deleted_at IS NULL);
ALTER TABLE story.factions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON story.factions AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON story.factions FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE story.factions TO dmz_mover;
GRANT SELECT ON TABLE story.factions TO dmz_app;
COMMENT ON TABLE story.factions IS 'The powers of the invented world: governments, relief bodies, guilds, and those behind the attacks.
@kind tenant
@retention tenant';
COMMENT ON COLUMN story.factions.colour IS 'sRGB as #rrggbb.';
COMMENT ON COLUMN story.factions.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN story.factions.domain IS 'Domain that it truly writes from, in the content’s e-mails.';
COMMENT ON COLUMN story.factions.emblem_key IS 'Key in content.assets.';

CREATE TABLE story.nodes (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  chapter_id uuid NOT NULL,
  key text NOT NULL,
  kind text NOT NULL,
  entry text NOT NULL DEFAULT 'inner'::text,
  speaker text,
  scene jsonb NOT NULL,
  template_key text,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE story.nodes ADD CONSTRAINT nodes_chapter_id_fk FOREIGN KEY (tenant_id, chapter_id) REFERENCES story.chapters(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE story.nodes ADD CONSTRAINT nodes_chapter_id_key_key UNIQUE (tenant_id, chapter_id, key);
ALTER TABLE story.nodes ADD CONSTRAINT nodes_email_has_template_check CHECK (((kind = 'email'::text) = (template_key IS NOT NULL)));
ALTER TABLE story.nodes ADD CONSTRAINT nodes_entry_check CHECK ((entry = ANY (ARRAY['first'::text, 'inner'::text])));
ALTER TABLE story.nodes ADD CONSTRAINT nodes_key_form_check CHECK ((key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text));
ALTER TABLE story.nodes ADD CONSTRAINT nodes_kind_check CHECK ((kind = ANY (ARRAY['scene'::text, 'dialogue'::text, 'email'::text, 'decision'::text, 'ending'::text])));
ALTER TABLE story.nodes ADD CONSTRAINT nodes_pkey PRIMARY KEY (tenant_id, id);
CREATE UNIQUE INDEX nodes_one_first_key ON story.nodes USING btree (tenant_id, chapter_id) WHERE (entry = 'first'::text);
ALTER TABLE story.nodes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON story.nodes AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON story.nodes FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE story.nodes TO dmz_mover;
GRANT SELECT ON TABLE story.nodes TO dmz_app;
COMMENT ON TABLE story.nodes IS 'Scenes of a chapter: what is shown at a point of the story, and what it changes.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN story.nodes.entry IS 'Whether the chapter begins here.';
COMMENT ON COLUMN story.nodes.scene IS 'Texts, art and effects, in the shape of its kind.';
COMMENT ON COLUMN story.nodes.speaker IS 'Invented character who speaks; null for the narrator.';
COMMENT ON COLUMN story.nodes.template_key IS 'Key in content.email_templates of the season’s pack; null for what is no e-mail.';
COMMENT ON COLUMN story.nodes.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX story.nodes_one_first_key IS 'the scene that a chapter begins with, of which there is one';

CREATE TABLE story.player_choices (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  progress_id uuid NOT NULL,
  "position" integer NOT NULL,
  choice_id uuid NOT NULL,
  chosen_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE story.player_choices ADD CONSTRAINT player_choices_choice_id_fk FOREIGN KEY (tenant_id, choice_id) REFERENCES story.choices(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE story.player_choices ADD CONSTRAINT player_choices_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE story.player_choices ADD CONSTRAINT player_choices_position_positive_check CHECK (("position" > 0));
ALTER TABLE story.player_choices ADD CONSTRAINT player_choices_progress_id_fk FOREIGN KEY (tenant_id, progress_id) REFERENCES story.player_progress(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE story.player_choices ADD CONSTRAINT player_choices_progress_id_position_key UNIQUE (tenant_id, progress_id, "position");
CREATE INDEX player_choices_choice_id_idx ON story.player_choices USING btree (tenant_id, choice_id);
ALTER TABLE story.player_choices ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON story.player_choices AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON story.player_choices FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE story.player_choices TO dmz_mover;
GRANT DELETE, SELECT ON TABLE story.player_choices TO dmz_app;
COMMENT ON TABLE story.player_choices IS 'The choices that a player made in a season: the way through its scenes.
@kind tenant
@retention tenant
@subject progress_id of story.player_progress';
COMMENT ON COLUMN story.player_choices."position" IS 'Order in which they were made, from 1.';
COMMENT ON COLUMN story.player_choices.choice_id IS 'Kept for telling the story that the player’s choices lead to.
@pii behaviour
@erasure delete_row';
COMMENT ON INDEX story.player_choices_choice_id_idx IS 'rows that refer to one target, and the check of foreign key player_choices_choice_id_fk';

CREATE TABLE story.player_progress (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  season_id uuid NOT NULL,
  current_node_id uuid,
  state text NOT NULL DEFAULT 'not_started'::text,
  flags jsonb NOT NULL DEFAULT '{}'::jsonb,
  started_at timestamp with time zone,
  last_played_at timestamp with time zone,
  completed_at timestamp with time zone,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE story.player_progress ADD CONSTRAINT player_progress_completed_has_time_check CHECK (((state = 'completed'::text) = (completed_at IS NOT NULL)));
ALTER TABLE story.player_progress ADD CONSTRAINT player_progress_current_node_id_fk FOREIGN KEY (tenant_id, current_node_id) REFERENCES story.nodes(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE story.player_progress ADD CONSTRAINT player_progress_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE story.player_progress ADD CONSTRAINT player_progress_season_id_fk FOREIGN KEY (tenant_id, season_id) REFERENCES story.seasons(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE story.player_progress ADD CONSTRAINT player_progress_started_has_node_check CHECK (((state = 'not_started'::text) OR (current_node_id IS NOT NULL)));
ALTER TABLE story.player_progress ADD CONSTRAINT player_progress_started_has_time_check CHECK (((state = 'not_started'::text) = (started_at IS NULL)));
ALTER TABLE story.player_progress ADD CONSTRAINT player_progress_state_check CHECK ((state = ANY (ARRAY['not_started'::text, 'in_progress'::text, 'completed'::text])));
ALTER TABLE story.player_progress ADD CONSTRAINT player_progress_times_in_order_check CHECK (((last_played_at >= started_at) AND (completed_at >= started_at)));
ALTER TABLE story.player_progress ADD CONSTRAINT player_progress_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE story.player_progress ADD CONSTRAINT player_progress_user_id_season_id_key UNIQUE (tenant_id, user_id, season_id);
CREATE INDEX player_progress_current_node_id_idx ON story.player_progress USING btree (tenant_id, current_node_id);
CREATE INDEX player_progress_season_id_state_idx ON story.player_progress USING btree (tenant_id, season_id, state);
ALTER TABLE story.player_progress ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON story.player_progress AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON story.player_progress FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE story.player_progress TO dmz_mover;
GRANT DELETE, SELECT ON TABLE story.player_progress TO dmz_app;
COMMENT ON TABLE story.player_progress IS 'How far a player is in a season: the scene where the story goes on, and what it remembers.
@kind tenant
@retention tenant
@evolving
@subject user_id of auth.users';
COMMENT ON COLUMN story.player_progress.current_node_id IS 'Null before the first scene.
Kept for going on where the player stopped.
@pii behaviour
@erasure delete_row';
COMMENT ON COLUMN story.player_progress.flags IS 'What the story remembers of the player’s choices, by flag.
Kept for telling the story that the player’s choices lead to.
@pii behaviour
@erasure delete_row';
COMMENT ON COLUMN story.player_progress.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX story.player_progress_current_node_id_idx IS 'rows that refer to one target, and the check of foreign key player_progress_current_node_id_fk';
COMMENT ON INDEX story.player_progress_season_id_state_idx IS 'how far players are in a season';

CREATE TABLE story.seasons (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  key text NOT NULL,
  number integer NOT NULL,
  title text NOT NULL,
  synopsis text NOT NULL,
  pack_version text,
  state text NOT NULL DEFAULT 'draft'::text,
  starts_at timestamp with time zone,
  ends_at timestamp with time zone,
  presentation jsonb NOT NULL DEFAULT '{}'::jsonb,
  version integer NOT NULL DEFAULT 1,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE story.seasons ADD CONSTRAINT seasons_end_has_start_check CHECK (((ends_at IS NULL) OR (starts_at IS NOT NULL)));
ALTER TABLE story.seasons ADD CONSTRAINT seasons_ended_has_end_check CHECK (((state <> 'ended'::text) OR (ends_at IS NOT NULL)));
ALTER TABLE story.seasons ADD CONSTRAINT seasons_key_form_check CHECK ((key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text));
ALTER TABLE story.seasons ADD CONSTRAINT seasons_number_positive_check CHECK ((number > 0));
ALTER TABLE story.seasons ADD CONSTRAINT seasons_open_has_start_check CHECK (((state = ANY (ARRAY['draft'::text, 'withdrawn'::text])) OR (starts_at IS NOT NULL)));
ALTER TABLE story.seasons ADD CONSTRAINT seasons_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE story.seasons ADD CONSTRAINT seasons_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'scheduled'::text, 'running'::text, 'ended'::text, 'withdrawn'::text])));
ALTER TABLE story.seasons ADD CONSTRAINT seasons_times_in_order_check CHECK ((ends_at > starts_at));
CREATE INDEX seasons_state_starts_at_idx ON story.seasons USING btree (tenant_id, state, starts_at);
CREATE UNIQUE INDEX seasons_key_key ON story.seasons USING btree (tenant_id, key) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX seasons_number_key ON story.seasons USING btree (tenant_id, number) WHERE (deleted_at IS NULL);
ALTER TABLE story.seasons ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON story.seasons AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON story.seasons FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE story.seasons TO dmz_mover;
GRANT SELECT ON TABLE story.seasons TO dmz_app;
COMMENT ON TABLE story.seasons IS 'Seasons of the story, each open to players for a time.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN story.seasons.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN story.seasons.ends_at IS 'First instant after it; null for a season without an end.';
COMMENT ON COLUMN story.seasons.number IS 'Counts the seasons from 1.';
COMMENT ON COLUMN story.seasons.pack_version IS 'Content pack that its sessions are played with, such as base@1; null for the tenant’s current one.';
COMMENT ON COLUMN story.seasons.presentation IS 'Colours, music and art by their asset keys.';
COMMENT ON COLUMN story.seasons.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX story.seasons_state_starts_at_idx IS 'the season that runs now';

CREATE SCHEMA threat;
GRANT USAGE ON SCHEMA threat TO dmz_app;
GRANT USAGE ON SCHEMA threat TO dmz_maintenance;
GRANT USAGE ON SCHEMA threat TO dmz_mover;
GRANT USAGE ON SCHEMA threat TO dmz_tenant;

CREATE TABLE threat.attack_tactics (
  tactic_id text NOT NULL,
  short_name text NOT NULL,
  name text NOT NULL,
  "position" integer NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE threat.attack_tactics ADD CONSTRAINT attack_tactics_pkey PRIMARY KEY (tactic_id);
ALTER TABLE threat.attack_tactics ADD CONSTRAINT attack_tactics_position_key UNIQUE ("position");
ALTER TABLE threat.attack_tactics ADD CONSTRAINT attack_tactics_position_positive_check CHECK (("position" > 0));
ALTER TABLE threat.attack_tactics ADD CONSTRAINT attack_tactics_short_name_key UNIQUE (short_name);
ALTER TABLE threat.attack_tactics ADD CONSTRAINT attack_tactics_tactic_id_form_check CHECK ((tactic_id ~ '^TA[0-9]{4}$'::text));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON threat.attack_tactics FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT SELECT ON TABLE threat.attack_tactics TO dmz_app;
GRANT SELECT ON TABLE threat.attack_tactics TO dmz_mover;
GRANT SELECT ON TABLE threat.attack_tactics TO dmz_tenant;
COMMENT ON TABLE threat.attack_tactics IS 'Tactics of MITRE ATT&CK: what an adversary is after at a step, in the order of the matrix.
@kind reference
@retention platform';
COMMENT ON COLUMN threat.attack_tactics."position" IS 'Place in the matrix from the left, from 1.';
COMMENT ON COLUMN threat.attack_tactics.short_name IS 'Name in ATT&CK’s STIX data, such as initial-access.';
COMMENT ON COLUMN threat.attack_tactics.tactic_id IS 'ATT&CK id, such as TA0001.';

CREATE TABLE threat.attack_vector_tactics (
  technique_id text NOT NULL,
  tactic_id text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE threat.attack_vector_tactics ADD CONSTRAINT attack_vector_tactics_pkey PRIMARY KEY (technique_id, tactic_id);
ALTER TABLE threat.attack_vector_tactics ADD CONSTRAINT attack_vector_tactics_tactic_id_fk FOREIGN KEY (tactic_id) REFERENCES threat.attack_tactics(tactic_id) ON DELETE RESTRICT;
ALTER TABLE threat.attack_vector_tactics ADD CONSTRAINT attack_vector_tactics_technique_id_fk FOREIGN KEY (technique_id) REFERENCES threat.attack_vectors(technique_id) ON DELETE RESTRICT;
CREATE INDEX attack_vector_tactics_tactic_id_idx ON threat.attack_vector_tactics USING btree (tactic_id);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON threat.attack_vector_tactics FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT SELECT ON TABLE threat.attack_vector_tactics TO dmz_app;
GRANT SELECT ON TABLE threat.attack_vector_tactics TO dmz_tenant;
COMMENT ON TABLE threat.attack_vector_tactics IS 'Which tactics a technique serves; some serve several.
@kind reference
@retention platform';
COMMENT ON INDEX threat.attack_vector_tactics_tactic_id_idx IS 'rows that refer to one target, and the check of foreign key attack_vector_tactics_tactic_id_fk';

CREATE TABLE threat.attack_vectors (
  technique_id text NOT NULL,
  parent_technique_id text,
  name text NOT NULL,
  description text NOT NULL,
  life_cycle text NOT NULL DEFAULT 'active'::text,
  replaced_by_id text,
  attack_release text NOT NULL,
  source_url text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE threat.attack_vectors ADD CONSTRAINT attack_vectors_attack_release_form_check CHECK ((attack_release ~ '^[0-9]+[.][0-9]+$'::text));
ALTER TABLE threat.attack_vectors ADD CONSTRAINT attack_vectors_life_cycle_check CHECK ((life_cycle = ANY (ARRAY['active'::text, 'deprecated'::text, 'revoked'::text])));
ALTER TABLE threat.attack_vectors ADD CONSTRAINT attack_vectors_not_replaced_by_itself_check CHECK ((replaced_by_id <> technique_id));
ALTER TABLE threat.attack_vectors ADD CONSTRAINT attack_vectors_only_revoked_is_replaced_check CHECK (((replaced_by_id IS NULL) OR (life_cycle = 'revoked'::text)));
ALTER TABLE threat.attack_vectors ADD CONSTRAINT attack_vectors_parent_is_id_without_suffix_check CHECK (
CASE
    WHEN (strpos(technique_id, '.'::text) > 0) THEN ((parent_technique_id IS NOT NULL) AND (parent_technique_id = split_part(technique_id, '.'::text, 1)))
    ELSE (parent_technique_id IS NULL)
END);
ALTER TABLE threat.attack_vectors ADD CONSTRAINT attack_vectors_parent_technique_id_fk FOREIGN KEY (parent_technique_id) REFERENCES threat.attack_vectors(technique_id) ON DELETE RESTRICT;
ALTER TABLE threat.attack_vectors ADD CONSTRAINT attack_vectors_pkey PRIMARY KEY (technique_id);
ALTER TABLE threat.attack_vectors ADD CONSTRAINT attack_vectors_replaced_by_id_fk FOREIGN KEY (replaced_by_id) REFERENCES threat.attack_vectors(technique_id) ON DELETE RESTRICT;
ALTER TABLE threat.attack_vectors ADD CONSTRAINT attack_vectors_source_url_form_check CHECK ((source_url ~ '^https://'::text));
ALTER TABLE threat.attack_vectors ADD CONSTRAINT attack_vectors_technique_id_form_check CHECK ((technique_id ~ '^T[0-9]{4}([.][0-9]{3})?$'::text));
CREATE INDEX attack_vectors_parent_technique_id_idx ON threat.attack_vectors USING btree (parent_technique_id);
CREATE INDEX attack_vectors_replaced_by_id_idx ON threat.attack_vectors USING btree (replaced_by_id);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON threat.attack_vectors FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT SELECT ON TABLE threat.attack_vectors TO dmz_app;
GRANT SELECT ON TABLE threat.attack_vectors TO dmz_mover;
GRANT SELECT ON TABLE threat.attack_vectors TO dmz_tenant;
COMMENT ON TABLE threat.attack_vectors IS 'Techniques and sub-techniques of MITRE ATT&CK that concern initial access, phishing and credential theft.
@kind reference
@retention platform';
COMMENT ON COLUMN threat.attack_vectors.attack_release IS 'Release of ATT&CK that the row was taken from, such as 19.1.';
COMMENT ON COLUMN threat.attack_vectors.life_cycle IS 'MITRE keeps ids for good: what is no longer used is deprecated or revoked.';
COMMENT ON COLUMN threat.attack_vectors.parent_technique_id IS 'The technique that it is a kind of; null where it is none’s.';
COMMENT ON COLUMN threat.attack_vectors.replaced_by_id IS 'The technique that MITRE revoked it in favour of.';
COMMENT ON COLUMN threat.attack_vectors.source_url IS 'The technique’s page at attack.mitre.org.';
COMMENT ON COLUMN threat.attack_vectors.technique_id IS 'ATT&CK id, such as T1566.002.';
COMMENT ON INDEX threat.attack_vectors_parent_technique_id_idx IS 'rows that refer to one target, and the check of foreign key attack_vectors_parent_technique_id_fk';
COMMENT ON INDEX threat.attack_vectors_replaced_by_id_idx IS 'rows that refer to one target, and the check of foreign key attack_vectors_replaced_by_id_fk';

CREATE TABLE threat.attacks (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  attack_key text NOT NULL,
  kind text NOT NULL,
  severity integer NOT NULL,
  technique_id text,
  campaign_phase_id uuid,
  email_id uuid,
  day integer NOT NULL,
  due_day integer NOT NULL,
  state text NOT NULL DEFAULT 'pending'::text,
  block_permille integer,
  launched_at timestamp with time zone NOT NULL,
  struck_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE threat.attacks ADD CONSTRAINT attacks_attack_key_form_check CHECK ((attack_key ~ '^d[0-9]{2,4}-a[0-9]+$'::text));
ALTER TABLE threat.attacks ADD CONSTRAINT attacks_block_range_check CHECK (((block_permille >= 0) AND (block_permille <= 1000)));
ALTER TABLE threat.attacks ADD CONSTRAINT attacks_campaign_phase_id_fk FOREIGN KEY (tenant_id, campaign_phase_id) REFERENCES threat.campaign_phases(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE threat.attacks ADD CONSTRAINT attacks_day_positive_check CHECK ((day > 0));
ALTER TABLE threat.attacks ADD CONSTRAINT attacks_days_in_order_check CHECK ((due_day >= day));
ALTER TABLE threat.attacks ADD CONSTRAINT attacks_kind_check CHECK ((kind = ANY (ARRAY['credential_theft'::text, 'ransomware'::text, 'data_leak'::text, 'sabotage'::text])));
ALTER TABLE threat.attacks ADD CONSTRAINT attacks_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE threat.attacks ADD CONSTRAINT attacks_session_id_attack_key_key UNIQUE (tenant_id, session_id, attack_key);
ALTER TABLE threat.attacks ADD CONSTRAINT attacks_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE threat.attacks ADD CONSTRAINT attacks_severity_range_check CHECK (((severity >= 1) AND (severity <= 5)));
ALTER TABLE threat.attacks ADD CONSTRAINT attacks_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'blocked'::text, 'breached'::text, 'expired'::text])));
ALTER TABLE threat.attacks ADD CONSTRAINT attacks_strike_complete_check CHECK ((num_nonnulls(struck_at, block_permille) =
CASE
    WHEN (state = ANY (ARRAY['blocked'::text, 'breached'::text])) THEN 2
    ELSE 0
END));
ALTER TABLE threat.attacks ADD CONSTRAINT attacks_technique_id_fk FOREIGN KEY (technique_id) REFERENCES threat.attack_vectors(technique_id) ON DELETE RESTRICT;
ALTER TABLE threat.attacks ADD CONSTRAINT attacks_times_in_order_check CHECK ((struck_at >= launched_at));
CREATE INDEX attacks_campaign_phase_id_idx ON threat.attacks USING btree (tenant_id, campaign_phase_id);
CREATE INDEX attacks_session_id_due_day_idx ON threat.attacks USING btree (tenant_id, session_id, due_day);
CREATE INDEX attacks_technique_id_idx ON threat.attacks USING btree (technique_id);
ALTER TABLE threat.attacks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON threat.attacks AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON threat.attacks FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE threat.attacks TO dmz_mover;
GRANT SELECT ON TABLE threat.attacks TO dmz_app;
COMMENT ON TABLE threat.attacks IS 'Attacks that were launched in a session: by what way, when they strike, and whether they were stopped.
@kind tenant
@retention tenant
@subject session_id of game.sessions';
COMMENT ON COLUMN threat.attacks.attack_key IS 'Name within the session, such as d03-a1.';
COMMENT ON COLUMN threat.attacks.block_permille IS 'Chance of 1000 that the defences had; null until it struck.';
COMMENT ON COLUMN threat.attacks.campaign_phase_id IS 'Null for an attack outside of any campaign.';
COMMENT ON COLUMN threat.attacks.day IS 'Game day of its launch.';
COMMENT ON COLUMN threat.attacks.due_day IS 'Game day on which it strikes.';
COMMENT ON COLUMN threat.attacks.email_id IS 'Id in game.emails: the approved e-mail that let it in; null for a probe of the worm itself.';
COMMENT ON COLUMN threat.attacks.severity IS '1 nuisance to 5 disaster.';
COMMENT ON COLUMN threat.attacks.technique_id IS 'How it got in; null where the content does not say.';
COMMENT ON INDEX threat.attacks_campaign_phase_id_idx IS 'rows that refer to one target, and the check of foreign key attacks_campaign_phase_id_fk';
COMMENT ON INDEX threat.attacks_session_id_due_day_idx IS 'attacks of a session that strike on a day';
COMMENT ON INDEX threat.attacks_technique_id_idx IS 'rows that refer to one target, and the check of foreign key attacks_technique_id_fk';

CREATE TABLE threat.breaches (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  attack_id uuid NOT NULL,
  kind text NOT NULL,
  severity integer NOT NULL,
  day integer NOT NULL,
  dwell_days integer NOT NULL,
  credits_delta integer NOT NULL,
  trust_delta integer NOT NULL,
  heat_delta integer NOT NULL,
  ransom_credits integer NOT NULL DEFAULT 0,
  occurred_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE threat.breaches ADD CONSTRAINT breaches_attack_id_fk FOREIGN KEY (tenant_id, attack_id) REFERENCES threat.attacks(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE threat.breaches ADD CONSTRAINT breaches_attack_id_key UNIQUE (tenant_id, attack_id);
ALTER TABLE threat.breaches ADD CONSTRAINT breaches_day_positive_check CHECK ((day > 0));
ALTER TABLE threat.breaches ADD CONSTRAINT breaches_dwell_not_negative_check CHECK ((dwell_days >= 0));
ALTER TABLE threat.breaches ADD CONSTRAINT breaches_kind_check CHECK ((kind = ANY (ARRAY['credential_theft'::text, 'ransomware'::text, 'data_leak'::text, 'sabotage'::text])));
ALTER TABLE threat.breaches ADD CONSTRAINT breaches_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE threat.breaches ADD CONSTRAINT breaches_ransom_not_negative_check CHECK ((ransom_credits >= 0));
ALTER TABLE threat.breaches ADD CONSTRAINT breaches_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE threat.breaches ADD CONSTRAINT breaches_severity_range_check CHECK (((severity >= 1) AND (severity <= 5)));
CREATE INDEX breaches_kind_occurred_at_idx ON threat.breaches USING btree (tenant_id, kind, occurred_at);
CREATE INDEX breaches_session_id_day_idx ON threat.breaches USING btree (tenant_id, session_id, day);
ALTER TABLE threat.breaches ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON threat.breaches AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON threat.breaches FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE threat.breaches TO dmz_mover;
GRANT SELECT ON TABLE threat.breaches TO dmz_app;
COMMENT ON TABLE threat.breaches IS 'Attacks that got through, and what they cost at once.
@kind append_only
@retention evidence
@subject session_id of game.sessions';
COMMENT ON COLUMN threat.breaches.dwell_days IS 'Game days from its launch to the breach.';
COMMENT ON COLUMN threat.breaches.heat_delta IS 'Change of the attackers’ attention, 0 to 100.';
COMMENT ON COLUMN threat.breaches.ransom_credits IS 'Demanded; 0 where nobody asks for a ransom.';
COMMENT ON COLUMN threat.breaches.severity IS '1 nuisance to 5 disaster.';
COMMENT ON INDEX threat.breaches_kind_occurred_at_idx IS 'breaches of a tenant over a period, by kind';
COMMENT ON INDEX threat.breaches_session_id_day_idx IS 'breaches of a session, by day';

CREATE TABLE threat.campaign_phase_vectors (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  phase_id uuid NOT NULL,
  technique_id text NOT NULL,
  weight integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE threat.campaign_phase_vectors ADD CONSTRAINT campaign_phase_vectors_phase_id_fk FOREIGN KEY (tenant_id, phase_id) REFERENCES threat.campaign_phases(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE threat.campaign_phase_vectors ADD CONSTRAINT campaign_phase_vectors_phase_id_technique_id_key UNIQUE (tenant_id, phase_id, technique_id);
ALTER TABLE threat.campaign_phase_vectors ADD CONSTRAINT campaign_phase_vectors_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE threat.campaign_phase_vectors ADD CONSTRAINT campaign_phase_vectors_technique_id_fk FOREIGN KEY (technique_id) REFERENCES threat.attack_vectors(technique_id) ON DELETE RESTRICT;
ALTER TABLE threat.campaign_phase_vectors ADD CONSTRAINT campaign_phase_vectors_weight_positive_check CHECK ((weight > 0));
CREATE INDEX campaign_phase_vectors_technique_id_idx ON threat.campaign_phase_vectors USING btree (technique_id);
ALTER TABLE threat.campaign_phase_vectors ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON threat.campaign_phase_vectors AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON threat.campaign_phase_vectors FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE threat.campaign_phase_vectors TO dmz_mover;
GRANT SELECT ON TABLE threat.campaign_phase_vectors TO dmz_app;
COMMENT ON TABLE threat.campaign_phase_vectors IS 'Techniques that a campaign uses in a phase, and how often each is drawn.
@kind tenant
@retention tenant';
COMMENT ON COLUMN threat.campaign_phase_vectors.weight IS 'Drawn in proportion to the others’ weights.';
COMMENT ON INDEX threat.campaign_phase_vectors_technique_id_idx IS 'rows that refer to one target, and the check of foreign key campaign_phase_vectors_technique_id_fk';

CREATE TABLE threat.campaign_phases (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  campaign_id uuid NOT NULL,
  "position" integer NOT NULL,
  tactic_id text NOT NULL,
  name text NOT NULL,
  starts_after_days integer NOT NULL,
  days integer NOT NULL,
  intensity_permille integer NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE threat.campaign_phases ADD CONSTRAINT campaign_phases_campaign_id_fk FOREIGN KEY (tenant_id, campaign_id) REFERENCES threat.campaigns(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE threat.campaign_phases ADD CONSTRAINT campaign_phases_campaign_id_position_key UNIQUE (tenant_id, campaign_id, "position");
ALTER TABLE threat.campaign_phases ADD CONSTRAINT campaign_phases_days_range_check CHECK (((starts_after_days >= 0) AND (days > 0)));
ALTER TABLE threat.campaign_phases ADD CONSTRAINT campaign_phases_intensity_range_check CHECK (((intensity_permille >= 0) AND (intensity_permille <= 1000)));
ALTER TABLE threat.campaign_phases ADD CONSTRAINT campaign_phases_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE threat.campaign_phases ADD CONSTRAINT campaign_phases_position_positive_check CHECK (("position" > 0));
ALTER TABLE threat.campaign_phases ADD CONSTRAINT campaign_phases_tactic_id_fk FOREIGN KEY (tactic_id) REFERENCES threat.attack_tactics(tactic_id) ON DELETE RESTRICT;
CREATE INDEX campaign_phases_tactic_id_idx ON threat.campaign_phases USING btree (tactic_id);
ALTER TABLE threat.campaign_phases ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON threat.campaign_phases AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON threat.campaign_phases FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE threat.campaign_phases TO dmz_mover;
GRANT SELECT ON TABLE threat.campaign_phases TO dmz_app;
COMMENT ON TABLE threat.campaign_phases IS 'Steps of a campaign, each one tactic for a span of game days.
@kind tenant
@retention tenant';
COMMENT ON COLUMN threat.campaign_phases."position" IS 'Order within the campaign, from 1.';
COMMENT ON COLUMN threat.campaign_phases.days IS 'Length in game days.';
COMMENT ON COLUMN threat.campaign_phases.intensity_permille IS 'Chance of an attack on a day of the phase, of 1000.';
COMMENT ON COLUMN threat.campaign_phases.starts_after_days IS 'Game days from the campaign’s first to this phase’s first.';
COMMENT ON INDEX threat.campaign_phases_tactic_id_idx IS 'rows that refer to one target, and the check of foreign key campaign_phases_tactic_id_fk';

CREATE TABLE threat.campaigns (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  pack_version text NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  adversary text NOT NULL,
  objective text NOT NULL,
  sophistication integer NOT NULL,
  from_threat_tier text NOT NULL DEFAULT 'LOW'::text,
  plan jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE threat.campaigns ADD CONSTRAINT campaigns_from_threat_tier_check CHECK ((from_threat_tier = ANY (ARRAY['LOW'::text, 'GUARDED'::text, 'ELEVATED'::text, 'HIGH'::text, 'SEVERE'::text])));
ALTER TABLE threat.campaigns ADD CONSTRAINT campaigns_objective_check CHECK ((objective = ANY (ARRAY['credential_theft'::text, 'ransomware'::text, 'data_leak'::text, 'sabotage'::text])));
ALTER TABLE threat.campaigns ADD CONSTRAINT campaigns_pack_version_key_key UNIQUE (tenant_id, pack_version, key);
ALTER TABLE threat.campaigns ADD CONSTRAINT campaigns_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE threat.campaigns ADD CONSTRAINT campaigns_sophistication_range_check CHECK (((sophistication >= 1) AND (sophistication <= 5)));
ALTER TABLE threat.campaigns ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON threat.campaigns AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON threat.campaigns FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE threat.campaigns TO dmz_mover;
GRANT SELECT ON TABLE threat.campaigns TO dmz_app;
COMMENT ON TABLE threat.campaigns IS 'Plans of an invented adversary that sessions can meet; released in a content pack and never changed after.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN threat.campaigns.adversary IS 'The invented group behind it.';
COMMENT ON COLUMN threat.campaigns.from_threat_tier IS 'Lowest threat at which a session can meet it.';
COMMENT ON COLUMN threat.campaigns.pack_version IS 'Pack and version that a session names, such as base@1.';
COMMENT ON COLUMN threat.campaigns.plan IS 'What the phases have no column for: lures, branching, texts.';
COMMENT ON COLUMN threat.campaigns.sophistication IS '1 opportunist to 5 state-like.';
COMMENT ON COLUMN threat.campaigns.version IS 'Version of the payload’s shape.';

CREATE TABLE threat.incident_actions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  incident_id uuid NOT NULL,
  "position" integer NOT NULL,
  response text NOT NULL,
  day integer NOT NULL,
  cost_credits integer NOT NULL,
  credits_delta integer NOT NULL,
  trust_delta integer NOT NULL,
  heat_delta integer NOT NULL,
  intel_delta integer NOT NULL,
  action_id uuid NOT NULL,
  taken_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE threat.incident_actions ADD CONSTRAINT incident_actions_cost_not_negative_check CHECK ((cost_credits >= 0));
ALTER TABLE threat.incident_actions ADD CONSTRAINT incident_actions_day_positive_check CHECK ((day > 0));
ALTER TABLE threat.incident_actions ADD CONSTRAINT incident_actions_incident_id_fk FOREIGN KEY (tenant_id, incident_id) REFERENCES threat.incidents(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE threat.incident_actions ADD CONSTRAINT incident_actions_incident_id_position_key UNIQUE (tenant_id, incident_id, "position");
ALTER TABLE threat.incident_actions ADD CONSTRAINT incident_actions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE threat.incident_actions ADD CONSTRAINT incident_actions_position_positive_check CHECK (("position" > 0));
ALTER TABLE threat.incident_actions ADD CONSTRAINT incident_actions_response_check CHECK ((response = ANY (ARRAY['contain'::text, 'restore_backup'::text, 'pay_ransom'::text, 'ignore'::text])));
ALTER TABLE threat.incident_actions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON threat.incident_actions AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON threat.incident_actions FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE threat.incident_actions TO dmz_mover;
GRANT SELECT ON TABLE threat.incident_actions TO dmz_app;
COMMENT ON TABLE threat.incident_actions IS 'What the player did about an incident, in order, and what each step cost.
@kind append_only
@retention evidence
@subject incident_id of threat.incidents';
COMMENT ON COLUMN threat.incident_actions."position" IS 'Order within the incident, from 1.';
COMMENT ON COLUMN threat.incident_actions.action_id IS 'Id in game.actions: the player’s action.';
COMMENT ON COLUMN threat.incident_actions.cost_credits IS 'Price of the response.';
COMMENT ON COLUMN threat.incident_actions.heat_delta IS 'Change of the attackers’ attention, 0 to 100.';

CREATE TABLE threat.incidents (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid NOT NULL,
  breach_id uuid NOT NULL,
  incident_key text NOT NULL,
  state text NOT NULL DEFAULT 'open'::text,
  response text,
  opened_day integer NOT NULL,
  resolved_day integer,
  opened_at timestamp with time zone NOT NULL,
  resolved_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE threat.incidents ADD CONSTRAINT incidents_breach_id_fk FOREIGN KEY (tenant_id, breach_id) REFERENCES threat.breaches(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE threat.incidents ADD CONSTRAINT incidents_breach_id_key UNIQUE (tenant_id, breach_id);
ALTER TABLE threat.incidents ADD CONSTRAINT incidents_incident_key_form_check CHECK ((incident_key ~ '^d[0-9]{2,4}-i[0-9]+$'::text));
ALTER TABLE threat.incidents ADD CONSTRAINT incidents_opened_day_positive_check CHECK ((opened_day > 0));
ALTER TABLE threat.incidents ADD CONSTRAINT incidents_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE threat.incidents ADD CONSTRAINT incidents_resolution_complete_check CHECK ((num_nonnulls(response, resolved_day, resolved_at) =
CASE state
    WHEN 'open'::text THEN 0
    ELSE 3
END));
ALTER TABLE threat.incidents ADD CONSTRAINT incidents_response_check CHECK ((response = ANY (ARRAY['contain'::text, 'restore_backup'::text, 'pay_ransom'::text, 'ignore'::text])));
ALTER TABLE threat.incidents ADD CONSTRAINT incidents_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE threat.incidents ADD CONSTRAINT incidents_session_id_incident_key_key UNIQUE (tenant_id, session_id, incident_key);
ALTER TABLE threat.incidents ADD CONSTRAINT incidents_state_check CHECK ((state = ANY (ARRAY['open'::text, 'resolved'::text])));
ALTER TABLE threat.incidents ADD CONSTRAINT incidents_times_in_order_check CHECK (((resolved_day >= opened_day) AND (resolved_at >= opened_at)));
CREATE INDEX incidents_session_id_state_idx ON threat.incidents USING btree (tenant_id, session_id, state);
ALTER TABLE threat.incidents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON threat.incidents AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON threat.incidents FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE threat.incidents TO dmz_mover;
GRANT SELECT ON TABLE threat.incidents TO dmz_app;
COMMENT ON TABLE threat.incidents IS 'What a breach leaves to be dealt with; a session goes on once none is open.
@kind tenant
@retention tenant
@subject session_id of game.sessions';
COMMENT ON COLUMN threat.incidents.incident_key IS 'Name within the session, such as d03-i1.';
COMMENT ON COLUMN threat.incidents.response IS 'The action that resolved it; null while it is open.';
COMMENT ON INDEX threat.incidents_session_id_state_idx IS 'open incidents of a session';

CREATE TABLE threat.intelligence_brief_vectors (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  brief_id uuid NOT NULL,
  technique_id text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE threat.intelligence_brief_vectors ADD CONSTRAINT intelligence_brief_vectors_brief_id_fk FOREIGN KEY (tenant_id, brief_id) REFERENCES threat.intelligence_briefs(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE threat.intelligence_brief_vectors ADD CONSTRAINT intelligence_brief_vectors_brief_id_technique_id_key UNIQUE (tenant_id, brief_id, technique_id);
ALTER TABLE threat.intelligence_brief_vectors ADD CONSTRAINT intelligence_brief_vectors_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE threat.intelligence_brief_vectors ADD CONSTRAINT intelligence_brief_vectors_technique_id_fk FOREIGN KEY (technique_id) REFERENCES threat.attack_vectors(technique_id) ON DELETE RESTRICT;
CREATE INDEX intelligence_brief_vectors_technique_id_idx ON threat.intelligence_brief_vectors USING btree (technique_id);
ALTER TABLE threat.intelligence_brief_vectors ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON threat.intelligence_brief_vectors AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON threat.intelligence_brief_vectors FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE threat.intelligence_brief_vectors TO dmz_mover;
GRANT SELECT ON TABLE threat.intelligence_brief_vectors TO dmz_app;
COMMENT ON TABLE threat.intelligence_brief_vectors IS 'Techniques that a brief warns of.
@kind tenant
@retention tenant
@subject brief_id of threat.intelligence_briefs';
COMMENT ON INDEX threat.intelligence_brief_vectors_technique_id_idx IS 'rows that refer to one target, and the check of foreign key intelligence_brief_vectors_technique_id_fk';

CREATE TABLE threat.intelligence_briefs (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  session_id uuid,
  campaign_id uuid,
  key text NOT NULL,
  title text NOT NULL,
  findings jsonb NOT NULL,
  traffic_light text NOT NULL DEFAULT 'green'::text,
  source_reliability text NOT NULL,
  information_credibility integer NOT NULL,
  cost_intel integer NOT NULL DEFAULT 0,
  day integer,
  published_at timestamp with time zone NOT NULL,
  valid_until timestamp with time zone,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE threat.intelligence_briefs ADD CONSTRAINT intelligence_briefs_campaign_id_fk FOREIGN KEY (tenant_id, campaign_id) REFERENCES threat.campaigns(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE threat.intelligence_briefs ADD CONSTRAINT intelligence_briefs_cost_not_negative_check CHECK ((cost_intel >= 0));
ALTER TABLE threat.intelligence_briefs ADD CONSTRAINT intelligence_briefs_credibility_range_check CHECK (((information_credibility >= 1) AND (information_credibility <= 6)));
ALTER TABLE threat.intelligence_briefs ADD CONSTRAINT intelligence_briefs_day_of_session_check CHECK (((session_id IS NULL) = (day IS NULL)));
ALTER TABLE threat.intelligence_briefs ADD CONSTRAINT intelligence_briefs_day_positive_check CHECK ((day > 0));
ALTER TABLE threat.intelligence_briefs ADD CONSTRAINT intelligence_briefs_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE threat.intelligence_briefs ADD CONSTRAINT intelligence_briefs_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE threat.intelligence_briefs ADD CONSTRAINT intelligence_briefs_session_id_key_key UNIQUE (tenant_id, session_id, key);
ALTER TABLE threat.intelligence_briefs ADD CONSTRAINT intelligence_briefs_source_reliability_check CHECK ((source_reliability = ANY (ARRAY['A'::text, 'B'::text, 'C'::text, 'D'::text, 'E'::text, 'F'::text])));
ALTER TABLE threat.intelligence_briefs ADD CONSTRAINT intelligence_briefs_traffic_light_check CHECK ((traffic_light = ANY (ARRAY['clear'::text, 'green'::text, 'amber'::text, 'amber_strict'::text, 'red'::text])));
ALTER TABLE threat.intelligence_briefs ADD CONSTRAINT intelligence_briefs_validity_order_check CHECK ((valid_until > published_at));
CREATE INDEX intelligence_briefs_campaign_id_idx ON threat.intelligence_briefs USING btree (tenant_id, campaign_id);
CREATE INDEX intelligence_briefs_published_at_idx ON threat.intelligence_briefs USING btree (tenant_id, published_at DESC);
CREATE UNIQUE INDEX intelligence_briefs_key_to_all_key ON threat.intelligence_briefs USING btree (tenant_id, key) WHERE (session_id IS NULL);
ALTER TABLE threat.intelligence_briefs ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON threat.intelligence_briefs AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON threat.intelligence_briefs FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE threat.intelligence_briefs TO dmz_mover;
GRANT SELECT ON TABLE threat.intelligence_briefs TO dmz_app;
COMMENT ON TABLE threat.intelligence_briefs IS 'What players are told about the adversary: to everybody, or in one session that paid for it.
@kind tenant
@retention tenant
@evolving
@subject session_id of game.sessions';
COMMENT ON COLUMN threat.intelligence_briefs.cost_intel IS 'Fragments of intel that it costs.';
COMMENT ON COLUMN threat.intelligence_briefs.day IS 'Game day that it came on; null for a brief to all.';
COMMENT ON COLUMN threat.intelligence_briefs.findings IS 'Paragraphs, indicators of compromise, and what to do.';
COMMENT ON COLUMN threat.intelligence_briefs.information_credibility IS 'Admiralty Code: 1 confirmed to 5 improbable, 6 cannot be judged.';
COMMENT ON COLUMN threat.intelligence_briefs.session_id IS 'The session that got it; null for a brief to all.';
COMMENT ON COLUMN threat.intelligence_briefs.source_reliability IS 'Admiralty Code (NATO AJP-2.1): A reliable to E unreliable, F cannot be judged.';
COMMENT ON COLUMN threat.intelligence_briefs.traffic_light IS 'Who may be told (FIRST, Traffic Light Protocol 2.0).';
COMMENT ON COLUMN threat.intelligence_briefs.valid_until IS 'No longer to be relied on from then (STIX 2.1, valid_until).';
COMMENT ON COLUMN threat.intelligence_briefs.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX threat.intelligence_briefs_campaign_id_idx IS 'rows that refer to one target, and the check of foreign key intelligence_briefs_campaign_id_fk';
COMMENT ON INDEX threat.intelligence_briefs_key_to_all_key IS 'a brief to all by its key; (session_id, key) says nothing where session_id is null';
COMMENT ON INDEX threat.intelligence_briefs_published_at_idx IS 'briefs, newest first';

CREATE SCHEMA training;
GRANT USAGE ON SCHEMA training TO dmz_app;
GRANT USAGE ON SCHEMA training TO dmz_maintenance;
GRANT USAGE ON SCHEMA training TO dmz_mover;

CREATE TABLE training.assessment_results (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  assessment_id uuid NOT NULL,
  assignment_id uuid,
  user_id uuid NOT NULL,
  attempt integer NOT NULL,
  questions_sha256 text NOT NULL,
  points integer NOT NULL,
  points_possible integer NOT NULL,
  passed boolean NOT NULL,
  game_session_id uuid,
  answers text,
  started_at timestamp with time zone NOT NULL,
  submitted_at timestamp with time zone NOT NULL,
  status text NOT NULL DEFAULT 'valid'::text,
  supersedes_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  status_reason text
);
ALTER TABLE training.assessment_results ADD CONSTRAINT assessment_results_answers_encrypted_check CHECK ((answers ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE training.assessment_results ADD CONSTRAINT assessment_results_assessment_id_fk FOREIGN KEY (tenant_id, assessment_id) REFERENCES training.assessments(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.assessment_results ADD CONSTRAINT assessment_results_assignment_id_fk FOREIGN KEY (tenant_id, assignment_id) REFERENCES training.assignments(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.assessment_results ADD CONSTRAINT assessment_results_attempt_positive_check CHECK ((attempt > 0));
ALTER TABLE training.assessment_results ADD CONSTRAINT assessment_results_game_session_id_fk FOREIGN KEY (tenant_id, game_session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.assessment_results ADD CONSTRAINT assessment_results_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE training.assessment_results ADD CONSTRAINT assessment_results_points_range_check CHECK ((((points >= 0) AND (points <= points_possible)) AND (points_possible > 0)));
ALTER TABLE training.assessment_results ADD CONSTRAINT assessment_results_questions_sha256_form_check CHECK ((questions_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE training.assessment_results ADD CONSTRAINT assessment_results_status_check CHECK ((status = ANY (ARRAY['valid'::text, 'superseded'::text, 'invalidated'::text])));
ALTER TABLE training.assessment_results ADD CONSTRAINT assessment_results_status_reason_check CHECK ((status_reason = ANY (ARRAY['correction'::text, 'duplicate'::text, 'wrong_person'::text, 'misconduct'::text, 'automation'::text, 'withdrawal'::text, 'revocation'::text, 'appeal'::text, 'renewal'::text])));
ALTER TABLE training.assessment_results ADD CONSTRAINT assessment_results_submitted_after_started_check CHECK ((submitted_at >= started_at));
ALTER TABLE training.assessment_results ADD CONSTRAINT assessment_results_supersedes_id_fk FOREIGN KEY (tenant_id, supersedes_id) REFERENCES training.assessment_results(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.assessment_results ADD CONSTRAINT assessment_results_supersedes_id_key UNIQUE (tenant_id, supersedes_id);
ALTER TABLE training.assessment_results ADD CONSTRAINT assessment_results_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX assessment_results_assessment_id_idx ON training.assessment_results USING btree (tenant_id, assessment_id);
CREATE INDEX assessment_results_assignment_id_idx ON training.assessment_results USING btree (tenant_id, assignment_id);
CREATE INDEX assessment_results_game_session_id_idx ON training.assessment_results USING btree (tenant_id, game_session_id);
CREATE INDEX assessment_results_user_id_submitted_at_idx ON training.assessment_results USING btree (tenant_id, user_id, submitted_at DESC);
CREATE UNIQUE INDEX assessment_results_assessment_id_user_id_attempt_key ON training.assessment_results USING btree (tenant_id, assessment_id, user_id, attempt) WHERE (supersedes_id IS NULL);
ALTER TABLE training.assessment_results ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON training.assessment_results AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON training.assessment_results FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE training.assessment_results TO dmz_app;
GRANT INSERT, SELECT ON TABLE training.assessment_results TO dmz_mover;
COMMENT ON TABLE training.assessment_results IS 'What a person scored in one attempt at an assessment, and which questions they were asked.
@kind append_only
@retention evidence
@subject user_id of auth.users';
COMMENT ON COLUMN training.assessment_results.answers IS 'JSON, encrypted with the person’s key.
Kept for showing the person and their trainer what was answered.
@pii behaviour
@erasure shred';
COMMENT ON COLUMN training.assessment_results.assignment_id IS 'Null where the person took it unasked.';
COMMENT ON COLUMN training.assessment_results.attempt IS 'From 1, for each person and assessment.';
COMMENT ON COLUMN training.assessment_results.game_session_id IS 'The game that was assessed, where it was one.';
COMMENT ON COLUMN training.assessment_results.questions_sha256 IS 'Hash of the questions as asked.';
COMMENT ON COLUMN training.assessment_results.status_reason IS 'Why it supersedes or invalidates another record.';
COMMENT ON COLUMN training.assessment_results.supersedes_id IS 'The record that this one supersedes or invalidates.';
COMMENT ON INDEX training.assessment_results_assessment_id_idx IS 'rows that refer to one target, and the check of foreign key assessment_results_assessment_id_fk';
COMMENT ON INDEX training.assessment_results_assignment_id_idx IS 'rows that refer to one target, and the check of foreign key assessment_results_assignment_id_fk';
COMMENT ON INDEX training.assessment_results_game_session_id_idx IS 'rows that refer to one target, and the check of foreign key assessment_results_game_session_id_fk';
COMMENT ON INDEX training.assessment_results_user_id_submitted_at_idx IS 'a person’s results, newest first';

CREATE TABLE training.assessments (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  module_id uuid NOT NULL,
  title text NOT NULL,
  purpose text NOT NULL,
  pass_mark_permille integer NOT NULL,
  attempts_allowed integer,
  time_limit_seconds integer,
  shuffled boolean NOT NULL DEFAULT true,
  questions jsonb NOT NULL,
  questions_sha256 text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE training.assessments ADD CONSTRAINT assessments_attempts_allowed_positive_check CHECK ((attempts_allowed > 0));
ALTER TABLE training.assessments ADD CONSTRAINT assessments_module_id_fk FOREIGN KEY (tenant_id, module_id) REFERENCES training.modules(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.assessments ADD CONSTRAINT assessments_pass_mark_range_check CHECK (((pass_mark_permille >= 0) AND (pass_mark_permille <= 1000)));
ALTER TABLE training.assessments ADD CONSTRAINT assessments_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE training.assessments ADD CONSTRAINT assessments_purpose_check CHECK ((purpose = ANY (ARRAY['baseline'::text, 'formative'::text, 'summative'::text, 'retention'::text])));
ALTER TABLE training.assessments ADD CONSTRAINT assessments_questions_sha256_form_check CHECK ((questions_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE training.assessments ADD CONSTRAINT assessments_time_limit_positive_check CHECK ((time_limit_seconds > 0));
CREATE INDEX assessments_module_id_idx ON training.assessments USING btree (tenant_id, module_id);
CREATE UNIQUE INDEX assessments_module_id_title_key ON training.assessments USING btree (tenant_id, module_id, title) WHERE (deleted_at IS NULL);
ALTER TABLE training.assessments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON training.assessments AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON training.assessments FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE training.assessments TO dmz_mover;
GRANT INSERT, SELECT ON TABLE training.assessments TO dmz_app;
COMMENT ON TABLE training.assessments IS 'Tests of what was learnt, with their questions and what counts as passing.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN training.assessments.attempts_allowed IS 'Null for as many as the person likes.';
COMMENT ON COLUMN training.assessments.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN training.assessments.pass_mark_permille IS 'Share of the points, in 1/1000.';
COMMENT ON COLUMN training.assessments.questions IS 'Questions, choices, keys and points.';
COMMENT ON COLUMN training.assessments.questions_sha256 IS 'SHA-256 of the questions’ canonical JSON (RFC 8785), which each result names.';
COMMENT ON COLUMN training.assessments.shuffled IS 'Whether questions change order.';
COMMENT ON COLUMN training.assessments.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX training.assessments_module_id_idx IS 'rows that refer to one target, and the check of foreign key assessments_module_id_fk';

CREATE TABLE training.assignments (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  program_id uuid NOT NULL,
  user_id uuid NOT NULL,
  cycle integer NOT NULL DEFAULT 1,
  origin text NOT NULL,
  assigned_by_id uuid,
  status text NOT NULL DEFAULT 'assigned'::text,
  progress_permille integer NOT NULL DEFAULT 0,
  assigned_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone NOT NULL,
  started_at timestamp with time zone,
  completed_at timestamp with time zone,
  waiver_reason text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE training.assignments ADD CONSTRAINT assignments_assigned_by_id_fk FOREIGN KEY (tenant_id, assigned_by_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.assignments ADD CONSTRAINT assignments_completed_has_time_check CHECK (((status = 'completed'::text) = (completed_at IS NOT NULL)));
ALTER TABLE training.assignments ADD CONSTRAINT assignments_cycle_positive_check CHECK ((cycle > 0));
ALTER TABLE training.assignments ADD CONSTRAINT assignments_due_after_assigned_check CHECK ((due_at > assigned_at));
ALTER TABLE training.assignments ADD CONSTRAINT assignments_origin_check CHECK ((origin = ANY (ARRAY['audience_rule'::text, 'onboarding'::text, 'role_change'::text, 'phishing_failure'::text, 'manager'::text, 'self'::text, 'api'::text])));
ALTER TABLE training.assignments ADD CONSTRAINT assignments_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE training.assignments ADD CONSTRAINT assignments_program_id_fk FOREIGN KEY (tenant_id, program_id) REFERENCES training.programs(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.assignments ADD CONSTRAINT assignments_program_id_user_id_cycle_key UNIQUE (tenant_id, program_id, user_id, cycle);
ALTER TABLE training.assignments ADD CONSTRAINT assignments_progress_range_check CHECK (((progress_permille >= 0) AND (progress_permille <= 1000)));
ALTER TABLE training.assignments ADD CONSTRAINT assignments_started_before_completed_check CHECK ((completed_at >= started_at));
ALTER TABLE training.assignments ADD CONSTRAINT assignments_status_check CHECK ((status = ANY (ARRAY['assigned'::text, 'in_progress'::text, 'completed'::text, 'overdue'::text, 'waived'::text, 'cancelled'::text])));
ALTER TABLE training.assignments ADD CONSTRAINT assignments_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX assignments_assigned_by_id_idx ON training.assignments USING btree (tenant_id, assigned_by_id);
CREATE INDEX assignments_status_due_at_idx ON training.assignments USING btree (tenant_id, status, due_at);
CREATE INDEX assignments_user_id_due_at_idx ON training.assignments USING btree (tenant_id, user_id, due_at);
ALTER TABLE training.assignments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON training.assignments AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON training.assignments FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE training.assignments TO dmz_mover;
GRANT INSERT, SELECT ON TABLE training.assignments TO dmz_app;
GRANT UPDATE ON COLUMN training.assignments.waiver_reason TO dmz_app;
COMMENT ON TABLE training.assignments IS 'That a person must complete a programme by a day, once for each cycle, and how far they are.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN training.assignments.assigned_by_id IS 'The person who assigned it; null for a rule.';
COMMENT ON COLUMN training.assignments.cycle IS 'How many times the programme came round.';
COMMENT ON COLUMN training.assignments.origin IS 'What made the person be assigned.';
COMMENT ON COLUMN training.assignments.progress_permille IS 'In 1/1000.';
COMMENT ON COLUMN training.assignments.waiver_reason IS 'Kept for saying why a person need not complete it.
@pii free_text
@erasure null';
COMMENT ON INDEX training.assignments_assigned_by_id_idx IS 'rows that refer to one target, and the check of foreign key assignments_assigned_by_id_fk';
COMMENT ON INDEX training.assignments_status_due_at_idx IS 'open assignments that fall due, to be reminded of or escalated';
COMMENT ON INDEX training.assignments_user_id_due_at_idx IS 'a person’s assignments, next due first';

CREATE TABLE training.attestations (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  policy_version_id uuid NOT NULL,
  user_id uuid NOT NULL,
  method text NOT NULL,
  signatory_name text,
  ip_address text,
  user_agent text,
  attested_at timestamp with time zone NOT NULL,
  status text NOT NULL DEFAULT 'valid'::text,
  supersedes_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  status_reason text
);
ALTER TABLE training.attestations ADD CONSTRAINT attestations_ip_address_encrypted_check CHECK ((ip_address ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE training.attestations ADD CONSTRAINT attestations_method_check CHECK ((method = ANY (ARRAY['click'::text, 'typed_name'::text, 'step_up'::text, 'electronic_signature'::text])));
ALTER TABLE training.attestations ADD CONSTRAINT attestations_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE training.attestations ADD CONSTRAINT attestations_policy_version_id_fk FOREIGN KEY (tenant_id, policy_version_id) REFERENCES training.policy_versions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.attestations ADD CONSTRAINT attestations_signatory_name_encrypted_check CHECK ((signatory_name ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE training.attestations ADD CONSTRAINT attestations_status_check CHECK ((status = ANY (ARRAY['valid'::text, 'superseded'::text, 'invalidated'::text])));
ALTER TABLE training.attestations ADD CONSTRAINT attestations_status_reason_check CHECK ((status_reason = ANY (ARRAY['correction'::text, 'duplicate'::text, 'wrong_person'::text, 'misconduct'::text, 'automation'::text, 'withdrawal'::text, 'revocation'::text, 'appeal'::text, 'renewal'::text])));
ALTER TABLE training.attestations ADD CONSTRAINT attestations_supersedes_id_fk FOREIGN KEY (tenant_id, supersedes_id) REFERENCES training.attestations(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.attestations ADD CONSTRAINT attestations_supersedes_id_key UNIQUE (tenant_id, supersedes_id);
ALTER TABLE training.attestations ADD CONSTRAINT attestations_user_agent_encrypted_check CHECK ((user_agent ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE training.attestations ADD CONSTRAINT attestations_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX attestations_policy_version_id_idx ON training.attestations USING btree (tenant_id, policy_version_id);
CREATE INDEX attestations_user_id_attested_at_idx ON training.attestations USING btree (tenant_id, user_id, attested_at DESC);
CREATE UNIQUE INDEX attestations_policy_version_id_user_id_key ON training.attestations USING btree (tenant_id, policy_version_id, user_id) WHERE (supersedes_id IS NULL);
ALTER TABLE training.attestations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON training.attestations AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON training.attestations FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE training.attestations TO dmz_app;
GRANT INSERT, SELECT ON TABLE training.attestations TO dmz_mover;
COMMENT ON TABLE training.attestations IS 'That a person declared to have read a policy’s version and to follow it.
@kind append_only
@retention evidence
@subject user_id of auth.users';
COMMENT ON COLUMN training.attestations.ip_address IS 'Kept for proving where the declaration came from.
@pii network
@erasure shred';
COMMENT ON COLUMN training.attestations.method IS 'How the declaration was made; step_up follows a fresh sign-in.';
COMMENT ON COLUMN training.attestations.signatory_name IS 'Kept for naming who signed.
@pii identity
@erasure shred';
COMMENT ON COLUMN training.attestations.status_reason IS 'Why it supersedes or invalidates another record.';
COMMENT ON COLUMN training.attestations.supersedes_id IS 'The record that this one supersedes or invalidates.';
COMMENT ON COLUMN training.attestations.user_agent IS 'Kept for proving which browser the declaration came from.
@pii network
@erasure shred';
COMMENT ON INDEX training.attestations_policy_version_id_idx IS 'rows that refer to one target, and the check of foreign key attestations_policy_version_id_fk';
COMMENT ON INDEX training.attestations_user_id_attested_at_idx IS 'a person’s attestations, newest first';

CREATE TABLE training.certificates (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  program_id uuid NOT NULL,
  completion_id uuid NOT NULL,
  user_id uuid NOT NULL,
  holder_name text,
  serial text NOT NULL,
  issued_on date NOT NULL,
  expires_on date,
  document_object_id uuid,
  signature text NOT NULL,
  signing_key_id text NOT NULL,
  status text NOT NULL DEFAULT 'valid'::text,
  supersedes_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  status_reason text
);
ALTER TABLE training.certificates ADD CONSTRAINT certificates_completion_id_fk FOREIGN KEY (tenant_id, completion_id) REFERENCES training.completions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.certificates ADD CONSTRAINT certificates_document_object_id_fk FOREIGN KEY (tenant_id, document_object_id) REFERENCES files.objects(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.certificates ADD CONSTRAINT certificates_expires_after_issued_check CHECK ((expires_on > issued_on));
ALTER TABLE training.certificates ADD CONSTRAINT certificates_holder_name_encrypted_check CHECK ((holder_name ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE training.certificates ADD CONSTRAINT certificates_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE training.certificates ADD CONSTRAINT certificates_program_id_fk FOREIGN KEY (tenant_id, program_id) REFERENCES training.programs(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.certificates ADD CONSTRAINT certificates_status_check CHECK ((status = ANY (ARRAY['valid'::text, 'superseded'::text, 'invalidated'::text])));
ALTER TABLE training.certificates ADD CONSTRAINT certificates_status_reason_check CHECK ((status_reason = ANY (ARRAY['correction'::text, 'duplicate'::text, 'wrong_person'::text, 'misconduct'::text, 'automation'::text, 'withdrawal'::text, 'revocation'::text, 'appeal'::text, 'renewal'::text])));
ALTER TABLE training.certificates ADD CONSTRAINT certificates_supersedes_id_fk FOREIGN KEY (tenant_id, supersedes_id) REFERENCES training.certificates(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.certificates ADD CONSTRAINT certificates_supersedes_id_key UNIQUE (tenant_id, supersedes_id);
ALTER TABLE training.certificates ADD CONSTRAINT certificates_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX certificates_completion_id_idx ON training.certificates USING btree (tenant_id, completion_id);
CREATE INDEX certificates_document_object_id_idx ON training.certificates USING btree (tenant_id, document_object_id);
CREATE INDEX certificates_expires_on_idx ON training.certificates USING btree (tenant_id, expires_on);
CREATE INDEX certificates_program_id_idx ON training.certificates USING btree (tenant_id, program_id);
CREATE INDEX certificates_user_id_created_at_idx ON training.certificates USING btree (tenant_id, user_id, created_at DESC);
CREATE UNIQUE INDEX certificates_serial_key ON training.certificates USING btree (tenant_id, serial) WHERE (supersedes_id IS NULL);
ALTER TABLE training.certificates ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON training.certificates AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON training.certificates FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE training.certificates TO dmz_app;
GRANT INSERT, SELECT ON TABLE training.certificates TO dmz_mover;
COMMENT ON TABLE training.certificates IS 'Signed proof, for printing and for verifying, that a person completed a programme.
@kind append_only
@retention evidence
@subject user_id of auth.users';
COMMENT ON COLUMN training.certificates.completion_id IS 'The completion that is certified.';
COMMENT ON COLUMN training.certificates.document_object_id IS 'The PDF as issued.';
COMMENT ON COLUMN training.certificates.expires_on IS 'Last day that it is good for; null without end.';
COMMENT ON COLUMN training.certificates.holder_name IS 'JSON, encrypted with the person’s key: the name, what the programme was called, and a random salt, so that nobody can try names on the signature.
Kept for printed on the certificate.
@pii identity
@erasure shred';
COMMENT ON COLUMN training.certificates.serial IS 'Printed number by which anyone can have it verified.';
COMMENT ON COLUMN training.certificates.signature IS 'Ed25519 (RFC 8032) over the certificate’s canonical JSON (RFC 8785), base64url.';
COMMENT ON COLUMN training.certificates.signing_key_id IS 'RFC 7638 thumbprint of the public key.';
COMMENT ON COLUMN training.certificates.status_reason IS 'Why it supersedes or invalidates another record.';
COMMENT ON COLUMN training.certificates.supersedes_id IS 'The record that this one supersedes or invalidates.';
COMMENT ON INDEX training.certificates_completion_id_idx IS 'rows that refer to one target, and the check of foreign key certificates_completion_id_fk';
COMMENT ON INDEX training.certificates_document_object_id_idx IS 'rows that refer to one target, and the check of foreign key certificates_document_object_id_fk';
COMMENT ON INDEX training.certificates_expires_on_idx IS 'certificates that expire, to be renewed';
COMMENT ON INDEX training.certificates_program_id_idx IS 'rows that refer to one target, and the check of foreign key certificates_program_id_fk';
COMMENT ON INDEX training.certificates_user_id_created_at_idx IS 'a person’s certificates, newest first';

CREATE TABLE training.completions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  program_id uuid NOT NULL,
  module_id uuid,
  assignment_id uuid,
  user_id uuid NOT NULL,
  completed_at timestamp with time zone NOT NULL,
  valid_until date,
  assessment_result_id uuid,
  game_session_id uuid,
  statement_id uuid,
  score_permille integer,
  status text NOT NULL DEFAULT 'valid'::text,
  supersedes_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  status_reason text
);
ALTER TABLE training.completions ADD CONSTRAINT completions_assessment_result_id_fk FOREIGN KEY (tenant_id, assessment_result_id) REFERENCES training.assessment_results(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.completions ADD CONSTRAINT completions_assignment_id_fk FOREIGN KEY (tenant_id, assignment_id) REFERENCES training.assignments(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.completions ADD CONSTRAINT completions_game_session_id_fk FOREIGN KEY (tenant_id, game_session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.completions ADD CONSTRAINT completions_module_id_fk FOREIGN KEY (tenant_id, module_id) REFERENCES training.modules(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.completions ADD CONSTRAINT completions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE training.completions ADD CONSTRAINT completions_program_id_fk FOREIGN KEY (tenant_id, program_id) REFERENCES training.programs(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.completions ADD CONSTRAINT completions_score_range_check CHECK (((score_permille >= 0) AND (score_permille <= 1000)));
ALTER TABLE training.completions ADD CONSTRAINT completions_status_check CHECK ((status = ANY (ARRAY['valid'::text, 'superseded'::text, 'invalidated'::text])));
ALTER TABLE training.completions ADD CONSTRAINT completions_status_reason_check CHECK ((status_reason = ANY (ARRAY['correction'::text, 'duplicate'::text, 'wrong_person'::text, 'misconduct'::text, 'automation'::text, 'withdrawal'::text, 'revocation'::text, 'appeal'::text, 'renewal'::text])));
ALTER TABLE training.completions ADD CONSTRAINT completions_supersedes_id_fk FOREIGN KEY (tenant_id, supersedes_id) REFERENCES training.completions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.completions ADD CONSTRAINT completions_supersedes_id_key UNIQUE (tenant_id, supersedes_id);
ALTER TABLE training.completions ADD CONSTRAINT completions_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX completions_assessment_result_id_idx ON training.completions USING btree (tenant_id, assessment_result_id);
CREATE INDEX completions_assignment_id_idx ON training.completions USING btree (tenant_id, assignment_id);
CREATE INDEX completions_game_session_id_idx ON training.completions USING btree (tenant_id, game_session_id);
CREATE INDEX completions_module_id_idx ON training.completions USING btree (tenant_id, module_id);
CREATE INDEX completions_program_id_completed_at_idx ON training.completions USING btree (tenant_id, program_id, completed_at);
CREATE INDEX completions_user_id_completed_at_idx ON training.completions USING btree (tenant_id, user_id, completed_at DESC);
CREATE INDEX completions_valid_until_idx ON training.completions USING btree (tenant_id, valid_until);
CREATE UNIQUE INDEX completions_assignment_id_module_id_key ON training.completions USING btree (tenant_id, assignment_id, module_id) NULLS NOT DISTINCT WHERE ((assignment_id IS NOT NULL) AND (supersedes_id IS NULL));
ALTER TABLE training.completions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON training.completions AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON training.completions FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE training.completions TO dmz_app;
GRANT INSERT, SELECT ON TABLE training.completions TO dmz_mover;
COMMENT ON TABLE training.completions IS 'That a person completed a programme, or one module of it, and what that rests on.
@kind append_only
@retention evidence
@subject user_id of auth.users';
COMMENT ON COLUMN training.completions.assessment_result_id IS 'The result that it rests on.';
COMMENT ON COLUMN training.completions.assignment_id IS 'Null where the person was not assigned.';
COMMENT ON COLUMN training.completions.game_session_id IS 'The game that it rests on.';
COMMENT ON COLUMN training.completions.module_id IS 'The module completed; null for the programme as a whole.';
COMMENT ON COLUMN training.completions.score_permille IS 'In 1/1000; null where nothing was scored.';
COMMENT ON COLUMN training.completions.statement_id IS 'Id in lrs.statements: the statement that it rests on.';
COMMENT ON COLUMN training.completions.status_reason IS 'Why it supersedes or invalidates another record.';
COMMENT ON COLUMN training.completions.supersedes_id IS 'The record that this one supersedes or invalidates.';
COMMENT ON COLUMN training.completions.valid_until IS 'Last day that it counts; null where it does not lapse.';
COMMENT ON INDEX training.completions_assessment_result_id_idx IS 'rows that refer to one target, and the check of foreign key completions_assessment_result_id_fk';
COMMENT ON INDEX training.completions_assignment_id_idx IS 'rows that refer to one target, and the check of foreign key completions_assignment_id_fk';
COMMENT ON INDEX training.completions_game_session_id_idx IS 'rows that refer to one target, and the check of foreign key completions_game_session_id_fk';
COMMENT ON INDEX training.completions_module_id_idx IS 'rows that refer to one target, and the check of foreign key completions_module_id_fk';
COMMENT ON INDEX training.completions_program_id_completed_at_idx IS 'who completed a programme in a period';
COMMENT ON INDEX training.completions_user_id_completed_at_idx IS 'a person’s completions, newest first';
COMMENT ON INDEX training.completions_valid_until_idx IS 'completions that lapse, to be assigned again';

CREATE TABLE training.escalations (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  assignment_id uuid NOT NULL,
  level integer NOT NULL,
  reason text NOT NULL,
  recipient_id uuid NOT NULL,
  days_overdue integer NOT NULL,
  delivery_id uuid,
  escalated_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE training.escalations ADD CONSTRAINT escalations_assignment_id_fk FOREIGN KEY (tenant_id, assignment_id) REFERENCES training.assignments(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.escalations ADD CONSTRAINT escalations_assignment_id_reason_level_key UNIQUE (tenant_id, assignment_id, reason, level);
ALTER TABLE training.escalations ADD CONSTRAINT escalations_level_range_check CHECK (((level >= 1) AND (level <= 5)));
ALTER TABLE training.escalations ADD CONSTRAINT escalations_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE training.escalations ADD CONSTRAINT escalations_reason_check CHECK ((reason = ANY (ARRAY['due_soon'::text, 'overdue'::text, 'assessment_failed'::text, 'repeat_clicker'::text])));
ALTER TABLE training.escalations ADD CONSTRAINT escalations_recipient_id_fk FOREIGN KEY (tenant_id, recipient_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX escalations_recipient_id_idx ON training.escalations USING btree (tenant_id, recipient_id);
ALTER TABLE training.escalations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON training.escalations AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON training.escalations FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE training.escalations TO dmz_app;
GRANT INSERT, SELECT ON TABLE training.escalations TO dmz_mover;
COMMENT ON TABLE training.escalations IS 'That somebody was told of an assignment which was not completed in time: the proof that the tenant insisted.
@kind append_only
@retention evidence
@subject assignment_id of training.assignments';
COMMENT ON COLUMN training.escalations.days_overdue IS 'Negative before the assignment is due.';
COMMENT ON COLUMN training.escalations.delivery_id IS 'Id in notification.deliveries: the message sent.';
COMMENT ON COLUMN training.escalations.level IS '1 reminds the person; each higher one tells a superior.';
COMMENT ON COLUMN training.escalations.recipient_id IS 'The person who was told.';
COMMENT ON INDEX training.escalations_recipient_id_idx IS 'rows that refer to one target, and the check of foreign key escalations_recipient_id_fk';

CREATE TABLE training.jit_interventions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  module_id uuid NOT NULL,
  trigger text NOT NULL,
  game_session_id uuid,
  interaction_id uuid,
  status text NOT NULL DEFAULT 'offered'::text,
  offered_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  opened_at timestamp with time zone,
  completed_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE training.jit_interventions ADD CONSTRAINT jit_interventions_completed_has_time_check CHECK (((status = 'completed'::text) = (completed_at IS NOT NULL)));
ALTER TABLE training.jit_interventions ADD CONSTRAINT jit_interventions_expires_after_offered_check CHECK ((expires_at > offered_at));
ALTER TABLE training.jit_interventions ADD CONSTRAINT jit_interventions_game_session_id_fk FOREIGN KEY (tenant_id, game_session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.jit_interventions ADD CONSTRAINT jit_interventions_module_id_fk FOREIGN KEY (tenant_id, module_id) REFERENCES training.modules(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.jit_interventions ADD CONSTRAINT jit_interventions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE training.jit_interventions ADD CONSTRAINT jit_interventions_status_check CHECK ((status = ANY (ARRAY['offered'::text, 'opened'::text, 'completed'::text, 'dismissed'::text, 'expired'::text])));
ALTER TABLE training.jit_interventions ADD CONSTRAINT jit_interventions_trigger_check CHECK ((trigger = ANY (ARRAY['phishing_click'::text, 'data_entered'::text, 'report_missed'::text, 'game_mistake'::text, 'policy_breach'::text, 'lapsed_skill'::text])));
ALTER TABLE training.jit_interventions ADD CONSTRAINT jit_interventions_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX jit_interventions_game_session_id_idx ON training.jit_interventions USING btree (tenant_id, game_session_id);
CREATE INDEX jit_interventions_module_id_idx ON training.jit_interventions USING btree (tenant_id, module_id);
CREATE INDEX jit_interventions_status_expires_at_idx ON training.jit_interventions USING btree (tenant_id, status, expires_at);
CREATE INDEX jit_interventions_user_id_status_offered_at_idx ON training.jit_interventions USING btree (tenant_id, user_id, status, offered_at DESC);
ALTER TABLE training.jit_interventions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON training.jit_interventions AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON training.jit_interventions FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE training.jit_interventions TO dmz_mover;
GRANT SELECT ON TABLE training.jit_interventions TO dmz_app;
COMMENT ON TABLE training.jit_interventions IS 'Short lessons given just in time, at the moment when a person made a mistake.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN training.jit_interventions.game_session_id IS 'The game in which the mistake was made.';
COMMENT ON COLUMN training.jit_interventions.interaction_id IS 'Id in phishing.interactions: the mistake made there.';
COMMENT ON INDEX training.jit_interventions_game_session_id_idx IS 'rows that refer to one target, and the check of foreign key jit_interventions_game_session_id_fk';
COMMENT ON INDEX training.jit_interventions_module_id_idx IS 'rows that refer to one target, and the check of foreign key jit_interventions_module_id_fk';
COMMENT ON INDEX training.jit_interventions_status_expires_at_idx IS 'offers that have expired, to be closed';
COMMENT ON INDEX training.jit_interventions_user_id_status_offered_at_idx IS 'a person’s lessons on offer';

CREATE TABLE training.management_attestations (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  framework_code text NOT NULL,
  program_id uuid,
  user_id uuid NOT NULL,
  capacity text NOT NULL,
  period_starts_on date NOT NULL,
  period_ends_on date NOT NULL,
  wording text NOT NULL,
  signatory_name text,
  signature text NOT NULL,
  signing_key_id text NOT NULL,
  attested_at timestamp with time zone NOT NULL,
  status text NOT NULL DEFAULT 'valid'::text,
  supersedes_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  status_reason text
);
ALTER TABLE training.management_attestations ADD CONSTRAINT management_attestations_framework_code_fk FOREIGN KEY (framework_code) REFERENCES public.regulatory_frameworks(code) ON DELETE RESTRICT;
ALTER TABLE training.management_attestations ADD CONSTRAINT management_attestations_period_order_check CHECK ((period_ends_on >= period_starts_on));
ALTER TABLE training.management_attestations ADD CONSTRAINT management_attestations_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE training.management_attestations ADD CONSTRAINT management_attestations_program_id_fk FOREIGN KEY (tenant_id, program_id) REFERENCES training.programs(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.management_attestations ADD CONSTRAINT management_attestations_signatory_name_encrypted_check CHECK ((signatory_name ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE training.management_attestations ADD CONSTRAINT management_attestations_status_check CHECK ((status = ANY (ARRAY['valid'::text, 'superseded'::text, 'invalidated'::text])));
ALTER TABLE training.management_attestations ADD CONSTRAINT management_attestations_status_reason_check CHECK ((status_reason = ANY (ARRAY['correction'::text, 'duplicate'::text, 'wrong_person'::text, 'misconduct'::text, 'automation'::text, 'withdrawal'::text, 'revocation'::text, 'appeal'::text, 'renewal'::text])));
ALTER TABLE training.management_attestations ADD CONSTRAINT management_attestations_supersedes_id_fk FOREIGN KEY (tenant_id, supersedes_id) REFERENCES training.management_attestations(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.management_attestations ADD CONSTRAINT management_attestations_supersedes_id_key UNIQUE (tenant_id, supersedes_id);
ALTER TABLE training.management_attestations ADD CONSTRAINT management_attestations_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX management_attestations_framework_code_idx ON training.management_attestations USING btree (framework_code);
CREATE INDEX management_attestations_program_id_idx ON training.management_attestations USING btree (tenant_id, program_id);
CREATE INDEX management_attestations_user_id_idx ON training.management_attestations USING btree (tenant_id, user_id);
ALTER TABLE training.management_attestations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON training.management_attestations AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON training.management_attestations FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE training.management_attestations TO dmz_app;
GRANT INSERT, SELECT ON TABLE training.management_attestations TO dmz_mover;
COMMENT ON TABLE training.management_attestations IS 'That a member of management vouched for the training of a period, as NIS2 Art. 20 and DORA Art. 5 expect.
@kind append_only
@retention evidence
@subject user_id of auth.users';
COMMENT ON COLUMN training.management_attestations.capacity IS 'Office that the person held, such as CISO.';
COMMENT ON COLUMN training.management_attestations.framework_code IS 'The rule under which it is given.';
COMMENT ON COLUMN training.management_attestations.period_ends_on IS 'Last day of the period.';
COMMENT ON COLUMN training.management_attestations.program_id IS 'The programme vouched for; null for all of them.';
COMMENT ON COLUMN training.management_attestations.signatory_name IS 'Kept for naming who signed.
@pii identity
@erasure shred';
COMMENT ON COLUMN training.management_attestations.signature IS 'Ed25519 (RFC 8032) over the declaration’s canonical JSON (RFC 8785), base64url.';
COMMENT ON COLUMN training.management_attestations.signing_key_id IS 'RFC 7638 thumbprint of the public key.';
COMMENT ON COLUMN training.management_attestations.status_reason IS 'Why it supersedes or invalidates another record.';
COMMENT ON COLUMN training.management_attestations.supersedes_id IS 'The record that this one supersedes or invalidates.';
COMMENT ON COLUMN training.management_attestations.user_id IS 'The person who vouches.';
COMMENT ON COLUMN training.management_attestations.wording IS 'What was declared, from the framework’s template.';
COMMENT ON INDEX training.management_attestations_framework_code_idx IS 'rows that refer to one target, and the check of foreign key management_attestations_framework_code_fk';
COMMENT ON INDEX training.management_attestations_program_id_idx IS 'rows that refer to one target, and the check of foreign key management_attestations_program_id_fk';
COMMENT ON INDEX training.management_attestations_user_id_idx IS 'rows that refer to one target, and the check of foreign key management_attestations_user_id_fk';

CREATE TABLE training.modules (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  program_id uuid NOT NULL,
  "position" integer NOT NULL,
  title text NOT NULL,
  format text NOT NULL,
  required boolean NOT NULL DEFAULT true,
  estimated_minutes integer,
  content_item_id uuid,
  activity_iri text,
  settings jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE training.modules ADD CONSTRAINT modules_content_item_id_fk FOREIGN KEY (tenant_id, content_item_id) REFERENCES content.items(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.modules ADD CONSTRAINT modules_estimated_minutes_positive_check CHECK ((estimated_minutes > 0));
ALTER TABLE training.modules ADD CONSTRAINT modules_format_check CHECK ((format = ANY (ARRAY['lesson'::text, 'game_session'::text, 'assessment'::text, 'video'::text, 'policy'::text, 'scorm'::text, 'cmi5'::text, 'aicc'::text, 'lti'::text])));
ALTER TABLE training.modules ADD CONSTRAINT modules_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE training.modules ADD CONSTRAINT modules_position_positive_check CHECK (("position" > 0));
ALTER TABLE training.modules ADD CONSTRAINT modules_program_id_fk FOREIGN KEY (tenant_id, program_id) REFERENCES training.programs(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX modules_content_item_id_idx ON training.modules USING btree (tenant_id, content_item_id);
CREATE INDEX modules_program_id_idx ON training.modules USING btree (tenant_id, program_id);
CREATE UNIQUE INDEX modules_program_id_position_key ON training.modules USING btree (tenant_id, program_id, "position") WHERE (deleted_at IS NULL);
ALTER TABLE training.modules ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON training.modules AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON training.modules FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE training.modules TO dmz_mover;
GRANT INSERT, SELECT ON TABLE training.modules TO dmz_app;
COMMENT ON TABLE training.modules IS 'The parts of a programme, in the order that they are taken.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN training.modules."position" IS 'Order within the programme, from 1.';
COMMENT ON COLUMN training.modules.activity_iri IS 'Its activity id in xAPI statements (Part Two §2.4.4.1).';
COMMENT ON COLUMN training.modules.content_item_id IS 'What is shown, where the content module holds it.';
COMMENT ON COLUMN training.modules.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN training.modules.required IS 'Whether completion depends on it.';
COMMENT ON COLUMN training.modules.settings IS 'Particulars of the format, such as the package to launch or the length of the game.';
COMMENT ON COLUMN training.modules.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX training.modules_content_item_id_idx IS 'rows that refer to one target, and the check of foreign key modules_content_item_id_fk';
COMMENT ON INDEX training.modules_program_id_idx IS 'rows that refer to one target, and the check of foreign key modules_program_id_fk';

CREATE TABLE training.policies (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  code text NOT NULL,
  title text NOT NULL,
  state text NOT NULL DEFAULT 'draft'::text,
  owner_id uuid,
  review_months integer NOT NULL DEFAULT 12,
  audience jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE training.policies ADD CONSTRAINT policies_code_form_check CHECK ((code ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text));
ALTER TABLE training.policies ADD CONSTRAINT policies_owner_id_fk FOREIGN KEY (tenant_id, owner_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.policies ADD CONSTRAINT policies_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE training.policies ADD CONSTRAINT policies_review_months_positive_check CHECK ((review_months > 0));
ALTER TABLE training.policies ADD CONSTRAINT policies_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'in_force'::text, 'withdrawn'::text])));
CREATE INDEX policies_owner_id_idx ON training.policies USING btree (tenant_id, owner_id);
CREATE UNIQUE INDEX policies_code_key ON training.policies USING btree (tenant_id, code) WHERE (deleted_at IS NULL);
ALTER TABLE training.policies ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON training.policies AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON training.policies FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE training.policies TO dmz_mover;
GRANT SELECT ON TABLE training.policies TO dmz_app;
COMMENT ON TABLE training.policies IS 'Rules of the tenant that its people must know, such as acceptable use; the wording is in the versions.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN training.policies.audience IS 'Rule that selects who must attest to it.';
COMMENT ON COLUMN training.policies.code IS 'Stable short name.';
COMMENT ON COLUMN training.policies.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN training.policies.owner_id IS 'The person who answers for the policy.';
COMMENT ON COLUMN training.policies.review_months IS 'Months between its reviews.';
COMMENT ON COLUMN training.policies.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX training.policies_owner_id_idx IS 'rows that refer to one target, and the check of foreign key policies_owner_id_fk';

CREATE TABLE training.policy_versions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  policy_id uuid NOT NULL,
  number integer NOT NULL,
  locale_tag text NOT NULL,
  body text NOT NULL,
  body_sha256 text NOT NULL,
  document_object_id uuid,
  change_summary text,
  requires_attestation boolean NOT NULL DEFAULT true,
  approved_by_id uuid NOT NULL,
  approved_at timestamp with time zone NOT NULL,
  effective_on date NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE training.policy_versions ADD CONSTRAINT policy_versions_approved_by_id_fk FOREIGN KEY (tenant_id, approved_by_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.policy_versions ADD CONSTRAINT policy_versions_body_sha256_form_check CHECK ((body_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE training.policy_versions ADD CONSTRAINT policy_versions_document_object_id_fk FOREIGN KEY (tenant_id, document_object_id) REFERENCES files.objects(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.policy_versions ADD CONSTRAINT policy_versions_locale_tag_fk FOREIGN KEY (locale_tag) REFERENCES public.locales(tag) ON DELETE RESTRICT;
ALTER TABLE training.policy_versions ADD CONSTRAINT policy_versions_number_positive_check CHECK ((number > 0));
ALTER TABLE training.policy_versions ADD CONSTRAINT policy_versions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE training.policy_versions ADD CONSTRAINT policy_versions_policy_id_fk FOREIGN KEY (tenant_id, policy_id) REFERENCES training.policies(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.policy_versions ADD CONSTRAINT policy_versions_policy_id_number_locale_tag_key UNIQUE (tenant_id, policy_id, number, locale_tag);
CREATE INDEX policy_versions_approved_by_id_idx ON training.policy_versions USING btree (tenant_id, approved_by_id);
CREATE INDEX policy_versions_document_object_id_idx ON training.policy_versions USING btree (tenant_id, document_object_id);
CREATE INDEX policy_versions_locale_tag_idx ON training.policy_versions USING btree (locale_tag);
ALTER TABLE training.policy_versions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON training.policy_versions AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON training.policy_versions FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE training.policy_versions TO dmz_mover;
GRANT SELECT ON TABLE training.policy_versions TO dmz_app;
COMMENT ON TABLE training.policy_versions IS 'The wording of a policy as it was approved; what people attested to can be read for ever.
@kind append_only
@retention evidence';
COMMENT ON COLUMN training.policy_versions.body IS 'The wording, as Markdown (CommonMark).';
COMMENT ON COLUMN training.policy_versions.change_summary IS 'What changed since the version before.';
COMMENT ON COLUMN training.policy_versions.document_object_id IS 'The same as a document for printing.';
COMMENT ON COLUMN training.policy_versions.locale_tag IS 'Language of this wording.';
COMMENT ON COLUMN training.policy_versions.number IS 'From 1, for each policy.';
COMMENT ON COLUMN training.policy_versions.requires_attestation IS 'Whether people must attest again; false for a correction of spelling.';
COMMENT ON INDEX training.policy_versions_approved_by_id_idx IS 'rows that refer to one target, and the check of foreign key policy_versions_approved_by_id_fk';
COMMENT ON INDEX training.policy_versions_document_object_id_idx IS 'rows that refer to one target, and the check of foreign key policy_versions_document_object_id_fk';
COMMENT ON INDEX training.policy_versions_locale_tag_idx IS 'rows that refer to one target, and the check of foreign key policy_versions_locale_tag_fk';

CREATE TABLE training.program_clauses (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  program_id uuid NOT NULL,
  clause_code text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE training.program_clauses ADD CONSTRAINT program_clauses_clause_code_fk FOREIGN KEY (clause_code) REFERENCES public.framework_clauses(code) ON DELETE RESTRICT;
ALTER TABLE training.program_clauses ADD CONSTRAINT program_clauses_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE training.program_clauses ADD CONSTRAINT program_clauses_program_id_clause_code_key UNIQUE (tenant_id, program_id, clause_code);
ALTER TABLE training.program_clauses ADD CONSTRAINT program_clauses_program_id_fk FOREIGN KEY (tenant_id, program_id) REFERENCES training.programs(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX program_clauses_clause_code_idx ON training.program_clauses USING btree (clause_code);
ALTER TABLE training.program_clauses ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON training.program_clauses AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON training.program_clauses FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE training.program_clauses TO dmz_mover;
GRANT SELECT ON TABLE training.program_clauses TO dmz_app;
COMMENT ON TABLE training.program_clauses IS 'Which clauses of regulations and standards a programme answers.
@kind tenant
@retention tenant';
COMMENT ON INDEX training.program_clauses_clause_code_idx IS 'rows that refer to one target, and the check of foreign key program_clauses_clause_code_fk';

CREATE TABLE training.program_reviews (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  program_id uuid NOT NULL,
  reviewed_by_id uuid NOT NULL,
  reviewed_at timestamp with time zone NOT NULL,
  period_starts_on date NOT NULL,
  period_ends_on date NOT NULL,
  people_assigned integer NOT NULL,
  people_completed integer NOT NULL,
  click_rate_permille integer,
  report_rate_permille integer,
  conclusion text NOT NULL,
  findings text,
  next_review_on date,
  status text NOT NULL DEFAULT 'valid'::text,
  supersedes_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  status_reason text
);
ALTER TABLE training.program_reviews ADD CONSTRAINT program_reviews_click_rate_range_check CHECK (((click_rate_permille >= 0) AND (click_rate_permille <= 1000)));
ALTER TABLE training.program_reviews ADD CONSTRAINT program_reviews_conclusion_check CHECK ((conclusion = ANY (ARRAY['continue'::text, 'amend'::text, 'retire'::text])));
ALTER TABLE training.program_reviews ADD CONSTRAINT program_reviews_findings_encrypted_check CHECK ((findings ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE training.program_reviews ADD CONSTRAINT program_reviews_people_range_check CHECK (((people_completed >= 0) AND (people_completed <= people_assigned)));
ALTER TABLE training.program_reviews ADD CONSTRAINT program_reviews_period_order_check CHECK ((period_ends_on >= period_starts_on));
ALTER TABLE training.program_reviews ADD CONSTRAINT program_reviews_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE training.program_reviews ADD CONSTRAINT program_reviews_program_id_fk FOREIGN KEY (tenant_id, program_id) REFERENCES training.programs(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.program_reviews ADD CONSTRAINT program_reviews_report_rate_range_check CHECK (((report_rate_permille >= 0) AND (report_rate_permille <= 1000)));
ALTER TABLE training.program_reviews ADD CONSTRAINT program_reviews_reviewed_by_id_fk FOREIGN KEY (tenant_id, reviewed_by_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.program_reviews ADD CONSTRAINT program_reviews_status_check CHECK ((status = ANY (ARRAY['valid'::text, 'superseded'::text, 'invalidated'::text])));
ALTER TABLE training.program_reviews ADD CONSTRAINT program_reviews_status_reason_check CHECK ((status_reason = ANY (ARRAY['correction'::text, 'duplicate'::text, 'wrong_person'::text, 'misconduct'::text, 'automation'::text, 'withdrawal'::text, 'revocation'::text, 'appeal'::text, 'renewal'::text])));
ALTER TABLE training.program_reviews ADD CONSTRAINT program_reviews_supersedes_id_fk FOREIGN KEY (tenant_id, supersedes_id) REFERENCES training.program_reviews(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.program_reviews ADD CONSTRAINT program_reviews_supersedes_id_key UNIQUE (tenant_id, supersedes_id);
CREATE INDEX program_reviews_program_id_reviewed_at_idx ON training.program_reviews USING btree (tenant_id, program_id, reviewed_at DESC);
CREATE INDEX program_reviews_reviewed_by_id_idx ON training.program_reviews USING btree (tenant_id, reviewed_by_id);
ALTER TABLE training.program_reviews ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON training.program_reviews AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON training.program_reviews FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE training.program_reviews TO dmz_app;
GRANT INSERT, SELECT ON TABLE training.program_reviews TO dmz_mover;
COMMENT ON TABLE training.program_reviews IS 'The regular look back at whether a programme works, with the figures as they stood (NIST SP 800-50r1).
@kind append_only
@retention evidence
@subject reviewed_by_id of auth.users';
COMMENT ON COLUMN training.program_reviews.click_rate_permille IS 'Simulated phishing clicked, in 1/1000.';
COMMENT ON COLUMN training.program_reviews.findings IS 'Kept for what the reviewer found and recommends.
@pii free_text
@erasure shred';
COMMENT ON COLUMN training.program_reviews.period_ends_on IS 'Last day of the period.';
COMMENT ON COLUMN training.program_reviews.report_rate_permille IS 'Simulated phishing reported, in 1/1000.';
COMMENT ON COLUMN training.program_reviews.status_reason IS 'Why it supersedes or invalidates another record.';
COMMENT ON COLUMN training.program_reviews.supersedes_id IS 'The record that this one supersedes or invalidates.';
COMMENT ON INDEX training.program_reviews_program_id_reviewed_at_idx IS 'reviews of a programme, newest first';
COMMENT ON INDEX training.program_reviews_reviewed_by_id_idx IS 'rows that refer to one target, and the check of foreign key program_reviews_reviewed_by_id_fk';

CREATE TABLE training.programs (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  code text NOT NULL,
  title text NOT NULL,
  description text,
  cadence text NOT NULL,
  state text NOT NULL DEFAULT 'draft'::text,
  locale_tag text NOT NULL DEFAULT 'en'::text,
  owner_id uuid,
  due_days integer NOT NULL DEFAULT 30,
  validity_days integer,
  audience jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE training.programs ADD CONSTRAINT programs_cadence_check CHECK ((cadence = ANY (ARRAY['once'::text, 'onboarding'::text, 'quarterly'::text, 'annual'::text, 'event_driven'::text])));
ALTER TABLE training.programs ADD CONSTRAINT programs_code_form_check CHECK ((code ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text));
ALTER TABLE training.programs ADD CONSTRAINT programs_due_days_positive_check CHECK ((due_days > 0));
ALTER TABLE training.programs ADD CONSTRAINT programs_locale_tag_fk FOREIGN KEY (locale_tag) REFERENCES public.locales(tag) ON DELETE RESTRICT;
ALTER TABLE training.programs ADD CONSTRAINT programs_owner_id_fk FOREIGN KEY (tenant_id, owner_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.programs ADD CONSTRAINT programs_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE training.programs ADD CONSTRAINT programs_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'active'::text, 'retired'::text])));
ALTER TABLE training.programs ADD CONSTRAINT programs_validity_days_positive_check CHECK ((validity_days > 0));
CREATE INDEX programs_locale_tag_idx ON training.programs USING btree (locale_tag);
CREATE INDEX programs_owner_id_idx ON training.programs USING btree (tenant_id, owner_id);
CREATE UNIQUE INDEX programs_code_key ON training.programs USING btree (tenant_id, code) WHERE (deleted_at IS NULL);
ALTER TABLE training.programs ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON training.programs AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON training.programs FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE training.programs TO dmz_mover;
GRANT INSERT, SELECT ON TABLE training.programs TO dmz_app;
COMMENT ON TABLE training.programs IS 'Courses of study that a tenant requires of its people or offers them.
@kind tenant
@retention tenant
@evolving';
COMMENT ON COLUMN training.programs.audience IS 'Rule that selects who is assigned, by department, team, role or location.';
COMMENT ON COLUMN training.programs.cadence IS 'What starts a new cycle of assignments.';
COMMENT ON COLUMN training.programs.code IS 'Stable short name that reports and integrations use.';
COMMENT ON COLUMN training.programs.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN training.programs.due_days IS 'Days from assignment until it is due.';
COMMENT ON COLUMN training.programs.locale_tag IS 'Language that it was written in.';
COMMENT ON COLUMN training.programs.owner_id IS 'The person who answers for the programme.';
COMMENT ON COLUMN training.programs.validity_days IS 'Days that a completion counts; null where it does not lapse.';
COMMENT ON COLUMN training.programs.version IS 'Version of the payload’s shape.';
COMMENT ON INDEX training.programs_locale_tag_idx IS 'rows that refer to one target, and the check of foreign key programs_locale_tag_fk';
COMMENT ON INDEX training.programs_owner_id_idx IS 'rows that refer to one target, and the check of foreign key programs_owner_id_fk';

CREATE TABLE training.spaced_repetition_reviews (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  state_id uuid NOT NULL,
  occasion text NOT NULL,
  game_session_id uuid,
  grade integer NOT NULL,
  response_ms integer,
  elapsed_days integer NOT NULL,
  scheduled_days integer NOT NULL,
  reviewed_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE training.spaced_repetition_reviews ADD CONSTRAINT spaced_repetition_reviews_game_session_id_fk FOREIGN KEY (tenant_id, game_session_id) REFERENCES game.sessions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.spaced_repetition_reviews ADD CONSTRAINT spaced_repetition_reviews_grade_range_check CHECK (((grade >= 0) AND (grade <= 5)));
ALTER TABLE training.spaced_repetition_reviews ADD CONSTRAINT spaced_repetition_reviews_occasion_check CHECK ((occasion = ANY (ARRAY['game'::text, 'drill'::text, 'assessment'::text, 'phishing_simulation'::text])));
ALTER TABLE training.spaced_repetition_reviews ADD CONSTRAINT spaced_repetition_reviews_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE training.spaced_repetition_reviews ADD CONSTRAINT spaced_repetition_reviews_state_id_fk FOREIGN KEY (tenant_id, state_id) REFERENCES training.spaced_repetition_states(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE training.spaced_repetition_reviews ADD CONSTRAINT spaced_repetition_reviews_times_not_negative_check CHECK ((LEAST(response_ms, elapsed_days, scheduled_days) >= 0));
CREATE INDEX spaced_repetition_reviews_game_session_id_idx ON training.spaced_repetition_reviews USING btree (tenant_id, game_session_id);
CREATE INDEX spaced_repetition_reviews_state_id_reviewed_at_idx ON training.spaced_repetition_reviews USING btree (tenant_id, state_id, reviewed_at);
ALTER TABLE training.spaced_repetition_reviews ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON training.spaced_repetition_reviews AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON training.spaced_repetition_reviews FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE training.spaced_repetition_reviews TO dmz_mover;
GRANT SELECT ON TABLE training.spaced_repetition_reviews TO dmz_app;
COMMENT ON TABLE training.spaced_repetition_reviews IS 'Each time a person was asked for a concept, and how it went; states can be recomputed from these.
@kind append_only
@retention evidence
@subject state_id of training.spaced_repetition_states';
COMMENT ON COLUMN training.spaced_repetition_reviews.elapsed_days IS 'Days since the review before.';
COMMENT ON COLUMN training.spaced_repetition_reviews.grade IS 'Quality of the recall, 0 (blackout) to 5 (perfect), as in SM-2.';
COMMENT ON COLUMN training.spaced_repetition_reviews.response_ms IS 'Time taken to answer.';
COMMENT ON COLUMN training.spaced_repetition_reviews.scheduled_days IS 'Interval that followed.';
COMMENT ON INDEX training.spaced_repetition_reviews_game_session_id_idx IS 'rows that refer to one target, and the check of foreign key spaced_repetition_reviews_game_session_id_fk';
COMMENT ON INDEX training.spaced_repetition_reviews_state_id_reviewed_at_idx IS 'the reviews of one concept in order';

CREATE TABLE training.spaced_repetition_states (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  user_id uuid NOT NULL,
  concept_key text NOT NULL,
  algorithm text NOT NULL,
  repetitions integer NOT NULL DEFAULT 0,
  lapses integer NOT NULL DEFAULT 0,
  interval_days integer NOT NULL DEFAULT 0,
  ease_permille integer,
  stability_seconds integer,
  difficulty_permille integer,
  last_reviewed_at timestamp with time zone,
  due_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE training.spaced_repetition_states ADD CONSTRAINT spaced_repetition_states_algorithm_check CHECK ((algorithm = ANY (ARRAY['sm2'::text, 'fsrs'::text])));
ALTER TABLE training.spaced_repetition_states ADD CONSTRAINT spaced_repetition_states_counts_not_negative_check CHECK ((LEAST(repetitions, lapses, interval_days) >= 0));
ALTER TABLE training.spaced_repetition_states ADD CONSTRAINT spaced_repetition_states_difficulty_range_check CHECK (((difficulty_permille >= 1000) AND (difficulty_permille <= 10000)));
ALTER TABLE training.spaced_repetition_states ADD CONSTRAINT spaced_repetition_states_fsrs_memory_check CHECK (((algorithm <> 'fsrs'::text) OR (num_nulls(stability_seconds, difficulty_permille) = 0)));
ALTER TABLE training.spaced_repetition_states ADD CONSTRAINT spaced_repetition_states_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE training.spaced_repetition_states ADD CONSTRAINT spaced_repetition_states_sm2_ease_check CHECK (((algorithm <> 'sm2'::text) OR ((ease_permille IS NOT NULL) AND (ease_permille >= 1300))));
ALTER TABLE training.spaced_repetition_states ADD CONSTRAINT spaced_repetition_states_stability_positive_check CHECK ((stability_seconds > 0));
ALTER TABLE training.spaced_repetition_states ADD CONSTRAINT spaced_repetition_states_user_id_concept_key_key UNIQUE (tenant_id, user_id, concept_key);
ALTER TABLE training.spaced_repetition_states ADD CONSTRAINT spaced_repetition_states_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX spaced_repetition_states_user_id_due_at_idx ON training.spaced_repetition_states USING btree (tenant_id, user_id, due_at);
ALTER TABLE training.spaced_repetition_states ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON training.spaced_repetition_states AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON training.spaced_repetition_states FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE training.spaced_repetition_states TO dmz_mover;
GRANT SELECT ON TABLE training.spaced_repetition_states TO dmz_app;
COMMENT ON TABLE training.spaced_repetition_states IS 'How well a person knows a concept and when to ask again, as scheduled by SM-2 or FSRS.
@kind tenant
@retention tenant
@subject user_id of auth.users';
COMMENT ON COLUMN training.spaced_repetition_states.concept_key IS 'What is to be remembered, such as lookalike_domain.';
COMMENT ON COLUMN training.spaced_repetition_states.difficulty_permille IS 'FSRS difficulty, 1 to 10, in 1/1000.';
COMMENT ON COLUMN training.spaced_repetition_states.ease_permille IS 'SM-2 easiness factor in 1/1000, at least 1300.';
COMMENT ON COLUMN training.spaced_repetition_states.lapses IS 'Times that it was forgotten.';
COMMENT ON COLUMN training.spaced_repetition_states.repetitions IS 'Successes in a row.';
COMMENT ON COLUMN training.spaced_repetition_states.stability_seconds IS 'FSRS stability: time until recall is down to 90 %.';
COMMENT ON INDEX training.spaced_repetition_states_user_id_due_at_idx IS 'what a person should be asked next';

CREATE SCHEMA ugc;
GRANT USAGE ON SCHEMA ugc TO dmz_app;
GRANT USAGE ON SCHEMA ugc TO dmz_maintenance;
GRANT USAGE ON SCHEMA ugc TO dmz_mover;

CREATE TABLE ugc.marketplace_listings (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  project_id uuid NOT NULL,
  version_id uuid NOT NULL,
  seller_id uuid NOT NULL,
  status text NOT NULL DEFAULT 'draft'::text,
  currency text NOT NULL,
  price bigint NOT NULL,
  seller_share_basis_points integer NOT NULL DEFAULT 8000,
  listed_at timestamp with time zone,
  delisted_at timestamp with time zone,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE ugc.marketplace_listings ADD CONSTRAINT marketplace_listings_currency_check CHECK ((currency = ANY (ARRAY['credits'::text, 'tokens'::text])));
ALTER TABLE ugc.marketplace_listings ADD CONSTRAINT marketplace_listings_delisted_after_listed_check CHECK ((delisted_at >= listed_at));
ALTER TABLE ugc.marketplace_listings ADD CONSTRAINT marketplace_listings_listing_dated_check CHECK (((status = 'draft'::text) OR (listed_at IS NOT NULL)));
ALTER TABLE ugc.marketplace_listings ADD CONSTRAINT marketplace_listings_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ugc.marketplace_listings ADD CONSTRAINT marketplace_listings_price_not_negative_check CHECK ((price >= 0));
ALTER TABLE ugc.marketplace_listings ADD CONSTRAINT marketplace_listings_project_id_fk FOREIGN KEY (tenant_id, project_id) REFERENCES ugc.projects(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE ugc.marketplace_listings ADD CONSTRAINT marketplace_listings_project_id_version_id_fk FOREIGN KEY (tenant_id, project_id, version_id) REFERENCES ugc.versions(tenant_id, project_id, id) ON DELETE RESTRICT;
ALTER TABLE ugc.marketplace_listings ADD CONSTRAINT marketplace_listings_seller_id_fk FOREIGN KEY (tenant_id, seller_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE ugc.marketplace_listings ADD CONSTRAINT marketplace_listings_share_range_check CHECK (((seller_share_basis_points >= 0) AND (seller_share_basis_points <= 10000)));
ALTER TABLE ugc.marketplace_listings ADD CONSTRAINT marketplace_listings_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'listed'::text, 'suspended'::text, 'delisted'::text])));
ALTER TABLE ugc.marketplace_listings ADD CONSTRAINT marketplace_listings_version_id_fk FOREIGN KEY (tenant_id, version_id) REFERENCES ugc.versions(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX marketplace_listings_project_id_idx ON ugc.marketplace_listings USING btree (tenant_id, project_id);
CREATE INDEX marketplace_listings_project_id_version_id_idx ON ugc.marketplace_listings USING btree (tenant_id, project_id, version_id);
CREATE INDEX marketplace_listings_seller_id_idx ON ugc.marketplace_listings USING btree (tenant_id, seller_id);
CREATE INDEX marketplace_listings_status_listed_at_idx ON ugc.marketplace_listings USING btree (tenant_id, status, listed_at DESC);
CREATE INDEX marketplace_listings_version_id_idx ON ugc.marketplace_listings USING btree (tenant_id, version_id);
CREATE UNIQUE INDEX marketplace_listings_project_id_key ON ugc.marketplace_listings USING btree (tenant_id, project_id) WHERE (deleted_at IS NULL);
ALTER TABLE ugc.marketplace_listings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON ugc.marketplace_listings AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON ugc.marketplace_listings FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE ugc.marketplace_listings TO dmz_mover;
GRANT SELECT ON TABLE ugc.marketplace_listings TO dmz_app;
COMMENT ON TABLE ugc.marketplace_listings IS 'Offers of a project to the tenant’s players, at a price in a currency of the game.
@kind tenant
@retention tenant
@subject seller_id of auth.users';
COMMENT ON COLUMN ugc.marketplace_listings.currency IS 'A currency of the game, as in economy.ledger_entries.';
COMMENT ON COLUMN ugc.marketplace_listings.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN ugc.marketplace_listings.price IS 'In whole units of the currency; 0 where it is free.';
COMMENT ON COLUMN ugc.marketplace_listings.seller_share_basis_points IS 'The seller’s share of the price in hundredths of a percent; the rest is the fee.';
COMMENT ON INDEX ugc.marketplace_listings_project_id_idx IS 'all offers that a project ever had';
COMMENT ON INDEX ugc.marketplace_listings_project_id_version_id_idx IS 'rows that refer to one target, and the check of foreign key marketplace_listings_project_id_version_id_fk';
COMMENT ON INDEX ugc.marketplace_listings_seller_id_idx IS 'rows that refer to one target, and the check of foreign key marketplace_listings_seller_id_fk';
COMMENT ON INDEX ugc.marketplace_listings_status_listed_at_idx IS 'what is on offer, newest first';
COMMENT ON INDEX ugc.marketplace_listings_version_id_idx IS 'rows that refer to one target, and the check of foreign key marketplace_listings_version_id_fk';

CREATE TABLE ugc.moderation_decisions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  version_id uuid,
  review_id uuid,
  decision text NOT NULL,
  trigger text NOT NULL,
  decided_by text NOT NULL,
  moderator_id uuid,
  ground_code text NOT NULL,
  confidence_permille integer,
  reasons_ciphertext text,
  subject_key_id uuid,
  decided_at timestamp with time zone NOT NULL,
  status text NOT NULL DEFAULT 'valid'::text,
  supersedes_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  status_reason text
);
ALTER TABLE ugc.moderation_decisions ADD CONSTRAINT moderation_decisions_confidence_of_program_check CHECK (((confidence_permille IS NULL) OR ((decided_by = 'program'::text) AND ((confidence_permille >= 0) AND (confidence_permille <= 1000)))));
ALTER TABLE ugc.moderation_decisions ADD CONSTRAINT moderation_decisions_decided_by_check CHECK ((decided_by = ANY (ARRAY['person'::text, 'program'::text])));
ALTER TABLE ugc.moderation_decisions ADD CONSTRAINT moderation_decisions_decision_check CHECK ((decision = ANY (ARRAY['approve'::text, 'request_changes'::text, 'reject'::text, 'hide'::text, 'remove'::text, 'restore'::text])));
ALTER TABLE ugc.moderation_decisions ADD CONSTRAINT moderation_decisions_moderator_id_fk FOREIGN KEY (tenant_id, moderator_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE ugc.moderation_decisions ADD CONSTRAINT moderation_decisions_one_object_check CHECK ((num_nonnulls(version_id, review_id) = 1));
ALTER TABLE ugc.moderation_decisions ADD CONSTRAINT moderation_decisions_person_is_named_check CHECK (((decided_by = 'person'::text) = (moderator_id IS NOT NULL)));
ALTER TABLE ugc.moderation_decisions ADD CONSTRAINT moderation_decisions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ugc.moderation_decisions ADD CONSTRAINT moderation_decisions_reasons_ciphertext_encrypted_check CHECK ((reasons_ciphertext ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE ugc.moderation_decisions ADD CONSTRAINT moderation_decisions_reasons_have_a_key_check CHECK ((num_nonnulls(reasons_ciphertext, subject_key_id) = ANY (ARRAY[0, 2])));
ALTER TABLE ugc.moderation_decisions ADD CONSTRAINT moderation_decisions_refusal_gives_reasons_check CHECK (((decision = ANY (ARRAY['approve'::text, 'restore'::text])) OR (reasons_ciphertext IS NOT NULL)));
ALTER TABLE ugc.moderation_decisions ADD CONSTRAINT moderation_decisions_status_check CHECK ((status = ANY (ARRAY['valid'::text, 'superseded'::text, 'invalidated'::text])));
ALTER TABLE ugc.moderation_decisions ADD CONSTRAINT moderation_decisions_status_reason_check CHECK ((status_reason = ANY (ARRAY['correction'::text, 'duplicate'::text, 'wrong_person'::text, 'misconduct'::text, 'automation'::text, 'withdrawal'::text, 'revocation'::text, 'appeal'::text, 'renewal'::text])));
ALTER TABLE ugc.moderation_decisions ADD CONSTRAINT moderation_decisions_supersedes_id_fk FOREIGN KEY (tenant_id, supersedes_id) REFERENCES ugc.moderation_decisions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE ugc.moderation_decisions ADD CONSTRAINT moderation_decisions_supersedes_id_key UNIQUE (tenant_id, supersedes_id);
ALTER TABLE ugc.moderation_decisions ADD CONSTRAINT moderation_decisions_trigger_check CHECK ((trigger = ANY (ARRAY['submission'::text, 'report'::text, 'own_initiative'::text, 'appeal'::text])));
ALTER TABLE ugc.moderation_decisions ADD CONSTRAINT moderation_decisions_version_id_fk FOREIGN KEY (tenant_id, version_id) REFERENCES ugc.versions(tenant_id, id) ON DELETE RESTRICT;
CREATE INDEX moderation_decisions_moderator_id_idx ON ugc.moderation_decisions USING btree (tenant_id, moderator_id);
CREATE INDEX moderation_decisions_review_id_decided_at_idx ON ugc.moderation_decisions USING btree (tenant_id, review_id, decided_at DESC);
CREATE INDEX moderation_decisions_subject_key_id_idx ON ugc.moderation_decisions USING btree (tenant_id, subject_key_id);
CREATE INDEX moderation_decisions_version_id_idx ON ugc.moderation_decisions USING btree (tenant_id, version_id);
ALTER TABLE ugc.moderation_decisions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON ugc.moderation_decisions AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON ugc.moderation_decisions FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE ugc.moderation_decisions TO dmz_app;
GRANT INSERT, SELECT ON TABLE ugc.moderation_decisions TO dmz_mover;
COMMENT ON TABLE ugc.moderation_decisions IS 'Decisions on players’ work and reviews, with the statement of reasons that the author is owed (Regulation (EU) 2022/2065, Art. 17).
@kind append_only
@retention evidence
@subject subject_key_id of governance.subject_keys';
COMMENT ON COLUMN ugc.moderation_decisions.confidence_permille IS 'How sure the program was; null for a person.';
COMMENT ON COLUMN ugc.moderation_decisions.decided_by IS 'Whether it was taken by automated means, which must be said (Art. 17(3)(c)).';
COMMENT ON COLUMN ugc.moderation_decisions.ground_code IS 'Clause of the terms or of the law that it rests on (Art. 17(3)(d) and (e)).';
COMMENT ON COLUMN ugc.moderation_decisions.moderator_id IS 'The person who decided; null for a program.';
COMMENT ON COLUMN ugc.moderation_decisions.reasons_ciphertext IS 'Kept for the facts relied on, told to the author.
@pii free_text
@erasure shred';
COMMENT ON COLUMN ugc.moderation_decisions.review_id IS 'The review decided on; not a foreign key, since reviews vanish with their writer.';
COMMENT ON COLUMN ugc.moderation_decisions.status_reason IS 'Why it supersedes or invalidates another record.';
COMMENT ON COLUMN ugc.moderation_decisions.subject_key_id IS 'Id in governance.subject_keys: the key of the author concerned.';
COMMENT ON COLUMN ugc.moderation_decisions.supersedes_id IS 'The record that this one supersedes or invalidates.';
COMMENT ON COLUMN ugc.moderation_decisions.trigger IS 'What the decision answers; an appeal supersedes the decision appealed against (Art. 20).';
COMMENT ON INDEX ugc.moderation_decisions_moderator_id_idx IS 'rows that refer to one target, and the check of foreign key moderation_decisions_moderator_id_fk';
COMMENT ON INDEX ugc.moderation_decisions_review_id_decided_at_idx IS 'decisions on one review';
COMMENT ON INDEX ugc.moderation_decisions_subject_key_id_idx IS 'decisions whose reasons one author was told';
COMMENT ON INDEX ugc.moderation_decisions_version_id_idx IS 'rows that refer to one target, and the check of foreign key moderation_decisions_version_id_fk';

CREATE TABLE ugc.projects (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  owner_id uuid NOT NULL,
  kind text NOT NULL,
  title text NOT NULL,
  summary text,
  locale_tag text NOT NULL,
  status text NOT NULL DEFAULT 'draft'::text,
  submitted_at timestamp with time zone,
  content_item_id uuid,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE ugc.projects ADD CONSTRAINT projects_content_item_id_fk FOREIGN KEY (tenant_id, content_item_id) REFERENCES content.items(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE ugc.projects ADD CONSTRAINT projects_kind_check CHECK ((kind = ANY (ARRAY['email'::text, 'scenario'::text, 'content_pack'::text, 'facility_skin'::text])));
ALTER TABLE ugc.projects ADD CONSTRAINT projects_locale_tag_fk FOREIGN KEY (locale_tag) REFERENCES public.locales(tag) ON DELETE RESTRICT;
ALTER TABLE ugc.projects ADD CONSTRAINT projects_owner_id_fk FOREIGN KEY (tenant_id, owner_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE ugc.projects ADD CONSTRAINT projects_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ugc.projects ADD CONSTRAINT projects_published_is_in_library_check CHECK (((status <> 'published'::text) OR (content_item_id IS NOT NULL)));
ALTER TABLE ugc.projects ADD CONSTRAINT projects_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'submitted'::text, 'in_moderation'::text, 'published'::text, 'rejected'::text, 'removed'::text])));
ALTER TABLE ugc.projects ADD CONSTRAINT projects_submission_dated_check CHECK (((status = 'draft'::text) OR (submitted_at IS NOT NULL)));
CREATE INDEX projects_content_item_id_idx ON ugc.projects USING btree (tenant_id, content_item_id);
CREATE INDEX projects_locale_tag_idx ON ugc.projects USING btree (locale_tag);
CREATE INDEX projects_owner_id_idx ON ugc.projects USING btree (tenant_id, owner_id);
CREATE INDEX projects_status_submitted_at_idx ON ugc.projects USING btree (tenant_id, status, submitted_at);
ALTER TABLE ugc.projects ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON ugc.projects AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON ugc.projects FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE ugc.projects TO dmz_mover;
GRANT SELECT ON TABLE ugc.projects TO dmz_app;
GRANT UPDATE ON COLUMN ugc.projects.summary TO dmz_app;
GRANT UPDATE ON COLUMN ugc.projects.title TO dmz_app;
COMMENT ON TABLE ugc.projects IS 'Pieces of content that a player is making: an e-mail, a scenario, a pack or a skin.
@kind tenant
@retention tenant
@subject owner_id of auth.users';
COMMENT ON COLUMN ugc.projects.content_item_id IS 'What it became in the tenant’s library; null until published.';
COMMENT ON COLUMN ugc.projects.deleted_at IS 'When the row was deleted; null while it lives.';
COMMENT ON COLUMN ugc.projects.owner_id IS 'The player who makes it and answers for it.';
COMMENT ON COLUMN ugc.projects.submitted_at IS 'When its latest version was handed in.';
COMMENT ON COLUMN ugc.projects.summary IS 'Kept for shown where the project is offered, written by its owner.
@pii free_text
@erasure null';
COMMENT ON COLUMN ugc.projects.title IS 'Kept for what the project is found by, written by its owner.
@pii free_text
@erasure replace';
COMMENT ON INDEX ugc.projects_content_item_id_idx IS 'rows that refer to one target, and the check of foreign key projects_content_item_id_fk';
COMMENT ON INDEX ugc.projects_locale_tag_idx IS 'rows that refer to one target, and the check of foreign key projects_locale_tag_fk';
COMMENT ON INDEX ugc.projects_owner_id_idx IS 'rows that refer to one target, and the check of foreign key projects_owner_id_fk';
COMMENT ON INDEX ugc.projects_status_submitted_at_idx IS 'projects that wait for moderation';

CREATE TABLE ugc.reviews (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  project_id uuid NOT NULL,
  version_id uuid NOT NULL,
  reviewer_id uuid NOT NULL,
  rating integer NOT NULL,
  comment text,
  visibility text NOT NULL DEFAULT 'visible'::text,
  reported_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE ugc.reviews ADD CONSTRAINT reviews_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ugc.reviews ADD CONSTRAINT reviews_project_id_fk FOREIGN KEY (tenant_id, project_id) REFERENCES ugc.projects(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ugc.reviews ADD CONSTRAINT reviews_project_id_reviewer_id_key UNIQUE (tenant_id, project_id, reviewer_id);
ALTER TABLE ugc.reviews ADD CONSTRAINT reviews_project_id_version_id_fk FOREIGN KEY (tenant_id, project_id, version_id) REFERENCES ugc.versions(tenant_id, project_id, id) ON DELETE RESTRICT;
ALTER TABLE ugc.reviews ADD CONSTRAINT reviews_rating_range_check CHECK (((rating >= 1) AND (rating <= 5)));
ALTER TABLE ugc.reviews ADD CONSTRAINT reviews_report_dated_check CHECK (((visibility <> 'reported'::text) OR (reported_at IS NOT NULL)));
ALTER TABLE ugc.reviews ADD CONSTRAINT reviews_reviewer_id_fk FOREIGN KEY (tenant_id, reviewer_id) REFERENCES auth.users(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ugc.reviews ADD CONSTRAINT reviews_version_id_fk FOREIGN KEY (tenant_id, version_id) REFERENCES ugc.versions(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE ugc.reviews ADD CONSTRAINT reviews_visibility_check CHECK ((visibility = ANY (ARRAY['visible'::text, 'reported'::text, 'hidden'::text])));
CREATE INDEX reviews_project_id_version_id_idx ON ugc.reviews USING btree (tenant_id, project_id, version_id);
CREATE INDEX reviews_reviewer_id_idx ON ugc.reviews USING btree (tenant_id, reviewer_id);
CREATE INDEX reviews_version_id_idx ON ugc.reviews USING btree (tenant_id, version_id);
CREATE INDEX reviews_visibility_reported_at_idx ON ugc.reviews USING btree (tenant_id, visibility, reported_at);
ALTER TABLE ugc.reviews ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON ugc.reviews AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER set_updated_at BEFORE UPDATE ON ugc.reviews FOR EACH ROW EXECUTE FUNCTION dmz.set_updated_at();
GRANT DELETE, INSERT, SELECT ON TABLE ugc.reviews TO dmz_mover;
GRANT DELETE, SELECT ON TABLE ugc.reviews TO dmz_app;
COMMENT ON TABLE ugc.reviews IS 'What players who used a project think of it, one review a player.
@kind tenant
@retention tenant
@subject reviewer_id of auth.users';
COMMENT ON COLUMN ugc.reviews.comment IS 'Kept for helping others to choose.
@pii free_text
@erasure delete_row';
COMMENT ON COLUMN ugc.reviews.rating IS 'One to five stars.';
COMMENT ON COLUMN ugc.reviews.visibility IS 'Reported reviews stay visible until a moderator decides.';
COMMENT ON INDEX ugc.reviews_project_id_version_id_idx IS 'rows that refer to one target, and the check of foreign key reviews_project_id_version_id_fk';
COMMENT ON INDEX ugc.reviews_reviewer_id_idx IS 'rows that refer to one target, and the check of foreign key reviews_reviewer_id_fk';
COMMENT ON INDEX ugc.reviews_version_id_idx IS 'rows that refer to one target, and the check of foreign key reviews_version_id_fk';
COMMENT ON INDEX ugc.reviews_visibility_reported_at_idx IS 'reviews that wait for a moderator';

CREATE TABLE ugc.versions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  project_id uuid NOT NULL,
  number integer NOT NULL,
  author_id uuid NOT NULL,
  format_version integer NOT NULL,
  content_ciphertext text NOT NULL,
  content_sha256 text NOT NULL,
  change_note_ciphertext text,
  subject_key_id uuid NOT NULL,
  submitted_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);
ALTER TABLE ugc.versions ADD CONSTRAINT versions_author_id_fk FOREIGN KEY (tenant_id, author_id) REFERENCES auth.users(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE ugc.versions ADD CONSTRAINT versions_change_note_ciphertext_encrypted_check CHECK ((change_note_ciphertext ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE ugc.versions ADD CONSTRAINT versions_content_ciphertext_encrypted_check CHECK ((content_ciphertext ~ '^dmz:[1-9][0-9]*:person:[0-9a-f-]{36}:[A-Za-z0-9_-]+$'::text));
ALTER TABLE ugc.versions ADD CONSTRAINT versions_content_sha256_form_check CHECK ((content_sha256 ~ '^[0-9a-f]{64}$'::text));
ALTER TABLE ugc.versions ADD CONSTRAINT versions_number_from_one_check CHECK (((number >= 1) AND (format_version >= 1)));
ALTER TABLE ugc.versions ADD CONSTRAINT versions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ugc.versions ADD CONSTRAINT versions_project_id_fk FOREIGN KEY (tenant_id, project_id) REFERENCES ugc.projects(tenant_id, id) ON DELETE RESTRICT;
ALTER TABLE ugc.versions ADD CONSTRAINT versions_project_id_id_key UNIQUE (tenant_id, project_id, id);
ALTER TABLE ugc.versions ADD CONSTRAINT versions_project_id_number_key UNIQUE (tenant_id, project_id, number);
CREATE INDEX versions_author_id_idx ON ugc.versions USING btree (tenant_id, author_id);
ALTER TABLE ugc.versions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON ugc.versions AS PERMISSIVE FOR ALL TO PUBLIC USING ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL)) WITH CHECK ((tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) AND (
CASE
    WHEN (tenant_id = ( SELECT dmz.current_tenant() AS current_tenant)) THEN true
    ELSE NULL::boolean
END IS NOT NULL));
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON ugc.versions FOR EACH STATEMENT EXECUTE FUNCTION dmz.refuse_change();
GRANT INSERT, SELECT ON TABLE ugc.versions TO dmz_mover;
GRANT SELECT ON TABLE ugc.versions TO dmz_app;
COMMENT ON TABLE ugc.versions IS 'The versions of a project as their author submitted them, encrypted with the author’s key.
@kind append_only
@retention evidence
@subject author_id of auth.users';
COMMENT ON COLUMN ugc.versions.change_note_ciphertext IS 'Kept for what the author says is new.
@pii free_text
@erasure shred';
COMMENT ON COLUMN ugc.versions.content_ciphertext IS 'Kept for the work itself.
@pii free_text
@erasure shred';
COMMENT ON COLUMN ugc.versions.content_sha256 IS 'SHA-256 of the ciphertext.';
COMMENT ON COLUMN ugc.versions.format_version IS 'Version of the content’s format.';
COMMENT ON COLUMN ugc.versions.number IS 'Counts the project’s versions from 1.';
COMMENT ON COLUMN ugc.versions.subject_key_id IS 'Id in governance.subject_keys: the author’s key.';
COMMENT ON INDEX ugc.versions_author_id_idx IS 'rows that refer to one target, and the check of foreign key versions_author_id_fk';
