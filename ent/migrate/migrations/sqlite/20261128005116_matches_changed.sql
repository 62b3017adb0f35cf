-- Add column "match_sequence" to table: "sync_states"
ALTER TABLE `sync_states` ADD COLUMN `match_sequence` integer NOT NULL DEFAULT (0);
-- Add column "match_all_sequence" to table: "sync_states"
ALTER TABLE `sync_states` ADD COLUMN `match_all_sequence` integer NOT NULL DEFAULT (0);
-- Add column "match_sequence" to table: "pos_items"
ALTER TABLE `pos_items` ADD COLUMN `match_sequence` integer NOT NULL DEFAULT (0);
-- Create index "positem_match_changed" to table: "pos_items"
CREATE INDEX `positem_match_changed` ON `pos_items` (`site_id`, `match_sequence`, `id`) WHERE match_sequence > 0;
