-- Modify "match_decisions" table
ALTER TABLE "match_decisions" ADD COLUMN "replaced" jsonb NULL;
-- Modify "pos_items" table
ALTER TABLE "pos_items" ADD COLUMN "brand_key" character varying NOT NULL DEFAULT '', ADD COLUMN "name_key" character varying NOT NULL DEFAULT '', ADD COLUMN "match_pending" boolean NOT NULL DEFAULT false;
-- Create index "positem_match_pending" to table: "pos_items"
CREATE INDEX "positem_match_pending" ON "pos_items" ("site_id", "id") WHERE match_pending;
-- Create index "positem_site_id_brand_key" to table: "pos_items"
CREATE INDEX "positem_site_id_brand_key" ON "pos_items" ("site_id", "brand_key") WHERE ((brand_key)::text <> ''::text);
-- Create index "positem_site_id_name_key" to table: "pos_items"
CREATE INDEX "positem_site_id_name_key" ON "pos_items" ("site_id", "name_key") WHERE ((name_key)::text <> ''::text);
-- Modify "products" table
ALTER TABLE "products" ADD COLUMN "part_key" text NOT NULL DEFAULT '';
-- Create index "product_site_id_part_key" to table: "products"
CREATE INDEX "product_site_id_part_key" ON "products" ("site_id", "part_key") WHERE (part_key <> ''::text);
-- The keys of part numbers alone follow from those with the brand
UPDATE "products" SET "part_key" = substr("mpn_key", strpos("mpn_key", '|')) WHERE strpos("mpn_key", '|') > 0 AND length("mpn_key") - strpos("mpn_key", '|') >= 4;
-- Items get the keys of their brands and names when they are matched again. What match_again asked for is no person's decision, and is not noted like one any more
UPDATE "pos_items" SET "match_pending" = true, "match_wanted_at" = CASE WHEN "match_wanted_at" = "updated_at" THEN NULL ELSE "match_wanted_at" END;
