-- Rows that were seeded before these columns came have nulls in them until they are seeded again, and migrations run
-- before seeds. So what those seeds wrote is filled in here; on an empty or a newly seeded database nothing is written.
UPDATE "public"."countries" SET "numeric_code" = substring(known, 3)
FROM regexp_split_to_table('AD020 AE784 AF004 AG028 AI660 AL008 AM051 AO024 AQ010 AR032 AS016 AT040 AU036 AW533 AX248 AZ031 BA070 BB052
  BD050 BE056 BF854 BG100 BH048 BI108 BJ204 BL652 BM060 BN096 BO068 BQ535 BR076 BS044 BT064 BV074 BW072 BY112
  BZ084 CA124 CC166 CD180 CF140 CG178 CH756 CI384 CK184 CL152 CM120 CN156 CO170 CR188 CU192 CV132 CW531 CX162
  CY196 CZ203 DE276 DJ262 DK208 DM212 DO214 DZ012 EC218 EE233 EG818 EH732 ER232 ES724 ET231 FI246 FJ242 FK238
  FM583 FO234 FR250 GA266 GB826 GD308 GE268 GF254 GG831 GH288 GI292 GL304 GM270 GN324 GP312 GQ226 GR300 GS239
  GT320 GU316 GW624 GY328 HK344 HM334 HN340 HR191 HT332 HU348 ID360 IE372 IL376 IM833 IN356 IO086 IQ368 IR364
  IS352 IT380 JE832 JM388 JO400 JP392 KE404 KG417 KH116 KI296 KM174 KN659 KP408 KR410 KW414 KY136 KZ398 LA418
  LB422 LC662 LI438 LK144 LR430 LS426 LT440 LU442 LV428 LY434 MA504 MC492 MD498 ME499 MF663 MG450 MH584 MK807
  ML466 MM104 MN496 MO446 MP580 MQ474 MR478 MS500 MT470 MU480 MV462 MW454 MX484 MY458 MZ508 NA516 NC540 NE562
  NF574 NG566 NI558 NL528 NO578 NP524 NR520 NU570 NZ554 OM512 PA591 PE604 PF258 PG598 PH608 PK586 PL616 PM666
  PN612 PR630 PS275 PT620 PW585 PY600 QA634 RE638 RO642 RS688 RU643 RW646 SA682 SB090 SC690 SD729 SE752 SG702
  SH654 SI705 SJ744 SK703 SL694 SM674 SN686 SO706 SR740 SS728 ST678 SV222 SX534 SY760 SZ748 TC796 TD148 TF260
  TG768 TH764 TJ762 TK772 TL626 TM795 TN788 TO776 TR792 TT780 TV798 TW158 TZ834 UA804 UG800 UM581 US840 UY858
  UZ860 VA336 VC670 VE862 VG092 VI850 VN704 VU548 WF876 WS882 YE887 YT175 ZA710 ZM894 ZW716', '\s+') AS known
WHERE "code" = left(known, 2) AND "numeric_code" IS NULL;
--> statement-breakpoint
-- A locale refers to its language. Names and directions are completed by the next seed.
INSERT INTO "public"."languages" ("code", "alpha3", "name")
SELECT DISTINCT known.code, known.alpha3, known.name
FROM (VALUES ('ar', 'ara', 'Arabic'), ('de', 'deu', 'German'), ('en', 'eng', 'English'), ('es', 'spa', 'Spanish'),
  ('fr', 'fra', 'French'), ('it', 'ita', 'Italian'), ('ja', 'jpn', 'Japanese'), ('nl', 'nld', 'Dutch'), ('pl', 'pol', 'Polish'),
  ('pt', 'por', 'Portuguese'), ('sv', 'swe', 'Swedish'), ('tr', 'tur', 'Turkish'), ('uk', 'ukr', 'Ukrainian'),
  ('zh', 'zho', 'Chinese')) AS known (code, alpha3, name)
JOIN "public"."locales" ON split_part("tag", '-', 1) = known.code AND "language_code" IS NULL
ON CONFLICT DO NOTHING;
--> statement-breakpoint
UPDATE "public"."locales" SET "language_code" = split_part("tag", '-', 1) WHERE "language_code" IS NULL;
--> statement-breakpoint
UPDATE "public"."regulatory_frameworks" SET "issuer" = known.issuer
FROM (VALUES ('gdpr', 'European Parliament and Council of the European Union'),
  ('hipaa', 'United States Department of Health and Human Services'), ('sox', 'United States Congress'),
  ('pci-dss', 'PCI Security Standards Council')) AS known (code, issuer)
WHERE "regulatory_frameworks"."code" = known.code AND "regulatory_frameworks"."issuer" IS NULL;
--> statement-breakpoint
ALTER TABLE "countries" ALTER COLUMN "numeric_code" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "locales" ALTER COLUMN "language_code" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "regulatory_frameworks" ALTER COLUMN "issuer" SET NOT NULL;
--> statement-breakpoint
COMMENT ON TABLE "public"."countries" IS 'Countries by ISO 3166-1.
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."countries"."code" IS 'ISO 3166-1 alpha-2.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."countries"."alpha3" IS 'ISO 3166-1 alpha-3.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."countries"."numeric_code" IS 'ISO 3166-1 numeric, with leading zeros.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."countries"."name" IS 'English short name.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."countries"."currency_code" IS 'The currency that prices are shown in there.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."countries"."transfer_basis" IS 'On what ground personal data may go there from the EEA (GDPR Art. 45 and 46).';
--> statement-breakpoint
COMMENT ON INDEX "public"."countries_currency_code_idx" IS 'rows that refer to one target, and the check of foreign key countries_currency_code_fk';
--> statement-breakpoint
COMMENT ON TABLE "public"."locales" IS 'Languages and regional forms that content can be shown in (BCP 47, RFC 5646).
@kind reference
@retention platform';
--> statement-breakpoint
COMMENT ON COLUMN "public"."locales"."tag" IS 'BCP 47 language tag, such as en-GB.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."locales"."native_name" IS 'Its name in its own language, for the list people choose from.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."locales"."script_code" IS 'ISO 15924; null where the language’s usual script goes without saying (RFC 5646, section 3.1.3).';
--> statement-breakpoint
COMMENT ON COLUMN "public"."locales"."country_code" IS 'Region subtag; null for the language as such.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."locales"."fallback_tag" IS 'Locale that is shown where a text has none in this one (RFC 4647, section 3.4); null at the end of the chain.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."locales"."direction" IS 'The way it is written: left to right, or right to left.';
--> statement-breakpoint
COMMENT ON INDEX "public"."locales_language_code_idx" IS 'rows that refer to one target, and the check of foreign key locales_language_code_fk';
--> statement-breakpoint
COMMENT ON INDEX "public"."locales_country_code_idx" IS 'rows that refer to one target, and the check of foreign key locales_country_code_fk';
--> statement-breakpoint
COMMENT ON INDEX "public"."locales_fallback_tag_idx" IS 'rows that refer to one target, and the check of foreign key locales_fallback_tag_fk';
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
COMMENT ON COLUMN "public"."regulatory_frameworks"."retention_years" IS 'Years that evidence is kept; null where the rule names no period.';
--> statement-breakpoint
COMMENT ON COLUMN "public"."regulatory_frameworks"."retention_from" IS 'What the years count from: the record’s making, its last day in force, or the end of the fiscal year it is of.';
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
