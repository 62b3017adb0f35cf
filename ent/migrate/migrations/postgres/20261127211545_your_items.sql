-- Drop index "product_site_id_name" from table: "products"
DROP INDEX "product_site_id_name";
-- Modify "products" table
ALTER TABLE "products" ADD COLUMN "image_url" text NOT NULL DEFAULT '', ADD COLUMN "website_url" text NOT NULL DEFAULT '', ADD COLUMN "name_order" text NOT NULL DEFAULT '', ADD COLUMN "brand_order" text NOT NULL DEFAULT '', ADD COLUMN "category_path" text NOT NULL DEFAULT '', ADD COLUMN "list_price" bigint NOT NULL DEFAULT 0, ADD COLUMN "list_units" bigint NOT NULL DEFAULT 0, ADD COLUMN "price_bits" bigint NOT NULL DEFAULT 0;
-- Create index "product_price_problems" to table: "products"
CREATE INDEX "product_price_problems" ON "products" ("site_id", "name_order", "id") WHERE (price_bits >= 2);
-- Create index "product_site_id_brand_order_id" to table: "products"
CREATE INDEX "product_site_id_brand_order_id" ON "products" ("site_id", "brand_order", "id");
-- Create index "product_site_id_category_path" to table: "products"
CREATE INDEX "product_site_id_category_path" ON "products" ("site_id", "category_path");
-- Create index "product_site_id_list_price_id" to table: "products"
CREATE INDEX "product_site_id_list_price_id" ON "products" ("site_id", "list_price", "id");
-- Create index "product_site_id_list_units_id" to table: "products"
CREATE INDEX "product_site_id_list_units_id" ON "products" ("site_id", "list_units", "id");
-- Create index "product_site_id_name_order_id" to table: "products"
CREATE INDEX "product_site_id_name_order_id" ON "products" ("site_id", "name_order", "id");
-- Modify "sites" table
ALTER TABLE "sites" ADD COLUMN "live" boolean NOT NULL DEFAULT true;
-- Modify "sync_states" table
ALTER TABLE "sync_states" ADD COLUMN "listed_sequence" bigint NOT NULL DEFAULT 0, ADD COLUMN "listed_key" character varying NOT NULL DEFAULT '', ADD COLUMN "listed_all_sequence" bigint NOT NULL DEFAULT -1, ADD COLUMN "listing_all_sequence" bigint NOT NULL DEFAULT -1, ADD COLUMN "listing_key" character varying NOT NULL DEFAULT '';
-- Create "display_samples" table
CREATE TABLE "display_samples" ("id" character varying NOT NULL, "date" character varying NOT NULL, "displayed" bigint NOT NULL, "hidden" bigint NOT NULL, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "display_samples_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "displaysample_site_id_date" to table: "display_samples"
CREATE UNIQUE INDEX "displaysample_site_id_date" ON "display_samples" ("site_id", "date");
-- Create "unusable_rows" table
CREATE TABLE "unusable_rows" ("id" character varying NOT NULL, "lightspeed_item_id" bigint NOT NULL DEFAULT 0, "lightspeed_shop_id" bigint NOT NULL DEFAULT 0, "problem" character varying NOT NULL, "detail" text NOT NULL DEFAULT '', "at" timestamptz NOT NULL, "site_id" character varying NOT NULL, "run_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "unusable_rows_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE, CONSTRAINT "unusable_rows_sync_runs_run" FOREIGN KEY ("run_id") REFERENCES "sync_runs" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "unusablerow_run_id" to table: "unusable_rows"
CREATE INDEX "unusablerow_run_id" ON "unusable_rows" ("run_id");
-- Create index "unusablerow_site_id_run_id" to table: "unusable_rows"
CREATE INDEX "unusablerow_site_id_run_id" ON "unusable_rows" ("site_id", "run_id");
