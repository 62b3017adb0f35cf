-- Modify "pos_items" table
ALTER TABLE "pos_items" ADD COLUMN "rival_ids" jsonb NULL, ADD COLUMN "match_wanted_at" timestamptz NULL;
-- Create index "positem_match_wanted" to table: "pos_items"
CREATE INDEX "positem_match_wanted" ON "pos_items" ("site_id") WHERE (match_wanted_at IS NOT NULL);
-- Create "match_decisions" table
CREATE TABLE "match_decisions" ("id" character varying NOT NULL, "verdict" character varying NOT NULL, "decided_by" character varying NOT NULL, "decided_at" timestamptz NOT NULL, "site_id" character varying NOT NULL, "item_id" character varying NOT NULL, "product_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "match_decisions_pos_items_item" FOREIGN KEY ("item_id") REFERENCES "pos_items" ("id") ON UPDATE NO ACTION ON DELETE CASCADE, CONSTRAINT "match_decisions_products_product" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON UPDATE NO ACTION ON DELETE CASCADE, CONSTRAINT "match_decisions_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "matchdecision_item_id" to table: "match_decisions"
CREATE INDEX "matchdecision_item_id" ON "match_decisions" ("item_id");
-- Create index "matchdecision_linked_item" to table: "match_decisions"
CREATE UNIQUE INDEX "matchdecision_linked_item" ON "match_decisions" ("site_id", "item_id") WHERE ((verdict)::text = 'LINK'::text);
-- Create index "matchdecision_linked_product" to table: "match_decisions"
CREATE UNIQUE INDEX "matchdecision_linked_product" ON "match_decisions" ("site_id", "product_id") WHERE ((verdict)::text = 'LINK'::text);
-- Create index "matchdecision_product_id" to table: "match_decisions"
CREATE INDEX "matchdecision_product_id" ON "match_decisions" ("product_id");
-- Create index "matchdecision_site_id_item_id_product_id" to table: "match_decisions"
CREATE UNIQUE INDEX "matchdecision_site_id_item_id_product_id" ON "match_decisions" ("site_id", "item_id", "product_id");
-- Create index "matchdecision_site_id_product_id" to table: "match_decisions"
CREATE INDEX "matchdecision_site_id_product_id" ON "match_decisions" ("site_id", "product_id");
