-- phase: expand
-- The door by which retention takes rows. It is told which times are due, and looks itself at everything that can keep a row
-- nevertheless: legal holds, rows that refer to it, and what it is only whole together with. Functions of `dmz` serve every
-- placement; what they read beside a table is found from the table that they are called with.
CREATE FUNCTION "dmz"."table_beside"("place" regclass, "canonical" text) RETURNS regclass
LANGUAGE sql STABLE STRICT SET search_path = '' AS $$
  SELECT coalesce(pg_catalog.to_regclass(pg_catalog.format('%I.%I', coalesce(own_schema, pg_catalog.split_part(canonical, '.', 1)),
    CASE WHEN own_schema IS NULL THEN pg_catalog.split_part(canonical, '.', 2) ELSE pg_catalog.replace(canonical, '.', '_') END)), canonical::regclass)
  FROM (SELECT (dmz.placement_of(place)).own_schema) AS here
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."table_beside"(regclass, text) IS 'The table that a module calls so, such as governance.legal_holds, at the placement of another one.';
--> statement-breakpoint
-- Frameworks count from a record's making, its last day in force or its last follow-up: the latest of its times is the longest
-- reading of all. Not what the player's clock said, and not the last change, which can be one of the platform's own.
CREATE FUNCTION "dmz"."time_of_row"("place" regclass, "alias" text) RETURNS text
LANGUAGE sql STABLE STRICT SET search_path = '' AS $$
  SELECT 'greatest(' || pg_catalog.string_agg(CASE WHEN atttypid = 'date'::regtype
    THEN pg_catalog.format('((%s.%I + 1)::timestamp AT TIME ZONE ''UTC'')', alias, attname) ELSE pg_catalog.format('%s.%I', alias, attname) END, ', ' ORDER BY attnum) || ')'
  FROM pg_catalog.pg_attribute WHERE attrelid = place AND attnum > 0 AND NOT attisdropped
    AND atttypid IN ('date'::regtype, 'timestamptz'::regtype) AND attname NOT IN ('updated_at', 'client_time')
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."time_of_row"(regclass, text) IS 'The expression of the time that a row''s retention counts from: the latest that it has, other than its last update and what the player''s clock said.';
--> statement-breakpoint
CREATE FUNCTION "dmz"."due_condition"("place" regclass) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."due_condition"(regclass) IS 'The condition of rows t of a table that have outlived their times, which are $2: what goes on is not due, nor a hold in force, nor what lives, where rows are kept as long as their tenant is a customer. ZD061 where retention takes nothing.';
--> statement-breakpoint
CREATE FUNCTION "dmz"."links_to"("place" regclass, "parts" jsonb)
  RETURNS TABLE ("child" regclass, "canonical" text, "condition" text, "is_part" boolean, "is_self" boolean)
