-- Create index "orderexport_state_requested_at" to table: "order_exports"
CREATE INDEX "orderexport_state_requested_at" ON "order_exports" ("state", "requested_at") WHERE (exported_at IS NULL);
-- Create index "syncrun_state_kind_wait_reason" to table: "sync_runs"
CREATE INDEX "syncrun_state_kind_wait_reason" ON "sync_runs" ("state", "kind", "wait_reason") WHERE (finished_at IS NULL);
-- Create "write_checks" table
CREATE TABLE "write_checks" ("id" character varying NOT NULL, "count" bigint NOT NULL DEFAULT 0, "at" timestamptz NOT NULL, PRIMARY KEY ("id"));
