-- Modify "sync_runs" table
ALTER TABLE "sync_runs" ADD COLUMN "skipped" bigint NOT NULL DEFAULT 0;
