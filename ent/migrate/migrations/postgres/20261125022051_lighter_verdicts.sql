-- Drop index "positem_site_id_displayed" from table: "pos_items"
DROP INDEX "positem_site_id_displayed";
-- Drop index "positem_site_id_ean_code" from table: "pos_items"
DROP INDEX "positem_site_id_ean_code";
-- Drop index "positem_site_id_match_state" from table: "pos_items"
DROP INDEX "positem_site_id_match_state";
-- Modify "pos_items" table
ALTER TABLE "pos_items" DROP COLUMN "reasons";
-- Create index "positem_site_id_ean_code" to table: "pos_items"
CREATE INDEX "positem_site_id_ean_code" ON "pos_items" ("site_id", "ean_code") WHERE ((ean_code)::text <> ''::text);
-- Create index "positem_conflict" to table: "pos_items"
CREATE INDEX "positem_conflict" ON "pos_items" ("site_id", "id") WHERE ((match_state)::text = 'CONFLICT'::text);
-- Drop index "product_site_id_gtin2_code" from table: "products"
DROP INDEX "product_site_id_gtin2_code";
-- Drop index "product_site_id_match_pending" from table: "products"
DROP INDEX "product_site_id_match_pending";
-- Drop index "product_site_id_sale_end_date" from table: "products"
DROP INDEX "product_site_id_sale_end_date";
-- Drop index "product_site_id_sale_start_date" from table: "products"
DROP INDEX "product_site_id_sale_start_date";
-- Create index "product_site_id_gtin2_code" to table: "products"
CREATE INDEX "product_site_id_gtin2_code" ON "products" ("site_id", "gtin2_code") WHERE ((gtin2_code)::text <> ''::text);
-- Create index "product_site_id_sale_end_date" to table: "products"
CREATE INDEX "product_site_id_sale_end_date" ON "products" ("site_id", "sale_end_date") WHERE ((sale_end_date)::text <> ''::text);
-- Create index "product_site_id_sale_start_date" to table: "products"
CREATE INDEX "product_site_id_sale_start_date" ON "products" ("site_id", "sale_start_date") WHERE ((sale_start_date)::text <> ''::text);
-- Create index "product_match_pending" to table: "products"
CREATE INDEX "product_match_pending" ON "products" ("site_id") WHERE match_pending;
