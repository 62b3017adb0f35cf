-- SQLite adds columns in place: the rows stay, and what other tables refer to.
-- Add column "live" to table: "sites"
ALTER TABLE `sites` ADD COLUMN `live` bool NOT NULL DEFAULT (true);
-- Add column "listed_sequence" to table: "sync_states"
ALTER TABLE `sync_states` ADD COLUMN `listed_sequence` integer NOT NULL DEFAULT (0);
-- Add column "listed_key" to table: "sync_states"
ALTER TABLE `sync_states` ADD COLUMN `listed_key` text NOT NULL DEFAULT ('');
-- Add column "listed_all_sequence" to table: "sync_states"
ALTER TABLE `sync_states` ADD COLUMN `listed_all_sequence` integer NOT NULL DEFAULT (-1);
-- Add column "listing_all_sequence" to table: "sync_states"
ALTER TABLE `sync_states` ADD COLUMN `listing_all_sequence` integer NOT NULL DEFAULT (-1);
-- Add column "listing_key" to table: "sync_states"
ALTER TABLE `sync_states` ADD COLUMN `listing_key` text NOT NULL DEFAULT ('');
-- Add column "image_url" to table: "products"
ALTER TABLE `products` ADD COLUMN `image_url` text NOT NULL DEFAULT ('');
-- Add column "website_url" to table: "products"
ALTER TABLE `products` ADD COLUMN `website_url` text NOT NULL DEFAULT ('');
-- Add column "name_order" to table: "products"
ALTER TABLE `products` ADD COLUMN `name_order` text NOT NULL DEFAULT ('');
-- Add column "brand_order" to table: "products"
ALTER TABLE `products` ADD COLUMN `brand_order` text NOT NULL DEFAULT ('');
-- Add column "category_path" to table: "products"
ALTER TABLE `products` ADD COLUMN `category_path` text NOT NULL DEFAULT ('');
-- Add column "list_price" to table: "products"
ALTER TABLE `products` ADD COLUMN `list_price` integer NOT NULL DEFAULT (0);
-- Add column "list_units" to table: "products"
ALTER TABLE `products` ADD COLUMN `list_units` integer NOT NULL DEFAULT (0);
-- Add column "price_bits" to table: "products"
ALTER TABLE `products` ADD COLUMN `price_bits` integer NOT NULL DEFAULT (0);
-- Drop index "product_site_id_name" from table: "products"
DROP INDEX `product_site_id_name`;
-- Create index "product_site_id_name_order_id" to table: "products"
CREATE INDEX `product_site_id_name_order_id` ON `products` (`site_id`, `name_order`, `id`);
-- Create index "product_site_id_brand_order_id" to table: "products"
CREATE INDEX `product_site_id_brand_order_id` ON `products` (`site_id`, `brand_order`, `id`);
-- Create index "product_site_id_list_price_id" to table: "products"
CREATE INDEX `product_site_id_list_price_id` ON `products` (`site_id`, `list_price`, `id`);
-- Create index "product_site_id_list_units_id" to table: "products"
CREATE INDEX `product_site_id_list_units_id` ON `products` (`site_id`, `list_units`, `id`);
-- Create index "product_site_id_category_path" to table: "products"
CREATE INDEX `product_site_id_category_path` ON `products` (`site_id`, `category_path`);
-- Create index "product_price_problems" to table: "products"
CREATE INDEX `product_price_problems` ON `products` (`site_id`, `name_order`, `id`) WHERE price_bits >= 2;
-- Create "display_samples" table
CREATE TABLE `display_samples` (`id` text NOT NULL, `date` text NOT NULL, `displayed` integer NOT NULL, `hidden` integer NOT NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `display_samples_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "displaysample_site_id_date" to table: "display_samples"
CREATE UNIQUE INDEX `displaysample_site_id_date` ON `display_samples` (`site_id`, `date`);
-- Create "unusable_rows" table
CREATE TABLE `unusable_rows` (`id` text NOT NULL, `lightspeed_item_id` integer NOT NULL DEFAULT (0), `lightspeed_shop_id` integer NOT NULL DEFAULT (0), `problem` text NOT NULL, `detail` text NOT NULL DEFAULT (''), `at` datetime NOT NULL, `site_id` text NOT NULL, `run_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `unusable_rows_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `unusable_rows_sync_runs_run` FOREIGN KEY (`run_id`) REFERENCES `sync_runs` (`id`) ON DELETE CASCADE);
-- Create index "unusablerow_site_id_run_id" to table: "unusable_rows"
CREATE INDEX `unusablerow_site_id_run_id` ON `unusable_rows` (`site_id`, `run_id`);
-- Create index "unusablerow_run_id" to table: "unusable_rows"
CREATE INDEX `unusablerow_run_id` ON `unusable_rows` (`run_id`);
