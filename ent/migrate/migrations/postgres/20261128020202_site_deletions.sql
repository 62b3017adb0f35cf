-- Modify "sync_states" table
ALTER TABLE "sync_states" ADD COLUMN "deletion_requested_at" timestamptz NULL, ADD COLUMN "deletion_requested_by" character varying NOT NULL DEFAULT '';
-- Create index "syncstate_deletion" to table: "sync_states"
CREATE INDEX "syncstate_deletion" ON "sync_states" ("deletion_requested_at") WHERE (deletion_requested_at IS NOT NULL);
-- Create "site_deletions" table
CREATE TABLE "site_deletions" ("id" character varying NOT NULL, "site_key" character varying NOT NULL, "registered_at" timestamptz NOT NULL, "requested_by" character varying NOT NULL, "requested_at" timestamptz NOT NULL, "worker" character varying NOT NULL DEFAULT '', "working_until" timestamptz NULL, "stopped_at" timestamptz NULL, "disconnected_at" timestamptz NULL, "finished_at" timestamptz NULL, "rows_deleted" bigint NOT NULL DEFAULT 0, "unfinished_exports" bigint NOT NULL DEFAULT 0, "grants_left" bigint NOT NULL DEFAULT 0, PRIMARY KEY ("id"));
