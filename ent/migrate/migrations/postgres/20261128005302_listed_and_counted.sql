-- Modify "pos_items" table
ALTER TABLE "pos_items" ADD COLUMN "shop_units" bigint NOT NULL DEFAULT 0;
-- Fill "shop_units"
UPDATE "pos_items" SET "shop_units" = u."units" FROM (
  SELECT s."item_id", sum(s."on_hand") AS "units" FROM "shop_stocks" AS s
    JOIN "shops" AS h ON h."site_id" = s."site_id" AND h."lightspeed_id" = s."lightspeed_shop_id" AND NOT h."archived"
    JOIN "store_mappings" AS m ON m."shop_id" = h."id" JOIN "locations" AS l ON l."id" = m."location_id" AND l."active"
    WHERE s."on_hand" > 0 GROUP BY s."item_id") AS u WHERE u."item_id" = "pos_items"."id";
-- Create index "positem_site_id_shop_units_id" to table: "pos_items"
CREATE INDEX "positem_site_id_shop_units_id" ON "pos_items" ("site_id", "shop_units", "id");
-- Drop index "product_site_id_brand" from table: "products"
DROP INDEX "product_site_id_brand";
-- Drop index "product_site_id_category" from table: "products"
DROP INDEX "product_site_id_category";
-- Modify "products" table
ALTER TABLE "products" ADD COLUMN "list_displayed" boolean NOT NULL DEFAULT false;
-- Fill "list_displayed"
UPDATE "products" SET "list_displayed" = true FROM "pos_items" AS i
  WHERE i."product_id" = "products"."id" AND i."displayed" AND ("products"."active" OR "products"."match_pending" OR i."display_held");
-- Create index "product_site_id_brand_list_displayed" to table: "products"
CREATE INDEX "product_site_id_brand_list_displayed" ON "products" ("site_id", "brand", "list_displayed");
-- Create index "product_site_id_category_list_displayed" to table: "products"
CREATE INDEX "product_site_id_category_list_displayed" ON "products" ("site_id", "category", "list_displayed");
