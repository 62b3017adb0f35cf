-- Create "audit_chains" table
CREATE TABLE `audit_chains` (`id` text NOT NULL, `sequence` integer NOT NULL DEFAULT (0), `hash` blob NOT NULL, `checkpoint_sequence` integer NOT NULL DEFAULT (0), `checkpoint_hash` blob NULL, `checkpoint_at` datetime NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `audit_chains_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "auditchain_site_id" to table: "audit_chains"
CREATE UNIQUE INDEX `auditchain_site_id` ON `audit_chains` (`site_id`);
-- Create "audit_events" table
CREATE TABLE `audit_events` (`id` text NOT NULL, `sequence` integer NOT NULL, `action` text NOT NULL, `actor` text NOT NULL, `role` text NOT NULL DEFAULT (''), `target` text NOT NULL DEFAULT (''), `changes` json NULL, `more_changes` integer NOT NULL DEFAULT (0), `request_id` text NOT NULL DEFAULT (''), `at` datetime NOT NULL, `previous` blob NOT NULL, `hash` blob NOT NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `audit_events_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "auditevent_site_id_sequence" to table: "audit_events"
CREATE UNIQUE INDEX `auditevent_site_id_sequence` ON `audit_events` (`site_id`, `sequence`);
-- Create index "auditevent_site_id_at" to table: "audit_events"
CREATE INDEX `auditevent_site_id_at` ON `audit_events` (`site_id`, `at`);
-- Create index "auditevent_site_id_target_sequence" to table: "audit_events"
CREATE INDEX `auditevent_site_id_target_sequence` ON `audit_events` (`site_id`, `target`, `sequence`);
-- Create "budget_samples" table
CREATE TABLE `budget_samples` (`id` text NOT NULL, `minute` integer NOT NULL, `level` real NOT NULL, `size` real NOT NULL, `drip_per_second` real NOT NULL, `sampled_at` datetime NOT NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `budget_samples_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "budgetsample_site_id_minute" to table: "budget_samples"
CREATE UNIQUE INDEX `budgetsample_site_id_minute` ON `budget_samples` (`site_id`, `minute`);
