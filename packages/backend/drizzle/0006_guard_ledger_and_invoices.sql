-- An overdraft is an error of the ledger's own; an invoice cannot be hidden from the check at COMMIT; and a wallet keeps
-- its owner.

CREATE OR REPLACE FUNCTION "economy"."post_ledger_entries"() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
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
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "economy"."post_ledger_entries"() IS 'Adds new entries to the balances of their wallets; refuses those of a frozen or closed wallet (ZD032) and those that overdraw one (ZD033). SECURITY DEFINER because the application may not write balances.';
--> statement-breakpoint
-- The check reads as whoever commits: the tenant context can be changed after the rows are written, and then there is
-- nothing to be seen. What cannot be seen is not balanced.
CREATE OR REPLACE FUNCTION "billing"."refuse_unbalanced_invoice"() RETURNS trigger
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
  IF NOT FOUND OR difference.net_minor <> difference.net_of_lines OR difference.tax_minor <> difference.tax_of_lines THEN
    RAISE EXCEPTION USING ERRCODE = 'ZD040', MESSAGE = 'the lines of an invoice do not add up to its amounts',
      DETAIL = pg_catalog.json_build_object('invoiceId', invoice, 'invoice', pg_catalog.json_build_array(difference.net_minor, difference.tax_minor),
        'lines', pg_catalog.json_build_array(difference.net_of_lines, difference.tax_of_lines))::text,
      HINT = 'Insert an invoice and all of its lines in one transaction; correct an issued one by a credit note.';
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
COMMENT ON FUNCTION "billing"."refuse_unbalanced_invoice"() IS 'At commit, the lines of each new invoice add up to its net and its tax; ZD040 is a difference, or an invoice that the context of the commit does not see.';
--> statement-breakpoint
-- A person's wallet that became the system's could be overdrawn.
REVOKE UPDATE ON "economy"."wallets" FROM "dmz_app";
--> statement-breakpoint
GRANT UPDATE ("status") ON "economy"."wallets" TO "dmz_app";
