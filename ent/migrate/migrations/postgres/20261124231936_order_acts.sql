-- Modify "order_lines" table
ALTER TABLE "order_lines" ADD COLUMN "removed_by" character varying NOT NULL DEFAULT '';
-- Create index "orderline_unknown_product" to table: "order_lines"
CREATE INDEX "orderline_unknown_product" ON "order_lines" ("site_id", "product_key") WHERE (product_id IS NULL);
-- Modify "order_payments" table
ALTER TABLE "order_payments" ADD COLUMN "note" text NOT NULL DEFAULT '';
-- Modify "web_orders" table
ALTER TABLE "web_orders" ADD COLUMN "source_status_key" character varying NOT NULL DEFAULT '';
