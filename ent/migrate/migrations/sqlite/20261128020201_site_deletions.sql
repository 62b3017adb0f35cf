-- Add column "deletion_requested_at" to table: "sync_states"
ALTER TABLE `sync_states` ADD COLUMN `deletion_requested_at` datetime NULL;
-- Add column "deletion_requested_by" to table: "sync_states"
ALTER TABLE `sync_states` ADD COLUMN `deletion_requested_by` text NOT NULL DEFAULT ('');
-- Create index "syncstate_deletion" to table: "sync_states"
CREATE INDEX `syncstate_deletion` ON `sync_states` (`deletion_requested_at`) WHERE deletion_requested_at IS NOT NULL;
-- Create "site_deletions" table
CREATE TABLE `site_deletions` (`id` text NOT NULL, `site_key` text NOT NULL, `registered_at` datetime NOT NULL, `requested_by` text NOT NULL, `requested_at` datetime NOT NULL, `worker` text NOT NULL DEFAULT (''), `working_until` datetime NULL, `stopped_at` datetime NULL, `disconnected_at` datetime NULL, `finished_at` datetime NULL, `rows_deleted` integer NOT NULL DEFAULT (0), `unfinished_exports` integer NOT NULL DEFAULT (0), `grants_left` integer NOT NULL DEFAULT (0), PRIMARY KEY (`id`));
