-- Modify "connect_attempts" table
ALTER TABLE "connect_attempts" ADD COLUMN "closed_at" timestamptz NULL, ADD COLUMN "access_token" bytea NULL, ADD COLUMN "refresh_token" bytea NULL, ADD COLUMN "access_expires_at" timestamptz NULL, ADD COLUMN "account_id" character varying NOT NULL DEFAULT '', ADD COLUMN "account_name" character varying NOT NULL DEFAULT '', ADD COLUMN "employee_name" character varying NOT NULL DEFAULT '', ADD COLUMN "code_hash" bytea NULL, ADD COLUMN "code_expires_at" timestamptz NULL, ADD COLUMN "wrong_codes" bigint NOT NULL DEFAULT 0;
-- Create index "connectattempt_code_expires_at" to table: "connect_attempts"
CREATE INDEX "connectattempt_code_expires_at" ON "connect_attempts" ("code_expires_at");
-- Modify "lightspeed_links" table
ALTER TABLE "lightspeed_links" ADD COLUMN "refused_since" timestamptz NULL, ADD COLUMN "refused_until" timestamptz NULL;
-- The new columns are no settings: they change without a new revision of the settings
DROP TRIGGER "settings_revision_update" ON "lightspeed_links";
CREATE TRIGGER "settings_revision_update" AFTER UPDATE ON "lightspeed_links" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION raise_settings_revision('site_id', 'access_token', 'refresh_token', 'access_expires_at', 'token_version', 'renewal_owner', 'renewal_until', 'refused_since', 'refused_until', 'budget_level', 'budget_size', 'budget_drip_per_second', 'budget_observed_at', 'updated_at');
-- Create index "lightspeedlink_refused_until" to table: "lightspeed_links"
CREATE INDEX "lightspeedlink_refused_until" ON "lightspeed_links" ("refused_until");
-- Create "seal_sentinels" table
CREATE TABLE "seal_sentinels" ("id" character varying NOT NULL, "sealed" bytea NOT NULL, PRIMARY KEY ("id"));
