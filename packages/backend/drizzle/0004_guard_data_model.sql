-- What the constructors cannot say of the data model: rules that join rows, keys of some rows only, and hot pages.

-- What the model of public, auth, org and billing needs beyond what Drizzle expresses.
CREATE UNIQUE INDEX "tenant_domains_verified_key" ON "public"."tenant_domains" ("domain", "purpose") WHERE "verified_at" IS NOT NULL;
--> statement-breakpoint
COMMENT ON INDEX "public"."tenant_domains_verified_key" IS 'one tenant alone has shown a domain to be its own';
--> statement-breakpoint
CREATE UNIQUE INDEX "tenants_consumers_key" ON "public"."tenants" ("kind") WHERE "kind" = 'consumers';
--> statement-breakpoint
COMMENT ON INDEX "public"."tenants_consumers_key" IS 'one tenant alone holds the consumers';
--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_pending_key" ON "auth"."invitations" ("tenant_id", "email") WHERE "status" = 'pending';
--> statement-breakpoint
COMMENT ON INDEX "auth"."invitations_pending_key" IS 'one pending invitation an address';
--> statement-breakpoint
CREATE UNIQUE INDEX "sso_connections_saml_issuer_key" ON "auth"."sso_connections" ("tenant_id", "issuer") WHERE "client_id" IS NULL;
--> statement-breakpoint
COMMENT ON INDEX "auth"."sso_connections_saml_issuer_key" IS 'the SAML connection of an issuer, one a tenant';
--> statement-breakpoint
CREATE UNIQUE INDEX "user_assignments_current_key" ON "org"."user_assignments" ("tenant_id", "user_id") WHERE "ends_on" IS NULL;
--> statement-breakpoint
COMMENT ON INDEX "org"."user_assignments_current_key" IS 'a person’s present assignment, one at a time';
--> statement-breakpoint
CREATE UNIQUE INDEX "user_assignments_current_number_key" ON "org"."user_assignments" ("tenant_id", "employee_number") WHERE "ends_on" IS NULL;
--> statement-breakpoint
COMMENT ON INDEX "org"."user_assignments_current_number_key" IS 'the person who has an employee number now';
--> statement-breakpoint
-- The lock lets one change of a tenant's tree be looked at at a time: two moves that are harmless alone can close a circle together.
CREATE FUNCTION "org"."refuse_department_cycle"() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "org"."refuse_department_cycle"() IS 'Keeps a tenant’s departments a forest; ZD060 is a circle.';
--> statement-breakpoint
CREATE TRIGGER "refuse_department_cycle" BEFORE INSERT OR UPDATE OF "parent_id" ON "org"."departments"
FOR EACH ROW WHEN (NEW."parent_id" IS NOT NULL) EXECUTE FUNCTION "org"."refuse_department_cycle"();
--> statement-breakpoint
-- Runs at commit, when an invoice and all of its lines are there; a line that is added later is refused by it too.
CREATE FUNCTION "billing"."refuse_unbalanced_invoice"() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
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
  IF difference.net_minor <> difference.net_of_lines OR difference.tax_minor <> difference.tax_of_lines THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD040', MESSAGE = 'the lines of an invoice do not add up to its amounts',
      DETAIL = pg_catalog.json_build_object('invoiceId', invoice, 'invoice', pg_catalog.json_build_array(difference.net_minor, difference.tax_minor),
        'lines', pg_catalog.json_build_array(difference.net_of_lines, difference.tax_of_lines))::text,
      HINT = 'Insert an invoice and all of its lines in one transaction; correct an issued one by a credit note.';
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "billing"."refuse_unbalanced_invoice"() IS 'At commit, the lines of each new invoice add up to its net and its tax; ZD040 is a difference.';
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "refuse_unbalanced_invoice" AFTER INSERT ON "billing"."invoices"
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "billing"."refuse_unbalanced_invoice"();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "refuse_unbalanced_invoice" AFTER INSERT ON "billing"."invoice_lines"
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "billing"."refuse_unbalanced_invoice"();
--> statement-breakpoint
-- SECURITY DEFINER: the application asks for one verified domain, and can list none.
CREATE FUNCTION "dmz"."tenant_of_domain"("asked" text, "usage" text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT tenant_id FROM public.tenant_domains
  WHERE domain = pg_catalog.lower(asked) AND purpose = usage AND verified_at IS NOT NULL
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."tenant_of_domain"(text, text) IS 'The tenant that showed a domain to be its own, for sign_in or for web. SECURITY DEFINER because the register is closed to the application.';
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."tenant_of_domain"(text, text) TO "dmz_app";
--> statement-breakpoint
-- A pack that was released may be withdrawn, and nothing else: sessions name it and must replay.
CREATE FUNCTION "content"."keep_released_pack"() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "content"."keep_released_pack"() IS 'Trigger of content packs: refuses to change what a released pack holds, and to make it a draft again.';
--> statement-breakpoint
CREATE TRIGGER "keep_released_pack" BEFORE UPDATE ON "content"."content_packs"
FOR EACH ROW EXECUTE FUNCTION "content"."keep_released_pack"();
--> statement-breakpoint
-- The lock keeps a release from overtaking an item that is being added: it waits, and then finds the item.
CREATE FUNCTION "content"."keep_released_pack_items"() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "content"."keep_released_pack_items"() IS 'Trigger of pack items: refuses to add to, change or remove from a pack that was released.';
--> statement-breakpoint
CREATE TRIGGER "keep_released_pack_items" BEFORE INSERT OR UPDATE OR DELETE ON "content"."pack_items"
FOR EACH ROW EXECUTE FUNCTION "content"."keep_released_pack_items"();
--> statement-breakpoint
CREATE UNIQUE INDEX "intelligence_briefs_key_to_all_key" ON "threat"."intelligence_briefs" ("tenant_id", "key") WHERE "session_id" IS NULL;
--> statement-breakpoint
COMMENT ON INDEX "threat"."intelligence_briefs_key_to_all_key" IS 'a brief to all by its key; (session_id, key) says nothing where session_id is null';
--> statement-breakpoint
CREATE UNIQUE INDEX "leases_one_running_key" ON "facility"."leases" ("tenant_id", "client_id") WHERE "state" = 'running';
--> statement-breakpoint
COMMENT ON INDEX "facility"."leases_one_running_key" IS 'the lease that a guest has now, of which there is one';
--> statement-breakpoint
CREATE UNIQUE INDEX "nodes_one_first_key" ON "story"."nodes" ("tenant_id", "chapter_id") WHERE "entry" = 'first';
--> statement-breakpoint
COMMENT ON INDEX "story"."nodes_one_first_key" IS 'the scene that a chapter begins with, of which there is one';
--> statement-breakpoint
CREATE INDEX "prompt_templates_id_active_revision_idx" ON "ai"."prompt_templates" ("tenant_id", "id", "active_revision");
--> statement-breakpoint
COMMENT ON INDEX "ai"."prompt_templates_id_active_revision_idx" IS 'rows that refer to one target, and the check of foreign key prompt_templates_active_revision_fk';
--> statement-breakpoint
ALTER TABLE "ai"."prompt_templates" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "ai"."prompt_template_versions" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "ai"."prompt_templates" ADD CONSTRAINT "prompt_templates_active_revision_fk"
FOREIGN KEY ("tenant_id", "id", "active_revision") REFERENCES "ai"."prompt_template_versions" ("tenant_id", "prompt_template_id", "revision");
--> statement-breakpoint
ALTER TABLE "ai"."prompt_templates" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "ai"."prompt_template_versions" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- The ledger's invariants, for every writer: a transaction balances in every currency when it commits, nothing is added
-- to it afterwards, and no wallet of a person or a corporation is overdrawn.

-- The header states how many entries there are, and neither it nor an entry can change. So a commit with exactly that
-- many, adding up to zero, is final, whatever the isolation level: what is added later exceeds the number. Remembering
-- the writer's transaction id instead would break at savepoints, after a dump and after a tenant move.
CREATE FUNCTION "economy"."check_transaction"() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "economy"."check_transaction"() IS 'At COMMIT, holds a ledger transaction to the number of entries that it states (ZD031) and to a sum of zero in every currency (ZD030).';
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "check_transaction" AFTER INSERT ON "economy"."transactions"
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "economy"."check_transaction"();
--> statement-breakpoint
-- Once a statement, whatever its size. The positions of a transaction are distinct, so counting them is enough.
CREATE FUNCTION "economy"."refuse_late_entries"() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "economy"."refuse_late_entries"() IS 'Refuses entries beyond the number that their transaction states (ZD031), so that none can be added to one that has committed.';
--> statement-breakpoint
CREATE TRIGGER "refuse_late_entries" AFTER INSERT ON "economy"."ledger_entries"
REFERENCING NEW TABLE AS "entered" FOR EACH STATEMENT EXECUTE FUNCTION "economy"."refuse_late_entries"();
--> statement-breakpoint
-- Wallets of the system have no balance row: every transaction of the tenant would queue for it. Rows are locked in
-- the order of their keys, so that two statements over the same wallets cannot lock each other out.
CREATE FUNCTION "economy"."post_ledger_entries"() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  refused uuid;
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

  UPDATE economy.wallet_balances AS held SET balance = held.balance + change.amount
  FROM (
    SELECT tenant_id, wallet_id, currency, sum(amount) AS amount FROM entered GROUP BY tenant_id, wallet_id, currency
  ) AS change
  WHERE held.tenant_id = change.tenant_id AND held.wallet_id = change.wallet_id AND held.currency = change.currency;
  RETURN NULL;
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "economy"."post_ledger_entries"() IS 'Adds new entries to the balances of their wallets, and refuses those of a frozen or closed wallet (ZD032); the check of wallet_balances refuses an overdraft. SECURITY DEFINER because the application may not write balances.';
--> statement-breakpoint
CREATE TRIGGER "post_ledger_entries" AFTER INSERT ON "economy"."ledger_entries"
REFERENCING NEW TABLE AS "entered" FOR EACH STATEMENT EXECUTE FUNCTION "economy"."post_ledger_entries"();
--> statement-breakpoint
-- A balance is updated with every payment: room on the page keeps the update HOT.
ALTER TABLE "economy"."wallet_balances" SET (fillfactor = 70);
--> statement-breakpoint
CREATE UNIQUE INDEX "variants_one_control_key" ON "analytics"."variants" ("tenant_id", "experiment_id") WHERE "control";
--> statement-breakpoint
COMMENT ON INDEX "analytics"."variants_one_control_key" IS 'an experiment has one control';
--> statement-breakpoint
-- An assignment's variant is one of its own experiment.
ALTER TABLE "analytics"."variants" ADD CONSTRAINT "variants_experiment_id_id_key" UNIQUE ("tenant_id", "experiment_id", "id");
--> statement-breakpoint
ALTER TABLE "analytics"."experiment_assignments" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "analytics"."variants" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "analytics"."experiment_assignments" ADD CONSTRAINT "experiment_assignments_experiment_id_variant_id_fk"
FOREIGN KEY ("tenant_id", "experiment_id", "variant_id") REFERENCES "analytics"."variants" ("tenant_id", "experiment_id", "id") ON DELETE RESTRICT;
--> statement-breakpoint
ALTER TABLE "analytics"."experiment_assignments" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "analytics"."variants" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE INDEX "experiment_assignments_experiment_id_variant_id_idx" ON "analytics"."experiment_assignments" ("tenant_id", "experiment_id", "variant_id");
--> statement-breakpoint
COMMENT ON INDEX "analytics"."experiment_assignments_experiment_id_variant_id_idx" IS 'rows that refer to one target, and the check of foreign key experiment_assignments_experiment_id_variant_id_fk';
--> statement-breakpoint
-- The same for a review and a listing: the version is one of the project.
ALTER TABLE "ugc"."versions" ADD CONSTRAINT "versions_project_id_id_key" UNIQUE ("tenant_id", "project_id", "id");
--> statement-breakpoint
ALTER TABLE "ugc"."reviews" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "ugc"."versions" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "ugc"."reviews" ADD CONSTRAINT "reviews_project_id_version_id_fk"
FOREIGN KEY ("tenant_id", "project_id", "version_id") REFERENCES "ugc"."versions" ("tenant_id", "project_id", "id") ON DELETE RESTRICT;
--> statement-breakpoint
ALTER TABLE "ugc"."reviews" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "ugc"."versions" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "ugc"."marketplace_listings" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "ugc"."versions" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "ugc"."marketplace_listings" ADD CONSTRAINT "marketplace_listings_project_id_version_id_fk"
FOREIGN KEY ("tenant_id", "project_id", "version_id") REFERENCES "ugc"."versions" ("tenant_id", "project_id", "id") ON DELETE RESTRICT;
--> statement-breakpoint
ALTER TABLE "ugc"."marketplace_listings" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "ugc"."versions" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE INDEX "reviews_project_id_version_id_idx" ON "ugc"."reviews" ("tenant_id", "project_id", "version_id");
--> statement-breakpoint
COMMENT ON INDEX "ugc"."reviews_project_id_version_id_idx" IS 'rows that refer to one target, and the check of foreign key reviews_project_id_version_id_fk';
--> statement-breakpoint
CREATE INDEX "marketplace_listings_project_id_version_id_idx" ON "ugc"."marketplace_listings" ("tenant_id", "project_id", "version_id");
--> statement-breakpoint
COMMENT ON INDEX "ugc"."marketplace_listings_project_id_version_id_idx" IS 'rows that refer to one target, and the check of foreign key marketplace_listings_project_id_version_id_fk';
--> statement-breakpoint
-- What the constructors cannot express of training, lrs and governance.

-- A course keeps one document a person and name, also where it belongs to no registration.
ALTER TABLE "lrs"."activity_states" DROP CONSTRAINT "activity_states_activity_id_agent_id_state_key_registration_key";
--> statement-breakpoint
ALTER TABLE "lrs"."activity_states" ADD CONSTRAINT "activity_states_activity_id_agent_id_state_key_registration_key"
UNIQUE NULLS NOT DISTINCT ("tenant_id", "activity_id", "agent_id", "state_key", "registration");
--> statement-breakpoint
-- An assignment is completed once, as a whole (no module) and for each of its modules; a correction supersedes.
CREATE UNIQUE INDEX "completions_assignment_id_module_id_key" ON "training"."completions" ("tenant_id", "assignment_id", "module_id")
NULLS NOT DISTINCT WHERE "assignment_id" IS NOT NULL AND "supersedes_id" IS NULL;
--> statement-breakpoint
-- Statements never change, so what this reads cannot become wrong while it is read.
CREATE FUNCTION "lrs"."check_statement_void"() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "lrs"."check_statement_void"() IS 'Refuses a void whose statement does not void, or that voids a voiding statement (xAPI Part Two, section 2.3.2).';
--> statement-breakpoint
CREATE TRIGGER "check_statement_void" BEFORE INSERT ON "lrs"."statement_voids"
FOR EACH ROW EXECUTE FUNCTION "lrs"."check_statement_void"();
--> statement-breakpoint
CREATE FUNCTION "governance"."keep_destroyed_key"() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
    CONSTRAINT = 'subject_keys_stay_destroyed_check',
    MESSAGE = 'a destroyed key stays destroyed', HINT = 'Give the person a key of the next generation.';
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "governance"."keep_destroyed_key"() IS 'Refuses to bring a destroyed key back, which would undo an erasure.';
--> statement-breakpoint
CREATE TRIGGER "keep_destroyed_key" BEFORE UPDATE ON "governance"."subject_keys" FOR EACH ROW
WHEN (OLD.wrapped_key_ciphertext IS NULL AND NEW.wrapped_key_ciphertext IS NOT NULL
  OR OLD.destroyed_at IS NOT NULL AND NEW.destroyed_at IS DISTINCT FROM OLD.destroyed_at)
EXECUTE FUNCTION "governance"."keep_destroyed_key"();
--> statement-breakpoint
CREATE FUNCTION "governance"."check_hold_release"() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "governance"."check_hold_release"() IS 'Refuses a release that is of no placed hold, or of another matter or scope.';
--> statement-breakpoint
CREATE TRIGGER "check_hold_release" BEFORE INSERT ON "governance"."legal_holds" FOR EACH ROW
WHEN (NEW.action = 'released') EXECUTE FUNCTION "governance"."check_hold_release"();
