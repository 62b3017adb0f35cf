-- Add column "fulfillments" to table: "order_lines"
ALTER TABLE `order_lines` ADD COLUMN `fulfillments` json NULL;
-- Orders whose sales may exist hold all that these sell, also where they were cancelled or refunded meanwhile
UPDATE `order_lines` SET `held_units` = (`quantity` + 999999) / 1000000 WHERE `kind` = 'PRODUCT' AND NOT `removed` AND `quantity` > 0 AND `held_units` < (`quantity` + 999999) / 1000000 AND `order_id` IN (SELECT `order_id` FROM `order_exports` WHERE `sent` AND `state` NOT IN ('FAILED', 'EXPORTED'));
-- What can be sold follows from that: every item of these sites is evaluated again, and every linked product is in the feed again
UPDATE `sync_states` SET `evaluation_wanted` = `evaluation_wanted` + 1, `feed_sequence` = `feed_sequence` + 1, `feed_all_sequence` = `feed_sequence` + 1 WHERE `site_id` IN (SELECT `site_id` FROM `order_exports` WHERE `sent` AND `state` NOT IN ('FAILED', 'EXPORTED'));
-- Nothing is to be transferred for sales that were not made
UPDATE `order_notices` SET `resolved_at` = `raised_at` WHERE `code` IN ('TRANSFER_GOODS', 'NO_STORE_REGISTER') AND `resolved_at` IS NULL AND `order_id` IN (SELECT `order_id` FROM `order_exports` WHERE `state` = 'FAILED');
