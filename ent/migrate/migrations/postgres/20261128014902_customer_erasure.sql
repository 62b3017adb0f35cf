-- Modify "web_orders" table
ALTER TABLE "web_orders" ADD COLUMN "customer_erased_at" timestamptz NULL;
-- Create index "weborder_with_customer" to table: "web_orders"
CREATE INDEX "weborder_with_customer" ON "web_orders" ("site_id", "placed_at") WHERE (customer_erased_at IS NULL);
