-- phase: expand
-- Each entry of the audit log is chained to the one before it, by a trigger that no writer passes by. What was written before
-- stays as it is, since nothing changes an append-only row: a tenant's first entry from now on is preceded by one that
-- says how many there were, and what they hash to.
ALTER TABLE "admin"."audit_checkpoints" ADD COLUMN "public_key" text;
--> statement-breakpoint
ALTER TABLE "admin"."audit_checkpoints" ADD COLUMN "cosigning_public_key" text;
--> statement-breakpoint
ALTER TABLE "admin"."audit_checkpoints" ADD COLUMN "cosignature" text;
--> statement-breakpoint
ALTER TABLE "admin"."audit_log" ADD COLUMN "sequence" bigint;
--> statement-breakpoint
ALTER TABLE "admin"."audit_log" ADD COLUMN "previous_sha256" text;
--> statement-breakpoint
ALTER TABLE "admin"."audit_log" ADD COLUMN "entry_sha256" text;
--> statement-breakpoint
ALTER TABLE "admin"."audit_log" ADD CONSTRAINT "audit_log_chain_link_whole_check" CHECK (num_nulls("sequence", "previous_sha256", "entry_sha256") in (0, 3)) NOT VALID;
--> statement-breakpoint
ALTER TABLE "admin"."audit_log" ADD CONSTRAINT "audit_log_chain_link_form_check" CHECK ("sequence" >= 1 and "previous_sha256" ~ '^[0-9a-f]{64}$' and "entry_sha256" ~ '^[0-9a-f]{64}$') NOT VALID;
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_checkpoints"."public_key" IS 'The Ed25519 public key, 32 bytes as base64url.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_checkpoints"."cosigning_public_key" IS 'The key before this one, as long as both are in use; else null.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_checkpoints"."cosignature" IS 'Signature by the key before, over the same document; null outside of an overlap.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_log"."sequence" IS 'Place in the tenant’s chain, from 1, given by the trigger; null for entries from before chains were kept.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_log"."previous_sha256" IS 'SHA-256 of the entry before, all zeros for the first; null outside of the chain.';
--> statement-breakpoint
COMMENT ON COLUMN "admin"."audit_log"."entry_sha256" IS 'SHA-256 of this entry, as docs/adr/0007-audit-chain.md encodes it; null outside of the chain.';
--> statement-breakpoint
-- Each field is its length in bytes, a colon and its UTF-8; null is a minus sign. No field can so be taken for a part of another,
-- and the same text can be put together by any program. jsonb is taken as PostgreSQL prints it, which is one text for one value;
-- a time is counted in microseconds of 1970, which no setting of a session changes. In PL/pgSQL, which keeps its plans: a
-- function in SQL was planned in each transaction, and took twice as long as all else.
CREATE FUNCTION "dmz"."hash_audit_entry"("tenant" uuid, "sequence" bigint, "previous_sha256" text, "id" uuid, "occurred_at" timestamptz,
  "actor_kind" text, "actor_id" uuid, "action" text, "subject_type" text, "subject_id" uuid, "details" jsonb, "version" integer) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."hash_audit_entry"(uuid, bigint, text, uuid, timestamptz, text, uuid, text, text, uuid, jsonb, integer) IS 'SHA-256, in hex, of an entry of an audit log with its place in the chain; null as sequence and previous hash where it is in none. docs/adr/0007-audit-chain.md has the encoding.';
--> statement-breakpoint
-- A row trigger, because only that can write into the row, and an append-only row is not updated afterwards. The head's row is
-- the lock: whoever comes next waits until this transaction has ended, and then sees the entry, or that there is none.
-- Times are of the beginning of transactions, so they say nothing of the order. It is read and then written: in one UPDATE
-- with RETURNING OLD, the OLD of whoever had waited was the head from before the wait (PostgreSQL 18.4), and the chain forked.
CREATE FUNCTION "admin"."chain_audit_entry"() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET enable_seqscan = off AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "admin"."chain_audit_entry"() IS 'Gives an entry of the audit log its place in the tenant''s chain, the hash of the one before and its own, under the lock of the chain''s head, and advances the head; what a writer sends for these is overwritten. The first entry ever is preceded by one that counts and hashes those from before chains were kept. SECURITY DEFINER because the application may not write heads.';
--> statement-breakpoint
CREATE TRIGGER "chain_audit_entry" BEFORE INSERT ON "admin"."audit_log" FOR EACH ROW EXECUTE FUNCTION "admin"."chain_audit_entry"();
--> statement-breakpoint
-- A head is updated with each entry: room on the page keeps that HOT.
ALTER TABLE "admin"."audit_chain_heads" SET (fillfactor = 50);
--> statement-breakpoint
-- In text, because a driver's numbers and times hold less than the database's, and it is the text that was hashed.
CREATE FUNCTION "admin"."read_audit_log"("tenant" uuid, "known_epoch" bigint, "at_time" timestamptz,
  "after_sequence" bigint, "after_id" uuid, "most" integer, OUT "entries" json)
LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "admin"."read_audit_log"(uuid, bigint, timestamptz, bigint, uuid, integer) IS 'Enters the tenant, and reads entries of its audit log as they were hashed: those of the chain behind a place in it, or where after_sequence is null those from before chains were kept, by id.';
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "admin"."read_audit_log"(uuid, bigint, timestamptz, bigint, uuid, integer) TO "dmz_app";
