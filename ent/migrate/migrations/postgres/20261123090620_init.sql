-- Create "sites" table
CREATE TABLE "sites" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "key" character varying NOT NULL, "name" character varying NOT NULL, "currency_code" character varying NOT NULL, "time_zone" character varying NOT NULL, "mapping_revision" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"));
-- Create index "site_key" to table: "sites"
CREATE UNIQUE INDEX "site_key" ON "sites" ("key");
-- Create "connect_attempts" table
CREATE TABLE "connect_attempts" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "state_hash" bytea NOT NULL, "verifier" bytea NOT NULL, "user_id" character varying NOT NULL, "return_url" text NOT NULL DEFAULT '', "other_account_acknowledged" boolean NOT NULL DEFAULT false, "expires_at" timestamptz NOT NULL, "used_at" timestamptz NULL, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "connect_attempts_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "connectattempt_site_id_expires_at" to table: "connect_attempts"
CREATE INDEX "connectattempt_site_id_expires_at" ON "connect_attempts" ("site_id", "expires_at");
-- Create "employees" table
CREATE TABLE "employees" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "lightspeed_id" bigint NOT NULL, "name" character varying NOT NULL, "archived" boolean NOT NULL DEFAULT false, "locked" boolean NOT NULL DEFAULT false, "lightspeed_shop_id" bigint NOT NULL DEFAULT 0, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "employees_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "employee_site_id_lightspeed_id" to table: "employees"
CREATE UNIQUE INDEX "employee_site_id_lightspeed_id" ON "employees" ("site_id", "lightspeed_id");
-- Create "import_settings" table
CREATE TABLE "import_settings" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "on_hand" boolean NOT NULL, "on_order" boolean NOT NULL, "reorder" boolean NOT NULL, "cost_basis" character varying NOT NULL, "required_identifiers" character varying NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "import_settings_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "importsettings_site_id" to table: "import_settings"
CREATE UNIQUE INDEX "importsettings_site_id" ON "import_settings" ("site_id");
-- Create "lightspeed_links" table
CREATE TABLE "lightspeed_links" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "state" character varying NOT NULL, "account_id" character varying NOT NULL, "account_name" character varying NOT NULL DEFAULT '', "employee_name" character varying NOT NULL DEFAULT '', "connected_by" character varying NOT NULL DEFAULT '', "connected_at" timestamptz NULL, "disconnected_at" timestamptz NULL, "reauth_since" timestamptz NULL, "access_token" bytea NULL, "refresh_token" bytea NULL, "access_expires_at" timestamptz NULL, "token_version" bigint NOT NULL DEFAULT 0, "renewal_owner" character varying NOT NULL DEFAULT '', "renewal_until" timestamptz NULL, "budget_level" double precision NOT NULL DEFAULT 0, "budget_size" double precision NOT NULL DEFAULT 0, "budget_drip_per_second" double precision NOT NULL DEFAULT 0, "budget_observed_at" timestamptz NULL, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "lightspeed_links_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "lightspeedlink_site_id" to table: "lightspeed_links"
CREATE UNIQUE INDEX "lightspeedlink_site_id" ON "lightspeed_links" ("site_id");
-- Create "locations" table
CREATE TABLE "locations" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "key" character varying NOT NULL, "name" character varying NOT NULL, "active" boolean NOT NULL DEFAULT true, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "locations_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "location_site_id_key" to table: "locations"
CREATE UNIQUE INDEX "location_site_id_key" ON "locations" ("site_id", "key");
-- Create "payment_types" table
CREATE TABLE "payment_types" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "lightspeed_id" bigint NOT NULL, "name" character varying NOT NULL, "archived" boolean NOT NULL DEFAULT false, "kind" character varying NOT NULL DEFAULT '', "requires_customer" boolean NOT NULL DEFAULT false, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "payment_types_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "paymenttype_site_id_lightspeed_id" to table: "payment_types"
CREATE UNIQUE INDEX "paymenttype_site_id_lightspeed_id" ON "payment_types" ("site_id", "lightspeed_id");
-- Create "products" table
CREATE TABLE "products" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "key" character varying NOT NULL, "name" text NOT NULL, "brand" character varying NOT NULL DEFAULT '', "mpn" character varying NOT NULL DEFAULT '', "gtin1" character varying NOT NULL DEFAULT '', "gtin2" character varying NOT NULL DEFAULT '', "category" character varying NOT NULL DEFAULT '', "price" bigint NOT NULL DEFAULT 0, "active" boolean NOT NULL DEFAULT true, "gtin1_code" character varying NOT NULL DEFAULT '', "gtin2_code" character varying NOT NULL DEFAULT '', "mpn_key" text NOT NULL DEFAULT '', "content_hash" bigint NOT NULL DEFAULT 0, "match_pending" boolean NOT NULL DEFAULT true, "stale_codes" jsonb NULL, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "products_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "product_site_id_gtin1_code" to table: "products"
CREATE INDEX "product_site_id_gtin1_code" ON "products" ("site_id", "gtin1_code");
-- Create index "product_site_id_gtin2_code" to table: "products"
CREATE INDEX "product_site_id_gtin2_code" ON "products" ("site_id", "gtin2_code");
-- Create index "product_site_id_key" to table: "products"
CREATE UNIQUE INDEX "product_site_id_key" ON "products" ("site_id", "key");
-- Create index "product_site_id_match_pending" to table: "products"
CREATE INDEX "product_site_id_match_pending" ON "products" ("site_id", "match_pending");
-- Create index "product_site_id_mpn_key" to table: "products"
CREATE INDEX "product_site_id_mpn_key" ON "products" ("site_id", "mpn_key");
-- Create index "product_site_id_name" to table: "products"
CREATE INDEX "product_site_id_name" ON "products" ("site_id", "name");
-- Create "pos_items" table
CREATE TABLE "pos_items" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "lightspeed_id" bigint NOT NULL, "system_sku" character varying NOT NULL DEFAULT '', "description" text NOT NULL, "brand" character varying NOT NULL DEFAULT '', "category" text NOT NULL DEFAULT '', "upc" character varying NOT NULL DEFAULT '', "ean" character varying NOT NULL DEFAULT '', "custom_sku" character varying NOT NULL DEFAULT '', "manufacturer_sku" character varying NOT NULL DEFAULT '', "default_cost" bigint NOT NULL DEFAULT 0, "msrp" bigint NOT NULL DEFAULT 0, "prices" jsonb NULL, "archived" boolean NOT NULL DEFAULT false, "upc_code" character varying NOT NULL DEFAULT '', "ean_code" character varying NOT NULL DEFAULT '', "mpn_key" text NOT NULL DEFAULT '', "content_hash" bigint NOT NULL DEFAULT 0, "match_state" character varying NOT NULL DEFAULT 'LACKING_CODES', "match_basis" character varying NOT NULL DEFAULT '', "candidate_ids" jsonb NULL, "displayed" boolean NOT NULL DEFAULT false, "reasons" jsonb NULL, "site_id" character varying NOT NULL, "product_id" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "pos_items_products_pos_item" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON UPDATE NO ACTION ON DELETE SET NULL, CONSTRAINT "pos_items_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "pos_items_product_id_key" to table: "pos_items"
CREATE UNIQUE INDEX "pos_items_product_id_key" ON "pos_items" ("product_id");
-- Create index "positem_site_id_description" to table: "pos_items"
CREATE INDEX "positem_site_id_description" ON "pos_items" ("site_id", "description");
-- Create index "positem_site_id_displayed" to table: "pos_items"
CREATE INDEX "positem_site_id_displayed" ON "pos_items" ("site_id", "displayed");
-- Create index "positem_site_id_ean_code" to table: "pos_items"
CREATE INDEX "positem_site_id_ean_code" ON "pos_items" ("site_id", "ean_code");
-- Create index "positem_site_id_lightspeed_id" to table: "pos_items"
CREATE UNIQUE INDEX "positem_site_id_lightspeed_id" ON "pos_items" ("site_id", "lightspeed_id");
-- Create index "positem_site_id_match_state" to table: "pos_items"
CREATE INDEX "positem_site_id_match_state" ON "pos_items" ("site_id", "match_state");
-- Create index "positem_site_id_mpn_key" to table: "pos_items"
CREATE INDEX "positem_site_id_mpn_key" ON "pos_items" ("site_id", "mpn_key");
-- Create index "positem_site_id_upc_code" to table: "pos_items"
CREATE INDEX "positem_site_id_upc_code" ON "pos_items" ("site_id", "upc_code");
-- Create "pos_labels" table
CREATE TABLE "pos_labels" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "kind" character varying NOT NULL, "lightspeed_id" bigint NOT NULL, "name" text NOT NULL, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "pos_labels_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "poslabel_site_id_kind_lightspeed_id" to table: "pos_labels"
CREATE UNIQUE INDEX "poslabel_site_id_kind_lightspeed_id" ON "pos_labels" ("site_id", "kind", "lightspeed_id");
-- Create "price_levels" table
CREATE TABLE "price_levels" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "lightspeed_id" bigint NOT NULL, "name" character varying NOT NULL, "archived" boolean NOT NULL DEFAULT false, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "price_levels_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "pricelevel_site_id_lightspeed_id" to table: "price_levels"
CREATE UNIQUE INDEX "pricelevel_site_id_lightspeed_id" ON "price_levels" ("site_id", "lightspeed_id");
-- Create "registers" table
CREATE TABLE "registers" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "lightspeed_id" bigint NOT NULL, "name" character varying NOT NULL, "archived" boolean NOT NULL DEFAULT false, "lightspeed_shop_id" bigint NOT NULL, "open" boolean NOT NULL DEFAULT false, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "registers_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "register_site_id_lightspeed_id" to table: "registers"
CREATE UNIQUE INDEX "register_site_id_lightspeed_id" ON "registers" ("site_id", "lightspeed_id");
-- Create "sync_runs" table
CREATE TABLE "sync_runs" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "kind" character varying NOT NULL, "trigger" character varying NOT NULL, "state" character varying NOT NULL, "phase" character varying NOT NULL, "requested_by" character varying NOT NULL DEFAULT '', "sequence" bigint NOT NULL DEFAULT 0, "done" bigint NOT NULL DEFAULT 0, "total" bigint NULL, "items_read" bigint NOT NULL DEFAULT 0, "items_changed" bigint NOT NULL DEFAULT 0, "stock_read" bigint NOT NULL DEFAULT 0, "stock_changed" bigint NOT NULL DEFAULT 0, "evaluated" bigint NOT NULL DEFAULT 0, "shown" bigint NOT NULL DEFAULT 0, "hidden" bigint NOT NULL DEFAULT 0, "issues" bigint NOT NULL DEFAULT 0, "requests" bigint NOT NULL DEFAULT 0, "throttled" bigint NOT NULL DEFAULT 0, "wait_reason" character varying NULL, "resume_at" timestamptz NULL, "failures" bigint NOT NULL DEFAULT 0, "error_code" character varying NOT NULL DEFAULT '', "error_message" text NOT NULL DEFAULT '', "cancel_requested" boolean NOT NULL DEFAULT false, "cursor" text NOT NULL DEFAULT '', "pos_started_at" timestamptz NULL, "greatest_stamp" timestamptz NULL, "started_at" timestamptz NULL, "finished_at" timestamptz NULL, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "sync_runs_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "syncrun_site_id_created_at" to table: "sync_runs"
CREATE INDEX "syncrun_site_id_created_at" ON "sync_runs" ("site_id", "created_at");
-- Create index "syncrun_site_id_state" to table: "sync_runs"
CREATE INDEX "syncrun_site_id_state" ON "sync_runs" ("site_id", "state");
-- Create "run_events" table
CREATE TABLE "run_events" ("id" character varying NOT NULL, "sequence" bigint NOT NULL, "state" character varying NOT NULL, "phase" character varying NOT NULL, "done" bigint NOT NULL, "total" bigint NULL, "at" timestamptz NOT NULL, "site_id" character varying NOT NULL, "run_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "run_events_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE, CONSTRAINT "run_events_sync_runs_run" FOREIGN KEY ("run_id") REFERENCES "sync_runs" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "runevent_site_id_sequence" to table: "run_events"
CREATE UNIQUE INDEX "runevent_site_id_sequence" ON "run_events" ("site_id", "sequence");
-- Create "shop_stocks" table
CREATE TABLE "shop_stocks" ("id" character varying NOT NULL, "lightspeed_item_id" bigint NOT NULL, "lightspeed_shop_id" bigint NOT NULL, "on_hand" bigint NOT NULL, "on_order" bigint NOT NULL, "reorder_point" bigint NOT NULL, "reorder_level" bigint NOT NULL, "updated_at" timestamptz NOT NULL, "item_id" character varying NOT NULL, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "shop_stocks_pos_items_stock" FOREIGN KEY ("item_id") REFERENCES "pos_items" ("id") ON UPDATE NO ACTION ON DELETE CASCADE, CONSTRAINT "shop_stocks_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "shopstock_item_id" to table: "shop_stocks"
CREATE INDEX "shopstock_item_id" ON "shop_stocks" ("item_id");
-- Create index "shopstock_site_id_lightspeed_item_id_lightspeed_shop_id" to table: "shop_stocks"
CREATE UNIQUE INDEX "shopstock_site_id_lightspeed_item_id_lightspeed_shop_id" ON "shop_stocks" ("site_id", "lightspeed_item_id", "lightspeed_shop_id");
-- Create "shops" table
CREATE TABLE "shops" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "lightspeed_id" bigint NOT NULL, "name" character varying NOT NULL, "archived" boolean NOT NULL DEFAULT false, "time_zone" character varying NOT NULL DEFAULT '', "stock_as_of" timestamptz NULL, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "shops_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "shop_site_id_lightspeed_id" to table: "shops"
CREATE UNIQUE INDEX "shop_site_id_lightspeed_id" ON "shops" ("site_id", "lightspeed_id");
-- Create "store_mappings" table
CREATE TABLE "store_mappings" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "location_id" character varying NOT NULL, "shop_id" character varying NOT NULL, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "store_mappings_locations_mapping" FOREIGN KEY ("location_id") REFERENCES "locations" ("id") ON UPDATE NO ACTION ON DELETE CASCADE, CONSTRAINT "store_mappings_shops_mapping" FOREIGN KEY ("shop_id") REFERENCES "shops" ("id") ON UPDATE NO ACTION ON DELETE CASCADE, CONSTRAINT "store_mappings_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "store_mappings_location_id_key" to table: "store_mappings"
CREATE UNIQUE INDEX "store_mappings_location_id_key" ON "store_mappings" ("location_id");
-- Create index "store_mappings_shop_id_key" to table: "store_mappings"
CREATE UNIQUE INDEX "store_mappings_shop_id_key" ON "store_mappings" ("shop_id");
-- Create index "storemapping_site_id" to table: "store_mappings"
CREATE INDEX "storemapping_site_id" ON "store_mappings" ("site_id");
-- Create "sync_schedules" table
CREATE TABLE "sync_schedules" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "interval_minutes" bigint NOT NULL, "window_start" bigint NOT NULL, "window_end" bigint NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "sync_schedules_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "syncschedule_site_id" to table: "sync_schedules"
CREATE UNIQUE INDEX "syncschedule_site_id" ON "sync_schedules" ("site_id");
-- Create "sync_states" table
CREATE TABLE "sync_states" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "due_at" timestamptz NULL, "lease_owner" character varying NOT NULL DEFAULT '', "lease_until" timestamptz NULL, "fence" bigint NOT NULL DEFAULT 0, "sequence" bigint NOT NULL DEFAULT 0, "next_run_at" timestamptz NULL, "reference_due_at" timestamptz NULL, "full_due_at" timestamptz NULL, "full_completed_at" timestamptz NULL, "last_success_at" timestamptz NULL, "items_since" timestamptz NULL, "stock_since" timestamptz NULL, "pos_clock" timestamptz NULL, "evaluation_wanted" bigint NOT NULL DEFAULT 0, "evaluation_done" bigint NOT NULL DEFAULT 0, "evaluation_cursor" bigint NOT NULL DEFAULT 0, "evaluation_running" bigint NOT NULL DEFAULT 0, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "sync_states_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "syncstate_due_at" to table: "sync_states"
CREATE INDEX "syncstate_due_at" ON "sync_states" ("due_at");
-- Create index "syncstate_site_id" to table: "sync_states"
CREATE UNIQUE INDEX "syncstate_site_id" ON "sync_states" ("site_id");
-- Create "token_revocations" table
CREATE TABLE "token_revocations" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "refresh_token" bytea NOT NULL, "sealed_for" character varying NOT NULL, "attempts" bigint NOT NULL DEFAULT 0, "due_at" timestamptz NOT NULL, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "token_revocations_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "tokenrevocation_due_at" to table: "token_revocations"
CREATE INDEX "tokenrevocation_due_at" ON "token_revocations" ("due_at");
