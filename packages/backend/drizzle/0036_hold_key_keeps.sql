-- phase: expand
-- transaction: none
ALTER TABLE "governance"."subject_keys" VALIDATE CONSTRAINT "subject_keys_keeps_check";
