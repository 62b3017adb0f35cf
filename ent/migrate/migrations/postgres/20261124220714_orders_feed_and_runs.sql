-- Modify "sync_states" table
ALTER TABLE "sync_states" ADD COLUMN "feed_sequence" bigint NOT NULL DEFAULT 0, ADD COLUMN "sales_told_date" character varying NOT NULL DEFAULT '', ADD COLUMN "sales_due_at" timestamptz NULL;
-- Create "alerts" table
CREATE TABLE "alerts" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "cause" character varying NOT NULL, "code" character varying NOT NULL, "message" text NOT NULL, "setting" character varying NOT NULL DEFAULT '', "count" bigint NOT NULL DEFAULT 1, "first_at" timestamptz NOT NULL, "last_at" timestamptz NOT NULL, "resolved_at" timestamptz NULL, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "alerts_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "alert_site_id_cause" to table: "alerts"
CREATE UNIQUE INDEX "alert_site_id_cause" ON "alerts" ("site_id", "cause");
-- Create index "alert_site_id_resolved_at" to table: "alerts"
CREATE INDEX "alert_site_id_resolved_at" ON "alerts" ("site_id", "resolved_at");
-- Modify "sync_runs" table
ALTER TABLE "sync_runs" ADD COLUMN "scope_shop_id" bigint NOT NULL DEFAULT 0, ADD COLUMN "scope_item_ids" jsonb NULL, ADD COLUMN "displayed_before" bigint NULL, ADD COLUMN "would_hide" bigint NOT NULL DEFAULT 0, ADD COLUMN "confirmed_at" timestamptz NULL, ADD COLUMN "confirmed_by" character varying NOT NULL DEFAULT '', ADD COLUMN "drifted" bigint NOT NULL DEFAULT 0;
-- Create "drifts" table
CREATE TABLE "drifts" ("id" character varying NOT NULL, "lightspeed_item_id" bigint NOT NULL, "lightspeed_shop_id" bigint NOT NULL DEFAULT 0, "field" character varying NOT NULL, "before" text NOT NULL, "after" text NOT NULL, "cause" character varying NOT NULL, "at" timestamptz NOT NULL, "site_id" character varying NOT NULL, "run_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "drifts_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE, CONSTRAINT "drifts_sync_runs_run" FOREIGN KEY ("run_id") REFERENCES "sync_runs" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "drift_run_id" to table: "drifts"
CREATE INDEX "drift_run_id" ON "drifts" ("run_id");
-- Create index "drift_site_id_run_id" to table: "drifts"
CREATE INDEX "drift_site_id_run_id" ON "drifts" ("site_id", "run_id");
-- Create "export_desks" table
CREATE TABLE "export_desks" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "sequence" bigint NOT NULL DEFAULT 0, "queue_number" bigint NOT NULL DEFAULT 0, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "export_desks_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "exportdesk_site_id" to table: "export_desks"
CREATE UNIQUE INDEX "exportdesk_site_id" ON "export_desks" ("site_id");
-- Modify "locations" table
ALTER TABLE "locations" ADD COLUMN "reserve" bigint NOT NULL DEFAULT 0;
-- Create "order_status" table
CREATE TABLE "order_status" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "key" character varying NOT NULL, "name" character varying NOT NULL, "name_key" character varying NOT NULL, "position" bigint NOT NULL DEFAULT 0, "retired" boolean NOT NULL DEFAULT false, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "order_status_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "orderstatus_site_id_key" to table: "order_status"
CREATE UNIQUE INDEX "orderstatus_site_id_key" ON "order_status" ("site_id", "key");
-- Create index "orderstatus_site_id_name_key" to table: "order_status"
CREATE UNIQUE INDEX "orderstatus_site_id_name_key" ON "order_status" ("site_id", "name_key");
-- Create "web_orders" table
CREATE TABLE "web_orders" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "key" character varying NOT NULL, "number" character varying NOT NULL, "placed_at" timestamptz NOT NULL, "cancelled" boolean NOT NULL DEFAULT false, "prices_include_tax" boolean NOT NULL DEFAULT false, "customer_name" text NOT NULL DEFAULT '', "customer_email" character varying NOT NULL DEFAULT '', "customer" jsonb NOT NULL, "note" text NOT NULL DEFAULT '', "total" bigint NOT NULL DEFAULT 0, "captured_total" bigint NOT NULL DEFAULT 0, "balance_due" bigint NOT NULL DEFAULT 0, "fulfilled" boolean NOT NULL DEFAULT false, "blocker_bits" bigint NOT NULL DEFAULT 0, "export_state" character varying NOT NULL DEFAULT '', "refund_open" boolean NOT NULL DEFAULT false, "source_version" bigint NOT NULL DEFAULT 0, "content_hash" bigint NOT NULL DEFAULT 0, "revision" bigint NOT NULL DEFAULT 1, "site_id" character varying NOT NULL, "status_id" character varying NULL, "pickup_location_id" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "web_orders_locations_pickup_location" FOREIGN KEY ("pickup_location_id") REFERENCES "locations" ("id") ON UPDATE NO ACTION ON DELETE SET NULL, CONSTRAINT "web_orders_order_status_status" FOREIGN KEY ("status_id") REFERENCES "order_status" ("id") ON UPDATE NO ACTION ON DELETE SET NULL, CONSTRAINT "web_orders_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "weborder_pickup_location_id" to table: "web_orders"
CREATE INDEX "weborder_pickup_location_id" ON "web_orders" ("pickup_location_id");
-- Create index "weborder_refund_open" to table: "web_orders"
CREATE INDEX "weborder_refund_open" ON "web_orders" ("site_id") WHERE refund_open;
-- Create index "weborder_site_id_customer_email" to table: "web_orders"
CREATE INDEX "weborder_site_id_customer_email" ON "web_orders" ("site_id", "customer_email");
-- Create index "weborder_site_id_export_state_blocker_bits_placed_at" to table: "web_orders"
CREATE INDEX "weborder_site_id_export_state_blocker_bits_placed_at" ON "web_orders" ("site_id", "export_state", "blocker_bits", "placed_at");
-- Create index "weborder_site_id_key" to table: "web_orders"
CREATE UNIQUE INDEX "weborder_site_id_key" ON "web_orders" ("site_id", "key");
-- Create index "weborder_site_id_number" to table: "web_orders"
CREATE UNIQUE INDEX "weborder_site_id_number" ON "web_orders" ("site_id", "number");
-- Create index "weborder_site_id_placed_at" to table: "web_orders"
CREATE INDEX "weborder_site_id_placed_at" ON "web_orders" ("site_id", "placed_at");
-- Create index "weborder_site_id_status_id_placed_at" to table: "web_orders"
CREATE INDEX "weborder_site_id_status_id_placed_at" ON "web_orders" ("site_id", "status_id", "placed_at");
-- Create index "weborder_status_id" to table: "web_orders"
CREATE INDEX "weborder_status_id" ON "web_orders" ("status_id");
-- Create "export_events" table
CREATE TABLE "export_events" ("id" character varying NOT NULL, "sequence" bigint NOT NULL, "state" character varying NOT NULL, "reason_code" character varying NOT NULL DEFAULT '', "reason_message" text NOT NULL DEFAULT '', "at" timestamptz NOT NULL, "site_id" character varying NOT NULL, "order_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "export_events_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE, CONSTRAINT "export_events_web_orders_order" FOREIGN KEY ("order_id") REFERENCES "web_orders" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "exportevent_order_id" to table: "export_events"
CREATE INDEX "exportevent_order_id" ON "export_events" ("order_id");
-- Create index "exportevent_site_id_order_id_sequence" to table: "export_events"
CREATE INDEX "exportevent_site_id_order_id_sequence" ON "export_events" ("site_id", "order_id", "sequence");
-- Create index "exportevent_site_id_sequence" to table: "export_events"
CREATE UNIQUE INDEX "exportevent_site_id_sequence" ON "export_events" ("site_id", "sequence");
-- Create "export_lanes" table
CREATE TABLE "export_lanes" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "register" bigint NOT NULL, "due_at" timestamptz NULL, "lease_owner" character varying NOT NULL DEFAULT '', "lease_until" timestamptz NULL, "fence" bigint NOT NULL DEFAULT 0, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "export_lanes_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "exportlane_due_at" to table: "export_lanes"
CREATE INDEX "exportlane_due_at" ON "export_lanes" ("due_at");
-- Create index "exportlane_site_id_register" to table: "export_lanes"
CREATE UNIQUE INDEX "exportlane_site_id_register" ON "export_lanes" ("site_id", "register");
-- Create "export_settings" table
CREATE TABLE "export_settings" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "enabled" boolean NOT NULL, "when_fulfilled" boolean NOT NULL, "unlinked_lines" character varying NOT NULL, "tax_handling" character varying NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "site_id" character varying NOT NULL, "employee_id" character varying NULL, "register_id" character varying NULL, "status_after_id" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "export_settings_employees_employee" FOREIGN KEY ("employee_id") REFERENCES "employees" ("id") ON UPDATE NO ACTION ON DELETE SET NULL, CONSTRAINT "export_settings_order_status_status_after" FOREIGN KEY ("status_after_id") REFERENCES "order_status" ("id") ON UPDATE NO ACTION ON DELETE SET NULL, CONSTRAINT "export_settings_registers_register" FOREIGN KEY ("register_id") REFERENCES "registers" ("id") ON UPDATE NO ACTION ON DELETE SET NULL, CONSTRAINT "export_settings_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "exportsettings_site_id" to table: "export_settings"
CREATE UNIQUE INDEX "exportsettings_site_id" ON "export_settings" ("site_id");
-- Create "order_exports" table
CREATE TABLE "order_exports" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "state" character varying NOT NULL, "trigger" character varying NOT NULL, "requested_by" character varying NOT NULL DEFAULT '', "requested_at" timestamptz NOT NULL, "sequence" bigint NOT NULL DEFAULT 0, "attempts" bigint NOT NULL DEFAULT 0, "reason_code" character varying NOT NULL DEFAULT '', "reason_message" text NOT NULL DEFAULT '', "due_at" timestamptz NULL, "lane" bigint NOT NULL DEFAULT 0, "queue_number" bigint NOT NULL DEFAULT 0, "plan" jsonb NULL, "account_id" character varying NOT NULL DEFAULT '', "reference" character varying NOT NULL DEFAULT '', "sent" boolean NOT NULL DEFAULT false, "sale_id" bigint NOT NULL DEFAULT 0, "ticket_number" character varying NOT NULL DEFAULT '', "total" bigint NOT NULL DEFAULT 0, "exported_at" timestamptz NULL, "swept_at" timestamptz NULL, "sweep_due_at" timestamptz NULL, "site_id" character varying NOT NULL, "order_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "order_exports_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE, CONSTRAINT "order_exports_web_orders_export" FOREIGN KEY ("order_id") REFERENCES "web_orders" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "order_exports_order_id_key" to table: "order_exports"
CREATE UNIQUE INDEX "order_exports_order_id_key" ON "order_exports" ("order_id");
-- Create index "orderexport_due_at" to table: "order_exports"
CREATE INDEX "orderexport_due_at" ON "order_exports" ("due_at");
-- Create index "orderexport_site_id_lane_queue_number" to table: "order_exports"
CREATE INDEX "orderexport_site_id_lane_queue_number" ON "order_exports" ("site_id", "lane", "queue_number");
-- Create index "orderexport_site_id_reference" to table: "order_exports"
CREATE INDEX "orderexport_site_id_reference" ON "order_exports" ("site_id", "reference");
-- Create index "orderexport_site_id_sequence" to table: "order_exports"
CREATE INDEX "orderexport_site_id_sequence" ON "order_exports" ("site_id", "sequence");
-- Create index "orderexport_site_id_state" to table: "order_exports"
CREATE INDEX "orderexport_site_id_state" ON "order_exports" ("site_id", "state");
-- Create index "orderexport_sweep_due_at" to table: "order_exports"
CREATE INDEX "orderexport_sweep_due_at" ON "order_exports" ("sweep_due_at");
-- Modify "products" table
ALTER TABLE "products" ADD COLUMN "feed_sequence" bigint NOT NULL DEFAULT 0;
-- Create index "product_site_id_feed_sequence" to table: "products"
CREATE INDEX "product_site_id_feed_sequence" ON "products" ("site_id", "feed_sequence");
-- Create index "product_site_id_sale_end_date" to table: "products"
CREATE INDEX "product_site_id_sale_end_date" ON "products" ("site_id", "sale_end_date");
-- Create index "product_site_id_sale_start_date" to table: "products"
CREATE INDEX "product_site_id_sale_start_date" ON "products" ("site_id", "sale_start_date");
-- Create "order_lines" table
CREATE TABLE "order_lines" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "key" character varying NOT NULL, "position" bigint NOT NULL DEFAULT 0, "kind" character varying NOT NULL, "product_key" character varying NOT NULL DEFAULT '', "description" text NOT NULL, "quantity" bigint NOT NULL, "unit_price" bigint NOT NULL, "discount" bigint NOT NULL DEFAULT 0, "tax" bigint NOT NULL DEFAULT 0, "removed" boolean NOT NULL DEFAULT false, "added_by" character varying NOT NULL DEFAULT '', "fulfilled_by" character varying NOT NULL DEFAULT '', "fulfilled_quantity" bigint NOT NULL DEFAULT 0, "fulfilled_at" timestamptz NULL, "site_id" character varying NOT NULL, "product_id" character varying NULL, "fulfilled_location_id" character varying NULL, "order_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "order_lines_locations_fulfilled_location" FOREIGN KEY ("fulfilled_location_id") REFERENCES "locations" ("id") ON UPDATE NO ACTION ON DELETE SET NULL, CONSTRAINT "order_lines_products_product" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON UPDATE NO ACTION ON DELETE SET NULL, CONSTRAINT "order_lines_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE, CONSTRAINT "order_lines_web_orders_lines" FOREIGN KEY ("order_id") REFERENCES "web_orders" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "orderline_fulfilled_location_id" to table: "order_lines"
CREATE INDEX "orderline_fulfilled_location_id" ON "order_lines" ("fulfilled_location_id");
-- Create index "orderline_order_id" to table: "order_lines"
CREATE INDEX "orderline_order_id" ON "order_lines" ("order_id");
-- Create index "orderline_product_id" to table: "order_lines"
CREATE INDEX "orderline_product_id" ON "order_lines" ("product_id");
-- Create index "orderline_site_id_order_id_key" to table: "order_lines"
CREATE UNIQUE INDEX "orderline_site_id_order_id_key" ON "order_lines" ("site_id", "order_id", "key");
-- Create index "orderline_site_id_product_id" to table: "order_lines"
CREATE INDEX "orderline_site_id_product_id" ON "order_lines" ("site_id", "product_id");
-- Create "order_payments" table
CREATE TABLE "order_payments" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "key" character varying NOT NULL, "method" character varying NOT NULL, "amount" bigint NOT NULL, "refunded" bigint NOT NULL DEFAULT 0, "state" character varying NOT NULL, "offline" boolean NOT NULL DEFAULT false, "recorded_by" character varying NOT NULL DEFAULT '', "captured_at" timestamptz NULL, "site_id" character varying NOT NULL, "order_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "order_payments_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE, CONSTRAINT "order_payments_web_orders_payments" FOREIGN KEY ("order_id") REFERENCES "web_orders" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "orderpayment_order_id" to table: "order_payments"
CREATE INDEX "orderpayment_order_id" ON "order_payments" ("order_id");
-- Create index "orderpayment_site_id_order_id_key" to table: "order_payments"
CREATE UNIQUE INDEX "orderpayment_site_id_order_id_key" ON "order_payments" ("site_id", "order_id", "key");
-- Create "order_refunds" table
CREATE TABLE "order_refunds" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "key" character varying NOT NULL, "amount" bigint NOT NULL, "reason" text NOT NULL DEFAULT '', "refunded_by" character varying NOT NULL DEFAULT '', "refunded_at" timestamptz NOT NULL, "after_export" boolean NOT NULL DEFAULT false, "done_in_pos_at" timestamptz NULL, "done_in_pos_by" character varying NOT NULL DEFAULT '', "site_id" character varying NOT NULL, "payment_id" character varying NULL, "order_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "order_refunds_order_payments_payment" FOREIGN KEY ("payment_id") REFERENCES "order_payments" ("id") ON UPDATE NO ACTION ON DELETE SET NULL, CONSTRAINT "order_refunds_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE, CONSTRAINT "order_refunds_web_orders_refunds" FOREIGN KEY ("order_id") REFERENCES "web_orders" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "orderrefund_order_id" to table: "order_refunds"
CREATE INDEX "orderrefund_order_id" ON "order_refunds" ("order_id");
-- Create index "orderrefund_payment_id" to table: "order_refunds"
CREATE INDEX "orderrefund_payment_id" ON "order_refunds" ("payment_id");
-- Create index "orderrefund_site_id_order_id_key" to table: "order_refunds"
CREATE UNIQUE INDEX "orderrefund_site_id_order_id_key" ON "order_refunds" ("site_id", "order_id", "key");
-- Create "pos_claims" table
CREATE TABLE "pos_claims" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "kind" character varying NOT NULL, "key" character varying NOT NULL, "lightspeed_id" bigint NOT NULL DEFAULT 0, "sent" boolean NOT NULL DEFAULT false, "owner" character varying NOT NULL DEFAULT '', "held_until" timestamptz NULL, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "pos_claims_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "posclaim_site_id_kind_key" to table: "pos_claims"
CREATE UNIQUE INDEX "posclaim_site_id_kind_key" ON "pos_claims" ("site_id", "kind", "key");
-- Create "register_routes" table
CREATE TABLE "register_routes" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "site_id" character varying NOT NULL, "location_id" character varying NOT NULL, "register_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "register_routes_locations_location" FOREIGN KEY ("location_id") REFERENCES "locations" ("id") ON UPDATE NO ACTION ON DELETE CASCADE, CONSTRAINT "register_routes_registers_register" FOREIGN KEY ("register_id") REFERENCES "registers" ("id") ON UPDATE NO ACTION ON DELETE CASCADE, CONSTRAINT "register_routes_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "registerroute_location_id" to table: "register_routes"
CREATE INDEX "registerroute_location_id" ON "register_routes" ("location_id");
-- Create index "registerroute_register_id" to table: "register_routes"
CREATE INDEX "registerroute_register_id" ON "register_routes" ("register_id");
-- Create index "registerroute_site_id_location_id" to table: "register_routes"
CREATE UNIQUE INDEX "registerroute_site_id_location_id" ON "register_routes" ("site_id", "location_id");
-- Create "setting_changes" table
CREATE TABLE "setting_changes" ("id" character varying NOT NULL, "setting" character varying NOT NULL, "revision" bigint NOT NULL, "field" character varying NOT NULL, "before" text NOT NULL, "after" text NOT NULL, "changed_by" character varying NOT NULL, "changed_at" timestamptz NOT NULL, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "setting_changes_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "settingchange_site_id_changed_at" to table: "setting_changes"
CREATE INDEX "settingchange_site_id_changed_at" ON "setting_changes" ("site_id", "changed_at");
-- Create index "settingchange_site_id_setting_revision" to table: "setting_changes"
CREATE INDEX "settingchange_site_id_setting_revision" ON "setting_changes" ("site_id", "setting", "revision");
