-- Modify "pos_items" table
ALTER TABLE "pos_items" ADD COLUMN "match_sequence" bigint NOT NULL DEFAULT 0;
-- Create index "positem_match_changed" to table: "pos_items"
CREATE INDEX "positem_match_changed" ON "pos_items" ("site_id", "match_sequence", "id") WHERE (match_sequence > 0);
-- Modify "sync_states" table
ALTER TABLE "sync_states" ADD COLUMN "match_sequence" bigint NOT NULL DEFAULT 0, ADD COLUMN "match_all_sequence" bigint NOT NULL DEFAULT 0;
