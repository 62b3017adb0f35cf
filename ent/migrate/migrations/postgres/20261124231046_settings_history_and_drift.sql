-- Modify "pricing_settings" table
ALTER TABLE "pricing_settings" DROP COLUMN "enabled_revision", DROP COLUMN "regular_level_revision", DROP COLUMN "sale_level_revision";
-- Modify "sync_states" table
ALTER TABLE "sync_states" ADD COLUMN "full_started_at" timestamptz NULL, ADD COLUMN "clock_back_at" timestamptz NULL;
