-- Drop index "orderline_held" from table: "order_lines"
DROP INDEX "orderline_held";
-- Create index "orderline_held" to table: "order_lines"
CREATE INDEX "orderline_held" ON "order_lines" ("site_id", "product_id", "order_id") WHERE (held_units > 0);
-- Create index "product_repriced" to table: "products"
CREATE INDEX "product_repriced" ON "products" ("site_id") WHERE (list_price <> price);
