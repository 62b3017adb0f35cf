-- Modify "sync_states" table
ALTER TABLE "sync_states" ADD COLUMN "display_held_since" timestamptz NULL, ADD COLUMN "display_confirmed_at" timestamptz NULL, ADD COLUMN "prices_held_since" timestamptz NULL, ADD COLUMN "prices_confirmed_at" timestamptz NULL;
-- Modify "import_settings" table
ALTER TABLE "import_settings" ADD COLUMN "barcode_links" character varying NOT NULL DEFAULT 'CONFIRMED';
-- Modify "match_decisions" table
ALTER TABLE "match_decisions" ADD COLUMN "batch_id" character varying NOT NULL DEFAULT '';
-- Create index "matchdecision_site_id_batch_id" to table: "match_decisions"
CREATE INDEX "matchdecision_site_id_batch_id" ON "match_decisions" ("site_id", "batch_id") WHERE ((batch_id)::text <> ''::text);
-- Modify "order_exports" table
ALTER TABLE "order_exports" ADD COLUMN "customer_id" bigint NOT NULL DEFAULT 0, ADD COLUMN "sale_checked_at" timestamptz NULL;
-- Create index "orderexport_site_id_exported_at" to table: "order_exports"
CREATE INDEX "orderexport_site_id_exported_at" ON "order_exports" ("site_id", "exported_at") WHERE (exported_at IS NOT NULL);
-- Modify "products" table
ALTER TABLE "products" ADD COLUMN "variant_size" character varying NOT NULL DEFAULT '', ADD COLUMN "variant_color" character varying NOT NULL DEFAULT '', ADD COLUMN "brand_key" character varying NOT NULL DEFAULT '', ADD COLUMN "held_price" bigint NULL;
-- Create index "product_price_held" to table: "products"
CREATE INDEX "product_price_held" ON "products" ("site_id") WHERE (held_price IS NOT NULL);
-- Create index "product_site_id_brand_key" to table: "products"
CREATE INDEX "product_site_id_brand_key" ON "products" ("site_id", "brand_key") WHERE ((brand_key)::text <> ''::text);
-- Modify "pos_items" table
ALTER TABLE "pos_items" ADD COLUMN "item_kind" character varying NOT NULL DEFAULT 'DEFAULT', ADD COLUMN "size" character varying NOT NULL DEFAULT '', ADD COLUMN "color" character varying NOT NULL DEFAULT '', ADD COLUMN "components" jsonb NULL, ADD COLUMN "match_reason" character varying NOT NULL DEFAULT '', ADD COLUMN "set_aside_at" timestamptz NULL, ADD COLUMN "set_aside_by" character varying NOT NULL DEFAULT '', ADD COLUMN "lost_at" timestamptz NULL, ADD COLUMN "display_held" boolean NOT NULL DEFAULT false, ADD COLUMN "held_prices" jsonb NULL;
-- Create index "positem_held" to table: "pos_items"
CREATE INDEX "positem_held" ON "pos_items" ("site_id") WHERE (display_held OR (held_prices IS NOT NULL));
-- Create index "positem_lost" to table: "pos_items"
CREATE INDEX "positem_lost" ON "pos_items" ("site_id", "lost_at") WHERE (lost_at IS NOT NULL);
-- Create index "positem_match_reason" to table: "pos_items"
CREATE INDEX "positem_match_reason" ON "pos_items" ("site_id", "match_reason", "id") WHERE ((match_reason)::text <> ''::text);
-- Modify "export_settings" table
ALTER TABLE "export_settings" ADD COLUMN "supplier_lines" character varying NOT NULL DEFAULT 'LOWER_STOCK', ADD COLUMN "open_orders" character varying NOT NULL DEFAULT 'DEDUCT', ADD COLUMN "orders_from" timestamptz NULL;
-- Modify "alerts" table
ALTER TABLE "alerts" ADD COLUMN "dismissed_at" timestamptz NULL, ADD COLUMN "dismissed_by" character varying NOT NULL DEFAULT '', ADD COLUMN "dismiss_reason" text NOT NULL DEFAULT '';
-- Create "client_mutations" table
CREATE TABLE "client_mutations" ("id" character varying NOT NULL, "mutation" character varying NOT NULL, "key" character varying NOT NULL, "input_hash" character varying NOT NULL, "answer" text NOT NULL DEFAULT '', "created_at" timestamptz NOT NULL, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "client_mutations_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "clientmutation_created_at" to table: "client_mutations"
CREATE INDEX "clientmutation_created_at" ON "client_mutations" ("created_at");
-- Create index "clientmutation_site_id_mutation_key" to table: "client_mutations"
CREATE UNIQUE INDEX "clientmutation_site_id_mutation_key" ON "client_mutations" ("site_id", "mutation", "key");
-- Modify "order_lines" table
ALTER TABLE "order_lines" ADD COLUMN "refunded_quantity" bigint NOT NULL DEFAULT 0, ADD COLUMN "held_units" bigint NOT NULL DEFAULT 0, ADD COLUMN "location_id" character varying NULL, ADD CONSTRAINT "order_lines_locations_location" FOREIGN KEY ("location_id") REFERENCES "locations" ("id") ON UPDATE NO ACTION ON DELETE SET NULL;
-- Create index "orderline_held" to table: "order_lines"
CREATE INDEX "orderline_held" ON "order_lines" ("site_id", "product_id") WHERE (held_units > 0);
-- Create index "orderline_location_id" to table: "order_lines"
CREATE INDEX "orderline_location_id" ON "order_lines" ("location_id");
-- Modify "web_orders" table
ALTER TABLE "web_orders" ADD COLUMN "shipping_address" jsonb NULL, ADD COLUMN "stated_total" bigint NULL;
-- Create "order_notices" table
CREATE TABLE "order_notices" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "code" character varying NOT NULL, "params" jsonb NULL, "raised_at" timestamptz NOT NULL, "acknowledged_at" timestamptz NULL, "acknowledged_by" character varying NOT NULL DEFAULT '', "resolved_at" timestamptz NULL, "site_id" character varying NOT NULL, "order_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "order_notices_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE, CONSTRAINT "order_notices_web_orders_notices" FOREIGN KEY ("order_id") REFERENCES "web_orders" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "ordernotice_open" to table: "order_notices"
CREATE INDEX "ordernotice_open" ON "order_notices" ("site_id", "code") WHERE ((acknowledged_at IS NULL) AND (resolved_at IS NULL));
-- Create index "ordernotice_order_id" to table: "order_notices"
CREATE INDEX "ordernotice_order_id" ON "order_notices" ("order_id");
-- Create index "ordernotice_site_id_order_id_code" to table: "order_notices"
CREATE UNIQUE INDEX "ordernotice_site_id_order_id_code" ON "order_notices" ("site_id", "order_id", "code");
-- Modify "payment_types" table
ALTER TABLE "payment_types" ADD COLUMN "code" character varying NOT NULL DEFAULT '';
-- Create "payment_method_mappings" table
CREATE TABLE "payment_method_mappings" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "method" character varying NOT NULL, "method_key" character varying NOT NULL, "changed_by" character varying NOT NULL DEFAULT '', "revision" bigint NOT NULL DEFAULT 1, "site_id" character varying NOT NULL, "payment_type_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "payment_method_mappings_payment_types_payment_type" FOREIGN KEY ("payment_type_id") REFERENCES "payment_types" ("id") ON UPDATE NO ACTION ON DELETE CASCADE, CONSTRAINT "payment_method_mappings_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "paymentmethodmapping_payment_type_id" to table: "payment_method_mappings"
CREATE INDEX "paymentmethodmapping_payment_type_id" ON "payment_method_mappings" ("payment_type_id");
-- Create index "paymentmethodmapping_site_id_method_key" to table: "payment_method_mappings"
CREATE UNIQUE INDEX "paymentmethodmapping_site_id_method_key" ON "payment_method_mappings" ("site_id", "method_key");
-- What follows changes no setting
ALTER TABLE "import_settings" DISABLE TRIGGER USER;
ALTER TABLE "export_settings" DISABLE TRIGGER USER;
-- Sites that are older than the setting keep confirming links by barcode, also those that have the import settings' defaults
INSERT INTO "import_settings" ("id", "created_at", "updated_at", "on_hand", "on_order", "reorder", "cost_basis", "required_identifiers", "barcode_links", "revision", "site_id") SELECT 'imp_' || substr("id", 6), "created_at", "updated_at", true, false, false, 'DEFAULT_COST', 'GTIN_OR_MPN', 'CONFIRMED', 1, "id" FROM "sites" WHERE "id" NOT IN (SELECT "site_id" FROM "import_settings");
-- Exporting that is on was enabled, as far as is known, when its settings were made
UPDATE "export_settings" SET "orders_from" = "created_at" WHERE "enabled";
ALTER TABLE "import_settings" ENABLE TRIGGER USER;
ALTER TABLE "export_settings" ENABLE TRIGGER USER;
-- The new settings raise the revision too, see the migration settings_revision
CREATE TRIGGER "settings_revision_insert" AFTER INSERT ON "payment_method_mappings" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_update" AFTER UPDATE ON "payment_method_mappings" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_delete" AFTER DELETE ON "payment_method_mappings" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
