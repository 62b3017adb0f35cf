-- Create "audit_chains" table
CREATE TABLE "audit_chains" ("id" character varying NOT NULL, "sequence" bigint NOT NULL DEFAULT 0, "hash" bytea NOT NULL, "checkpoint_sequence" bigint NOT NULL DEFAULT 0, "checkpoint_hash" bytea NULL, "checkpoint_at" timestamptz NULL, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "audit_chains_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "auditchain_site_id" to table: "audit_chains"
CREATE UNIQUE INDEX "auditchain_site_id" ON "audit_chains" ("site_id");
-- Create "audit_events" table
CREATE TABLE "audit_events" ("id" character varying NOT NULL, "sequence" bigint NOT NULL, "action" character varying NOT NULL, "actor" character varying NOT NULL, "role" character varying NOT NULL DEFAULT '', "target" character varying NOT NULL DEFAULT '', "changes" jsonb NULL, "more_changes" bigint NOT NULL DEFAULT 0, "request_id" character varying NOT NULL DEFAULT '', "at" timestamptz NOT NULL, "previous" bytea NOT NULL, "hash" bytea NOT NULL, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "audit_events_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "auditevent_site_id_at" to table: "audit_events"
CREATE INDEX "auditevent_site_id_at" ON "audit_events" ("site_id", "at");
-- Create index "auditevent_site_id_sequence" to table: "audit_events"
CREATE UNIQUE INDEX "auditevent_site_id_sequence" ON "audit_events" ("site_id", "sequence");
-- Create index "auditevent_site_id_target_sequence" to table: "audit_events"
CREATE INDEX "auditevent_site_id_target_sequence" ON "audit_events" ("site_id", "target", "sequence");
-- Create "budget_samples" table
CREATE TABLE "budget_samples" ("id" character varying NOT NULL, "minute" bigint NOT NULL, "level" double precision NOT NULL, "size" double precision NOT NULL, "drip_per_second" double precision NOT NULL, "sampled_at" timestamptz NOT NULL, "site_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "budget_samples_sites_site" FOREIGN KEY ("site_id") REFERENCES "sites" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "budgetsample_site_id_minute" to table: "budget_samples"
CREATE UNIQUE INDEX "budgetsample_site_id_minute" ON "budget_samples" ("site_id", "minute");
