-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_connect_attempts" table
CREATE TABLE `new_connect_attempts` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `state_hash` blob NOT NULL, `verifier` blob NOT NULL, `user_id` text NOT NULL, `return_url` text NOT NULL DEFAULT (''), `other_account_acknowledged` bool NOT NULL DEFAULT (false), `expires_at` datetime NOT NULL, `used_at` datetime NULL, `closed_at` datetime NULL, `access_token` blob NULL, `refresh_token` blob NULL, `access_expires_at` datetime NULL, `account_id` text NOT NULL DEFAULT (''), `account_name` text NOT NULL DEFAULT (''), `employee_name` text NOT NULL DEFAULT (''), `code_hash` blob NULL, `code_expires_at` datetime NULL, `wrong_codes` integer NOT NULL DEFAULT (0), `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `connect_attempts_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Copy rows from old table "connect_attempts" to new temporary table "new_connect_attempts"
INSERT INTO `new_connect_attempts` (`id`, `created_at`, `updated_at`, `state_hash`, `verifier`, `user_id`, `return_url`, `other_account_acknowledged`, `expires_at`, `used_at`, `site_id`) SELECT `id`, `created_at`, `updated_at`, `state_hash`, `verifier`, `user_id`, `return_url`, `other_account_acknowledged`, `expires_at`, `used_at`, `site_id` FROM `connect_attempts`;
-- Drop "connect_attempts" table after copying rows
DROP TABLE `connect_attempts`;
-- Rename temporary table "new_connect_attempts" to "connect_attempts"
ALTER TABLE `new_connect_attempts` RENAME TO `connect_attempts`;
-- Create index "connectattempt_site_id_expires_at" to table: "connect_attempts"
CREATE INDEX `connectattempt_site_id_expires_at` ON `connect_attempts` (`site_id`, `expires_at`);
-- Create index "connectattempt_code_expires_at" to table: "connect_attempts"
CREATE INDEX `connectattempt_code_expires_at` ON `connect_attempts` (`code_expires_at`);
-- Add columns to table: "lightspeed_links". Not by a new table: its triggers raise the revision of settings
ALTER TABLE `lightspeed_links` ADD COLUMN `refused_since` datetime NULL;
ALTER TABLE `lightspeed_links` ADD COLUMN `refused_until` datetime NULL;
-- Create index "lightspeedlink_refused_until" to table: "lightspeed_links"
CREATE INDEX `lightspeedlink_refused_until` ON `lightspeed_links` (`refused_until`);
-- Create "seal_sentinels" table
CREATE TABLE `seal_sentinels` (`id` text NOT NULL, `sealed` blob NOT NULL, PRIMARY KEY (`id`));
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
