-- Drop index "product_site_id_feed_sequence" from table: "products"
DROP INDEX "product_site_id_feed_sequence";
-- Create index "product_site_id_feed_sequence_key" to table: "products"
CREATE INDEX "product_site_id_feed_sequence_key" ON "products" ("site_id", "feed_sequence", "key");
-- Modify "sync_states" table
ALTER TABLE "sync_states" ADD COLUMN "feed_all_sequence" bigint NOT NULL DEFAULT 0;
