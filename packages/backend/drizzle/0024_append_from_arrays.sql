-- The values of an append come as one array a column, in binary: reading them costs the server a part of what taking JSON
-- apart did. The function of 0015 stays for programs of earlier releases.
CREATE FUNCTION "game"."append_events"("tenant" uuid, "known_epoch" bigint, "at_time" timestamptz,
  "action_ids" uuid[], "action_sessions" uuid[], "action_types" text[], "action_payloads" jsonb[], "payload_hashes" text[],
  "first_sequences" bigint[], "last_sequences" bigint[], "event_hashes" text[], "action_client_times" timestamptz[],
  "id_tails" text[], "event_sessions" uuid[], "sequences" bigint[], "event_types" text[], "versions" integer[], "payloads" jsonb[],
  "event_actions" uuid[], "event_client_times" timestamptz[],
  OUT "server_time" timestamptz, OUT "earlier" jsonb)
LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "game"."append_events"(uuid, bigint, timestamptz, uuid[], uuid[], text[], jsonb[], text[], bigint[], bigint[], text[], timestamptz[], text[], uuid[], bigint[], text[], integer[], jsonb[], uuid[], timestamptz[]) IS 'Enters the tenant, and appends actions with their events to sessions, in one transaction: all of them or, where one does not continue its session (ZD020), none. Actions and events come as one array a column; hashes are SHA-256 in hex, and an event''s id tail is what stands in it behind its time and version. Returns the time that it gave them and, in `earlier`, the records of those actions that were accepted before, for which nothing is written.';
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "game"."append_events"(uuid, bigint, timestamptz, uuid[], uuid[], text[], jsonb[], text[], bigint[], bigint[], text[], timestamptz[], text[], uuid[], bigint[], text[], integer[], jsonb[], uuid[], timestamptz[]) TO "dmz_app";
