-- What matching compares has changed: products are matched again and get their brand keys, and so are items in conflict, which get
-- a reason, and items whose codes are read in another way. Links that were made stay.
UPDATE "products" SET "match_pending" = true;
UPDATE "pos_items" SET "match_wanted_at" = "updated_at" WHERE "match_wanted_at" IS NULL AND ("match_state" = 'CONFLICT'
  OR "manufacturer_sku" <> '' AND ("brand" = '' OR "mpn_key" LIKE '%|0%') OR "upc_code" LIKE '0000001%');