LANGUAGE sql STABLE SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."links_to"(regclass, jsonb) IS 'What refers to a table: by foreign key, or as a part that is told of as {child, column, of}. Parts, and what a foreign key deletes with its row, go with it; the rest keeps it. Rows are c and t in the condition.';
--> statement-breakpoint
CREATE FUNCTION "dmz"."unit_of"("place" regclass, "parts" jsonb) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = '' AS $$
  WITH RECURSIVE unit AS (
    SELECT place AS member
    UNION
    SELECT link.child FROM unit CROSS JOIN LATERAL dmz.links_to(unit.member, parts) AS link WHERE link.is_part
  )
  SELECT (dmz.placement_of(member)).canonical FROM unit
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."unit_of"(regclass, jsonb) IS 'The tables whose rows go with those of a table, itself included.';
--> statement-breakpoint
CREATE FUNCTION "dmz"."find_blocks"("place" regclass, "ids" uuid[], "due" tstzmultirange, "parts" jsonb) RETURNS TABLE ("id" uuid, "ground" text)
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."find_blocks"(regclass, uuid[], tstzmultirange, jsonb) IS 'Which of these rows must stay, and why: others refer to them or to what goes with them, or records that go with them are not due.';
--> statement-breakpoint
CREATE FUNCTION "dmz"."sum_counts"("one" jsonb, "other" jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
  SELECT coalesce(pg_catalog.jsonb_object_agg(key, total), '{}') FROM (SELECT key, pg_catalog.sum(value::bigint) AS total
    FROM (SELECT * FROM pg_catalog.jsonb_each_text(one) UNION ALL SELECT * FROM pg_catalog.jsonb_each_text(other)) AS counts GROUP BY key) AS totals
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."sum_counts"(jsonb, jsonb) IS 'The sums of two objects of numbers.';
--> statement-breakpoint
-- What goes with a row goes before it, so a program that looks meanwhile finds no part without its whole.
CREATE FUNCTION "dmz"."delete_units"("place" regclass, "ids" uuid[], "parts" jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."delete_units"(regclass, uuid[], jsonb) IS 'Deletes rows with what goes with them, for a function that has triggers off, and returns how many of which table.';
--> statement-breakpoint
CREATE FUNCTION "dmz"."person_column"("place" regclass) RETURNS name
LANGUAGE sql STABLE STRICT SET search_path = '' AS $$
  SELECT coalesce((SELECT 'id' WHERE place = dmz.table_beside(place, 'auth.users')),
    (SELECT attname FROM pg_catalog.pg_constraint JOIN pg_catalog.pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)
     WHERE conrelid = place AND contype = 'f' AND confrelid = dmz.table_beside(place, 'auth.users') AND attname IN ('user_id', 'player_id') LIMIT 1))
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."person_column"(regclass) IS 'The column that tells whose a row is; null where rows of one person cannot be told from others''.';
--> statement-breakpoint
CREATE FUNCTION "dmz"."holds_over"("place" regclass, "parts" jsonb) RETURNS TABLE ("ground" text, "person" uuid)
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
  RETURN QUERY EXECUTE pg_catalog.format(
    'SELECT ''legal hold '' || h.matter, CASE WHEN h.scope = ''person'' AND dmz.person_column($1) IS NOT NULL THEN h.user_id END FROM %1$s AS h
     WHERE h.action = ''placed'' AND NOT EXISTS (SELECT FROM %1$s AS r WHERE r.tenant_id = h.tenant_id AND r.releases_id = h.id)
       AND (h.scope <> ''table'' OR h.table_name IN (SELECT dmz.unit_of($1, $2))) ORDER BY 2 NULLS FIRST, 1', dmz.table_beside(place, 'governance.legal_holds'))
  USING place, parts;
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."holds_over"(regclass, jsonb) IS 'Legal holds in force over rows of a table or what goes with them: over one person''s, or over all where person is null.';
--> statement-breakpoint
CREATE FUNCTION "dmz"."note_purge"("run" uuid, "tenant" uuid, "counts" jsonb) RETURNS void
LANGUAGE sql VOLATILE SET search_path = '' AS $$
  INSERT INTO public.purges (tenant_id, reason, table_name, rows_purged)
  SELECT tenant, 'retention run ' || run, key, value::bigint FROM pg_catalog.jsonb_each_text(counts) WHERE value::bigint > 0 ORDER BY key
  ON CONFLICT ON CONSTRAINT purges_pkey DO UPDATE SET rows_purged = purges.rows_purged + excluded.rows_purged
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."note_purge"(uuid, uuid, jsonb) IS 'Adds what a run of retention has just purged to what it has purged before, in the same transaction.';
--> statement-breakpoint
-- Rows that supersede, release or reverse one another are one chain: were the later one gone first, the earlier would hold again.
-- Each is locked before it is looked at for the last time, and a foreign key's check waits for that lock, so nothing comes to
-- refer to it meanwhile. Triggers are off for the deletion alone.
CREATE FUNCTION "dmz"."purge_due_rows"("run" uuid, "place" regclass, "tenant" uuid, "known_epoch" bigint, "due" tstzmultirange, "parts" jsonb,
  "after" uuid, "most" integer, OUT "last" uuid, OUT "matched" bigint, OUT "purged" jsonb, OUT "kept" jsonb)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
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
  PERFORM dmz.enter_tenant(tenant, known_epoch);
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."purge_due_rows"(uuid, regclass, uuid, bigint, tstzmultirange, jsonb, uuid, integer) IS 'A door in append-only: deletes what is due of some of a tenant''s rows behind a place in a table, with their chains and parts, unless a legal hold or another row keeps them; tells where it stopped, how many were due, what went by table and what stayed by ground, and notes it in public.purges. SECURITY DEFINER because nobody but the owner may delete what is append-only.';
--> statement-breakpoint
-- What is hashed is written as an audit entry is: each field its length in bytes, a colon and itself.
CREATE FUNCTION "dmz"."leave_audit_hashes"("run" uuid, "audit" regclass, "source" regclass, "tenant" uuid, "sequences" bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."leave_audit_hashes"(uuid, regclass, regclass, uuid, bigint[]) IS 'Keeps the hashes of audit entries that are about to be removed, chained to those of before, and writes the entry that names the last of these. docs/adr/0009-retention.md has the encoding.';
--> statement-breakpoint
CREATE FUNCTION "dmz"."purge_audit_entries"("run" uuid, "place" regclass, "tenant" uuid, "known_epoch" bigint, "due" tstzmultirange,
  "after" bigint, "most" integer, "rehearsal" boolean, OUT "last" bigint, OUT "matched" bigint, OUT "purged" jsonb, OUT "kept" jsonb)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  sequences bigint[];
  hold record;
BEGIN
  PERFORM dmz.enter_tenant(tenant, known_epoch);
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."purge_audit_entries"(uuid, regclass, uuid, bigint, tstzmultirange, bigint, integer, boolean) IS 'As purge_due_rows, for entries of an audit log: their hashes stay in admin.audit_removals, and an entry of the same transaction names them. Entries from before chains were kept stay, and so does the one that vouches for them. A rehearsal counts alone, since a program that writes an entry would wait for its end. SECURITY DEFINER because nobody but the owner may delete what is append-only.';
--> statement-breakpoint
CREATE FUNCTION "dmz"."latest_retention_run"("tenant" uuid) RETURNS TABLE ("run" uuid, "table_name" text, "rows" bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT pg_catalog.right(p.reason, 36)::uuid, p.table_name, p.rows_purged FROM public.purges AS p WHERE p.tenant_id = tenant AND p.reason = (
    SELECT pg_catalog.max(q.reason) FROM public.purges AS q WHERE q.tenant_id = tenant AND q.reason ~ '^retention run [0-9a-f-]{36}$')
  ORDER BY p.table_name
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."latest_retention_run"(uuid) IS 'What the latest run of retention has purged of a tenant here: one that was killed is found by it, and goes on. SECURITY DEFINER because the record of purges is closed to the maintenance role.';
--> statement-breakpoint
CREATE OR REPLACE FUNCTION "dmz"."drop_month"("log" regclass, "month" date, "reason" text, "expected" jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  it record;
  place record := dmz.placement_of(log);
  audit regclass := dmz.table_beside(log, 'admin.audit_log');
  present bigint;
  holder record;
  sequences bigint[];
  entered text := coalesce(pg_catalog.current_setting('dmz.tenant_id', true), '');
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
    PERFORM pg_catalog.set_config('dmz.tenant_id', holder.tenant::text, true);
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
  PERFORM pg_catalog.set_config('dmz.tenant_id', entered, true);
  EXECUTE pg_catalog.format('DROP TABLE %s', it.part);
  RETURN present;
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."drop_month"(regclass, date, text, jsonb) IS 'A door in append-only: drops a detached month for a reason that is audited, where the log is, with each tenant that had rows in it; of audit entries it leaves the hashes. expected is the number of rows by tenant that the caller found free to go; ZD052 where there are others. SECURITY DEFINER so that the maintenance role can call it without owning the log.';
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."purge_due_rows"(uuid, regclass, uuid, bigint, tstzmultirange, jsonb, uuid, integer),
  "dmz"."purge_audit_entries"(uuid, regclass, uuid, bigint, tstzmultirange, bigint, integer, boolean),
  "dmz"."latest_retention_run"(uuid) TO "dmz_maintenance";
