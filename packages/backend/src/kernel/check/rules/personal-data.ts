/**
 * Every column that can hold personal data says so in its comment: `@pii` with its category, `@erasure` with what
 * happens to it. Undeclared ones are looked for by name and type; what only looks like personal data is listed here.
 */
import type { CatalogueRule } from '../catalogue-rule.ts';

/** Names that speak of a person, as POSIX expressions between underscores: contact, identity, credential, network, free text. */
const TELLING_NAMES = [
  'e?mails?|e?mails?_?addr(ess)?(es)?|phones?|mobile|telephone|fax|address|street|postcode|zip|city|contact',
  '(first|last|given|family|middle|full|display|nick|user|holder|player|person|legal|from|sender|recipient)_?name|username|login|surname|birth|birthday|birthdate|born|dob|ethnicity|race|religion|health|disability|diagnosis|salary|tax_?(id|number)|card_?number|gender|sex|age|nationality|passport|ssn|iban|national_id|photo|picture|avatar|portrait|signature',
  'password|passwd|pwd|passphrase|pin|token|secret|otp|api_key|key_(sha256|hash|prefix)|cookie|credential',
  'ip|ip_?address|remote_addr|user_agent|device|fingerprint|mac|latitude|longitude|geo|geolocation',
  'bio|comment|comments|feedback|message|notes?|body|remark|remarks|answer|reason_text|free_text|transcript',
].join('|');

/** Tables whose people are invented: their names and addresses come from content that the project ships. */
export const fictionalTables = [
  'content.email_templates',
  'game.emails',
  'game.email_headers',
  'game.email_attachments',
  'game.email_indicators',
] as const;

/** Columns that only sound personal, each with what it holds instead. */
export const impersonalColumns: Readonly<Record<string, string>> = {
  'admin.audit_checkpoints.cosignature': 'the platform’s signature by the key before',
  'admin.audit_checkpoints.signature': 'the platform’s Ed25519 signature of a tree head',
  'billing.invoices.tax_note': 'wording that tax law asks for, such as of a reverse charge',
  'governance.erasure_certificates.signature': 'the platform’s signature of the certificate',
  'integration.credentials.fingerprint': 'hash of a public key or certificate of another system',
  'lrs.lti_deployments.token_url': 'address of the learning platform’s token endpoint',
  'notification.deliveries.provider_message_id': 'the provider’s number of a message',
  'notification.templates.body': 'wording with placeholders',
  'org.tenant_allowed_networks.note': 'what the network is, such as an office',
  'phishing.sends.message_id': 'Message-ID header of a simulated mail (RFC 5322)',
  'phishing.teachable_moments.body': 'teaching text',
  'phishing.templates.body': 'wording of a simulated mail',
  'phishing.templates.from_address': 'invented sender of a simulated mail',
  'phishing.templates.from_name': 'invented sender of a simulated mail',
  'phishing.templates.reply_to_address': 'invented sender of a simulated mail',
  'public.destruction_certificates.signature': 'the platform’s signature of the certificate',
  'training.certificates.signature': 'the platform’s signature of the certificate',
  'training.management_attestations.signature': 'the platform’s signature of the attestation',
  'training.policy_versions.body': 'text of a policy',
  'training.policy_versions.body_sha256': 'hash of the text of a policy',
};

const list = (values: readonly string[]) => `('${values.join("', '")}')`;

const DECLARE =
  'wrap the column in pii(…) with category, purpose and erasure, or list a fictional table in rules/personal-data.ts';

export const personalDataRules: readonly CatalogueRule[] = [
  {
    name: 'personal-data-is-declared',
    remedy: DECLARE,
    sql: `
SELECT object, 'it looks like personal data (' || type || ') and declares none' AS detail
FROM columns WHERE kind <> 'reference' AND coalesce(comment, '') !~ '@pii' AND canonical_table NOT IN ${list(fictionalTables)}
  AND canonical_table || '.' || name NOT IN ${list(Object.keys(impersonalColumns))}
  AND (type ~ '^(inet|cidr|macaddr|point)' OR name ~ '(^|_)(age|birth_year|latitude|longitude|salary)$'
    OR type ~ '^(text|character|citext|json|bytea|date|point)' AND name ~ '(^|_)(${TELLING_NAMES})(_|$)')`,
  },
  {
    name: 'personal-data-says-whose-it-is',
    remedy:
      'give the table the option `subject`: the column that leads to the person, or nobody where it is the organisation’s',
    sql: `
SELECT DISTINCT table_object AS object, 'it has personal data, and its comment does not say of whom' AS detail
FROM columns JOIN tables AS t ON t.oid = table_oid WHERE columns.comment ~ '@pii' AND t.comment !~ '@subject \\S+'`,
  },
  {
    name: 'way-to-a-person-has-an-index',
    remedy:
      'add an index that begins with the column: finding what there is of a person must not read what there is of others',
    sql: `
SELECT t.object || '.' || way[1] AS object, 'rows lead to a person by it, and no index begins with it' AS detail
FROM tables AS t, regexp_matches(t.comment, '@subject ([a-z0-9_]+) of', 'g') AS way
WHERE NOT EXISTS (SELECT FROM pg_index AS i JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = i.indkey[1] AND a.attname = way[1]
  WHERE i.indrelid = t.oid AND i.indpred IS NULL)`,
  },
  {
    name: 'fictional-table-exists',
    remedy:
      'remove the table from the list in rules/personal-data.ts: a stale exemption would hide a new table',
    sql: `
SELECT wanted AS object, 'the table is listed as fictional, and does not exist' AS detail
FROM unnest(ARRAY['${fictionalTables.join("', '")}']) AS wanted WHERE wanted NOT IN (SELECT object FROM tables)`,
  },
  {
    name: 'impersonal-column-exists',
    remedy:
      'remove the column from the list in rules/personal-data.ts: a stale exemption would hide a new column',
    sql: `
SELECT wanted AS object, 'the column is listed as impersonal, and does not exist' AS detail
FROM unnest(ARRAY['${Object.keys(impersonalColumns).join("', '")}']) AS wanted WHERE wanted NOT IN (SELECT object FROM columns)`,
  },
  {
    name: 'personal-data-says-what-erasure-does',
    remedy: DECLARE,
    sql: `
SELECT object, CASE WHEN comment ~ '@erasure null' AND required THEN 'erasure would null it, and it is NOT NULL'
  WHEN kind IN ('append_only', 'partitioned_log') AND comment !~ '@erasure shred' THEN 'its rows never change, so erasure can only shred its key'
  ELSE 'the declaration lacks a known category, a purpose, or what erasure does' END AS detail
FROM columns WHERE comment ~ '@(pii|erasure)' AND (
  comment !~ '@pii (identity|contact|credential|network|behaviour|free_text)\\M'
  OR comment !~ '@erasure (delete_row|null|replace|shred)\\M' OR comment !~ 'Kept for \\S+'
  OR comment ~ '@erasure null' AND required
  OR kind IN ('append_only', 'partitioned_log') AND comment !~ '@erasure shred')`,
  },
];
