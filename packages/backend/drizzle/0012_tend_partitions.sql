-- Months of a log come and go without holding up its writers: made apart and attached, detached, attached again, dropped.
-- Locks that writers meet are taken last and let go at the end of the transaction, so each function is a transaction's
-- whole work; how long it may wait and hold is for the caller to set (lock_timeout, statement_timeout).

-- A table that is no partition says whose month it is in its comment, which only the owner can write.
CREATE FUNCTION "dmz"."find_month"("log" regclass, "month" date,
  OUT "part" text, OUT "state" text, OUT "first" timestamptz, OUT "past" timestamptz, OUT "time_column" name, OUT "rest" regclass)
LANGUAGE plpgsql STABLE STRICT SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."find_month"(regclass, date) IS 'The partition of a month (UTC) of a log: its name, bounds, and how it stands: absent, prepared, attached, pending (its detaching was interrupted), detached, or taken by a table that is something else. rest is the default partition.';
--> statement-breakpoint
CREATE FUNCTION "dmz"."refuse_month"("part" text, "state" text) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  IF state = 'taken' THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD050', MESSAGE = pg_catalog.format('%s is there, and is no month of the log', part);
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'ZD051', MESSAGE = pg_catalog.format('%s is %s', part, state),
    DETAIL = pg_catalog.json_build_object('partition', part, 'state', state)::text;
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."refuse_month"(text, text) IS 'Refuses a step that does not fit the state of a month: ZD050 where its name belongs to another table, else ZD051.';
--> statement-breakpoint
-- SECURITY DEFINER: dmz_maintenance makes partitions of tables that it does not own.
-- The table is guarded before anything is in it. Its CHECK spares ATTACH the scan.
CREATE FUNCTION "dmz"."prepare_month"("log" regclass, "month" date, "again" boolean DEFAULT false) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."prepare_month"(regclass, date, boolean) IS 'Makes the table of a month (UTC) beside its log, guarded as a partition is, and locks nothing that a writer meets; with again, makes a detached month ready to be attached again. Repeatable. SECURITY DEFINER so that the maintenance role can call it without owning the log.';
--> statement-breakpoint
-- The owner is under forced row security, so it is lifted for these statements, in the locks of this transaction: nobody
-- can see the tables without it. Each row is deleted before it is inserted, as a follower of changes must apply it.
-- Copying beforehand, to hold the lock for less, would turn that order round, and the follower would lose the row.
-- TRUNCATE of what is left empty would take the rows from transactions whose snapshot is older; VACUUM waits for those.
CREATE FUNCTION "dmz"."move_strays"("log" regclass, "month" date) RETURNS bigint
LANGUAGE plpgsql SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."move_strays"(regclass, date) IS 'A door in append-only: moves a month’s rows, unchanged, from the default partition into the month’s own, within the transaction that attaches it. For dmz.attach_month alone, which holds the locks.';
--> statement-breakpoint
-- SECURITY DEFINER: only the owner attaches. ATTACH would let the log be read and written meanwhile. A statement that was
-- planned before, and reached the default partition after, would then miss the rows that were moved, and a row of the
-- month on its way into the default partition would be refused: both were seen under load. So the log itself is locked,
-- before anybody can plan. A CHECK on the default partition would spare its scan, and would refuse the month's rows from
-- its making until the attach; kept empty instead, that partition has nothing to scan.
CREATE FUNCTION "dmz"."attach_month"("log" regclass, "month" date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."attach_month"(regclass, date) IS 'Attaches the table that dmz.prepare_month made, and moves the month’s rows out of the default partition into it; returns their number. Who uses the log waits while it runs. SECURITY DEFINER so that the maintenance role can call it without owning the log.';
--> statement-breakpoint
-- Whose month is called for while row security holds: one tenant after the other, as it would look itself.
-- SECURITY DEFINER: nobody but the owner may read a partition. What it tells is no tenant's: months and numbers.
CREATE FUNCTION "dmz"."count_strays"("log" regclass) RETURNS TABLE ("month" date, "found" bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  it record;
  entered text := coalesce(pg_catalog.current_setting('dmz.tenant_id', true), '');
  resident uuid;
BEGIN
  it := dmz.find_month(log, pg_catalog.now()::date);
  IF it.rest IS NULL OR pg_catalog.pg_relation_size(it.rest) = 0 THEN
    RETURN;
  END IF;
  FOR resident IN SELECT tenant_id FROM public.residents WHERE residents.state = 'serving' LOOP
    PERFORM pg_catalog.set_config('dmz.tenant_id', resident::text, true);
    RETURN QUERY EXECUTE pg_catalog.format(
      'SELECT pg_catalog.date_trunc(''month'', %1$I AT TIME ZONE ''UTC'')::date, pg_catalog.count(*) FROM %2$s GROUP BY 1', it.time_column, it.rest);
  END LOOP;
  PERFORM pg_catalog.set_config('dmz.tenant_id', entered, true);
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."count_strays"(regclass) IS 'How many rows of which months lie in the default partition, a line a tenant and month, without saying whose; of tenants that are served. SECURITY DEFINER because nobody but the owner may read a partition.';
--> statement-breakpoint
-- CONCURRENTLY is refused by PostgreSQL for a log that has a default partition, and a log always has one. Taking that
-- one off for the time needs the very lock that CONCURRENTLY spares, and leaves writes without a place meanwhile. So the
-- lock on the log is taken for the few milliseconds that a change of the catalogue takes.
-- What an interrupted CONCURRENTLY of somebody else has left is finished.
CREATE FUNCTION "dmz"."detach_month"("log" regclass, "month" date) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."detach_month"(regclass, date) IS 'Takes a month out of its log, in one step, or finishes an interrupted one. The table keeps its row security and its triggers, and nobody is granted it. SECURITY DEFINER so that the maintenance role can call it without owning the log.';
--> statement-breakpoint
-- SECURITY DEFINER: nobody but the owner may read a partition. Ids of tenants and numbers are all that it tells.
CREATE FUNCTION "dmz"."count_month"("log" regclass, "month" date) RETURNS TABLE ("tenant" uuid, "served" boolean, "rows" bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  it record;
  entered text := coalesce(pg_catalog.current_setting('dmz.tenant_id', true), '');
  resident record;
BEGIN
  it := dmz.find_month(log, month);
  IF it.state NOT IN ('attached', 'detached') THEN
    PERFORM dmz.refuse_month(it.part, it.state);
  END IF;
  FOR resident IN SELECT r.tenant_id, r.state = 'serving' AS served FROM public.residents AS r LOOP
    tenant := resident.tenant_id;
    served := resident.served;
    rows := NULL;
    IF served THEN
      PERFORM pg_catalog.set_config('dmz.tenant_id', tenant::text, true);
      EXECUTE pg_catalog.format('SELECT pg_catalog.count(*) FROM %s', it.part) INTO rows;
    END IF;
    RETURN NEXT;
  END LOOP;
  PERFORM pg_catalog.set_config('dmz.tenant_id', entered, true);
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."count_month"(regclass, date) IS 'How many rows each tenant has in a month; null for one that is not served, whose rows cannot be looked at. SECURITY DEFINER because nobody but the owner may read a partition.';
--> statement-breakpoint
-- The audit entries are of the same transaction, so no month goes without one. The rows are counted past row security,
-- in this transaction's lock: what the caller did not know of, a tenant's that left or came, is not dropped.
CREATE FUNCTION "dmz"."drop_month"("log" regclass, "month" date, "reason" text, "expected" jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  it record;
  present bigint;
  holder record;
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
    INSERT INTO admin.audit_log (tenant_id, actor_kind, action, details)
      VALUES (holder.tenant, 'operator', 'governance.month.purged', pg_catalog.jsonb_build_object('log', log::text,
        'month', pg_catalog.to_char(it.first AT TIME ZONE 'UTC', 'YYYY-MM'), 'rows', holder.rows, 'reason', reason));
  END LOOP;
  PERFORM pg_catalog.set_config('dmz.tenant_id', entered, true);
  EXECUTE pg_catalog.format('DROP TABLE %s', it.part);
  RETURN present;
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."drop_month"(regclass, date, text, jsonb) IS 'A door in append-only: drops a detached month for a reason that is audited with each tenant that had rows in it. expected is the number of rows by tenant that the caller found free to go; ZD052 where there are others. SECURITY DEFINER so that the maintenance role can call it without owning the log.';
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "dmz"."find_month"(regclass, date), "dmz"."prepare_month"(regclass, date, boolean), "dmz"."attach_month"(regclass, date),
  "dmz"."count_strays"(regclass), "dmz"."detach_month"(regclass, date), "dmz"."count_month"(regclass, date),
  "dmz"."drop_month"(regclass, date, text, jsonb) TO "dmz_maintenance";
--> statement-breakpoint
-- One way for migrations too, which make the months of a log that they have just created.
CREATE OR REPLACE FUNCTION "dmz"."ensure_partition"("parent" regclass, "month" date) RETURNS regclass
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  IF dmz.prepare_month(parent, month) = 'prepared' THEN
    PERFORM dmz.attach_month(parent, month);
  END IF;
  RETURN (dmz.find_month(parent, month)).part::regclass;
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."ensure_partition"(regclass, date) IS 'Prepares and attaches the partition of a month (UTC) in one transaction, if it is missing. SECURITY DEFINER so that the maintenance role can call it without owning the log.';
--> statement-breakpoint
-- MAINTAIN is for VACUUM, which gives back the room of rows that were moved away.
CREATE OR REPLACE FUNCTION "dmz"."ensure_partitions"("parent" regclass, "months_ahead" integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "dmz"."ensure_partitions"(regclass, integer) IS 'For migrations: makes the default partition of a log that they create, and the months that it needs at once. Later ones are made by dmz partitions ensure. SECURITY DEFINER so that the maintenance role can call it without owning the log.';
--> statement-breakpoint
SELECT "dmz"."ensure_partitions"(partrelid, 3) FROM pg_catalog.pg_partitioned_table;
