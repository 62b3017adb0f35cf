-- Modify "alerts" table
ALTER TABLE "alerts" ADD COLUMN "emailed_at" timestamptz NULL;
-- Create "alert_email_settings" table
CREATE TABLE "alert_email_settings" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "addresses" text NOT NULL, "mode" character varying NOT NULL, "daily_at" bigint NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "last_written_at" timestamptz NULL, "daily_due_at" timestamptz NULL, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "alert_email_settings_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "alertemailsettings_daily_due_at" to table: "alert_email_settings"
CREATE INDEX "alertemailsettings_daily_due_at" ON "alert_email_settings" ("daily_due_at") WHERE (daily_due_at IS NOT NULL);
-- Create index "alertemailsettings_site_id" to table: "alert_email_settings"
CREATE UNIQUE INDEX "alertemailsettings_site_id" ON "alert_email_settings" ("site_id");
-- Create "alert_emails" table
CREATE TABLE "alert_emails" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "kind" character varying NOT NULL, "address" character varying NOT NULL, "subject" text NOT NULL, "body" text NOT NULL, "state" character varying NOT NULL DEFAULT 'QUEUED', "attempts" bigint NOT NULL DEFAULT 0, "due_at" timestamptz NULL, "sent_at" timestamptz NULL, "problem" character varying NOT NULL DEFAULT '', "server_said" text NOT NULL DEFAULT '', "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "alert_emails_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "alertemail_created_at" to table: "alert_emails"
CREATE INDEX "alertemail_created_at" ON "alert_emails" ("created_at");
-- Create index "alertemail_due_at" to table: "alert_emails"
CREATE INDEX "alertemail_due_at" ON "alert_emails" ("due_at") WHERE (due_at IS NOT NULL);
-- Create index "alertemail_site_id_created_at" to table: "alert_emails"
CREATE INDEX "alertemail_site_id_created_at" ON "alert_emails" ("site_id", "created_at");
-- A change of these settings raises the site's settings revision, see the migration settings_revision.
CREATE TRIGGER "settings_revision_insert" AFTER INSERT ON "alert_email_settings" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
CREATE TRIGGER "settings_revision_update" AFTER UPDATE ON "alert_email_settings" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id', 'last_written_at', 'daily_due_at', 'updated_at');
CREATE TRIGGER "settings_revision_delete" AFTER DELETE ON "alert_email_settings" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id');
