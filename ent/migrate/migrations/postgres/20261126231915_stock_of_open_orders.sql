-- Create index "positem_made_of" to table: "pos_items"
CREATE INDEX "positem_made_of" ON "pos_items" ("site_id") WHERE ((item_kind)::text = ANY ((ARRAY['BOX'::character varying, 'ASSEMBLY'::character varying, 'SERIALIZED_ASSEMBLY'::character varying])::text[]));
-- Lines of orders that are open hold their units from now on
UPDATE "order_lines" SET "held_units" = ("quantity" - "refunded_quantity" + 999999) / 1000000 WHERE "kind" = 'PRODUCT' AND NOT "removed" AND "quantity" > "refunded_quantity" AND "order_id" IN (SELECT "id" FROM "web_orders" WHERE NOT "cancelled" AND "export_state" <> 'EXPORTED' AND NOT ("captured_total" <= 0 AND "id" IN (SELECT "order_id" FROM "order_payments" WHERE "state" = 'CAPTURED' AND "refunded" > 0)));
-- What can be sold follows from that: every item is evaluated again, and every linked product is in the feed again
UPDATE "sync_states" SET "evaluation_wanted" = "evaluation_wanted" + 1, "feed_sequence" = "feed_sequence" + 1, "feed_all_sequence" = "feed_sequence" + 1 WHERE "site_id" IN (SELECT "site_id" FROM "export_settings" WHERE "orders_from" IS NOT NULL);
