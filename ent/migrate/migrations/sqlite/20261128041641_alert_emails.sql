-- Add column "emailed_at" to table: "alerts"
ALTER TABLE `alerts` ADD COLUMN `emailed_at` datetime NULL;
-- Create "alert_emails" table
CREATE TABLE `alert_emails` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `kind` text NOT NULL, `address` text NOT NULL, `subject` text NOT NULL, `body` text NOT NULL, `state` text NOT NULL DEFAULT ('QUEUED'), `attempts` integer NOT NULL DEFAULT (0), `due_at` datetime NULL, `sent_at` datetime NULL, `problem` text NOT NULL DEFAULT (''), `server_said` text NOT NULL DEFAULT (''), `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `alert_emails_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "alertemail_site_id_created_at" to table: "alert_emails"
CREATE INDEX `alertemail_site_id_created_at` ON `alert_emails` (`site_id`, `created_at`);
-- Create index "alertemail_due_at" to table: "alert_emails"
CREATE INDEX `alertemail_due_at` ON `alert_emails` (`due_at`) WHERE due_at IS NOT NULL;
-- Create index "alertemail_created_at" to table: "alert_emails"
CREATE INDEX `alertemail_created_at` ON `alert_emails` (`created_at`);
-- Create "alert_email_settings" table
CREATE TABLE `alert_email_settings` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `addresses` text NOT NULL, `mode` text NOT NULL, `daily_at` integer NOT NULL, `revision` integer NOT NULL DEFAULT (1), `last_written_at` datetime NULL, `daily_due_at` datetime NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `alert_email_settings_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "alertemailsettings_site_id" to table: "alert_email_settings"
CREATE UNIQUE INDEX `alertemailsettings_site_id` ON `alert_email_settings` (`site_id`);
-- Create index "alertemailsettings_daily_due_at" to table: "alert_email_settings"
CREATE INDEX `alertemailsettings_daily_due_at` ON `alert_email_settings` (`daily_due_at`) WHERE daily_due_at IS NOT NULL;
-- A change of these settings raises the site's settings revision, see the migration settings_revision.
CREATE TRIGGER `settings_revision_alert_email_settings_insert` AFTER INSERT ON `alert_email_settings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_alert_email_settings_update` AFTER UPDATE OF `id`, `created_at`, `addresses`, `mode`, `daily_at`, `revision`, `site_id` ON `alert_email_settings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_alert_email_settings_delete` AFTER DELETE ON `alert_email_settings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = OLD.`site_id`; END;
